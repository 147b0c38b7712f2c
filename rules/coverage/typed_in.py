"""The mistakes of a batch put into the records' text: what the district would send.

Cells first, whole rows afterwards, so that a row number means the same row throughout.
"""

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from rules.coverage.chosen import Trial
from rules.coverage.records import Records
from rules.coverage.row_errors import ROW, ROW_ERRORS, Tables
from schemas.layouts import Table

CONTEXT = 100
"""One household in so many is sent along unharmed, so that no file consists of mistakes only."""


def typed_in(clean: Records, batch: Sequence[Trial]) -> Tables:
    """Both tables as text with the batch's mistakes; only its households and some context, unless all are
    needed.
    """
    tables = {table: _with_cells(frame, table, batch) for table, frame in clean.text.items()}
    rows: dict[str, list[int]] = defaultdict(list)
    for trial in batch:
        if trial.field == ROW:
            rows[trial.error].append(trial.row)
    for error in ROW_ERRORS:
        if error.name in rows:
            tables = error.wrong(tables, sorted(rows[error.name]))
    if any(trial.among_all for trial in batch):
        return tables
    ids = clean.text["household"]["household_id"]
    wanted = {trial.household_id for trial in batch} | set(ids.gather_every(CONTEXT))
    is_wanted = pl.col("household_id").is_in(sorted(wanted))
    return {table: frame.filter(is_wanted) for table, frame in tables.items()}


def _with_cells(frame: pl.DataFrame, table: Table, batch: Sequence[Trial]) -> pl.DataFrame:
    cells: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for trial in batch:
        if trial.table == table and trial.field != ROW:
            cells[trial.field].append((trial.row, trial.text))
    changed = []
    for name, wrong in cells.items():
        rows, texts = zip(*sorted(wrong), strict=True)
        values = pl.Series([text or None for text in texts], dtype=pl.String)
        changed.append(frame[name].scatter(list(rows), values))
    return frame.with_columns(changed)
