from collections.abc import Callable

import polars as pl
import pytest

from sample_data import province
from sample_data.planting import PLANTS, Plant
from sample_data.planting.case import Case, aged
from sample_data.planting.registry import ALL_LAYOUTS
from sample_data.planting.sow import Sown, sow

DISTRICT = province.districts(1500)[0]
VISITED = province.visited(1, DISTRICT, (2568, 2569))
PLANNED = [("ED001", 0)]


def planted_by(
    monkeypatch: pytest.MonkeyPatch, do: Callable[[Case], None], wants: Callable[[Case], bool]
) -> tuple[Sown, Sown]:
    monkeypatch.setitem(PLANTS, "ED001", Plant("ED001", wants, do, ALL_LAYOUTS, "ลองปลูก"))
    now = sow(1, DISTRICT, VISITED[2569], PLANNED, VISITED[2568])
    assert now.left == []
    assert now.last is not None
    return now, now.last


def has_adult_known_a_year_ago(case: Case) -> bool:
    return case.has(lambda member: aged(30, 60)(member) and case.before(member) is not None)


def an_adult(case: Case) -> dict[str, object]:
    return case.one(lambda member: aged(30, 60)(member) and case.before(member) is not None)


def test_a_plant_changes_last_years_row_of_the_same_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def do(case: Case) -> None:
        member = an_adult(case)
        row = case.before(member)
        assert case.last is not None
        assert row is not None
        case.last.member_says(row, education="above_bachelor", is_bedridden=True)
        case.expect("education", member=member)

    now, last = planted_by(monkeypatch, do, has_adult_known_a_year_ago)
    (found,) = now.planted
    person = now.people.filter(
        pl.col("hh").is_in(now.homes.filter(household_id=found["household_id"])["hh"].implode()),
        pl.col("member_no") == found["member_no"],
    )
    before = last.people.join(person.select("national_id"), on="national_id")
    assert before.select("education", "is_bedridden").rows() == [("above_bachelor", True)]
    assert before["age"].item() in (person["age"].item() - 1, person["age"].item())
    clean = sow(1, DISTRICT, VISITED[2568], [])
    assert last.people.filter(pl.col("is_bedridden")).height == 1 + clean.people["is_bedridden"].sum()


def test_a_member_who_was_there_last_year_only_is_counted_in_last_years_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def do(case: Case) -> None:
        assert case.last is not None
        case.last.add("other_relative", "female", 40, "จันทร์หอม")
        case.last.answer(happiness=1)
        case.expect("household_id")

    now, last = planted_by(monkeypatch, do, has_adult_known_a_year_ago)
    home = last.homes.filter(household_id=now.planted[0]["household_id"])
    members = last.people.filter(pl.col("hh") == home["hh"].item())
    clean = VISITED[2568].people
    assert last.people.height == clean.height + 1
    assert home["member_count"].item() == home["roster_count"].item() == members.height
    assert home["happiness"].item() == 1
    (added,) = set(last.people["national_id"]) - set(clean["national_id"])
    assert added not in set(now.people["national_id"])


def test_a_household_may_be_in_nobodys_list_of_last_year(monkeypatch: pytest.MonkeyPatch) -> None:
    def do(case: Case) -> None:
        case.first_time()
        case.expect("household_id")

    now, last = planted_by(monkeypatch, do, has_adult_known_a_year_ago)
    key = now.planted[0]["household_id"]
    assert key in now.homes["household_id"].to_list()
    assert key not in last.homes["household_id"].to_list()
    assert last.people.height < VISITED[2568].people.height


def test_ids_that_a_plant_hands_out_in_both_years_are_different_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: list[str] = []

    def do(case: Case) -> None:
        assert case.last is not None
        handed.extend(each.new_id(5) for each in (case, case.last) for _ in range(12))
        case.expect("household_id")

    planted_by(monkeypatch, do, has_adult_known_a_year_ago)
    assert len(set(handed)) == 24


def test_without_plants_the_year_before_is_as_it_is_alone() -> None:
    both = sow(1, DISTRICT, VISITED[2569], [], VISITED[2568]).last
    alone = sow(1, DISTRICT, VISITED[2568], [])
    assert both is not None
    assert both.homes.equals(alone.homes)
    assert both.people.equals(alone.people)


@pytest.mark.parametrize(
    ("change", "is_known"),
    [
        (lambda case: case.head.update(religion="muslim"), False),
        (lambda case: case.member_says(case.head, education="never"), False),
        (lambda case: case.answer(income_main_baht=1), False),
        (lambda case: case.answer(tambon_code="340199"), False),
        (lambda case: case.answer(happiness=1), True),
        (lambda case: case.head.update(title="other"), True),
    ],
)
def test_a_plant_that_changes_what_is_compared_with_last_year_leaves_nothing_to_compare(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Case], None], is_known: bool
) -> None:
    def do(case: Case) -> None:
        change(case)
        case.expect("household_id")

    now, last = planted_by(monkeypatch, do, has_adult_known_a_year_ago)
    assert (now.planted[0]["household_id"] in last.homes["household_id"].to_list()) is is_known
