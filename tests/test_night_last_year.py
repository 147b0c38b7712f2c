import json
import pickle
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows import fingerprint, intake
from flows.failure import DistrictFailed
from flows.last_round import LastRound, columns_compared
from flows.last_year import LastRead, frames, not_read, read_before, read_last_year
from flows.nightly import start
from flows.run import Run
from tests.nights import NIGHT, copied_province, night_here

CODES = ("3424", "3430", "3433")
# A province with two more, which a night of one district reads too.
ALL = ("3402", "3403", *CODES)
COMPARED = columns_compared(2569)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A province with last deliveries of three of its five districts only."""
    province = copied_province(tmp_path, *ALL)
    for folder in (province / "sample_data" / "2568").iterdir():
        if folder.name not in CODES:
            shutil.rmtree(folder)
    return province


def run_of(root: Path, *codes: str) -> Run:
    return start(str(root / "jpt.toml"), date.fromisoformat(NIGHT), codes, None)


def district_read(run: Run, code: str) -> LastRead:
    (district,) = (one for one in run.settings.districts if one.code == code)
    return read_last_year(run, district)


def last_file(root: Path, code: str, pattern: str = "*member*") -> Path:
    return next((root / "sample_data" / "2568" / code).glob(pattern))


def test_last_year_is_read_once_and_loaded_the_next_night(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(root)
    first = district_read(run, "3424")
    compared = frames(run, first, COMPARED)
    times: list[str] = []
    monkeypatch.setattr(intake, "read", lambda *_: times.append("read"))
    again = district_read(run_of(root), "3424")
    assert again == read_before(run, again.district)
    assert all(one.equals(other) for one, other in zip(compared, frames(run, again, COMPARED), strict=True))
    assert times == []
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.households, again.persons, again.files) == (first.households, first.persons, first.files)


def test_what_no_night_has_read_is_not_taken_for_read(root: Path) -> None:
    run = run_of(root)
    assert read_before(run, run.districts[0]) is None
    read = district_read(run, "3424")
    assert read_before(run, read.district) is not None
    assert district_read(replace(run, is_fresh=True), "3424").is_new


def test_a_corrected_delivery_is_read_again(root: Path) -> None:
    first = district_read(run_of(root), "3424")
    file = last_file(root, "3424")
    pl.read_parquet(file).head(-1).write_parquet(file)
    again = district_read(run_of(root), "3424")
    assert again.is_new
    assert again.persons == first.persons - 1


def test_a_changed_reader_reads_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    district_read(run_of(root), "3424")
    monkeypatch.setattr(fingerprint, "of_reading", lambda _: "another layout")
    assert district_read(run_of(root), "3424").is_new


def test_the_fingerprint_of_reading_is_the_rounds_own() -> None:
    assert fingerprint.of_reading(2568) != fingerprint.of_reading(2569)
    assert fingerprint.of_reading(2568) == fingerprint.of_reading.__wrapped__(2568)


def test_what_is_kept_but_damaged_is_read_again(root: Path) -> None:
    run = run_of(root)
    district_read(run, "3424")
    (run.typed_last("3424") / "persons.parquet").write_bytes(b"PAR1 cut off")
    assert district_read(run, "3424").is_new
    assert not district_read(run, "3424").is_new


def test_damage_that_keeps_the_size_is_read_again_too(root: Path) -> None:
    run = run_of(root)
    read = district_read(run, "3424")
    whole = frames(run, read, COMPARED)
    kept = run.typed_last("3424") / "persons.parquet"
    kept.write_bytes(bytes(kept.stat().st_size))
    assert frames(run, read, COMPARED)[1].equals(whole[1])


def test_only_the_columns_that_are_compared_are_handed_on(root: Path) -> None:
    run = run_of(root)
    households, persons = frames(run, district_read(run, "3424"), COMPARED)
    assert {"household_id", "national_id"} <= set(persons.columns)
    # The first name is: another person may stand under the same id.
    assert not {"last_name", "title", "is_informant"} & set(persons.columns)
    assert len(households.columns) < 40


def test_a_missing_and_an_unreadable_last_delivery_are_told_and_quarantine_nobody(root: Path) -> None:
    shutil.rmtree(root / "sample_data" / "2568" / "3424")
    for file in (root / "sample_data" / "2568" / "3430").iterdir():
        file.write_bytes(b"")
    absent, unreadable = (district_read(run_of(root), code) for code in ("3424", "3430"))
    assert (absent.state, unreadable.state) == ("absent", "unreadable")
    for one in (absent, unreadable):
        assert one.why[0]
        assert one.why[1].isascii()
        assert one.why[0] in str(one)


def test_a_last_delivery_that_breaks_the_program_is_told_without_its_words(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("นางสาวลับเฉพาะ")

    monkeypatch.setattr(intake, "read", broken)
    run = run_of(root)
    with pytest.raises(DistrictFailed) as raised:
        district_read(run, "3424")
    told = not_read(run, run.settings.districts[0], raised.value)
    assert told.state == "unreadable"
    assert "ลับ" not in str(told) + str(told.facts)
    assert "KeyError" in told.why[1]


def test_a_run_of_one_district_has_the_last_year_of_the_whole_province(root: Path) -> None:
    run = run_of(root, "3424")
    reads = [read_last_year(run, district) for district in run.settings.districts]
    compared = replace(run, last_round=LastRound(run, reads))
    assert compared.last is not None
    assert compared.before is not None
    assert set(compared.before.households["district_code"]) == set(CODES)
    assert not compared.before.is_whole
    assert compared.last.persons.height <= compared.before.persons.height
    # Another process puts it together again.
    sent = pickle.loads(pickle.dumps(compared.last_round))
    assert sent.last.persons.equals(compared.last.persons)


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[dict[str, object]]]:
    """Two nights of a district, one last delivery of the province absent and one empty."""
    root = copied_province(tmp_path_factory.mktemp("years"), *ALL)
    shutil.rmtree(root / "sample_data" / "2568" / "3430")
    for file in (root / "sample_data" / "2568" / "3433").iterdir():
        file.write_bytes(b"")
    said, records = [], []
    for night in ("first", "second"):
        done = night_here(root, NIGHT, "3424")
        assert done.code == 0, done.stdout
        said.append(done.stdout)
        records.append(json.loads((done.folder / "run.json").read_text(encoding="utf-8")))
        shutil.copytree(done.folder, root / night)
    return root, said, records


def test_the_night_says_in_both_languages_where_it_could_not_compare(
    two_nights: tuple[Path, list[str], list[dict[str, object]]],
) -> None:
    said = two_nights[1][0]
    assert f"== อ่านข้อมูลปีก่อน ({len(ALL)})" in said
    lines = [line for line in said.splitlines() if line.startswith("! ")]
    assert [line[2:6] for line in lines] == ["3430", "3433"]
    assert all("เทียบกับปีก่อนไม่ได้" in line for line in lines)
    assert all("cannot be compared with last year" in line for line in lines)


def test_the_run_record_says_what_was_compared_and_the_second_night_read_nothing(
    two_nights: tuple[Path, list[str], list[dict[str, object]]],
) -> None:
    first, second = (record["last_year"]["districts"] for record in two_nights[2])  # type: ignore[index]
    assert list(first) == list(ALL)
    assert (first["3430"]["state"], first["3433"]["state"]) == ("absent", "unreadable")
    read = [code for code in first if first[code]["state"] == "read"]
    assert read == ["3402", "3403", "3424"]
    assert all(first[code]["is_newly_read"] for code in read)
    assert not any(second[code]["is_newly_read"] for code in read)
    assert all(one["sha256"] for code in read for one in first[code]["inputs"])


def test_both_nights_give_the_same_bytes(
    two_nights: tuple[Path, list[str], list[dict[str, object]]],
) -> None:
    root, _, records = two_nights
    assert records[0]["run_hash"] == records[1]["run_hash"]
    before, after = (
        {
            path.relative_to(root / name): path.read_bytes()
            for path in (root / name).rglob("*")
            if path.is_file()
        }
        for name in ("first", "second")
    )
    assert before.keys() == after.keys()
    assert [str(name) for name in before if before[name] != after[name]] == ["run.json"]


def test_the_provinces_pages_say_which_districts_were_not_compared(
    two_nights: tuple[Path, list[str], list[dict[str, object]]],
) -> None:
    page = (two_nights[0] / "first" / "index.html").read_text(encoding="utf-8")
    told = page[page.index("อำเภอที่เทียบกับปีก่อนไม่ได้") :]
    assert "ไม่มีไฟล์ของปีก่อน" in told
    assert "there is no file of last year" in told
