"""Good night, bad file, good again: what a district once sent well stays in force, and is marked as old."""

import html
import json
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows import last_good
from flows.examination import examine
from flows.judgement import apart
from flows.nightly import start
from flows.run import Run
from tests.nights import Ended, copied_province, jpt, night_here

CODES = ("3402", "3405", "3424")
NIGHTS = ("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25")
MARK = "ข้อมูลเดิมของวันที่ 21 พฤศจิกายน 2569"


@dataclass(frozen=True)
class Night(Ended):
    record: dict[str, Any]

    def text(self, page: str) -> str:
        return html.unescape(
            re.sub(r"\s+", " ", re.sub("<[^>]+>", "", (self.folder / page).read_text("utf-8")))
        )

    def table(self, name: str, code: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "data" / f"{name}.parquet").filter(
            pl.col("district_code") == code
        )


def recorded(done: Ended) -> Night:
    record = json.loads((done.folder / "run.json").read_text("utf-8"))
    return Night(done.folder, done.code, done.stdout, record)


def by_command(root: Path, on: str) -> Ended:
    done = jpt(root, "night", "--night", on)
    assert done.stderr == ""
    return Ended(root / "out" / f"2569-{on}", done.returncode, done.stdout)


def sent(root: Path, code: str) -> Path:
    return root / "sample_data" / "2569" / code


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[Night]:
    """Good; 3402 cut off; the same again and 3424 not there; 3402 good again; nobody's files there."""
    root = copied_province(tmp_path_factory.mktemp("last_good"), *CODES)
    file = next(sent(root, "3402").glob("*household.parquet"))
    good, there = file.read_bytes(), sent(root, "3424")
    ran = [night_here(root, NIGHTS[0])]
    file.write_bytes(b"%PDF-1.7 not a table at all")
    # The old version stands in as a task of Prefect's: once it is asked of the command.
    ran.append(by_command(root, NIGHTS[1]))
    there.rename(root / "away")
    ran.append(night_here(root, NIGHTS[2]))
    (root / "away").rename(there)
    file.write_bytes(good)
    ran.append(night_here(root, NIGHTS[3]))
    for code in CODES:
        shutil.rmtree(sent(root, code))
    ran.append(night_here(root, NIGHTS[4]))
    return [recorded(done) for done in ran]


def test_a_good_night_has_nothing_stale(nights: list[Night]) -> None:
    assert nights[0].code == 0
    assert nights[0].record["stale"] == {}
    assert MARK not in nights[0].text("index.html")


def test_the_old_version_gives_the_same_findings_and_numbers_as_on_its_own_night(nights: list[Night]) -> None:
    for name in ("findings", "outcomes", "indicators", "below_line"):
        first, second = (one.table(name, "3402") for one in nights[:2])
        assert first.height > 0
        assert first.equals(second), name


def test_the_bad_file_is_told_beside_the_old_version_and_asks_for_action(nights: list[Night]) -> None:
    bad = nights[1]
    assert bad.code == 3
    assert bad.record["stale"] == {"3402": "2026-11-21"}
    assert bad.record["quarantined"]["3402"]["reason"] == "not_a_table"
    assert bad.record["counts"]["quarantined"] == 0
    files = [one for one in bad.record["inputs"] if one["district"] == "3402"]
    assert len([one for one in files if one.get("kept_from") == "2026-11-21"]) == 2
    assert len([one for one in files if "kept_from" not in one]) == 2
    assert all(words in bad.stdout for words in ("ข้อมูลเดิม", "PDF"))


@pytest.mark.parametrize("page", ["index.html", "acceptance.html", "districts/3402/3402.html"])
def test_every_page_marks_the_old_version_with_its_date(nights: list[Night], page: str) -> None:
    assert MARK in nights[1].text(page)
    assert MARK not in nights[0].text(page)


def test_the_district_page_says_why_and_what_to_do(nights: list[Night]) -> None:
    said = nights[1].text("districts/3402/3402.html")
    assert all(words in said for words in ("ไฟล์ล่าสุดใช้ไม่ได้", "PDF", "สิ่งที่ต้องทำ"))


def test_a_stale_district_is_never_green(nights: list[Night]) -> None:
    gates = json.loads((nights[1].folder / "data" / "acceptance.json").read_text("utf-8"))["gates"]
    (gate,) = [one for one in gates if one["measure"] == "is_current"]
    assert gate["districts"]["3402"]["state"] == "not_met"
    assert gate["districts"]["3405"]["state"] == "met"
    assert nights[1].record["verdicts"]["3402"] != "green"


def test_a_source_that_is_away_is_stood_in_for_and_others_keep_their_date(nights: list[Night]) -> None:
    assert nights[2].record["stale"] == {"3402": "2026-11-21", "3424": "2026-11-21"}
    assert nights[2].record["quarantined"]["3424"]["reason"] == "no_delivery"
    assert nights[2].table("findings", "3424").equals(nights[0].table("findings", "3424"))
    assert nights[2].record["run_hash"] != nights[1].record["run_hash"]


def test_a_good_file_ends_it(nights: list[Night]) -> None:
    assert nights[3].code == 0
    assert nights[3].record["stale"] == {}
    assert nights[3].table("findings", "3402").equals(nights[0].table("findings", "3402"))


def test_the_date_is_that_of_the_first_night_the_same_bytes_were_read(nights: list[Night]) -> None:
    assert set(nights[4].record["stale"].values()) == {"2026-11-21"}


@pytest.fixture
def one(tmp_path: Path) -> Run:
    root = copied_province(tmp_path, *CODES, "3403")
    run = start(str(root / "jpt.toml"), "2026-11-24", ["3402"], None)
    run.begin()
    last_good.keep(run, [examine(run, run.districts[0])])
    # What was found of it is not there to be taken again: the version itself is asked for.
    return replace(run, is_fresh=True)


def test_what_another_program_read_is_read_again_from_the_kept_bytes(one: Run) -> None:
    kept = one.last_good("3402")
    about = json.loads((kept / last_good.MADE_OF).read_text("utf-8"))
    (kept / last_good.MADE_OF).write_text(json.dumps(about | {"read_by": "older"}), "utf-8")
    pl.DataFrame({"another": ["table"]}).write_parquet(kept / "households.parquet")
    spoiled(one)
    bad = examine(one, one.districts[0])
    stood = last_good.stand_in(one, bad)
    assert stood.stale is not None
    assert stood.quarantine is None
    assert stood.households > 0


def test_frames_that_no_longer_fit_and_lost_bytes_leave_the_district_set_aside(one: Run) -> None:
    kept = one.last_good("3402")
    pl.DataFrame({"another": ["table"]}).write_parquet(kept / "households.parquet")
    spoiled(one)
    bad = examine(one, one.districts[0])
    assert last_good.stand_in(one, bad) == bad


def test_what_two_districts_sent_stands_in_for_neither(one: Run) -> None:
    good = examine(one, one.districts[0])
    disputed = apart([good, type(good)(type(one.districts[0])("3403", ()), good.deliveries)])
    assert all(each.quarantine for each in disputed)
    assert not last_good.may_stand_in(one, disputed[0], disputed)


def test_a_night_before_the_version_came_does_not_know_it(one: Run) -> None:
    spoiled(one)
    earlier = start(str(one.settings.path), "2026-11-23", ["3402"], None)
    bad = examine(earlier, earlier.districts[0])
    assert not last_good.may_stand_in(earlier, bad, [bad])
    assert last_good.may_stand_in(one, bad, [bad])


def spoiled(run: Run) -> None:
    file = run.settings.files_of(run.districts[0].deliveries)[0]
    file.write_bytes(b"")
