"""What the reports are made from: the contents of a district's and of a province's report, as plain data.

The rule of this module is *only data*: frozen dataclasses and the column lists of the frames they hold. No
function, no wording, no layout, no reading of files. The flows fill these in; every writer in `reports`
takes one of them and nothing else, so a report can be made again from what a run has saved. No national id,
birth date or full address is part of any of them; `people.display_name` and `places.house_no` are the only
personal values, and only a district's own documents print them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

Colour = Literal["red", "orange", "yellow", "green"]
Severity = Literal["must_fix", "must_explain", "watch"]

# Columns a writer may rely on (more are allowed). One row per …
PLACES = {  # … household of the district
    "household_id": pl.String,
    "tambon_name": pl.String,
    "village_no": pl.Int64,
    "village_name": pl.String,
    "house_no": pl.String,
}
PEOPLE = {
    "household_id": pl.String,
    "member_no": pl.Int64,
    "display_name": pl.String,
}  # … person named by a finding
BELOW_LINE = {  # … household, as `rules.below_line.judge` returns it
    "household_id": pl.String,
    "tambon_code": pl.String,
    "members": pl.Int64,  # persons on the roster
    "income_baht": pl.Int64,  # a year, the household's four components summed; null when none is given
    "missing_components": pl.Int64,  # 0-4
    "state": pl.String,  # below | above | not_assessable
}
INDICATORS = {  # … indicator in force
    "slug": pl.String,
    "number": pl.Int64,  # official number in the round; null while not announced
    "name_th": pl.String,
    "unit": pl.String,  # household | person: what the five counts count
    "dimension": pl.String,  # slug of the code list dimension
    "passed": pl.Int64,
    "failed": pl.Int64,
    "not_applicable": pl.Int64,
    "unanswered": pl.Int64,
    "inconsistent": pl.Int64,  # the answers contradict the roster or each other
}
RULES = {  # … rule, over the province
    "rule_id": pl.String,
    "title_th": pl.String,
    "severity": pl.String,
    "level": pl.String,  # person | household | delivery: what the counts count
    "violated": pl.Int64,
    "cannot_tell": pl.Int64,
    "denominator": pl.Int64,  # records the rule could decide on: holds + violated
    "waived": pl.Int64,  # confirmed true, with a reason
    "error": pl.Int64,  # records not judged because the rule itself broke
}
TRIAL = {**RULES, "districts": pl.Int64}  # … rule on trial; districts in which something was found


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedGate:
    """One acceptance gate a district did not pass.

    `th` and `en` say in a whole sentence what is demanded or missing, without the numbers: the writers add
    "พบ <found> ต้องไม่เกิน <threshold>" themselves, so that shares and counts look the same everywhere.
    `measure` is a column of the quality table; names ending in `_share` hold 0..1, all others are counts.
    """

    measure: str
    th: str
    en: str
    found: float | None  # null: could not be measured
    threshold: float | None
    bound: Literal["min", "max"] = "max"  # threshold is the least / the most that is allowed
    severity: Literal["critical", "warning", "info"] = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Colour of a district with the gates that made it so, worst first; green has none."""

    colour: Colour
    failed_gates: tuple[FailedGate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A rule in words, for lists that name it once. `rule_id` is the key it is kept under."""

    rule_id: str
    name: str
    title_th: str
    title_en: str
    severity: Severity
    fix_th: str
    level: str = ""  # person | household | delivery: what its outcomes count


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeLine:
    """The round's income line: baht per person and year, and the comparison that passes it."""

    baht: int
    passes_at: Literal[">=", ">"] = ">="
    status: str = "recalled"  # confirmed | derived | recalled


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Why a district's delivery could not be used. Texts hold no personal value; unknown places are null."""

    th: str
    en: str
    todo_th: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None  # 1-based, as a person sees it
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DistrictReport:
    """Everything one district's workbook and page say. With `quarantine` set, the frames are empty.

    `findings` and `outcomes` are the tables of `schemas.finding` / `schemas.outcome`, of this district
    only; `rule_texts` covers every rule of both. Findings also have `can_flip_line` and `can_open_gate` of
    `rules.bounds.matters`, where that is known. `quality` is the district's row of the quality table.
    """

    round_year_be: int
    province_name: str
    district_code: str
    district_name: str
    night: date  # the night the data was checked
    deadline: date  # corrections are due
    run_id: str
    verdict: Verdict
    income_line: IncomeLine
    quality: Mapping[str, int | float | None]
    outcomes: pl.DataFrame
    findings: pl.DataFrame
    places: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PLACES))
    people: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PEOPLE))
    below_line: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BELOW_LINE))
    indicators: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INDICATORS))
    receipt: tuple[Mapping[str, Any], ...] = ()  # one mapping per file: file, sha256, bytes, table, rows
    rule_texts: Mapping[str, RuleText] = field(default_factory=dict)
    quarantine: Quarantine | None = None
    stale: Quarantine | None = None  # why tonight's delivery is not used, where an earlier one stands in
    stale_since: date | None = None  # whose data that is
    office: str = ""  # who to ask, and where to send the answers


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """A district in the province's table. Counts of findings, except where the name says otherwise."""

    code: str
    name: str
    verdict: Verdict
    target: int | None  # households to be collected
    households: int  # collected
    persons: int
    must_fix: int
    must_explain: int
    watch: int
    left: int  # must_fix + must_explain: what still stands between the district and its certificate
    change: int | None  # left tonight - left last night; null when there was no last night
    below_line: int  # households
    not_assessable: int  # households
    not_collected: int = 0  # households accounted for, not interviewed: refused, vacant, moved …
    below_line_persons: int = 0  # members of those households
    not_assessable_persons: int = 0
    failing_households: int = 0  # fail one indicator or more
    failing_persons: int = 0
    received: date | None = None  # newest delivery of the district
    is_quarantined: bool = False  # the counts above are then unknown, and printed so
    reason_th: str = ""  # of the quarantine, or why an earlier version stands in
    stale_since: date | None = None  # the counts are those of an earlier version, of this date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """A rule that the round leaves out: why, who decided, and its last day off (null: the whole round)."""

    rule_id: str
    title_th: str
    reason_th: str
    reason_en: str
    who: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file that went into the run, as it was received."""

    district: str  # code
    file: str  # name only, no folder
    sha256: str
    rows: int | None
    kept_from: date | None = None  # of an earlier version in force: whose date it has


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowLineTotals:
    """Three groups that never mix, in households and in the persons living in them."""

    line: IncomeLine
    below_households: int
    below_persons: int
    above_households: int
    above_persons: int
    not_assessable_households: int
    not_assessable_persons: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProvinceReport:
    """What the province's dashboard, acceptance page and certification summary say. No personal data."""

    round_year_be: int
    province_code: str
    province_name: str
    night: date
    deadline: date
    run_id: str
    run_hash: str
    districts: tuple[DistrictRow, ...]  # any order; writers sort
    below_line: BelowLineTotals
    rules: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RULES))
    trial: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TRIAL))
    not_checked: tuple[NotChecked, ...] = ()
    without_last_year: tuple[tuple[str, str, str], ...] = ()  # district, why in Thai, why in English
    recalled_rules: int = 0  # rules in force that rest on a threshold, code or indicator not confirmed
    indicators: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INDICATORS))
    tile_grid: tuple[
        tuple[str | None, ...], ...
    ] = ()  # district codes row by row; empty: writers list the tiles
    inputs: tuple[Input, ...] = ()
    inbox: tuple[tuple[str, str], ...] = ()  # what is to be done about dropped files, Thai and English
    office: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)  # package -> version
