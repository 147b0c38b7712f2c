"""Counts that a district's workbook and page print alike: three lists that never mix, outcomes of each rule.

Every count comes with its definition and its unit. Nothing is judged here: states are those of
`rules.below_line`, outcomes those of the night.
"""

from dataclasses import dataclass

import polars as pl

from reports.contents import DistrictReport
from reports.words import SEVERITIES, UNITS, count_text

BELOW = "ต่ำกว่าเกณฑ์รายได้"
FAILING = "ไม่ผ่านตัวชี้วัด"
UNASSESSED = "ประเมินไม่ได้"
OUTCOMES = ("holds", "violated", "cannot_tell", "not_applicable", "waived", "error")


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the three lists: its name, what it means, and how many, with the unit."""

    name: str
    definition: str
    number: str


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule decided tonight; `counts` are records of `unit`, in the order of `OUTCOMES`."""

    rule_id: str
    title: str
    severity: str  # "" when the rule's text is not known
    unit: str
    counts: tuple[int, ...]


def below_definition(report: DistrictReport) -> str:
    """What "below the income line" means in this round, in one sentence."""
    line = report.income_line
    at_line = "ถือว่าผ่าน" if line.passes_at == ">=" else "ถือว่าไม่ผ่าน"
    unsure = "" if line.status == "confirmed" else " (เกณฑ์ปีนี้รอยืนยันกับกรมการพัฒนาชุมชน)"
    return f"รายได้เฉลี่ยต่อคนต่อปีต่ำกว่า {count_text(line.baht)} บาท เท่ากับเกณฑ์{at_line}{unsure}"


def households_and_persons(report: DistrictReport, state: str) -> tuple[int, int]:
    """Households in this state of the income test, and the persons on their rosters."""
    chosen = report.below_line.filter(pl.col("state").cast(pl.String) == state)
    return chosen.height, int(chosen["members"].sum())


def three_lists(report: DistrictReport) -> tuple[Counted, Counted, Counted]:
    """Below the income line, failing an indicator, cannot be assessed: each apart, each with its unit."""
    below, unknown = (households_and_persons(report, state) for state in ("below", "not_assessable"))
    failing = report.indicators.filter(pl.col("failed") > 0).height
    return (
        Counted(BELOW, below_definition(report), _both(*below)),
        Counted(FAILING, "นับแยกทีละตัวชี้วัด ตามหน่วยของข้อนั้น ครัวเรือนหรือคน", f"{failing:,} ตัวชี้วัด"),
        Counted(UNASSESSED, "ข้อมูลรายได้ไม่พอจะตัดสิน ไม่นับว่าจน ไม่นับว่าผ่าน", _both(*unknown)),
    )


def rule_outcomes(report: DistrictReport) -> tuple[RuleOutcome, ...]:
    """All rules that ran tonight, by id, with all their outcomes."""
    return tuple(
        _rule_outcome(report, row["rule_id"], tuple(row[name] for name in OUTCOMES))
        for row in report.outcomes.sort("rule_id").iter_rows(named=True)
    )


def _rule_outcome(report: DistrictReport, rule_id: str, counts: tuple[int, ...]) -> RuleOutcome:
    text = report.rule_texts.get(rule_id)
    if text is None:
        return RuleOutcome(rule_id, "", "", "ระเบียน", counts)
    severity = text.severity if text.severity in SEVERITIES else ""
    return RuleOutcome(rule_id, text.title_th, severity, UNITS.get(text.level, "ระเบียน"), counts)


def _both(households: int, persons: int) -> str:
    return f"{households:,} ครัวเรือน ({persons:,} คน)"
