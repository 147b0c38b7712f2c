"""What the page about the households below the line is made from, for one district or the province: as data.

The rule of reports/contents.py holds here too: only frozen dataclasses and the columns of their frames.
Counts only, nobody's data; the texts of the lists come along, because no number of theirs stands without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from reports.contents import IncomeLine

ListName = Literal["below_line", "fails_indicator", "poor"]
# Columns the page relies on (more are allowed). Counts are of households unless the column says otherwise.
SIZES = {  # of rules.poverty.sizes, the rows of this area: one per list, indicator and unit
    "list": pl.String,  # ListName
    "slug": pl.String,  # of the indicator; null for the other two lists
    "unit": pl.String,  # household | person
    "listed": pl.Int64,
    "denominator": pl.Int64,
    "not_applicable": pl.Int64,
    "not_assessable": pl.Int64,
}
AREAS = {  # of rules.bounds.areas: one row per area, with its name
    "area_code": pl.String,
    "name": pl.String,
    "households": pl.Int64,  # all that are judged, assessable or not
    "below": pl.Int64,  # as recorded
    "below_min": pl.Int64,  # certain
    "below_max": pl.Int64,  # certain or open
    "open": pl.Int64,
    "place": pl.Int64,  # among its siblings, 1 has the greatest share
    "place_first": pl.Int64,
    "place_last": pl.Int64,
}
INCOME_TALLY = (  # of rules.exits.tallies.columns(INCOME), without who was never on the list
    "below_before",
    "below_now",
    "stayed_below",
    "exited",
    "gone_below",
    "lost_sight_below",
    "fell",
    "new_below",
    "came_in_sight_below",
    "moved_in_below",
    "moved_out_below",
)
LINE = {  # of rules.exits.line: one row per way to hold the line still
    "way": pl.String,  # at_old_line | at_new_line
    "below_before": pl.Int64,
    "below_now": pl.Int64,
    "change": pl.Int64,
    "by_line": pl.Int64,
    "by_income": pl.Int64,
    "by_list": pl.Int64,
}
LINK_RATES = (  # of rules.exits.rates
    "households_before",
    "households_now",
    "linked_by_key",
    "linked_by_members",
    "new",
    "gone",
    "not_compared_now",
    "not_compared_before",
)
MARKS = (  # of rules.exits.marks: why an exit is looked at again, in the order people ask
    "is_just_over",
    "is_income_copied",
    "is_rest_copied",
    "is_by_fewer_members",
    "is_by_line",
    "is_linked_by_members",
)
INDICATORS = {  # one row per indicator in force, in the order of the form
    "slug": pl.String,
    "number": pl.Int64,  # official; null while not announced
    "name_th": pl.String,
    "dimension": pl.String,  # slug of the code list dimension
    "unit": pl.String,  # household | person: what the next three count
    "surveyed": pl.Int64,  # passed + failed
    "passed": pl.Int64,
    "failed": pl.Int64,
    "passed_hundredths": pl.Int64,  # of one per cent of the surveyed; null when nobody was
    "failed_hundredths": pl.Int64,
    "exited_households": pl.Int64,  # failed last round, pass now; null without a last round
    "fell_households": pl.Int64,
    "unanswered": pl.Int64,  # households, for either unit
    "inconsistent": pl.Int64,
    "outside_th": pl.String,  # how the rate lies outside the provinces of 2561; null: inside, or not compared
}
STATED = {  # of rules.indicators.stated: households by what the sender states and what is recomputed
    "slug": pl.String,
    "name_th": pl.String,
    "agree": pl.Int64,
    "stated_pass_is_fail": pl.Int64,
    "stated_fail_is_pass": pl.Int64,
    "not_comparable": pl.Int64,  # stated, but not applicable, unanswered or inconsistent
    "not_stated": pl.Int64,
}
MEASURES = {  # of rules.poverty.measures: the row of each unit
    "unit": pl.String,  # household | person
    "assessable": pl.Int64,
    "not_assessable": pl.Int64,
    "poor": pl.Int64,
    "headcount_millionths": pl.Int64,  # null when nobody is assessable
    "intensity_millionths": pl.Int64,  # null when nobody is poor
    "adjusted_millionths": pl.Int64,
}
PARTS = {  # of rules.poverty.measures: the rows of households, one per dimension (their slug is null)
    "dimension": pl.String,
    "deprived": pl.Int64,
    "poor_and_deprived": pl.Int64,
    "contribution_millionths": pl.Int64,
}
REASONS = ("is_missing", "is_slip", "is_contradicted", "is_roster")  # of rules.bounds: why a flag is open


@dataclass(frozen=True, slots=True, kw_only=True)
class ListText:
    """What must stand wherever a number of a list stands, as rules.poverty.lists tells it in Thai."""

    list: ListName
    unit: Literal["household", "person"]
    name: str
    definition: str
    unit_text: str
    denominator: str
    slug: str | None = None  # of the indicator the list is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A district of the province that is in no number of the page, and why; or the page's own district."""

    code: str
    name: str
    why_th: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    """What the change is counted from. `marked` is null where nobody exited."""

    year_be: int
    income_line: IncomeLine
    income_tally: Mapping[str, int]  # INCOME_TALLY, households
    link_rates: Mapping[str, int]  # LINK_RATES
    line: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINE))  # households
    marked: Mapping[str, int] | None = None  # of the exits: MARKS and is_marked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BelowReport:
    """All that the page of one area says. With `unread` naming the area itself, every frame is empty."""

    level: Literal["province", "district"]
    code: str
    name: str
    province_name: str
    round_year_be: int
    night: date
    run_id: str
    income_line: IncomeLine
    bounds: Mapping[str, int] | None = None  # the columns of AREAS of this area; null: nothing was read
    sizes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SIZES))
    told: tuple[ListText, ...] = ()  # of every list, indicator and unit of `sizes`
    sub_areas: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AREAS))
    reasons: Mapping[str, int] = field(default_factory=dict)  # REASONS; a household may have several
    last_round: LastRound | None = None  # null: there was none to compare with
    indicators: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INDICATORS))
    stated: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STATED))
    measures: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MEASURES))
    parts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PARTS))
    tile_grid: tuple[tuple[str | None, ...], ...] = ()  # of a province: district codes row by row
    unread: tuple[Unread, ...] = ()
    office: str = ""
