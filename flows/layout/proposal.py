"""The proposal: which column is which field, one to one, with a confidence, its reason, and what stands
against it.

A pair's confidence is how alike the names are, lowered as far as the cells cannot be read as the field and
raised where they could hardly be another. Pairs are taken from the surest down; where the next best is almost
as good nothing is settled, and the officer is shown both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from flows.layout.evidence import Evidence, evidence
from flows.layout.file_columns import FileColumn
from flows.layout.names import FOLDED, Alike, alike, spellings
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

State = Literal["sure", "likely", "unsure", "unknown"]
SURE, LIKELY, SHOWN = 0.9, 0.6, 0.35
CLEAR = 0.12  # by how much the best must lead the next to be more than unsure
COMPARED = 8  # of the fields most alike by name, how many have the cells looked at
OF_TABLE = 0.1  # this share of a sheet's columns, or so many known by name, make it hold that table
NAMED_OF_TABLE = 4
MADE_HERE = frozenset({"delivery_id", "source_row"})


@dataclass(frozen=True)
class Candidate:
    """A field a column may be: how sure, the known name it is like, and what the cells say."""

    field: str
    confidence: float
    name: str
    is_named: bool
    cells: Evidence


@dataclass(frozen=True)
class Proposed:
    """One column's outcome: ``best`` is the field proposed, ``others`` what else it may be."""

    column: FileColumn
    state: State
    best: Candidate | None
    others: tuple[Candidate, ...] = ()
    why: str = ""


def propose(found: Sequence[FileColumn], year_be: int) -> list[Proposed]:
    """The proposal for the columns of one sheet, in their order."""
    every = {column.cell: _candidates(column, year_be) for column in found}
    tables = _tables(every.values())
    ranked = {cell: [one for one in of if _table_of(one.field) & tables] for cell, of in every.items()}
    taken = _assigned(ranked)
    owner = {candidate.field: cell for cell, candidate in taken.items()}
    return [_outcome(column, ranked[column.cell], taken.get(column.cell), owner) for column in found]


def _candidates(column: FileColumn, year_be: int) -> list[Candidate]:
    named: dict[str, Alike] = {}
    for text in spellings(column.parts):
        for field, one in alike(text).items():
            if field not in MADE_HERE and one.score > named.get(field, Alike(SHOWN, "")).score:
                named[field] = one
    most_alike = sorted(named.items(), key=lambda each: (-each[1].score, each[0]))[:COMPARED]
    found = []
    for field, one in most_alike:
        cells = evidence(column.cells, field, year_be)
        confidence = _confidence(one.score, cells)
        found.append(Candidate(field, confidence, one.name, one.score >= FOLDED, cells))
    return sorted(found, key=lambda one: (-one.confidence, one.field))


def _confidence(named: float, cells: Evidence) -> float:
    if cells.fit is None:
        return named
    if cells.fit < 0.5:
        return named * cells.fit * 0.5
    telling = 0.3 * (1 - named) if cells.is_telling else 0.0
    return (named + telling) * (0.5 + 0.5 * cells.fit)


@cache
def _table_of(field: str) -> frozenset[Table]:
    return frozenset(table for table, model in MODELS.items() if field in columns(model))


def _tables(ranked: Iterable[Sequence[Candidate]]) -> frozenset[Table]:
    """The tables the sheet holds, told by fields that only one of them has."""
    first = [of[0] for of in ranked if of and of[0].confidence >= LIKELY]
    alone = [
        (table, one) for one in first for table in _table_of(one.field) if len(_table_of(one.field)) == 1
    ]
    only = [table for table, _ in alone]
    named = [table for table, one in alone if one.is_named]
    held = frozenset(
        table
        for table in MODELS
        if only.count(table) > OF_TABLE * len(only) or named.count(table) >= NAMED_OF_TABLE
    )
    return held or frozenset(MODELS)


def _assigned(ranked: dict[str, list[Candidate]]) -> dict[str, Candidate]:
    """One field a column and one column a field, the surest pairs first."""
    pairs = sorted(
        ((one, cell) for cell, of in ranked.items() for one in of if one.confidence >= SHOWN),
        key=lambda pair: (-pair[0].confidence, int(pair[1][1:]), pair[0].field),
    )
    taken: dict[str, Candidate] = {}
    fields: set[str] = set()
    for one, cell in pairs:
        if cell not in taken and one.field not in fields:
            taken[cell] = one
            fields.add(one.field)
    return taken


def _outcome(
    column: FileColumn, ranked: Sequence[Candidate], best: Candidate | None, owner: dict[str, str]
) -> Proposed:
    others = tuple(one for one in ranked if one is not best)[:3]
    if best is None:
        return Proposed(column, "unknown", None, others, "ไม่เหมือนช่องใดที่รู้จัก")
    if ranked[0] is not best and ranked[0].confidence - best.confidence > CLEAR:
        return Proposed(column, "unsure", best, others, f"ช่อง {ranked[0].field} มีคอลัมน์อื่นตรงกว่า")
    rivals = [one for one in others if owner.get(one.field) in (None, column.cell)]
    lead = best.confidence - rivals[0].confidence if rivals else 1.0
    if lead < CLEAR and not best.is_named:
        return Proposed(column, "unsure", best, others, f"ใกล้เคียงกับ {rivals[0].field} ด้วย")
    if best.confidence < LIKELY:
        return Proposed(column, "unsure", best, others, "ชื่อคล้ายแต่ยังไม่พอ")
    is_sure = best.confidence >= SURE and best.is_named and (best.cells.fit is None or best.cells.fit >= 0.9)
    how = "ชื่อตรงกับ" if best.is_named else "ชื่อคล้าย"
    why = f"{how} “{best.name}”" + (f" • ค่า{best.cells.words}" if best.cells.words else "")
    return Proposed(column, "sure" if is_sure else "likely", best, others, why)
