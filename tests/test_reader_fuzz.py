from pathlib import Path

import pytest

from flows import intake
from tests.reader_fuzz import OTHERS_BROKE, fuzzed
from tests.reader_fuzz_child import _read, outcome
from tests.reader_fuzz_mutations import mutant
from tests.reader_fuzz_oracle import faults_of
from tests.reader_fuzz_seeds import DISTRICT, grids, seeds

SEED, FILES = 7, 50


def test_every_format_says_the_same_before_anything_is_changed(tmp_path: Path) -> None:
    homes, people = (len(rows) - 1 for rows in grids().values())
    for name, sent in seeds().items():
        folder = tmp_path / name
        folder.mkdir()
        extract = _read(sent, folder)
        assert (extract.households.height, extract.persons.height) == (homes, people), name
        assert faults_of(extract, sent) == ([], True), name


def test_the_same_seed_and_number_give_the_same_bytes() -> None:
    assert [mutant(SEED, number) for number in range(20)] == [mutant(SEED, number) for number in range(20)]
    assert mutant(SEED, 1).sent != mutant(SEED + 1, 1).sent


def test_a_value_that_does_not_stand_in_the_file_is_seen(tmp_path: Path) -> None:
    sent = seeds()["csv-utf8"]
    extract = _read(sent, tmp_path)
    one_wrong = extract.persons.with_row_index("at").select(
        *(
            column if column != "age" else (extract.persons["age"] + 1).alias("age")
            for column in extract.persons.columns
        )
    )
    changed = intake.Extract(extract.households, one_wrong, extract.cells, extract.findings, extract.receipt)
    faults, asked = faults_of(changed, sent)
    assert asked
    assert len(faults) >= people_with_an_age()


def people_with_an_age() -> int:
    rows = grids()["member"]
    return sum(row[rows[0].index("อายุ")] != "" for row in rows[1:])


def test_a_row_that_is_lost_is_seen() -> None:
    sent = seeds()["csv-utf8"]
    shorter = sent | {"member.csv": sent["member.csv"].rpartition(b"\r\n3405")[0]}
    assert outcome(sent, "csv-utf8") == {"ended": "read as before", "faults": []}
    assert outcome(shorter, "csv-utf8") == {"ended": "read, another content", "faults": []}


def test_mutated_files_end_read_partly_read_or_quarantined() -> None:
    report = fuzzed(SEED, range(FILES))
    assert report.failures == []
    assert report.files == FILES
    assert report.ended[OTHERS_BROKE] == 0
    quarantined = sum(count for ended, count in report.ended.items() if ended.startswith("quarantined"))
    assert quarantined > FILES / 5
    assert report.ended["read as before"] > 0
    assert report.ended["read, another content"] > 0


@pytest.mark.parametrize("file", ["household.csv", "member.csv"])
def test_half_a_district_is_no_district(file: str) -> None:
    alone = {file: seeds()["csv-utf8"][file]}
    missing = "no_members" if file == "household.csv" else "no_households"
    assert outcome(alone, "csv-utf8") == {"ended": f"quarantined {missing}", "faults": []}
    assert DISTRICT == "3405"
