from pathlib import Path

import polars as pl
import pytest

from flows import intake
from schemas import province_boxes
from tests.intake_writing import HOME, Row, district, read, told


def of(folder: Path, **cells: str) -> intake.Extract:
    return read(*district(folder, [{**HOME, **cells}]))


@pytest.mark.parametrize(
    ("code", "rule"),
    [("340101", None), ("340102", "PL002"), ("340199", "PL001"), ("340201", "ST008"), ("101501", "ST008")],
)
def test_a_tambon_code_is_told_for_what_is_wrong_with_it(tmp_path: Path, code: str, rule: str | None) -> None:
    assert told(of(tmp_path, tambon_code=code)) == ([(rule, "tambon_code")] if rule else [])


def test_of_an_abolished_code_the_successor_is_named_with_its_district(tmp_path: Path) -> None:
    found = of(tmp_path, tambon_code="340102").findings.row(0, named=True)
    assert found["message_th"].endswith("รหัสที่น่าจะใช้แทนคือ 343102 (ตำบลโพนเมือง อำเภอเหล่าเสือโก้ก)")
    assert "343102 (Phon Mueang tambon, Lao Suea Kok district)" in found["message_en"]


def test_an_abolished_code_nobody_traced_says_so(tmp_path: Path) -> None:
    found = of(tmp_path, tambon_code="340601").findings.row(0, named=True)
    assert found["rule_id"] == "PL002"
    assert "ยังไม่ทราบรหัสใหม่" in found["message_th"]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("ในเมือง", []), ("ต.ในเมือง", []), ("ตำบล ในเมือง", []), ("Nai Mueang", []), ("ในเมอง", []),
        ("ปทุม", ["PL003"]), ("หัวเรือ", ["PL003"]),
    ],
)  # fmt: skip
def test_a_name_is_held_against_its_code(tmp_path: Path, name: str, rules: list[str]) -> None:
    extract = of(tmp_path, tambon_name=name)
    assert [rule for rule, _ in told(extract)] == rules
    assert all(f"{name} ≠ ในเมือง" in text for text in extract.findings["message_th"])


def test_names_of_district_and_province_are_held_against_their_codes(tmp_path: Path) -> None:
    extract = of(tmp_path, district_name="เขื่องใน", province_name="ศรีสะเกษ", province_code="34")
    assert told(extract) == [("PL003", "district_name"), ("PL003", "province_name")]


def test_a_province_code_of_another_province_is_told(tmp_path: Path) -> None:
    assert told(of(tmp_path, province_code="37")) == [("ST008", "province_code")]


@pytest.mark.parametrize(
    ("village_code", "tambon_code", "found"),
    [
        ("34010103", "340101", []), ("34010199", "340101", []),
        ("34010403", "340101", [("PL004", "village_code")]),
        ("34020103", "340201", [("ST008", "tambon_code")]),
    ],
)  # fmt: skip
def test_a_village_lies_in_its_tambon(
    tmp_path: Path, village_code: str, tambon_code: str, found: list[tuple[str, str]]
) -> None:
    assert told(of(tmp_path, village_code=village_code, tambon_code=tambon_code)) == found


@pytest.mark.parametrize(
    ("house_id", "rules"),
    [("34010123456", []), ("34990123456", []), ("34060123456", []), ("33010123456", ["PL005"])],
)
def test_a_house_has_its_number_from_an_office_of_the_province(
    tmp_path: Path, house_id: str, rules: list[str]
) -> None:
    extract = of(tmp_path, house_id=house_id)
    assert [rule for rule, _ in told(extract)] == rules
    assert house_id not in str(extract.findings.to_dicts())


@pytest.mark.parametrize(
    ("latitude", "longitude", "found"),
    [
        ("15.23", "104.85", []), ("14.2", "104.3", []), ("16.1", "105.7", []),
        ("104.85", "15.23", [("PL006", "latitude")]),
        ("16.11", "104.85", [("PL007", "latitude")]), ("14.19", "104.85", [("PL007", "latitude")]),
        ("15.23", "105.71", [("PL007", "latitude")]), ("15.23", "104.29", [("PL007", "latitude")]),
        ("0", "104.85", [("PL007", "latitude")]), ("0", "0", []),
        ("104.85", "99.0", [("ST006", "latitude")]), ("95", "15.23", [("ST006", "latitude")]),
        ("104.85", "", [("ST006", "latitude")]), ("15.23", "", []), ("", "104.85", []),
    ],
)  # fmt: skip
def test_a_position_is_told_once_and_for_what_it_is(
    tmp_path: Path, latitude: str, longitude: str, found: list[tuple[str, str]]
) -> None:
    extract = of(tmp_path, latitude=latitude, longitude=longitude)
    assert told(extract) == found
    assert "104.85" not in str(extract.findings.to_dicts())


def test_of_a_province_without_box_no_position_is_told(tmp_path: Path) -> None:
    assert province_boxes.box("99") is None
    home = {**HOME, "district_code": "9901", "tambon_code": "990101", "latitude": "1", "longitude": "1"}
    assert told(read(*district(tmp_path, [home]), district_code="9901")) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"livelihood_training_count": "2"}, []),
        ({"livelihood_training_count": "3"}, [("ST023", "livelihood_training_count")]),
        ({"livelihood_training_count": "3", "member_count": "3"}, []),
        # the number of members is too small, which is told elsewhere: what the roster allows is allowed
        ({"livelihood_training_count": "2", "member_count": "1"}, []),
        ({"livelihood_training_count": "3", "fund_member_count": "9"},
         [("ST023", "fund_member_count"), ("ST023", "livelihood_training_count")]),
        # held to the roster by a rule of its own
        ({"age60_count": "9"}, []),
    ],
)  # fmt: skip
def test_more_people_than_the_household_has_are_told_by_column(
    tmp_path: Path, cells: Row, found: list[tuple[str, str]]
) -> None:
    extract = of(tmp_path, **{name: str(text) for name, text in cells.items()})
    assert told(extract) == found
    assert all(
        "(3 > 2)" in text
        for text in extract.findings.filter(pl.col("fields") == "livelihood_training_count")["message_th"]
    )
