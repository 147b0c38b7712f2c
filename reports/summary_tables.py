"""The tables of the certification summary, as rows of text: districts, rules, indicators, income, inputs.

A percentage never hides a count, a denominator is always said, and what could not be judged stands in a
column of its own. Districts whose files could not be read show a dash, never a zero. Kept out: prose and
letter (`reports.summary_pages`), colours and widths of columns (the template).
"""

from typing import Any

import polars as pl

from reports import not_counted
from reports.contents import DistrictRow, ProvinceReport
from reports.standing import Totals, change_mark, completeness, stale_word, standing_word, worst_first
from reports.words import SEVERITIES, SEVERITY_ORDER, VERDICTS, count_text, share_text
from schemas import code_lists

UNKNOWN = "–"
SHOWN_RULES = 10  # of each severity in the body, so that the meeting reads one page; the annex has them all
UNIT = {"person": "คน", "household": "คร.", "delivery": "รายการ"}  # short forms of the official table


def percent(part: int, whole: int) -> str:
    """`part` of `whole` in per cent, two decimals; never 0.00 for someone, never 100.00 without everyone."""
    if whole == 0:
        return UNKNOWN
    hundredths = (20_000 * part + whole) // (2 * whole)  # rounds half up, in integers
    if part and not hundredths:
        return "<0.01"
    if part < whole and hundredths == 10_000:
        return ">99.99"
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def districts(province: ProvinceReport, sums: Totals) -> dict[str, Any]:
    """Worst first, with the sum of the districts that could be read."""
    rows = [_district(row) for row in worst_first(province.districts)]
    whole = {
        "target": count_text(sums.target) if sums.target else UNKNOWN,
        "households": count_text(sums.households),
        "share": share_text(sums.completeness).rstrip("%") if sums.completeness is not None else UNKNOWN,
        "must_fix": count_text(sums.must_fix),
        "must_explain": count_text(sums.must_explain),
        "left": count_text(sums.left),
        "change": change_mark(sums.change),
    }
    return {"rows": rows, "total": whole, "is_compared": sums.compared > 0}


def _district(row: DistrictRow) -> dict[str, Any]:
    look = VERDICTS[row.verdict.colour]
    read = not row.is_quarantined
    share = completeness(row)
    sign = {"✗": "cross", "✓": "tick"}.get(look.sign, look.sign)
    return {
        "name": row.name,
        "target": count_text(row.target) if row.target else UNKNOWN,
        "households": count_text(row.households) if read else UNKNOWN,
        "bar": round(min(share or 0, 1), 4),
        "share": share_text(share).rstrip("%") if share is not None else UNKNOWN,
        "must_fix": count_text(row.must_fix) if read else UNKNOWN,
        "must_explain": count_text(row.must_explain) if read else UNKNOWN,
        "left": count_text(row.left) if read else UNKNOWN,
        "change": change_mark(row.change) if read else "",
        "word": look.word,
        "sentence": standing_word(row),
        "sign": sign,
        "unread": not read,
        "fill": look.print_fill,
        "ink": look.ink,
    }


def rules(province: ProvinceReport) -> dict[str, Any]:
    """Rules that found something, by severity and count; those that did not are counted, never dropped.

    `groups` have the first SHOWN_RULES of each severity and say how many are left; `every` has all of them,
    for the annex, and is empty when nothing was left.
    """
    frame = province.rules.with_columns(pl.col("violated", "cannot_tell", "waived", "error").fill_null(0))
    found = frame.filter((pl.col("violated") > 0) | (pl.col("waived") > 0) | (pl.col("error") > 0))
    every = [_group(severity, found) for severity in SEVERITY_ORDER]
    every = [group for group in every if group["rows"]]
    groups = [_first(group) for group in every]
    quiet = frame.filter((pl.col("violated") == 0) & (pl.col("waived") == 0) & (pl.col("error") == 0))
    return {
        "groups": groups,
        "every": every if any(group["left"] for group in groups) else [],
        "quiet": [*_quiet(quiet), *not_counted.lines(province)],
        "total": str(frame.height),
    }


def _group(severity: str, found: pl.DataFrame) -> dict[str, Any]:
    own = found.filter(pl.col("severity") == severity)
    # A rule that could not run comes first: what it would have found, nobody knows.
    rows = own.sort("error", "violated", "rule_id", descending=[True, True, False])
    look = SEVERITIES[severity]
    return {
        "title": f"{look.word} ({look.sentence})",
        "fill": look.print_fill,
        "rows": [_rule(row) for row in rows.iter_rows(named=True)],
        "violated": rows.get_column("violated").to_list(),
    }


