"""From what a run has judged to the documents a district reads: fills their contents and has them written.

Names of people are read from the typed records here, for the one district whose staff will stand at the door,
and go nowhere else. Documents carry the night since which they have said what they say, so a night that
changes nothing of them copies what is kept. Layout and wording are the reports' own.
"""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from flows import below, below_reporting, causes, tables
from flows.below_reporting import income_line
from flows.examination import Examined
from flows.failure import DistrictFailed, full_disk, is_full_disk, place
from flows.intake import Quarantined
from flows.judgement import JudgedDistrict
from flows.kept_work import ABOUT, keeping, taken
from flows.receipt_writing import write_receipt
from flows.run import Run
from reports import below_page, district_page, district_workbook
from reports.below_contents import Unread
from reports.contents import INDICATORS, PEOPLE, PLACES, DistrictReport, Quarantine, RuleText
from rules import catalogue, indicators
from schemas import areas, code_lists
from schemas.rounds import IndicatorEntry


@dataclass(frozen=True)
class Written:
    """A district's two documents, relative to the run's folder, or why there are none."""

    district_code: str
    trouble: str = ""

    def __str__(self) -> str:
        return self.trouble


def write_district(run: Run, judged: JudgedDistrict) -> Written:
    """Write one district's workbook and page. Raises DistrictFailed; a full disk comes through as OSError."""
    try:
        return _write_district(run, judged)
    except Exception as error:
        if is_full_disk(error):
            raise full_disk() from None
        # Prefect keeps and prints an exception's words, and a library's may quote a person's record.
        raise DistrictFailed(place(error), is_passing=isinstance(error, OSError)) from None


def written_before(run: Run, judged: JudgedDistrict) -> Written | None:
    """Take one district's documents as an earlier night wrote them, if they still say what is to be said."""
    code = judged.row.code
    if run.is_fresh or taken(run.documents(code), _key(judged)) is None:
        return None
    _copy(run, code)
    return Written(code)


def _write_district(run: Run, judged: JudgedDistrict) -> Written:
    code = judged.row.code
    report = district_report(run, judged)
    with keeping(run.documents(code), _key(judged)) as (folder, _):
        with run.meter.stage("workbook"):
            district_workbook.write(report, folder / f"{code}.xlsx")
        with run.meter.stage("page"):
            page = district_page.render(report)
            (folder / f"{code}.html").write_text(page, encoding="utf-8", newline="\n")
            _write_below(run, judged, folder)
            write_receipt(report, judged.examined, judged.received, folder)
    _copy(run, code)
    return Written(code)


def _write_below(run: Run, judged: JudgedDistrict, folder: Path) -> None:
    """The page about the district's households below the line."""
    code, state = judged.row.code, judged.state
    unread = (Unread(code=code, name=judged.row.name, why_th=judged.row.reason_th),)
    report = below_reporting.report(
        run, run.province_kept, code, state.since, state.run_id, unread if judged.row.is_quarantined else ()
    )
    page = below_page.render(report)
    (folder / f"{code}-below.html").write_text(page, encoding="utf-8", newline="\n")


def _key(judged: JudgedDistrict) -> str:
    state = judged.state
    return causes.key_of("written", says=state.content_key, since=state.since, run_id=state.run_id)


def _copy(run: Run, code: str) -> None:
    # Copies, not links: a page that somebody edits among the results must not come back the next night.
    folder = run.staging / "districts" / code
    shutil.copytree(run.documents(code), folder, ignore=shutil.ignore_patterns(ABOUT), dirs_exist_ok=True)


def not_written(run: Run, judged: JudgedDistrict, error: BaseException) -> Written:
    """A district whose documents could not be written: said, not hidden. Type and place of the error only."""
    del run
    told = str(error) if isinstance(error, DistrictFailed) else type(error).__name__
    return Written(judged.row.code, f"เขียนรายงานไม่สำเร็จ · documents not written ({told})")


def district_report(run: Run, judged: JudgedDistrict) -> DistrictReport:
    """The contents of one district's documents."""
    code = judged.row.code
    readable = not judged.row.is_quarantined
    found = tables.load(run.province_kept, code)
    return DistrictReport(
        round_year_be=run.settings.round_year_be,
        province_name=areas.province_name(run.settings.province_code),
        district_code=code,
        district_name=judged.row.name,
        night=judged.state.since,
        deadline=run.settings.deadline,
        run_id=judged.state.run_id,
        verdict=judged.row.verdict,
        income_line=income_line(run.round),
        quality=judged.quality,
        outcomes=found.outcomes,
        findings=_with_matters(run.province_kept, found.findings),
        places=places(run.typed(code)) if readable else pl.DataFrame(schema=PLACES),
        people=people(run.typed(code), found.findings) if readable else pl.DataFrame(schema=PEOPLE),
        below_line=found.below_line.with_columns(pl.col("state").cast(pl.String)),
        indicators=indicator_table(run, found.indicators),
        receipt=receipts(judged.examined),
        rule_texts=rule_texts(),
        quarantine=quarantine(judged.examined.quarantine, judged.examined),
        stale=quarantine(judged.examined.stale.reason, judged.examined) if judged.examined.stale else None,
        stale_since=judged.row.stale_since,
        office=run.settings.office_th,
    )


