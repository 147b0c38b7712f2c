"""How well a proposal finds the fields of exports whose headings were changed as a new year's might be."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from flows.layout.file_columns import columns_of
from flows.layout.names import FOLDED, alike
from flows.layout.proposal import LIKELY, SURE, Proposed, propose
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table, normalise_header, synonyms
from tests.intake_writing import write_csv
from tests.nights import ROOT

SAMPLE = ROOT / "sample_data" / "2569" / "3404"
NAMES = {"household": "household", "person": "member"}
Rename = Callable[[str, int, Table], list[str]]


def english_snake(field: str, at: int, table: Table) -> list[str]:
    """The English label in capitals or snake case, with the words a program's author would shorten."""
    del at
    words = re.findall("[A-Za-z]+", columns(MODELS[table])[field].en)
    short = {"household": "hh", "number": "num", "amount": "amt", "of": "", "the": "", "a": "", "in": ""}
    told = [short.get(word.lower(), word.lower()) for word in words]
    return ["_".join(word for word in told if word).upper()]


def abbreviated_thai(field: str, at: int, table: Table) -> list[str]:
    """The Thai label with short forms, without tone marks in every third, with a unit at its end."""
    label = columns(MODELS[table])[field].th
    for long, short in (("จำนวน", "จน."), ("ครัวเรือน", "คร."), ("ประชาชน", "ปชช."), ("วันเดือนปี", "ว/ด/ป")):
        label = label.replace(long, short)
    if at % 3 == 0:
        label = re.sub("[\u0e48-\u0e4b]", "", label)
    return [label + (" (หน่วย: ตามแบบ)" if at % 2 else "")]


def numbered(field: str, at: int, table: Table) -> list[str]:
    """Numbers of questions in front, as forms have them."""
    label = columns(MODELS[table])[field].th
    return [(f"ข้อ {at // 7 + 1}.{at % 7 + 1} {label}", f"q{at // 7 + 1}_{at % 7 + 1} {label}")[at % 2]]


def two_rows(field: str, at: int, table: Table) -> list[str]:
    """A title of a section over the label."""
    return [f"ส่วนที่ {at // 12 + 1}", columns(MODELS[table])[field].th]


def reworded(field: str, at: int, table: Table) -> list[str]:
    """The Thai label with small words dropped or added: what no list of synonyms has."""
    label = columns(MODELS[table])[field].th
    for word in ("ของ", "ที่", "การ", "ใน"):
        label = label.replace(word, "", 1)
    return [f"{label}ปี 69" if at % 4 == 0 else f"ข้อมูล{label}" if at % 4 == 1 else label]


RENAMES: dict[str, Rename] = {
    one.__name__: one for one in (english_snake, abbreviated_thai, numbered, two_rows, reworded)
}


@dataclass(frozen=True)
class Measured:
    right: int
    wrong: list[tuple[str, str, str]]
    sure_wrong: list[tuple[str, str, str]]
    columns: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return self.right / self.columns


def renamed(folder: Path, table: Table, rename: Rename) -> tuple[Path, dict[str, str]]:
    """The sample's file of that table, its columns shuffled and renamed, and heading -> field."""
    frame = pl.read_parquet(SAMPLE / f"jpt2569_3404_{NAMES[table]}.parquet").cast(pl.String)
    known = synonyms(table)
    fields = [(name, known[normalise_header(name)]) for name in frame.columns]
    random.Random(7).shuffle(fields)
    told = [rename(field, at, table) for at, (_, field) in enumerate(fields)]
    truth = {" ".join(parts): field for parts, (_, field) in zip(told, fields, strict=True)}
    rows = [[text or "" for text in row] for row in frame.select(name for name, _ in fields).iter_rows()]
    head = [list(row) for row in zip(*told, strict=True)]
    return write_csv(folder / f"{table}.csv", [*head, *rows]), truth


def measured(found: list[Proposed], truth: dict[str, str]) -> Measured:
    told = [
        (one.state, one.column.heading, one.best.field, truth.get(one.column.heading, ""))
        for one in found
        if one.best is not None and one.state in ("sure", "likely")
    ]
    wrong = [(heading, field, right) for _, heading, field, right in told if field != right]
    sure = [
        (heading, field, right) for state, heading, field, right in told if state == "sure" and field != right
    ]
    return Measured(len(told) - len(wrong), wrong, sure, len(found))


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Table], Measured]:
    return dict(_measure(tmp_path_factory.mktemp("renamed")))


def _measure(folder: Path) -> Iterator[tuple[tuple[str, Table], Measured]]:
    for name, rename in RENAMES.items():
        for table in MODELS:
            path, truth = renamed(folder, table, rename)
            (found,) = columns_of(path)
            yield (name, table), measured(propose(found, 2569), truth)


def test_at_least_95_of_100_proposals_are_right_and_none_that_is_sure_is_wrong(proposals) -> None:
    for (name, table), one in proposals.items():
        print(f"{name:17} {table:10} precision {one.precision:.3f} recall {one.recall:.3f} of {one.columns}")
        print(*one.wrong, sep="\n")
    assert {key: one.sure_wrong for key, one in proposals.items() if one.sure_wrong} == {}
    right = sum(one.right for one in proposals.values())
    assert right / (right + sum(len(one.wrong) for one in proposals.values())) >= 0.95
    assert all(one.precision >= 0.95 for one in proposals.values())


def test_most_columns_of_every_kind_of_renaming_are_found(proposals) -> None:
    assert all(one.recall >= 0.75 for one in proposals.values())
    assert all(one.recall >= 0.97 for (name, _), one in proposals.items() if name in ("numbered", "two_rows"))


def test_what_stands_in_brackets_alone_makes_no_name_sure() -> None:
    name = columns(MODELS["household"])["age60_count"].th
    assert LIKELY < alike(f"{name} (ที่ยังทำงาน)")["age60_count"].score < FOLDED
    assert alike(f"ข้อ 3.2 {name}")["age60_count"].score >= SURE
