import csv
import json
import re
from collections import Counter
from pathlib import Path

import polars as pl

from tests.nights import NIGHT, ROOT, Ran, jpt

DISTRICTS = 25


def texts(folder: Path, *suffixes: str) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in suffixes
    }


def test_the_night_ends_well_and_names_every_district_once(night: Ran) -> None:
    assert night.code == 0, night.stderr
    lines = [line for line in night.stdout.splitlines() if re.match(r"34\d\d ", line)]
    assert len({line[:4] for line in lines}) == DISTRICTS


def test_the_night_asks_the_network_for_nothing(night: Ran) -> None:
    assert night.calls_outside == []


def test_no_page_of_a_run_asks_the_network_for_anything(night: Ran) -> None:
    outside = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""", re.IGNORECASE)
    pages = texts(night.folder, ".html")
    assert len(pages) >= DISTRICTS + 2
    assert [name for name, page in pages.items() if outside.search(page)] == []
    assert [name for name, page in pages.items() if "Content-Security-Policy" not in page] == []


def test_every_district_has_its_workbook_and_its_page(night: Ran) -> None:
    for ending in (".xlsx", ".html", "-receipt.html", "-receipt.json"):
        documents = (night.folder / "districts").glob(f"34??/34??{ending}")
        assert len(list(documents)) == DISTRICTS


def test_the_run_record_names_inputs_versions_counts_seconds_and_memory(night: Ran) -> None:
    record = json.loads((night.folder / "run.json").read_text(encoding="utf-8"))
    assert record["run_id"] == f"2569-{NIGHT}"
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in record["inputs"])
    assert record["versions"]["polars"] == pl.__version__
    assert record["counts"]["households"] > 1400
    stages = {"receive", "read", "check", "across", "judge", "workbook", "page", "province"}
    assert stages <= set(record["seconds_per_stage"])
    assert record["peak_memory_mb"] > 50


def test_the_same_night_again_gives_the_same_documents(night: Ran) -> None:
    before = {p.relative_to(night.folder): p.read_bytes() for p in night.folder.rglob("*") if p.is_file()}
    again = jpt(night.root, "night", "--night", NIGHT)
    assert again.returncode == 0, again.stderr
    after = {p.relative_to(night.folder): p.read_bytes() for p in night.folder.rglob("*") if p.is_file()}
    assert before.keys() == after.keys()
    changed = [str(name) for name in before if before[name] != after[name]]
    assert changed == ["run.json"]


def test_nothing_half_written_is_left_behind(night: Ran) -> None:
    assert list(night.root.rglob("*.partial")) == []


Key = tuple[str, str, str | None, int | None]


def planted() -> list[tuple[Key, set[str]]]:
    with (ROOT / "sample_data" / "planted.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (
                (
                    row["rule_id"],
                    row["district_code"],
                    row["household_id"] or None,
                    int(row["member_no"]) if row["member_no"] else None,
                ),
                {field for field in row["fields"].split("|") if field},
            )
            for row in csv.DictReader(lines)
        ]


def test_the_published_findings_are_the_planted_ones_no_more_and_no_less(night: Ran) -> None:
    findings = pl.read_parquet(night.folder / "data" / "findings.parquet")
    keys = findings.select("rule_id", "district_code", "household_id", "member_no")
    assert Counter(keys.iter_rows()) == Counter(key for key, _ in planted())


def test_each_finding_names_the_fields_that_were_spoilt(night: Ran) -> None:
    findings = pl.read_parquet(night.folder / "data" / "findings.parquet")
    named: dict[Key, set[str]] = {}
    for *key, fields in findings.select(
        "rule_id", "district_code", "household_id", "member_no", "fields"
    ).iter_rows():
        found = {field.rpartition(".")[2] for field in fields.split("|")}
        named.setdefault(tuple(key), set()).update(found)
    # A household with too many members has no spoilt cell: the plant names its key.
    spoilt = [(key, {field.rpartition(".")[2] for field in fields}) for key, fields in planted()]
    lacking = [(key, fields - named[key] - {"household_id"}) for key, fields in spoilt]
    assert [each for each in lacking if each[1]] == []


def test_every_finding_has_an_id_of_its_own(night: Ran) -> None:
    findings = pl.read_parquet(night.folder / "data" / "findings.parquet")
    assert findings.get_column("finding_id").n_unique() == findings.height
