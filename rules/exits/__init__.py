"""Who got off a list and who came onto it, between two rounds: below the line, and failing each indicator.

Households are linked (linking.py), each gets a transition (transitions.py), these are added up (tallies.py),
the moved line is told apart (line.py) and doubtful exits are marked (marks.py). Indicators are compared by
slug, and only those that both rounds have: numbers change meaning between generations of the form.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rules import indicators
from rules.exits import line, linking, marks, rates, tallies, transitions
from rules.exits.frames import RoundFrames
from rules.exits.wording import INCOME, INDICATOR, POOR, Wording, texts

__all__ = ["INCOME", "INDICATOR", "POOR", "Compared", "RoundFrames", "Wording", "compare", "texts"]


@dataclass(frozen=True)
class Compared:
    """Two rounds compared; frames as the modules of this room describe them.

    links: linking.link; link_rates: rates.count; income, indicators: transitions.judge, the one list "income"
    and each slug of both rounds; income_tally, indicator_tally: tallies.tally; line: line.moved; marked:
    marks.mark, of all lists; marked_counts: marks.counted; only_before, only_now: slugs not compared.
    """

    links: pl.DataFrame
    link_rates: pl.DataFrame
    income: pl.DataFrame
    indicators: pl.DataFrame
    income_tally: pl.DataFrame
    indicator_tally: pl.DataFrame
    line: pl.DataFrame
    marked: pl.DataFrame
    marked_counts: pl.DataFrame
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]


def compare(before: RoundFrames, now: RoundFrames, province_code: str) -> Compared:
    """Everything this room says of two rounds of a province."""
    links = linking.link(before.assessed, before.persons, now.assessed, now.persons)
    slugs_before, slugs_now = indicators.slugs(before.assessed), indicators.slugs(now.assessed)
    slugs = [slug for slug in slugs_now if slug in slugs_before]
    of_income = [marks.INCOME_LIST]
    lines = _income(before), _income(now)
    tables = _with_members(before), _with_members(now)
    income = transitions.judge(lines[0], lines[1], links, of_income, INCOME)
    failing = transitions.judge(tables[0], tables[1], links, slugs, INDICATOR)
    marked = pl.concat([marks.mark(income, of_income, before, now), marks.mark(failing, slugs, before, now)])
    return Compared(
        links=links,
        link_rates=rates.count(income, links, province_code),
        income=income,
        indicators=failing,
        income_tally=tallies.tally(income, lines[0], lines[1], of_income, INCOME, province_code),
        indicator_tally=tallies.tally(failing, tables[0], tables[1], slugs, INDICATOR, province_code),
        line=line.moved(before.below_line, now.below_line, links, (before.round, now.round), province_code),
        marked=marked,
        marked_counts=marks.counted(marked, province_code),
        only_before=tuple(slug for slug in slugs_before if slug not in slugs),
        only_now=tuple(slug for slug in slugs_now if slug not in slugs),
    )


def _income(one: RoundFrames) -> pl.DataFrame:
    return one.below_line.rename({"state": marks.INCOME_LIST})


def _with_members(one: RoundFrames) -> pl.DataFrame:
    """The assessed households with how many live there, null when the roster is not known."""
    members = transitions.one_each(one.below_line.select("household_id", "members"))
    return one.assessed.join(
        members.drop_nulls("household_id"), on="household_id", how="left", maintain_order="left"
    )
