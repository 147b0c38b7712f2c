"""How much of a change in the number below the line is the line itself, moved between two rounds.

This round's households are judged again at last round's line, and last round's at this round's: two ways to
take the same change apart, which need not agree, and both are shown. Lines and what passes on them come from
the rounds; whoever could not be assessed is so at any line. Deliberately not here: prices, which move too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rules.exits.tallies import KEYS, identity, tally
from rules.exits.transitions import judge
from rules.exits.wording import INCOME

if TYPE_CHECKING:
    from schemas.rounds import Round

WAYS = ("at_old_line", "at_new_line")
AREA = ("level", "area_code", "unit")
COUNTS = ("below_before", "below_now", "change", "by_line", "by_income", "by_list")
_KEPT = ("household_id", "district_code", "tambon_code", "members")
# Linked households in sight in both rounds; all other movements are about who is on the list at all.
_BY_INCOME = ("exited", "fell", "grown_below")


def at(judged: pl.DataFrame, round_: Round) -> pl.DataFrame:
    """A frame of rules.below_line with the states its households would have at the line of another round."""
    line = pl.lit(round_.income_line_baht, pl.Int64) * pl.col("members")
    income = pl.col("income_baht")
    passes = income >= line if round_.income_passes_at == ">=" else income > line
    again = pl.when(passes).then(pl.lit("above")).otherwise(pl.lit("below"))
    was = pl.col("state").cast(pl.String)
    state = pl.when(was == "not_assessable").then(was).otherwise(again)
    return judged.with_columns(state.cast(judged.schema["state"]).alias("state"))


def moved(
    before: pl.DataFrame,
    now: pl.DataFrame,
    links: pl.DataFrame,
    rounds: tuple[Round, Round],
    province_code: str,
) -> pl.DataFrame:
    """A row per way and area and unit: ``way`` (WAYS), AREA, then COUNTS, Int64.

    ``before`` and ``now``: of rules.below_line.judge; ``rounds``: last round and this one. change = by_line +
    by_income + by_list, exactly. by_line: on the other side only because the line moved (negative when it was
    lowered); by_income: linked households that changed sides at one and the same line, or, counting members,
    grew; by_list: who is there to be counted, that is new, gone, moved, or not to be told in one round.
    at_old_line holds last round's line still, at_new_line this round's.
    """
    old, new = rounds
    # Each way is a list of its own, so that all three are compared at once.
    ago = before.select(*_KEPT, income="state", at_old_line="state").with_columns(
        at_new_line=at(before, new).get_column("state")
    )
    today = now.select(*_KEPT, income="state", at_new_line="state").with_columns(
        at_old_line=at(now, old).get_column("state")
    )
    lists = ("income", *WAYS)
    judged = judge(ago, today, links, lists, INCOME)
    counts = _apart(tally(judged, ago, today, lists, INCOME, province_code))
    true = counts.filter(pl.col("list") == "income").select(*AREA, "below_before", "below_now")
    held = counts.filter(pl.col("list") != "income").rename({"list": "way"})
    change = pl.col("below_now") - pl.col("below_before")
    at_one_line = pl.col("below_now_held") - pl.col("below_before_held")
    return (
        held.join(true, on=AREA, suffix="_true", maintain_order="left")
        .rename({name: f"{name}_held" for name in ("below_before", "below_now")})
        .rename({f"{name}_true": name for name in ("below_before", "below_now")})
        .with_columns(change=change, by_line=change - at_one_line)
        .select("way", *AREA, *COUNTS)
        .sort(pl.col("way").cast(pl.Enum(WAYS)), maintain_order=True)
    )


def _apart(counts: pl.DataFrame) -> pl.DataFrame:
    """A tally with its movements put together: by_income and by_list."""
    signs = identity(INCOME)
    terms = {
        "by_income": [pl.col(name) * sign for name, sign in signs.items() if name in _BY_INCOME],
        "by_list": [pl.col(name) * sign for name, sign in signs.items() if name not in _BY_INCOME],
    }
    sums = (pl.sum_horizontal(each).alias(name) for name, each in terms.items())
    return counts.select(*KEYS, "below_before", "below_now", *sums)
