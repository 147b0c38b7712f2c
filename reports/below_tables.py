"""The three lists, who is poor in how many ways, and the official table of indicators, as rows of text.

The lists answer three questions and are never added up: each comes with its definition, unit and denominator.
A percentage never hides a count. Kept out: which of them matters most to the meeting.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from reports.below_charts import share
from reports.below_contents import BelowReport, ListName, ListText
from reports.summary_tables import UNIT, UNKNOWN, percent
from reports.words import count_text
from schemas import code_lists

LISTS: tuple[ListName, ...] = ("below_line", "fails_indicator", "poor")
DIFFERENCES = ("stated_pass_is_fail", "stated_fail_is_pass")
WORST = 3  # indicators that are named before the table


def lists(report: BelowReport) -> list[dict[str, Any]]:
    """A card per list; of the indicators the one that most households fail."""
    rows = {(row["list"], row["slug"], row["unit"]): row for row in report.sizes.iter_rows(named=True)}
    told = {(text.list, text.slug, text.unit): text for text in report.told}
    cards = []
    for name in LISTS:
        slug = _most_failed(report) if name == "fails_indicator" else None
        row, text = rows.get((name, slug, "household")), told.get((name, slug, "household"))
        if row and text:
            people = rows.get((name, slug, "person"))
            cards.append(_card(row, text, people, told.get((name, slug, "person"))))
    return cards


def _most_failed(report: BelowReport) -> str | None:
    failed = report.sizes.filter(
        (pl.col("list") == "fails_indicator") & (pl.col("unit") == "household") & (pl.col("denominator") > 0)
    )
    rows = list(failed.iter_rows(named=True))
    # In whole millionths, so that no two machines round differently; the first of equals in the form's order.
    worst = max(rows, key=lambda row: 1_000_000 * row["listed"] // row["denominator"], default=None)
    return worst["slug"] if worst else None


def _card(
    row: Mapping[str, Any], text: ListText, people: Mapping[str, Any] | None, of_people: ListText | None
) -> dict[str, Any]:
    unknown = row["not_assessable"]
    return {
        "title": text.name,
        "is_worst": row["list"] == "fails_indicator",
        "listed": count_text(row["listed"]),
        "unit": text.unit_text,
        "share": percent(row["listed"], row["denominator"]),
        "of": count_text(row["denominator"]),
        "denominator": text.denominator,
        "definition": text.definition,
        "persons": count_text(people["listed"]) if people and of_people else "",
        "of_persons": of_people.unit_text if of_people else "",
        "unknown": count_text(unknown) if unknown else "",
    }


def stated(report: BelowReport) -> dict[str, Any] | None:
    """How far the sender's own results differ from those recomputed; None where none are stated."""
    rows = list(report.stated.iter_rows(named=True))
    sums = {name: sum(row[name] for row in rows) for name in ("agree", *DIFFERENCES, "not_comparable")}
    if not any(sums.values()):
        return None
    differing = [row for row in rows if any(row[name] for name in DIFFERENCES)]
    return {
        "agree": count_text(sums["agree"]),
        "differ": count_text(sum(sums[name] for name in DIFFERENCES)),
        "not_comparable": count_text(sums["not_comparable"]),
        "rows": [
            {"name": row["name_th"], **{name: count_text(row[name]) for name in ("agree", *DIFFERENCES)}}
            for row in differing
        ],
    }


def poverty(report: BelowReport) -> dict[str, Any] | None:
    """H, A and M0 of households, and what each dimension adds to M0; None where nobody could be judged."""
    rows = report.measures.filter(pl.col("unit") == "household").to_dicts()
    if not rows or not rows[0]["assessable"]:
        return None
    labels = code_lists.load("dimension").label_th
    return {
        "headcount": _millionths(rows[0]["headcount_millionths"]),
        "intensity": _millionths(rows[0]["intensity_millionths"]),
        "adjusted": _decimal(rows[0]["adjusted_millionths"]),
        "parts": [
            {
                "label": labels.get(row["dimension"], row["dimension"]),
                "deprived": count_text(row["deprived"]),
                "share": _millionths(row["contribution_millionths"]),
                "bar": share(row["contribution_millionths"] or 0),
            }
            for row in report.parts.iter_rows(named=True)
        ],
    }


def _millionths(value: int | None) -> str:
    return UNKNOWN if value is None else f"{percent(value, 1_000_000)}%"


def _decimal(value: int | None) -> str:
    """Millionths as a number of four decimals; never 0 for something."""
    if value is None:
        return UNKNOWN
    tens = (value + 50) // 100
    return "<0.0001" if value and not tens else f"{tens // 10_000}.{tens % 10_000:04d}"


def indicators(report: BelowReport) -> dict[str, Any]:
    """Grouped by dimension as the official report prints them; the worst carry their rank and are named."""
    rows = list(report.indicators.iter_rows(named=True))
    failed = sorted((row for row in rows if row["failed"]), key=lambda row: -(row["failed_hundredths"] or 0))
    ranks = {row["slug"]: place for place, row in enumerate(failed[:WORST], 1)}
    labels = code_lists.load("dimension").label_th
    known = [*labels, *dict.fromkeys(row["dimension"] for row in rows if row["dimension"] not in labels)]
    groups = [
        {"title": labels.get(name, name), "rows": [_indicator(row, ranks) for row in of_group]}
        for name in known
        if (of_group := [row for row in rows if row["dimension"] == name])
    ]
    return {
        "groups": groups,
        "worst": [_indicator(row, ranks) for row in failed[:WORST]],
        "outside": sum(row["outside_th"] is not None for row in rows),
        "is_compared": report.last_round is not None,
        "unnumbered": sum(row["number"] is None for row in rows),
        "total": len(rows),
    }


def _indicator(row: Mapping[str, Any], ranks: Mapping[str, int]) -> dict[str, Any]:
    moved = row["exited_households"] is not None and row["fell_households"] is not None
    return {
        "number": UNKNOWN if row["number"] is None else str(row["number"]),
        "name": row["name_th"],
        "unit": UNIT[row["unit"]],
        "surveyed": count_text(row["surveyed"]),
        "passed": count_text(row["passed"]),
        "passed_share": _hundredths(row["passed_hundredths"], row["passed"], row["surveyed"]),
        "failed": count_text(row["failed"]),
        "failed_share": _hundredths(row["failed_hundredths"], row["failed"], row["surveyed"]),
        "exited": count_text(row["exited_households"]) if moved else "",
        "fell": count_text(row["fell_households"]) if moved else "",
        "rank": ranks.get(row["slug"]),
        "outside": row["outside_th"] or "",
    }


def _hundredths(value: int | None, part: int, whole: int) -> str:
    """Hundredths of a per cent as text: never 0.00 for somebody, never 100.00 without everybody."""
    if value is None or not whole:
        return UNKNOWN
    if part and not value:
        return "<0.01"
    return ">99.99" if part < whole and value >= 10_000 else f"{value // 100}.{value % 100:02d}"


def silent(report: BelowReport) -> Iterator[dict[str, str]]:
    """Indicators that households left unanswered or answered against themselves, most first."""
    rows = report.indicators.with_columns(doubted=pl.col("unanswered") + pl.col("inconsistent"))
    asked = rows.filter(pl.col("doubted") > 0).sort("doubted", descending=True, maintain_order=True)
    for row in asked.iter_rows(named=True):
        yield {
            "number": "" if row["number"] is None else str(row["number"]),
            "name": row["name_th"],
            "unanswered": count_text(row["unanswered"]),
            "inconsistent": count_text(row["inconsistent"]),
        }
