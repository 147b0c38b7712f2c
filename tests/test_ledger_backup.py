import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.ledger import Certificate, DistrictCounts, Ledger, LedgerFailed, Listing, Waiver, opening
from flows.ledger.tables import metadata
from tests.ledgers import listed, run

NIGHT = date(2026, 11, 24)


def filled(ledger: Ledger) -> None:
    """At least a row in every table."""
    ledger.record(
        run("n1", NIGHT),
        [DistrictCounts("3401", "red", 60, 190, 9, 2, 5, 1)],
        [{"sha256": "b" * 64, "district_code": "3401", "name": "ครัวเรือน.csv", "bytes": 2_500_000_000}],
        states={"3401": "c" * 64},
        listing=Listing(listed("a", "b"), {"3401": {"WK001"}}, {"WK001"}),
    )
    proposed = Waiver(2569, "ยืนยันกับเจ้าตัวแล้ว", "พัฒนาการอำเภอ", NIGHT, date(2026, 12, 31), finding_id="a")
    ledger.approve_waiver(ledger.propose_waiver(proposed), "พัฒนาการจังหวัด", NIGHT)
    signed_at = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    ledger.add_certificate(Certificate("d" * 64, 2569, "3401", "n1", "นายอำเภอ", signed_at))


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = opening.engine_of(url)
    with engine.connect() as db:
        found = {
            table.name: sorted((tuple(row) for row in db.execute(sa.select(table))), key=str)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def backed_up(ledger: Ledger, tmp_path: Path) -> Path:
    filled(ledger)
    ledger.backup(tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_backup_of_either_database_is_restored_into_either(
    backed_up: Path, ledger_url: str, tmp_path: Path, postgres: str
) -> None:
    before = rows(ledger_url)
    assert all(before.values())
    other = f"sqlite:///{tmp_path}/other.db"
    with Ledger(other) as ledger:
        ledger.restore(backed_up)
    assert rows(other) == before
    with Ledger(postgres) as ledger:
        ledger.restore(backed_up, is_replacing=True)
        assert rows(postgres) == before
        ledger.forget_everything()


def test_a_ledger_that_holds_rows_is_not_replaced_unasked(
    backed_up: Path, ledger: Ledger, ledger_url: str
) -> None:
    ledger.record(run("n2", date(2026, 11, 25)), [], [])
    with pytest.raises(LedgerFailed, match="not empty"):
        ledger.restore(backed_up)
    assert len(ledger.nights(2569)) == 2
    ledger.restore(backed_up, is_replacing=True)
    assert [run_id for run_id, _, _ in ledger.nights(2569)] == ["n1"]
    ledger.record(run("n2", date(2026, 11, 25)), [], [])
    assert len(rows(ledger_url)["jpt_run"]) == 2


def changed(file: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    made = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return made


def one_row_less(lines: bytes) -> bytes:
    return b"".join(lines.splitlines(keepends=True)[:-1])


def with_manifest(**facts: object) -> Callable[[bytes], bytes]:
    return lambda text: json.dumps({**json.loads(text), **facts}).encode()


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("jpt_finding.jsonl", one_row_less, "damaged"),
        ("jpt_run.jsonl", lambda lines: lines.replace(b"aaa", b"bbb"), "damaged"),
        ("jpt_district_run.jsonl", lambda lines: lines.replace(b'"red"', b'"green"'), "damaged"),
        ("jpt_waiver.jsonl", lambda lines: lines[:40], "damaged"),
        ("manifest.json", lambda text: text[:20], "damaged"),
        ("manifest.json", with_manifest(tables={}), "damaged"),
        ("manifest.json", with_manifest(revision="9999"), "newer"),
    ],
)
def test_a_damaged_backup_changes_nothing(
    backed_up: Path, ledger: Ledger, ledger_url: str, name: str, change: Callable[[bytes], bytes], why: str
) -> None:
    before = rows(ledger_url)
    with pytest.raises(LedgerFailed, match=why):
        ledger.restore(changed(backed_up, name, change), is_replacing=True)
    assert rows(ledger_url) == before


def test_a_file_that_is_no_backup_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "jpt.xlsx").write_bytes(b"PK\x03\x04 but no more")
    with pytest.raises(LedgerFailed, match="damaged") as raised:
        ledger.restore(tmp_path / "jpt.xlsx")
    assert "jpt.xlsx" in raised.value.th


def test_a_backup_is_never_written_over(backed_up: Path, ledger: Ledger) -> None:
    before = backed_up.read_bytes()
    with pytest.raises(FileExistsError):
        ledger.backup(backed_up)
    assert backed_up.read_bytes() == before
    assert [each.name for each in backed_up.parent.iterdir() if "partial" in each.name] == []


def test_a_backup_of_the_first_revision_is_restored_and_brought_up(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    ledger.backup(tmp_path / "new.zip")
    first = ("jpt_run", "jpt_district_run", "jpt_delivery")
    with zipfile.ZipFile(tmp_path / "new.zip") as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        about = json.loads(new.read("manifest.json"))
        tables = {name: about["tables"][name] for name in first}
        old.writestr("manifest.json", json.dumps({**about, "revision": "0001", "tables": tables}))
        for name in first:
            old.writestr(f"{name}.jsonl", new.read(f"{name}.jsonl"))
    ledger.restore(tmp_path / "old.zip", is_replacing=True)
    assert [run_id for run_id, _, _ in ledger.nights(2569)] == ["n1"]
    assert ledger.states(2569) == {}
    assert ledger.finding_lives(2569).height == 0
