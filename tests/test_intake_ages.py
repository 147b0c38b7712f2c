from pathlib import Path

import pytest

from tests.intake_writing import HEAD, HOME, SPOUSE, Row, district, read


def without_age(row: Row) -> Row:
    return {field: text for field, text in row.items() if field != "age"}


def test_a_column_of_ages_that_was_not_sent_is_derived_at_the_interview(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[without_age(HEAD), without_age(SPOUSE)]))
    assert extract.persons["age"].to_list() == [42, 39]
    assert extract.findings.is_empty()


@pytest.mark.parametrize(
    ("born", "age"), [("05/03/2568", 1), ("06/03/2568", 0), ("29/02/2567", 2), ("05/03/2569", 0)]
)
def test_years_are_full_on_the_birthday(tmp_path: Path, born: str, age: int) -> None:
    extract = read(*district(tmp_path, members=[HEAD, {**SPOUSE, "age": "", "birth_date": born}]))
    assert extract.persons["age"].to_list() == [43, age]


def test_stated_ages_stay_as_sent_and_only_derived_ones_are_counted(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[{**HEAD, "age": "50"}, {**SPOUSE, "age": "-"}]))
    assert extract.persons["age"].to_list() == [50, 39]
    assert [receipt["ages_derived"] for receipt in extract.receipt] == [0, 1]


def test_an_age_that_could_not_be_read_is_told_and_not_replaced(tmp_path: Path) -> None:
    extract = read(*district(tmp_path, members=[HEAD, {**SPOUSE, "age": "สามสิบ"}]))
    assert extract.persons["age"].to_list() == [43, None]
    assert extract.findings["rule_id"].to_list() == ["ST001"]


@pytest.mark.parametrize("born", ["06/03/2569", "01/01/2400", ""])
def test_no_age_comes_from_a_birth_after_the_interview_or_too_long_ago_or_unknown(
    tmp_path: Path, born: str
) -> None:
    extract = read(*district(tmp_path, members=[HEAD, {**SPOUSE, "age": "", "birth_date": born}]))
    assert extract.persons["age"].to_list() == [43, None]


def test_without_its_household_a_member_is_as_old_as_on_the_rounds_date(tmp_path: Path) -> None:
    members = [HEAD, SPOUSE, {**SPOUSE, "household_id": "H9", "age": "", "birth_date": "01/01/2560"}]
    extract = read(*district(tmp_path, homes=[HOME], members=members))
    assert extract.persons["age"][2] == 9


def test_a_flat_file_without_ages_is_completed_too(tmp_path: Path) -> None:
    from tests.intake_writing import grid, write_csv

    rows = [{**HOME, **without_age(one)} for one in (HEAD, SPOUSE)]
    homes, members = grid("household", [HOME, HOME]), grid("person", [without_age(HEAD), without_age(SPOUSE)])
    cells = [home + member[1:] for home, member in zip(homes, members, strict=True)]
    extract = read(write_csv(tmp_path / "all.csv", cells))
    assert len(rows) == extract.persons.height
    assert extract.persons["age"].to_list() == [42, 39]
    assert extract.receipt[0]["ages_derived"] == 2
