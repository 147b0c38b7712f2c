"""How an office types its values: what becomes of numbers, dates, codes and yes/no on the way to text.

One style per kind of file. Inverse of what intake reads back; whatever style is used, the value is the same.
"""

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas import code_lists
from schemas.dictionary import Column, columns
from schemas.thai import BE_MINUS_CE

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class Style:
    """`codes`: "label" or "code"; `commas` in money; `unanswered`: what a missing cell holds."""

    codes: str = "label"
    commas: bool = False
    unanswered: str | None = None
    thai_digits: bool = False


def typed(frame: pl.DataFrame, model: type[pa.DataFrameModel], style: Style) -> pl.DataFrame:
    """Every column as text, null where nothing is typed."""
    known = columns(model)
    texts = frame.select(_text(known[name], style).alias(name) for name in frame.columns)
    if style.unanswered is None:
        return texts
    # the dash stands for an answer not given; an id or a name is simply left out
    return texts.with_columns(
        pl.col(name).fill_null(style.unanswered)
        for name in texts.columns
        if known[name].kind in ("number", "code") and not known[name].required
    )


def _text(column: Column, style: Style) -> pl.Expr:
    cell = pl.col(column.name)
    if column.kind == "date":
        text = be_date(cell)
        return in_thai_digits(text) if style.thai_digits else text
    if column.kind == "bool":
        return cell.cast(pl.Int8).cast(pl.String)
    if column.kind == "code":
        known = code_lists.load(str(column.code_list))
        numbers = {entry.slug: entry.code for entry in known.entries}
        meaning = known.label_th if style.codes == "label" else numbers
        return cell.cast(pl.String).replace_strict(meaning, return_dtype=pl.String)
    if column.unit == "baht" and style.commas:
        return with_commas(cell)
    if style.thai_digits and column.name in ("age", "village_no", "survey_year_be"):
        return in_thai_digits(cell.cast(pl.String))
    return cell.cast(pl.String)


def be_date(cell: pl.Expr) -> pl.Expr:
    """dd/mm/BBBB."""
    year = (cell.dt.year() + BE_MINUS_CE).cast(pl.String)
    return cell.dt.strftime("%d/%m/") + year


def with_commas(cell: pl.Expr) -> pl.Expr:
    """1234567 as 1,234,567; amounts of a household stay below a thousand million."""
    thousands = cell // 1_000
    last = (cell % 1_000).cast(pl.String).str.zfill(3)
    middle = (thousands % 1_000).cast(pl.String)
    millions = cell // 1_000_000
    return (
        pl.when(cell < 1_000)
        .then(cell.cast(pl.String))
        .when(cell < 1_000_000)
        .then(middle + "," + last)
        .otherwise(millions.cast(pl.String) + "," + middle.str.zfill(3) + "," + last)
    )


def in_thai_digits(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list("0123456789"), list("๐๑๒๓๔๕๖๗๘๙"))
