from flows.operation.changes import Change, compare
from tests.operation_province import a_night

GREEN = {"3424": "green", "3430": "green"}


def test_a_district_that_turned_is_named_and_the_province_with_it() -> None:
    found = compare(a_night(24, GREEN | {"3430": "red"}), [a_night(23, GREEN)])
    assert found.districts == (Change("3430", "green", "red"),)
    assert found.province == Change("", "green", "red")
    assert found.is_change


def test_a_province_is_as_its_worst_district_so_another_turn_may_leave_it() -> None:
    found = compare(
        a_night(24, {"3424": "red", "3430": "yellow"}), [a_night(23, {"3424": "red", "3430": "green"})]
    )
    assert found.districts == (Change("3430", "green", "yellow"),)
    assert found.province is None


def test_the_first_night_changes_nothing() -> None:
    found = compare(a_night(24, {"3424": "red"}), [])
    assert not found.is_change


def test_a_district_is_compared_with_the_newest_night_that_ran_it() -> None:
    before = [
        a_night(22, GREEN),
        a_night(23, {"3430": "red"}, run_id="2569-2026-11-23-3430", is_whole=False),
    ]
    found = compare(a_night(24, {"3424": "green", "3430": "red"}), before)
    assert found.districts == ()
    # A run of some districts says nothing of the province: it is compared with the whole night before.
    assert found.province == Change("", "green", "red")


def test_a_second_run_of_a_night_is_compared_with_the_first() -> None:
    assert compare(a_night(24, GREEN), [a_night(23, {"3424": "red"}), a_night(24, GREEN)]).is_change is False


def test_a_night_run_late_for_an_earlier_day_is_not_compared_with_a_later_one() -> None:
    assert compare(a_night(22, GREEN), [a_night(24, {"3424": "red"})]).is_change is False


def test_another_round_is_no_night_before() -> None:
    other = a_night(23, {"3424": "red"}, round_year_be=2568)
    assert compare(a_night(24, GREEN), [other]).is_change is False


def test_trouble_is_a_file_a_document_or_a_rule() -> None:
    assert not compare(a_night(24, GREEN), []).is_trouble
    for more in (
        {"quarantined": {"3424": ("ก", "a")}},
        {"not_written": {"3424": "KeyError, tables.py:40"}},
        {"broken_rules": ("ID001",)},
    ):
        assert compare(a_night(24, GREEN, **more), []).is_trouble
