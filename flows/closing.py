"""The end of a run: remember it in the ledger, write run.json, and let its results appear all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows import run_record
from flows.district_reporting import Written
from flows.intake import Quarantined
from flows.judgement import Judged
from flows.last_year import LastRead
from flows.ledger import DistrictCounts, Ledger
from flows.listing import listing
from flows.run import Run
from reports.contents import DistrictRow, ProvinceReport
from reports.standing import sentence, worst_first


@dataclass(frozen=True)
class Result:
    """What the caller of a night is told. Documents are label -> path; the others by district code.

    ``without_last_year``: districts that could not be compared with the year before, ``compared`` how many.
    ``inbox``: what is to be done about dropped files, in Thai and English.
    """

    run_id: str
    run_hash: str
    rows: tuple[DistrictRow, ...]
    sentence_th: str
    sentence_en: str
    quarantines: Mapping[str, Quarantined]
    troubles: Mapping[str, str]
    documents: Mapping[str, str]
    without_last_year: tuple[LastRead, ...] = ()
    inbox: tuple[tuple[str, str], ...] = ()
    compared: int = 0


def finish(
    run: Run, judged: Judged, report: ProvinceReport, written: Sequence[Written], warnings: Sequence[str]
) -> Result:
    """Publish the results, then remember the run: a ledger that knows a night nobody can read would lie."""
    refusals = {one.row.code: one.examined.refusal for one in judged.districts if one.examined.refusal}
    troubles = {one.district_code: one.trouble for one in written if one.trouble}
    run_record.write(
        run,
        report,
        quarantined={code: reason.facts for code, reason in refusals.items()},
        stale={row.code: row.stale_since.isoformat() for row in report.districts if row.stale_since},
        rules_that_broke=dict(judged.found.errors),
        rules_not_checked={one.rule_id: one.reason_en for one in report.not_checked},
        rules_on_trial=report.trial.get_column("rule_id").to_list(),
        documents_not_written=troubles,
        inbox=run.inbox.facts if run.inbox else {},
        letters_not_in_the_font=list(warnings),
    )
    folder = run.publish()
    remember(run, judged, report)
    said = sentence(report)
    return Result(
        run_id=run.run_id,
        run_hash=report.run_hash,
        rows=tuple(worst_first(report.districts)),
        sentence_th=said.th,
        sentence_en=said.en,
        quarantines=refusals,
        troubles=troubles,
        documents={
            "ภาพรวม · dashboard": str(folder / "index.html"),
            "สรุปสำหรับที่ประชุม · summary": str(folder / "summary.pdf"),
            "เกณฑ์รับรอง · acceptance": str(folder / "acceptance.html"),
            "รายอำเภอ · districts": str(folder / "districts"),
            "บันทึกการทำงาน · run record": str(folder / "run.json"),
        },
        without_last_year=tuple(one for one in run.last_read if one.state != "read"),
        compared=sum(one.state == "read" for one in run.last_read),
        inbox=tuple(run.inbox.lines) if run.inbox else (),
    )


def remember(run: Run, judged: Judged, report: ProvinceReport) -> None:
    """Write counts and deliveries into the ledger; a quarantined district keeps its older counts."""
    counts = [_counts(row) for row in report.districts if not row.is_quarantined]
    deliveries = [
        {
            "sha256": delivery.sha256,
            "district_code": one.row.code,
            "name": delivery.name[:255],
            "bytes": delivery.bytes,
        }
        for one in judged.districts
        for delivery in one.examined.received
    ]
    about = {
        "run_id": run.run_id,
        "round_year_be": report.round_year_be,
        "night": run.night,
        "run_hash": report.run_hash,
    }
    # What a run of some districts writes is not what their documents say: it cannot see across all.
    states = {one.row.code: one.state.content_key for one in judged.districts if run.is_whole}
    read = [one.row.code for one in judged.districts if not one.row.is_quarantined]
    tonight = listing(judged.found.folder, read, run.round)
    with Ledger(run.settings.ledger) as ledger:
        ledger.record(about, counts, deliveries, states, tonight)


def _counts(row: DistrictRow) -> DistrictCounts:
    numbers = {
        name: getattr(row, name) for name in ("households", "persons", "must_fix", "must_explain", "watch")
    }
    return DistrictCounts(row.code, row.verdict.colour, below_line=row.below_line, **numbers)


def artifact_row(row: DistrictRow) -> dict[str, Any]:
    """A row of the table that Prefect keeps: codes and counts."""
    return {
        "district": row.code,
        "name": row.name,
        "verdict": row.verdict.colour,
        "households": row.households,
        "must_fix": row.must_fix,
        "must_explain": row.must_explain,
        "watch": row.watch,
        "below_line": row.below_line,
        "quarantined": "yes" if row.is_quarantined else "",
        "stale_since": row.stale_since.isoformat() if row.stale_since else "",
    }
