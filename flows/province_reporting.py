"""From a judged province to what the meeting and the data team read: dashboard, gates, summary, tables.

The tables (Parquet) and the validation (JSON) are the same numbers as the documents, for whoever wants to
count again. Nothing here holds personal data: households by key, people not at all.
"""

import json
import shutil

import polars as pl

from flows import below_reporting, causes, run_record
from flows.below_reporting import income_line
from flows.district_reporting import indicator_table
from flows.judgement import Judged
from flows.kept_work import keeping, taken
from flows.run import Run
from reports import acceptance_page, below_page, dashboard, rules_page, summary
from reports.below_contents import Unread
from reports.contents import RULES, TRIAL, BelowLineTotals, Input, NotChecked, ProvinceReport
from reports.tile_map import grid
from rules import catalogue, recalled
from rules.below_line import STATES
from rules.in_force import in_force, left_out
from schemas import areas

RULES_PAGE = "rules.html"
BELOW_PAGE = "below.html"


def province_report(run: Run, judged: Judged, inputs: tuple[Input, ...]) -> ProvinceReport:
    """The contents of the province's documents."""
    code, tables = run.settings.province_code, judged.found.tables
    return ProvinceReport(
        round_year_be=run.settings.round_year_be,
        province_code=code,
        province_name=areas.province_name(code),
        night=run.night,
        deadline=run.settings.deadline,
        run_id=run.run_id,
        run_hash=run_record.run_hash(run, inputs),
        districts=tuple(one.row for one in judged.districts),
        below_line=below_line_totals(run, tables.below_line),
        rules=rule_table(tables.outcomes).select(list(RULES)),
        trial=rule_table(tables.trial_outcomes),
        not_checked=not_checked(run),
        without_last_year=tuple(
            (one.district.name_th, *one.why) for one in run.last_read if one.state != "read"
        ),
        recalled_rules=recalled.count(in_force(catalogue.load(), run.round), run.round),
        indicators=indicator_table(run, tables.indicators),
        tile_grid=grid(areas.tile_grid(code)),
        inputs=inputs,
        inbox=tuple(run.inbox.lines) if run.inbox else (),
        office=run.settings.office_th,
        versions=run_record.versions(),
    )


def below_line_totals(run: Run, judged: pl.DataFrame) -> BelowLineTotals:
    """Households and the people living in them, by state; a roster that is not known counts no people."""
    members = pl.col("members").fill_null(0)
    counts = judged.group_by(pl.col("state").cast(pl.String)).agg(pl.len().alias("households"), members.sum())
    found = {row["state"]: row for row in counts.to_dicts()}
    none = {"households": 0, "members": 0}
    numbers = {
        f"{state}_{unit}": found.get(state, none)[column]
        for state in STATES
        for unit, column in (("households", "households"), ("persons", "members"))
    }
    return BelowLineTotals(line=income_line(run.round), **numbers)


def rule_table(outcomes: pl.DataFrame) -> pl.DataFrame:
    """Outcomes of every rule over the province (reports.contents.TRIAL)."""
    texts = {rule.id: rule for rule in catalogue.load()}
    summed = outcomes.group_by("rule_id").agg(
        pl.exclude("district_code").sum(), districts=(pl.col("violated") > 0).sum()
    )
    rows = [
        {
            "rule_id": row["rule_id"],
            "title_th": texts[row["rule_id"]].title.th,
            "severity": texts[row["rule_id"]].severity,
            "level": texts[row["rule_id"]].level,
            "denominator": _decided(row),
            **{name: row[name] for name in ("violated", "cannot_tell", "waived", "error", "districts")},
        }
        for row in summed.sort("rule_id").to_dicts()
    ]
    return pl.DataFrame(rows, schema=TRIAL)


def not_checked(run: Run) -> tuple[NotChecked, ...]:
    """The rules that this round leaves out, with the reason."""
    return tuple(
        NotChecked(
            rule_id=left.rule.id,
            title_th=left.rule.title.th,
            reason_th=left.reason.th,
            reason_en=left.reason.en,
            who=left.who,
            until=left.until,
        )
        for left in left_out(catalogue.load(), run.round)
    )


def _decided(row: dict[str, int]) -> int | None:
    # What is found while reading has no count of cells that were right: a share of nothing is not known.
    decided = row["holds"] + row["violated"] + row["waived"]
    return decided if decided + row["not_applicable"] + row["cannot_tell"] > row["violated"] else None


def write_province(run: Run, judged: Judged, report: ProvinceReport) -> list[str]:
    """Write the province's documents and tables. Returns warnings about letters the paper's font lacks."""
    with run.meter.stage("province"):
        _write(run, "index.html", dashboard.render(report))
        _write(run, "acceptance.html", acceptance_page.render(report, judged.acceptance))
        _write_below(run, judged, report)
        write_rules(run)
        text = json.dumps(judged.acceptance, ensure_ascii=False, indent=1)
        _write(run, "data/acceptance.json", text + "\n")
        judged.found.publish(run.data)
        return summary.write(report, run.staging / "summary.pdf")


def _write_below(run: Run, judged: Judged, report: ProvinceReport) -> None:
    """The page about the province's households below the line, with the way to each district's."""
    unread = tuple(
        Unread(code=row.code, name=row.name, why_th=row.reason_th)
        for row in report.districts
        if row.is_quarantined
    )
    told = below_reporting.report(
        run, judged.found.folder, report.province_code, report.night, report.run_id, unread
    )
    links = {row.code: f"districts/{row.code}/{row.code}-below.html" for row in report.districts}
    _write(run, BELOW_PAGE, below_page.render(told, links))


def write_rules(run: Run) -> None:
    """The page of all rules: the same every night, until a rule or the round changes."""
    folder, key = run.documents("rules"), causes.key_of("rules", **causes.of_night(run))
    if run.is_fresh or taken(folder, key) is None:
        with keeping(folder, key) as (fresh, _):
            page = rules_page.render(catalogue.load(), run.round)
            (fresh / RULES_PAGE).write_text(page, encoding="utf-8", newline="\n")
    shutil.copyfile(folder / RULES_PAGE, run.staging / RULES_PAGE)


def _write(run: Run, name: str, text: str) -> None:
    (run.staging / name).write_text(text, encoding="utf-8", newline="\n")