def _first(group: dict[str, Any]) -> dict[str, Any]:
    """The group with its first rows, and a sentence on those left out."""
    left = group["violated"][SHOWN_RULES:]
    told = f"อีก {len(left)} ข้อพบรวม {count_text(sum(left))} รายการ อยู่ในภาคผนวก" if left else ""
    return {**group, "rows": group["rows"][:SHOWN_RULES], "left": told}


def _rule(row: dict[str, Any]) -> dict[str, str]:
    return {
        "rule_id": row["rule_id"],
        "title": row["title_th"],
        "violated": count_text(row["violated"]),
        "denominator": UNKNOWN if row["denominator"] is None else count_text(row["denominator"]),
        "unit": UNIT[row["level"]],
        "cannot_tell": count_text(row["cannot_tell"]),
        "waived": count_text(row["waived"]),
        "error": count_text(row["error"]) if row["error"] else "",
    }


def _quiet(quiet: pl.DataFrame) -> list[str]:
    never = quiet.filter(pl.col("denominator") == 0)
    clean = quiet.height - never.height
    said = [f"อีก {clean} ข้อตรวจได้และไม่พบข้อผิด"] if clean else []
    if never.height:
        said.append(f"อีก {never.height} ข้อไม่มีข้อมูลให้ตรวจเลย จึงไม่ถือว่าผ่าน")
    return said


def indicators(province: ProvinceReport) -> dict[str, Any]:
    """The official shape, grouped by dimension, in the round's order: surveyed, passed, failed, with unit."""
    frame = province.indicators
    labels = code_lists.load("dimension").label_th
    groups = []
    for slug, label in labels.items():
        rows = frame.filter(pl.col("dimension") == slug)
        if not rows.is_empty():
            groups.append({
                "title": f"มิติ{label} มี {rows.height} ตัวชี้วัด",
                "rows": [_indicator(row) for row in rows.iter_rows(named=True)],
            })  # fmt: skip
    unnumbered = frame.filter(pl.col("number").is_null()).height
    note = f"{unnumbered} ตัวชี้วัดยังไม่มีเลขข้อทางการที่ยืนยันแล้ว" if unnumbered else ""
    return {"groups": groups, "note": note, "total": str(frame.height)}


def _indicator(row: dict[str, Any]) -> dict[str, str]:
    surveyed = row["passed"] + row["failed"]
    return {
        "number": UNKNOWN if row["number"] is None else str(row["number"]),
        "name": row["name_th"],
        "unit": UNIT[row["unit"]],
        "surveyed": count_text(surveyed),
        "passed": count_text(row["passed"]),
        "passed_share": percent(row["passed"], surveyed),
        "failed": count_text(row["failed"]),
        "failed_share": percent(row["failed"], surveyed),
        "unanswered": count_text(row["unanswered"]),
    }


def below(province: ProvinceReport) -> dict[str, Any]:
    """Three lists by district, in households and persons, in the order of the codes. They are never added."""
    rows = sorted(province.districts, key=lambda row: row.code)
    read = [row for row in rows if not row.is_quarantined]
    whole = [count_text(sum(_groups(row)[place] for row in read)) for place in range(8)]
    line = province.below_line.line
    return {
        "line": f"{count_text(line.baht)} บาทต่อคนต่อปี",
        "passes": "เท่ากับเกณฑ์พอดีถือว่าผ่าน" if line.passes_at == ">=" else "ต้องมากกว่าเกณฑ์จึงถือว่าผ่าน",
        "status": "" if line.status == "confirmed" else "ค่าเกณฑ์นี้ยังไม่มีเอกสารทางการยืนยัน ให้ตรวจสอบก่อนลงนาม",
        "rows": [[row.name, *_counts(row)] for row in rows],
        "total": whole,
    }


def _groups(row: DistrictRow) -> tuple[int, ...]:
    return (
        row.households, row.persons, row.below_line, row.below_line_persons,
        row.failing_households, row.failing_persons, row.not_assessable, row.not_assessable_persons,
    )  # fmt: skip


def _counts(row: DistrictRow) -> list[str]:
    return [UNKNOWN] * 8 if row.is_quarantined else [count_text(value) for value in _groups(row)]


def annex(province: ProvinceReport) -> dict[str, Any]:
    """What went in and what judged it: every file with rows and the start of its hash, and the versions."""
    names = {row.code: row.name for row in province.districts}
    inputs = sorted(province.inputs, key=lambda item: (item.district, item.file, item.sha256))
    return {
        "inputs": [
            {
                "district": names.get(item.district, item.district)
                + (f" ({stale_word(item.kept_from)})" if item.kept_from else ""),
                "file": item.file,
                "rows": UNKNOWN if item.rows is None else count_text(item.rows),
                "sha256": item.sha256[:16],
            }
            for item in inputs
        ],
        "versions": [[name, version] for name, version in sorted(province.versions.items())],
        "files": str(len(inputs)),
    }