def _with_matters(folder: Path, findings: pl.DataFrame) -> pl.DataFrame:
    """The findings with what their correction can turn."""
    matters = pl.read_parquet(folder / f"{below.MATTERS}.parquet").unique("finding_id")
    return findings.join(matters, on="finding_id", how="left", maintain_order="left")


def places(folder: Path) -> pl.DataFrame:
    """Where each household of the district is; a tambon left unnamed gets the name of its code."""
    names = {area.code: area.name_th for area in areas.tambons()}
    by_code = pl.col("tambon_code").replace_strict(names, default=pl.col("tambon_code"))
    columns = [name for name in PLACES if name != "tambon_name"]
    return (
        pl.scan_parquet(folder / "households.parquet")
        .select(*columns, tambon_name=pl.coalesce(by_code, pl.col("tambon_name")))
        .unique("household_id", keep="first", maintain_order=True)
        .select(*PLACES)
        .collect()
    )


def people(folder: Path, findings: pl.DataFrame) -> pl.DataFrame:
    """Names of the people whom a finding is about, and of no one else."""
    titles = code_lists.load("title").label_th
    named = findings.filter(pl.col("member_no").is_not_null()).select("household_id", "member_no").unique()
    title = pl.col("title").cast(pl.String).replace_strict(titles, default="")
    first, last = pl.col("first_name").fill_null(""), pl.col("last_name").fill_null("")
    return (
        pl.scan_parquet(folder / "persons.parquet")
        .select("household_id", "member_no", display_name=pl.concat_str(title, first, pl.lit(" "), last))
        .join(named.lazy(), on=["household_id", "member_no"], how="semi")
        .unique(["household_id", "member_no"], keep="first", maintain_order=True)
        .sort("household_id", "member_no")
        .collect()
    )


def quarantine(reason: Quarantined | None, examined: Examined) -> Quarantine | None:
    """Why a district's delivery was set aside, in the reports' words."""
    if reason is None:
        return None
    where = {name: getattr(reason, name) for name in ("file", "sheet", "row", "column")}
    # Where nothing has arrived there is no file to name.
    sent = examined.stale.refused if examined.stale else examined.deliveries
    where = where if sent or reason.reason != "no_delivery" else where | {"file": ""}
    return Quarantine(th=reason.th, en=reason.sentences[1], todo_th=reason.action_th, **where)


def receipts(examined: Examined) -> tuple[dict[str, object], ...]:
    """What was received, one line per file or sheet, as the district's documents list it."""
    return tuple(
        {
            **{name: receipt[name] for name in ("file", "sha256", "bytes")},
            # A file that repeats another is received but not read.
            "table": "+".join(receipt.get("records", ())),
            "rows": receipt.get("rows_in_file"),
        }
        for receipt in examined.receipts
    )


@cache
def rule_texts() -> dict[str, RuleText]:
    """Every rule in words, by id."""
    return {
        rule.id: RuleText(
            rule_id=rule.id,
            name=rule.name,
            title_th=rule.title.th,
            title_en=rule.title.en,
            severity=rule.severity,
            fix_th=rule.fix.th,
            level=rule.level,
        )
        for rule in catalogue.load()
    }


def indicator_table(run: Run, assessed: pl.DataFrame) -> pl.DataFrame:
    """The indicators in force over these households, in the round's order (reports.contents.INDICATORS).

    An indicator about people counts people; those whose household says nothing are unanswered.
    """
    loaded = {one.slug: one for one in indicators.load()}
    summed = (
        indicators.rates(assessed, indicators.load())
        .group_by("slug")
        .agg(pl.exclude("district_code", "unit").sum())
    )
    counts = {row["slug"]: row for row in summed.to_dicts()}
    rows = [
        _indicator_row(loaded[slug], run.round.indicators[slug], counts.get(slug))
        for slug in run.round.enabled_indicators
        if slug in loaded
    ]
    return pl.DataFrame(rows, schema=INDICATORS)


def _indicator_row(
    indicator: indicators.Indicator, entry: IndicatorEntry, counts: dict[str, int] | None
) -> dict[str, object]:
    counted = counts or dict.fromkeys(indicators.RATES, 0)
    of_people = indicator.unit == "person"
    prefix = "persons_" if of_people else ""
    return {
        "slug": indicator.slug,
        "number": entry.number,
        "dimension": entry.dimension,
        "name_th": indicator.name.th,
        "unit": indicator.unit,
        # People who do not belong to the group asked about are in no count at all.
        "not_applicable": 0 if of_people else counted["not_applicable"],
        **{name: counted[prefix + name] for name in ("passed", "failed", "unanswered", "inconsistent")},
    }
