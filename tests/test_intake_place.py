import dataclasses
from pathlib import Path

import pytest

from tests.intake_writing import HEAD, HOME, ROUND, SPOUSE, Row, district, grid, read, told, write_csv

OTHER: Row = {**HOME, "household_id": "H9", "district_code": "3402", "tambon_code": "340201"}


def three_homes(*more: Row) -> list[Row]:
    return [HOME, {**HOME, "household_id": "H2"}, {**HOME, "household_id": "H3"}, *more]


def test_a_household_of_another_district_is_set_aside_with_its_members_and_told_once(tmp_path: Path) -> None:
    members = [
        HEAD,
        {**HEAD, "household_id": "H2"},
        {**HEAD, "household_id": "H3"},
        {**HEAD, "household_id": "H9"},
    ]
    extract = read(*district(tmp_path, three_homes(OTHER), members))
    assert extract.households["household_id"].to_list() == ["H1", "H2", "H3"]
    assert extract.persons["household_id"].to_list() == ["H1", "H2", "H3"]
    assert told(extract) == [("ST008", "district_code")]
    assert "รหัสอำเภอ มีค่า 3402" in extract.findings["message_th"][0]
    assert [receipt["rows_set_aside"].get("other_district") for receipt in extract.receipt] == [1, 1]


@pytest.mark.parametrize(
    "unsaid", [{"district_code": ""}, {"district_code": "", "tambon_code": "", "village_code": "34020103"},
               {"district_code": "", "tambon_code": "", "district_name": "อ.ศรีเมืองใหม่"}],
)  # fmt: skip
def test_the_district_is_known_by_whatever_says_it(tmp_path: Path, unsaid: Row) -> None:
    members = [{**HEAD, "household_id": name} for name in ("H1", "H2", "H3")]
    extract = read(*district(tmp_path, three_homes({**OTHER, **unsaid}), members))
    assert extract.households["household_id"].to_list() == ["H1", "H2", "H3"]
    assert [rule for rule, _ in told(extract)] == ["ST008"]


def test_a_tambon_that_is_not_the_districts_is_told_and_the_household_stays(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, [{**HOME, "tambon_code": "340201"}]))
    assert extract.households.height == 1
    assert told(extract) == [("ST008", "tambon_code")]


def test_a_member_of_another_district_is_told(tmp_path: Path) -> None:
    members = [{**row, "district_code": "3401"} for row in (HEAD, SPOUSE, SPOUSE)]
    extract = read(
        *district(tmp_path, members=[*members, {**SPOUSE, "member_no": "9", "district_code": "3402"}])
    )
    assert extract.persons.height == 3
    assert told(extract) == [("ST008", "district_code")]


def test_single_rows_of_another_round_are_told_and_stay(tmp_path: Path) -> None:
    homes = three_homes({**HOME, "household_id": "H4", "survey_year_be": "2568"})
    members = [{**HEAD, "household_id": f"H{i}"} for i in (1, 2, 3, 4)]
    extract = read(*district(tmp_path, homes, members))
    assert extract.households["survey_year_be"].to_list() == [2569, 2569, 2569, 2568]
    assert told(extract) == [("ST009", "survey_year_be")]


def test_empty_cells_are_completed_from_the_record_and_the_round(tmp_path: Path) -> None:
    sent = {
        "household_id": "H1",
        "village_code": "34010407",
        "member_count": "2",
        "happiness": "8",
        "income_main_baht": "1",
    }
    extract = read(*district(tmp_path, [sent]))
    home = extract.households.row(0, named=True)
    assert (home["district_code"], home["province_code"], home["tambon_code"], home["village_no"]) == (
        "3401",
        "34",
        "340104",
        7,
    )
    assert (home["survey_year_be"], home["reference_date"]) == (2569, ROUND.reference_date)
    assert not {("ST012", "village_no"), ("ST012", "tambon_code")} & set(told(extract))


def test_a_tambon_known_by_name_gets_its_code_within_the_district(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, [{**HOME, "tambon_code": "", "tambon_name": "ต.ขามใหญ่"}]))
    assert extract.households["tambon_code"].to_list() == ["340108"]


def test_nothing_sent_is_overwritten(tmp_path: Path) -> None:
    extract = read(
        *district(tmp_path, [{**HOME, "village_code": "34010407", "reference_date": "01/01/2569"}])
    )
    home = extract.households.row(0, named=True)
    assert (home["tambon_code"], home["village_no"], str(home["reference_date"])) == (
        "340101",
        3,
        "2026-01-01",
    )


def test_the_same_file_twice_is_read_once_and_told(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    copy = tmp_path / "member (1).csv"
    copy.write_bytes(member.read_bytes())
    extract = read(home, member, copy)
    assert extract.persons.height == 2
    assert told(extract) == [("ST013", "")]
    assert extract.receipt[-1]["layout"] == "same_file_again"


def test_several_files_of_a_table_add_up(tmp_path: Path) -> None:
    first = write_csv(tmp_path / "a.csv", grid("household", [HOME]))
    second = write_csv(tmp_path / "b.csv", grid("household", [{**HOME, "household_id": "H2"}]))
    members = write_csv(tmp_path / "m.csv", grid("person", [HEAD, {**HEAD, "household_id": "H2"}]))
    extract = read(members, first, second)
    assert extract.households["household_id"].to_list() == ["H1", "H2"]
    assert extract.households["delivery_id"].n_unique() == 2
    assert told(extract) == []


def test_a_district_without_known_tambons_is_not_accused(tmp_path: Path) -> None:
    home = {**HOME, "district_code": "9901", "tambon_code": "990101"}
    assert told(read(*district(tmp_path, [home]), district_code="9901")) == []


def test_last_years_round_reads_last_years_files(tmp_path: Path) -> None:
    last = dataclasses.replace(ROUND, year_be=2568)
    home = {**HOME, "survey_year_be": "2568"}
    assert read(*district(tmp_path, [home]), round_=last).households["survey_year_be"].to_list() == [2568]
