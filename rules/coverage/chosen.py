"""Where each mistake is tried: cells chosen at random, each field and error type by a draw of its own.

A field's choice does not depend on the others', so a part can be measured again and gives the same counts.
Every household holds one mistake at a time: those that draw the same household go to different batches.
Mistakes that other households may notice (in ids and codes) go to batches of their own.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from random import Random
from zlib import crc32

import numpy as np
import polars as pl

from rules.coverage.errors import ERRORS, Cell, ErrorType, is_id
from rules.coverage.records import Records
from rules.coverage.row_errors import ROW, ROW_ERRORS
from schemas.dictionary import Column, columns
from schemas.layouts import MODELS, Table

TRIES = 2_000
"""Cells looked at for one that can be mistyped so; if none of them can, the mistake is too rare to matter."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One mistake: `text` in `field` of row `row` of `table`.

    `new_id`: the household's id afterwards, where that is what was mistyped. `among_all`: other households
    may notice, so all must be there.
    """

    table: Table
    field: str
    error: str
    row: int
    household_id: str
    text: str
    new_id: str
    among_all: bool


def chosen(clean: Records, each: int, seed: int, fields: Collection[str] | None = None) -> list[Trial]:
    """Up to `each` mistakes per field and error type, without batches; `fields` (table.field): only those."""
    trials: list[Trial] = []
    for table, model in MODELS.items():
        text = clean.text[table]
        known = columns(model)
        ids = text["household_id"].to_list()
        names = [name for name in text.columns if name in known]
        for place, name in enumerate(names):
            if fields is not None and f"{table}.{name}" not in fields:
                continue
            before = names[place - 1] if place else None
            for error in ERRORS:
                if error.fits(known[name]):
                    draw = np.random.Generator(
                        np.random.PCG64([seed, crc32(f"{table}.{name}.{error.name}".encode())])
                    )
                    trials += _of_field(clean, table, known[name], before, error, each, draw, ids)
    rows = (error for error in ROW_ERRORS if fields is None or f"{error.table}.{ROW}" in fields)
    for row_error in rows:
        trials += _of_rows(clean, row_error.table, row_error.name, each, seed)
    return trials


def _of_field(
    clean: Records,
    table: Table,
    column: Column,
    before: str | None,
    error: ErrorType,
    each: int,
    draw: np.random.Generator,
    ids: list[str],
) -> Iterator[Trial]:
    name, text = column.name, clean.text[table]
    if error.needs == "beside" and before is None:
        return
    rows = draw.permutation(_able(clean, table, name, before, error))[:TRIES]
    dice = draw.integers(2**63, size=len(rows)).tolist()
    among_all = is_id(column)
    found = 0
    for row, start in zip(rows.tolist(), dice, strict=True):
        right = text[name][row]
        cell = Cell(
            clean.typed[table][name][row],
            right,
            column,
            text[name][row - 1] if row else None,
            text[before][row] if before else None,
            Random(start),
        )
        wrong = error.wrong(cell)
        if wrong is None or wrong == right:
            continue
        new_id = wrong if name == "household_id" else ids[row]
        yield Trial(table, name, error.name, row, ids[row], wrong, new_id, among_all)
        found += 1
        if found == each:
            return


def _able(clean: Records, table: Table, name: str, before: str | None, error: ErrorType) -> np.ndarray:
    """Row numbers of the cells the mistake can happen to."""
    text = clean.text[table]
    able = text[name].is_not_null()
    if error.needs == "amount":
        able &= (clean.typed[table][name] != 0).fill_null(False)
    elif error.needs == "above":
        able &= (text[name] != text[name].shift(1)).fill_null(False)
    elif error.needs == "beside" and before is not None:
        able &= (text[name] != text[before]).fill_null(False)
    return able.arg_true().to_numpy()


def _of_rows(clean: Records, table: Table, error: str, each: int, seed: int) -> Iterator[Trial]:
    """Rows of different households with company: a home whose only member is forgotten is another mistake."""
    draw = np.random.Generator(np.random.PCG64([seed, crc32(error.encode())]))
    frame = clean.text[table].with_row_index("row").filter(pl.col("row") > 0)
    counts = clean.text["person"].group_by("household_id").len()
    able = frame.join(counts.filter(pl.col("len") > 1), on="household_id", how="semi")
    able = able[draw.permutation(len(able))].unique("household_id", keep="first", maintain_order=True)
    for row, household_id in able.select("row", "household_id").head(each).iter_rows():
        yield Trial(table, ROW, error, row, household_id, "", household_id, among_all=False)


def in_batches(trials: list[Trial]) -> list[list[Trial]]:
    """Batches in which no household comes twice, in order of what they need.

    First those that mistype the key of a household and so may spoil another's; then those that others may
    notice; then the rest.
    """
    batches: list[list[Trial]] = []
    for kind in ((True, True), (True, False), (False, False)):
        first, turns = len(batches), Counter[str]()
        for trial in trials:
            if (trial.among_all, trial.field == "household_id") == kind:
                batch = first + turns[trial.household_id]
                turns[trial.household_id] += 1
                batches += [[] for _ in range(batch + 1 - len(batches))]
                batches[batch].append(trial)
    return batches
