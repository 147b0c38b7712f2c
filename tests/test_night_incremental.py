import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import fingerprint, intake
from flows.nightly import start
from flows.progress import Silent
from flows.steps import steps
from reports import district_workbook, rules_page
from rules import acceptance, engine
from schemas import rounds
from schemas.rounds import RuleOff
from tests.small_province import (
    CHANGES,
    CODES,
    FIRST_NIGHT,
    World,
    count_a_person_of_another_district_too,
    lose_the_last_person,
    make,
    results,
)

WORK = ((intake, "read"), (engine, "check"), (acceptance, "judge"), (district_workbook, "write"))


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province after its first night."""
    root = make(tmp_path_factory.mktemp("province"))
    World(root, is_fresh=False).night(0)
    return root


@pytest.fixture
def world(tmp_path: Path, first_night: Path) -> World:
    """A copy of it: every test begins after the same night."""
    shutil.copytree(first_night, tmp_path / "province")
    return World(tmp_path / "province", is_fresh=False)


def first(world: World) -> dict[str, bytes]:
    return results(world.root / "out" / f"2569-{FIRST_NIGHT.isoformat()}")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """How often each piece of work was done."""
    counts = {function: 0 for _, function in WORK}
    for module, function in WORK:

        def counted(
            *given: object, _name: str = function, _do: object = getattr(module, function), **more: object
        ):
            counts[_name] += 1
            return _do(*given, **more)  # type: ignore[operator]

        monkeypatch.setattr(module, function, counted)
    return counts


@pytest.fixture(scope="module")
def two_worlds(tmp_path_factory: pytest.TempPathFactory, first_night: Path) -> tuple[World, World]:
    """Two provinces after the same night: one takes again what it has kept, the other makes everything."""
    roots = [tmp_path_factory.mktemp(name) / "province" for name in ("taking", "making")]
    for root in roots:
        shutil.copytree(first_night, root)
    return World(roots[0], is_fresh=False), World(roots[1], is_fresh=True)


@settings(max_examples=4, deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(CODES)), min_size=1, max_size=3))
def test_what_a_night_takes_again_is_what_it_would_make(two_worlds: tuple[World, World], changes) -> None:
    # The nights go on from example to example, as a province's do: every state it gets into is one to be in.
    number = (
        1 + max(int(path.name[-2:]) for path in (two_worlds[0].root / "out").glob("2569-*")) - FIRST_NIGHT.day
    )
    for world in two_worlds:
        for change, code in changes:
            change(world, code)
    taken, made = (results(world.night(number)) for world in two_worlds)
    assert taken.keys() == made.keys()
    assert [name for name in made if taken[name] != made[name]] == []


def test_nothing_is_read_checked_judged_or_written_again_when_nothing_has_changed(
    world: World, done: dict[str, int]
) -> None:
    before = first(world)
    second = results(world.night(1))
    assert done == {"read": 0, "check": 0, "judge": 0, "write": 0}
    for code in CODES:
        for name in (f"districts/{code}/{code}.html", f"districts/{code}/{code}.xlsx"):
            assert second[name] == before[name]
    assert second["index.html"] != before["index.html"]


def test_a_changed_district_is_done_again_and_the_others_are_not(world: World, done: dict[str, int]) -> None:
    lose_the_last_person(world, "3429")
    world.night(1)
    assert done == {"read": 1, "check": 1, "judge": 1, "write": 1}


def test_a_person_in_two_districts_changes_the_documents_of_both(world: World, done: dict[str, int]) -> None:
    before = first(world)
    count_a_person_of_another_district_too(world, "3424")
    second = results(world.night(1))
    assert (done["read"], done["write"]) == (1, 2)
    changed = {name[10:14] for name in before if name.endswith(".xlsx") and before[name] != second[name]}
    assert changed == {"3424", "3429"}


def test_another_program_does_everything_again(
    world: World, done: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "of_program", lambda: "a rule has changed")
    world.night(1)
    assert done == {"read": len(CODES), "check": len(CODES), "judge": 1, "write": len(CODES)}


def test_a_rule_that_is_switched_off_until_yesterday_is_checked_again_today(
    world: World, done: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    off = {"AG001": RuleOff("ยังไม่ยืนยัน", "Not confirmed.", "สพจ.", FIRST_NIGHT)}
    monkeypatch.setattr("flows.run.load", lambda year: replace(rounds.load(year), rules_off=off))
    assert b"AG001" in results(world.night(0))["run.json"]
    assert b"AG001" not in results(world.night(1))["run.json"]
    assert done["check"] == 2 * len(CODES)


def test_a_page_that_was_changed_among_the_results_does_not_come_back(world: World) -> None:
    page = world.root / "out" / f"2569-{FIRST_NIGHT.isoformat()}" / "districts" / "3424" / "3424.html"
    whole = page.read_bytes()
    page.write_text("changed by hand", "utf-8")
    assert (world.night(1) / "districts" / "3424" / "3424.html").read_bytes() == whole


@pytest.mark.parametrize("kept", ["typed/2569/3424/findings.parquet", "documents/2569/whole/3424/3424.xlsx"])
def test_what_is_kept_and_cut_off_is_made_again(world: World, kept: str) -> None:
    before = first(world)
    file = world.root / "kept" / kept
    file.write_bytes(file.read_bytes()[:-1])
    assert results(world.night(0)) == before


def test_a_run_of_one_district_costs_the_next_night_nothing(world: World, done: dict[str, int]) -> None:
    steps(start(str(world.root / "jpt.toml"), FIRST_NIGHT, ("3424",), None), Silent())
    done.update(dict.fromkeys(done, 0))
    world.night(1)
    assert done == {"read": 0, "check": 0, "judge": 0, "write": 0}


def test_the_rules_page_is_made_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_page, "render", lambda *_: pytest.fail("rendered again"))
    assert results(world.night(1))["rules.html"] == first(world)["rules.html"]


def test_the_documents_say_since_which_night_they_say_what_they_say(world: World) -> None:
    folder = world.night(1)
    receipt = json.loads((folder / "districts" / "3424" / "3424-receipt.json").read_text("utf-8"))
    assert receipt["night"] == FIRST_NIGHT.isoformat()
    assert receipt["run_id"] == f"2569-{FIRST_NIGHT.isoformat()}"
