"""Why more or fewer households are below the line than last round: who left, who joined, the line itself.

The steps lead from last round's count to this one's, as rules.exits counts them. Kept out: the bounds of this
round's count, which say nothing of last round's.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from reports.below_charts import step
from reports.below_contents import MARKS, BelowReport, LastRound
from reports.summary_tables import percent
from reports.words import count_text
from rules.exits.wording import INCOME, texts

# Column, whether it leaves (-1) or joins (1), and what it is called; always said, or only when there are any.
STEPS = (
    ("exited", -1, "รายได้พ้นเกณฑ์แล้ว", True),
    ("gone_below", -1, "เคยต่ำกว่าเกณฑ์ รอบนี้ไม่มีครัวเรือนนี้แล้ว", True),
    ("lost_sight_below", -1, "เคยต่ำกว่าเกณฑ์ รอบนี้ยังบอกไม่ได้", False),
    ("moved_out_below", -1, "เคยต่ำกว่าเกณฑ์ ย้ายไปพื้นที่อื่น", False),
    ("fell", 1, "รอบก่อนไม่ต่ำกว่า รอบนี้ต่ำกว่าเกณฑ์", True),
    ("new_below", 1, "ครัวเรือนใหม่ที่ต่ำกว่าเกณฑ์", True),
    ("came_in_sight_below", 1, "รอบก่อนบอกไม่ได้ รอบนี้ต่ำกว่าเกณฑ์", False),
    ("moved_in_below", 1, "เคยต่ำกว่าเกณฑ์ ย้ายมาจากพื้นที่อื่น", False),
)
PARTS = {
    "by_line": "เพราะเกณฑ์เปลี่ยน",
    "by_income": "เพราะรายได้หรือจำนวนสมาชิกเปลี่ยน",
    "by_list": "เพราะครัวเรือนในบัญชีเปลี่ยน (ใหม่ หายไป ย้าย หรือบอกไม่ได้)",
    "change": "รวมเปลี่ยนแปลง",
}
PASSES = {">=": "เท่าเกณฑ์ถือว่าผ่าน", ">": "เท่าเกณฑ์ถือว่าไม่ผ่าน"}


def change(report: BelowReport) -> dict[str, Any] | None:
    """The section as the template takes it; None without a last round."""
    last = report.last_round
    if last is None:
        return None
    tally = last.income_tally
    return {
        "year": last.year_be,
        "steps": list(_steps(last, report.round_year_be, _by_line(last, report))),
        "line": _line(last, report),
        "marked": _marked(tally["exited"], last.marked),
        "linked": _linked(last.link_rates),
        "apart": _apart(report, tally),
    }


def said(report: BelowReport) -> tuple[str, str]:
    """The change in a sentence, Thai and English."""
    last = report.last_round
    if last is None:
        return (
            "ไม่มีข้อมูลรอบก่อนให้เทียบ จึงยังบอกไม่ได้ว่าเพิ่มขึ้นหรือลดลง",
            "there is no last round to compare with",
        )
    before, now = (last.income_tally[f"below_{when}"] for when in ("before", "now"))
    number = count_text(abs(now - before))
    was_th = f"จากรอบปี {last.year_be} ที่มี {count_text(before)} ครัวเรือน"
    was_en = f"{count_text(before)} in {last.year_be}"
    if now == before:
        return f"เท่ากับรอบปี {last.year_be} ที่มี {count_text(before)} ครัวเรือน", f"as many as {was_en}"
    if now > before:
        return f"เพิ่มขึ้น {number} ครัวเรือน {was_th}", f"{number} more than {was_en}"
    return f"ลดลง {number} ครัวเรือน {was_th}", f"{number} fewer than {was_en}"


def signed(number: int) -> str:
    """A change with its direction: "▲ 3", "▼ 10", "0"."""
    return "0" if number == 0 else f"{'▲' if number > 0 else '▼'} {count_text(abs(number))}"


def _steps(last: LastRound, year: int, by_line: int) -> Iterator[dict[str, Any]]:
    """From count to count; then what of this round's count is the line's, which is no step of its own."""
    tally = last.income_tally
    standing, now = tally["below_before"], tally["below_now"]
    shown = [each for each in STEPS if each[3] or tally[each[0]]]
    heights = [standing]
    for name, sign, _, _ in shown:
        heights.append(heights[-1] + sign * tally[name])
    most = max(1, now, now - by_line, *heights)
    yield _total(f"ต่ำกว่าเกณฑ์ในรอบปี {last.year_be}", standing, most)
    for (name, sign, label, _), start, end in zip(shown, heights, heights[1:], strict=False):
        kind = "up" if sign > 0 else "down"
        number = signed(sign * tally[name])
        yield {"kind": kind, "label": label, "number": number, "bar": step(kind, start, end, most)}
    yield _total(f"ต่ำกว่าเกณฑ์ในรอบปี {year}", now, most)
    if by_line:
        bar = step("line", now - by_line, now, most)
        label = "ในรอบนี้เป็นผลของเกณฑ์ที่เปลี่ยน"
        yield {"kind": "line", "label": label, "number": signed(by_line), "bar": bar}


def _total(label: str, count: int, most: int) -> dict[str, Any]:
    return {
        "kind": "total",
        "label": label,
        "number": count_text(count),
        "bar": step("total", 0, count, most),
    }


def _is_moved(last: LastRound, report: BelowReport) -> bool:
    old, new = last.income_line, report.income_line
    return (old.baht, old.passes_at) != (new.baht, new.passes_at)


def _by_line(last: LastRound, report: BelowReport) -> int:
    """How many more are below this round than would be at last round's line."""
    rows = last.line.filter(pl.col("way") == "at_old_line").get_column("by_line")
    return int(rows.item()) if rows.len() and _is_moved(last, report) else 0


