import polars as pl
import pytest

from schemas import areas, code_lists, missing_tokens
from schemas.dictionary import columns
from schemas.household import Household
from schemas.person import Person
from schemas.thai import foreign_letters


@pytest.mark.parametrize("name", code_lists.names())
def test_every_answer_has_both_labels_and_a_status(name):
    for entry in code_lists.load(name).entries:
        assert entry.label_th
        assert entry.label_en
        assert not foreign_letters(entry.label_th)
        assert entry.label_en.isascii()
        assert {entry.status, entry.code_status} <= {"confirmed", "derived", "recalled"}


@pytest.mark.parametrize("name", code_lists.names())
def test_slugs_and_codes_are_unique_and_groups_are_no_slugs(name):
    known = code_lists.load(name)
    assert len(set(known.slugs)) == len(known.slugs)
    assert len(known.codes) == len(known.slugs)
    assert not set(known.groups) & set(known.slugs)


def test_code_columns_have_the_lists_slugs():
    for model in (Household, Person):
        for column in columns(model).values():
            if column.kind == "code":
                assert isinstance(column.dtype, pl.Enum)
                assert tuple(column.dtype.categories) == code_lists.load(str(column.code_list)).slugs


@pytest.mark.parametrize(
    ("name", "text", "slug"),
    [
        ("sex", "2", "female"),
        ("sex", "ญ.", "female"),
        ("title", "น.ส.", "nang_sao"),
        ("title", "ด. ช.", "dek_chai"),
        ("title", "เด็กหญิง", "dek_ying"),
        ("occupation", "0110", "student"),
        ("occupation", "110", "student"),
        ("occupation", "รับจ้าง ทั่วไป", "labour"),
        ("occupation", "เกษตรกรรม–ทำนา", "rice"),
        ("education", "ม.๓", "lower_secondary"),
        ("education", "ปวส", "diploma"),
        ("health_status", "0", "normal"),
        ("relation", "ลูกเขย", "son_in_law"),
        ("religion", "ไม่มี", "none"),
        ("sex", "3", None),
    ],
)
def test_answers_are_known_by_label_abbreviation_and_code(name, text, slug):
    assert code_lists.load(name).slug_of(text) == slug


def test_groups_hold_what_rules_mean_by_them():
    occupation = code_lists.load("occupation")
    assert set(occupation.groups["working"]) == set(occupation.slugs) - {"student", "none"}
    assert occupation.groups["official"] == ("government", "state_enterprise")
    assert code_lists.load("relation").groups["parent"] == ("father", "mother")


def test_an_unknown_list_names_the_known_ones():
    with pytest.raises(FileNotFoundError, match="education"):
        code_lists.load("shoes")


def test_ubon_has_25_districts_and_219_tambons():
    assert len(areas.districts("34")) == 25
    assert len(areas.tambons("34")) == 219
    assert sum(len(areas.tambons(code)) for code in areas.district_codes()) == 219
    assert len({area.code for area in areas.known().values()}) == len(areas.known())


def test_every_area_has_clean_names_in_both_languages():
    for area in areas.known().values():
        assert not foreign_letters(area.name_th), area.code
        assert area.name_en, area.code


def test_successors_are_current_tambons():
    found = {area.successor for area in areas.known().values() if area.successor}
    assert len([area for area in areas.known().values() if area.successor]) == 39
    assert all(areas.is_current(code) for code in found)
    assert areas.successor("340306") == "342506"
    assert areas.successor("340101") is None
    assert not areas.is_current("340306")


def test_areas_are_found_by_name_within_their_district():
    assert areas.district_called("อ.เขมราฐ") == "3405"
    assert areas.district_called("Warin Chamrap") == "3415"
    assert areas.tambon_called("ตำบลสำโรง", "3420") == "342002"
    assert areas.tambon_called("ต. สำโรง", "3422") == "342201"
    assert areas.tambon_called("เขมราฐ", "3405") == "340501"
    assert areas.tambon_called("สำโรง", "3401") is None


def test_names_of_places_inside_an_area():
    assert areas.province_name("340101") == "อุบลราชธานี"
    assert areas.district_name("34010103") == "เมืองอุบลราชธานี"
    assert areas.tambon_name("34010103") == "ในเมือง"
    assert areas.tambon_name("999999") == "999999"


def test_every_district_has_a_tile_of_its_own():
    tiles = areas.tile_grid("34")
    assert set(tiles) == set(areas.district_codes("34"))
    assert len(set(tiles.values())) == 25
    assert areas.tile_grid("10") == {}


@pytest.mark.parametrize(
    ("text", "kind", "is_missing", "is_zero"),
    [
        ("", "text", True, False),
        (" - ", "number", True, False),
        ("ไม่ระบุ", "code", True, False),
        ("ไม่มี", "number", False, True),
        ("ไม่มี", "code", False, False),
        ("0", "number", False, False),
        ("0", "date", True, False),
        ("NULL", "bool", True, False),
        ("none", "code", False, False),
    ],
)
def test_tokens_mean_missing_or_zero_by_kind(text, kind, is_missing, is_zero):
    assert missing_tokens.is_missing(text, kind) is is_missing
    assert missing_tokens.is_zero(text, kind) is is_zero
