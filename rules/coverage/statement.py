"""What these rules cannot see, in words and two short tables: for the certification meeting and the pages.

Everything comes from the kept measure (`table`); the sentences themselves are in words.toml. Deliberately not
here: how a page or a paper looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from rules.coverage.errors import BY_NAME
from rules.coverage.groups import group_name, group_of, words
from rules.coverage.row_errors import ROW, ROWS_BY_NAME
from rules.coverage.shares import interval
from rules.coverage.table import Kept
from schemas.code_lists import Lang
from schemas.dictionary import columns
from schemas.layouts import MODELS, Table

BLIND_BELOW = 0.2
"""A field is hardly watched when a smaller share of the slips in it is noticed."""

NOT_SLIPS = ("missing", "words", "no_such_day", "in_exponent")
"""Left out of that share: what reading always notices, and empty cells, which are counted as not answered."""

# An indicator without an answer is counted as unanswered; an empty amount of income counts as 0 on the form.
_IS_EMPTIED = pl.col("error") == "missing"

WORST, NAMED = 6, 3


@dataclass(frozen=True)
class GroupRow:
    """A part of the form: `fields` measured, of them `blind`; slips noticed, with the interval of the share.

    `changed`: mistakes that changed an indicator's result (not to unanswered), `unseen`: unnoticed ones.
    """

    name: Mapping[Lang, str]
    fields: int
    blind: int
    planted: int
    detected: int
    low: float
    high: float
    changed: int
    unseen: int


@dataclass(frozen=True)
class WorstRow:
    """A mistake that goes unnoticed and `changes` what is decided: `unseen` of `planted` trials."""

    field: Mapping[Lang, str]
    error: Mapping[Lang, str]
    changes: Literal["line", "results"]
    unseen: int
    planted: int


@dataclass(frozen=True)
class Statement:
    """`is_current`: measured with the very rules in force; `sentences` per language, in order of weight."""

    is_current: bool
    sentences: Mapping[Lang, tuple[str, ...]]
    groups: tuple[GroupRow, ...]
    worst: tuple[WorstRow, ...]


def statement(kept: Kept, rules_now: str) -> Statement:
    """Of a kept measure; `rules_now`: the hash of the rules in force (`table.rule_set_hash`)."""
    groups, worst = _groups(kept.table), _worst(kept.table)
    is_current = kept.rules == rules_now
    langs: tuple[Lang, ...] = ("th", "en")
    sentences = {lang: _sentences(kept, groups, worst, lang, is_current=is_current) for lang in langs}
    return Statement(is_current, sentences, groups, worst)


def by_field(table: pl.DataFrame) -> pl.DataFrame:
    """Slips per table and field: planted, detected and whether the field `is_blind`."""
    slips = table.filter(~pl.col("error").is_in(NOT_SLIPS) & (pl.col("field") != ROW))
    counted = slips.group_by("table", "field").agg(pl.col("planted", "detected").sum())
    return counted.with_columns(is_blind=pl.col("detected") < BLIND_BELOW * pl.col("planted")).sort(
        "table", "field"
    )


def field_label(table: Table, field: str, lang: Lang) -> str:
    """The column's name for people; of whole rows, the table's."""
    if field == ROW:
        return str(words()["rows"][table][lang])
    return columns(MODELS[table])[field].label(lang)


def error_label(error: str, lang: Lang) -> str:
    """What the mistake is called."""
    found = BY_NAME.get(error) or ROWS_BY_NAME[error]
    return found.th if lang == "th" else found.en


def _groups(table: pl.DataFrame) -> tuple[GroupRow, ...]:
    fields = _with_group(by_field(table))
    changes = _with_group(table.filter((pl.col("field") != ROW) & ~_IS_EMPTIED))
    rows = []
    for (group,), own in fields.group_by("group", maintain_order=True):
        consequences = changes.filter(pl.col("group") == group)
        planted, detected = int(own["planted"].sum()), int(own["detected"].sum())
        low, high = interval(detected, planted)
        rows.append(
            GroupRow(
                {"th": group_name(str(group), "th"), "en": group_name(str(group), "en")},
                own.height,
                int(own["is_blind"].sum()),
                planted,
                detected,
                low,
                high,
                int(consequences["results_changed"].sum()),
                int(consequences["results_unseen"].sum()),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.detected / row.planted, row.name["en"])))


def _with_group(table: pl.DataFrame) -> pl.DataFrame:
    groups = [group_of(part, field) for part, field in table.select("table", "field").iter_rows()]
    return table.with_columns(pl.Series("group", groups, dtype=pl.String))


def _worst(table: pl.DataFrame) -> tuple[WorstRow, ...]:
    """Decisions about the income line first, whatever their number, then indicators."""
    is_result_unseen = (pl.col("results_unseen") > 0) & ~_IS_EMPTIED
    ordered = table.filter((pl.col("line_unseen") > 0) | is_result_unseen).sort(
        pl.col("line_unseen") / pl.col("planted"),
        pl.col("results_unseen") / pl.col("planted"),
        "table",
        "field",
        "error",
        descending=[True, True, False, False, False],
    )
    return tuple(_worst_row(row) for row in ordered.head(WORST).iter_rows(named=True))


def _worst_row(row: Mapping[str, object]) -> WorstRow:
    what: Literal["line", "results"] = "line" if row["line_unseen"] else "results"
    part: Table = "household" if row["table"] == "household" else "person"
    field, error = str(row["field"]), str(row["error"])
    return WorstRow(
        {"th": field_label(part, field, "th"), "en": field_label(part, field, "en")},
        {"th": error_label(error, "th"), "en": error_label(error, "en")},
        what,
        int(str(row[f"{what}_unseen"])),
        int(str(row["planted"])),
    )


def _sentences(
    kept: Kept, groups: Sequence[GroupRow], worst: Sequence[WorstRow], lang: Lang, *, is_current: bool
) -> tuple[str, ...]:
    table = kept.table
    slips = table.filter(~pl.col("error").is_in(NOT_SLIPS))
    total = {name: int(table[name].sum()) for name in ("line_changed", "line_unseen")}
    blindest = sorted((row for row in groups if row.blind), key=lambda row: -row.blind)[:NAMED]
    on_line = [f"{row.field[lang]} ({row.error[lang]})" for row in worst if row.changes == "line"][:NAMED]
    alarms = sum(kept.false_alarms.values())
    _low, most = interval(min(alarms, kept.clean), kept.clean)
    holes = {
        "planted": f"{kept.planted:,}",
        "fields": f"{table.select('table', 'field').n_unique():,}",
        "errors": table["error"].n_unique(),
        "rules": kept.rule_count,
        "year": kept.round_year_be,
        "noticed": _percent(int(slips["detected"].sum()), int(slips["planted"].sum())),
        "changed": f"{total['line_changed']:,}",
        "unseen": f"{total['line_unseen']:,}",
        "examples": words()["join"][lang].join(on_line),
        "blind": f"{sum(row.blind for row in groups):,}",
        "groups": words()["join"][lang].join(
            f"{row.name[lang]} ({row.blind}/{row.fields})" for row in blindest
        ),
        "clean": f"{kept.clean:,}",
        "alarms": f"{alarms:,}",
        "most": f"{1000 * most:.2f}",
    }
    keys = ["measured", "line_some" if on_line else "line_none", "blind", "empty", "alarms", "caution"]
    if not is_current:
        keys.insert(0, "older")
    return tuple(words()["sentences"][key][lang].format(**holes) for key in keys)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "–"