def _line(last: LastRound, report: BelowReport) -> dict[str, Any]:
    """How much of the change is the line: a row per part, with the line held still in either way."""
    old, new = last.income_line, report.income_line
    rules = "" if old.passes_at == new.passes_at else f" ({PASSES[old.passes_at]} → {PASSES[new.passes_at]})"
    if not _is_moved(last, report):
        said = f"เกณฑ์รายได้เท่ากันทั้งสองรอบ คือ {count_text(new.baht)} บาทต่อคนต่อปี การเปลี่ยนแปลงจึงไม่ได้มาจากเกณฑ์"
        return {"said": said, "effects": [], "rows": []}
    moved = f"{count_text(old.baht)} เป็น {count_text(new.baht)} บาทต่อคนต่อปี"
    ways = {row["way"]: row for row in last.line.iter_rows(named=True)}
    if not ways:
        said = f"เกณฑ์รายได้เปลี่ยนจาก {moved}{rules} ยังไม่ได้แยกว่ามีผลเท่าใด"
        return {"said": said, "effects": [], "rows": []}
    effects = sorted({row["by_line"] for row in ways.values()})
    return {
        "said": f"เกณฑ์รายได้เปลี่ยนจาก {moved}{rules} เฉพาะเกณฑ์ที่เปลี่ยนมีผล",
        "effects": [signed(each) for each in effects],
        "old": count_text(old.baht),
        "new": count_text(new.baht),
        "rows": [
            {"label": label, "numbers": [_held(ways, way, part) for way in ("at_old_line", "at_new_line")]}
            for part, label in PARTS.items()
        ],
    }


def _held(ways: Mapping[str, Mapping[str, int]], way: str, part: str) -> str:
    return signed(ways[way][part]) if way in ways else "–"


def _marked(exited: int, marked: Mapping[str, int] | None) -> dict[str, Any] | None:
    """Exits that should be looked at again, and why; None where nobody exited."""
    if not exited:
        return None
    counts = marked or {}
    words = texts(INCOME)
    whys = sorted(((counts.get(mark, 0), mark) for mark in MARKS), key=lambda each: -each[0])
    return {
        "exited": count_text(exited),
        "marked": count_text(counts.get("is_marked", 0)),
        "is_any": bool(counts.get("is_marked")),
        "whys": [(words[mark].th, count_text(count)) for count, mark in whys if count],
    }


def _linked(rates: Mapping[str, int]) -> dict[str, str]:
    linked = rates["linked_by_key"] + rates["linked_by_members"]
    apart = rates["not_compared_now"] + rates["not_compared_before"]
    return {
        "share": percent(linked, rates["households_now"]),
        "linked": count_text(linked),
        "households": count_text(rates["households_now"]),
        "by_key": count_text(rates["linked_by_key"]),
        "by_members": count_text(rates["linked_by_members"]),
        "apart": count_text(apart) if apart else "",
    }


def _apart(report: BelowReport, tally: Mapping[str, int]) -> str:
    """What the two counts of this round differ by: households with one id are compared once."""
    below = report.bounds["below"] if report.bounds else tally["below_now"]
    return count_text(abs(below - tally["below_now"])) if below != tally["below_now"] else ""
