"""The tables of a run: what the districts' examinations saved, stacked over those that could be read.

They lie under `keep` as the province's (flows.found), for the documents to be made from, and are published.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from flows.examination import Examined, check
from flows.intake import Extract
from flows.run import Run
from rules import across, catalogue
from rules.engine import Checked
from rules.in_force import in_force
from rules.quality import Evidence
from schemas import finding, outcome
from schemas.dictionary import columns
from schemas.frames import empty, schema_of
from schemas.household import Household
from schemas.person import Person
from schemas.rounds import Round


@dataclass(frozen=True)
class Tables:
    """What a night publishes, all districts together: a row per rule and district, finding, household.

    `trial_…`: what the rules on trial found, apart, so that it is in no measure, gate or work list.
    """

    outcomes: pl.DataFrame
    findings: pl.DataFrame
    indicators: pl.DataFrame
    below_line: pl.DataFrame
    trial_outcomes: pl.DataFrame
    trial_findings: pl.DataFrame


NAMES = tuple(each.name for each in fields(Tables))


def load(folder: Path, district_code: str | None = None) -> Tables:
    """The tables as kept in a folder, of one district or of all."""
    scans = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in NAMES}
    if district_code is not None:
        is_own = pl.col("district_code").fill_null("") == district_code
        scans = {name: scan.filter(is_own) for name, scan in scans.items()}
    return Tables(**{name: scan.collect() for name, scan in scans.items()})


@dataclass(frozen=True)
class Gathered:
    """The tables, with the records that they are measured against; `errors` names rules that could not run,
    with the kind of failure. `crossed`: by district a hash of what only shows across districts.
    """

    tables: Tables
    households: pl.DataFrame
    persons: pl.DataFrame
    errors: Mapping[str, str]
    crossed: Mapping[str, str]

    @property
    def evidence(self) -> Evidence:
        """What the quality table is measured from."""
        tables = self.tables
        found = (tables.outcomes, tables.findings, tables.below_line, tables.indicators)
        return Evidence(self.households, self.persons, *found)


def gather(run: Run, examined: Sequence[Examined]) -> Gathered:
    """The districts' saved tables together, with what only shows across districts."""
    folders = [run.typed(one.district.code) for one in examined if one.quarantine is None]
    # Without a single readable district the tables are empty, but they are there.
    nothing = {} if folders else check(run, _nothing())[0]
    read = [*across.HOUSEHOLD_COLUMNS, *across.answers(columns(Household))]
    households = stacked(folders, "households", read, nothing)
    persons = stacked(folders, "persons", across.PERSON_COLUMNS, nothing)
    is_whole = len(folders) == len(run.settings.districts)
    crossed = across.check(households, persons, catalogue.load(), run.round, run.before, is_whole)
    own = {name: stacked(folders, name, None, nothing) for name in NAMES}
    return Gathered(
        Tables(**own | _merged(folders, own, crossed, run.round)),
        households.select("household_id", "district_code", "tambon_code", "village_no", "household_status"),
        persons.select("household_id", "district_code", "member_no"),
        {rule: kind for one in examined for rule, kind in one.errors.items()} | dict(crossed.errors),
        {one.district.code: _hash_of(crossed, one.district.code) for one in examined},
    )


def _hash_of(crossed: Checked, district_code: str) -> str:
    # As text: Parquet and Arrow leave open what lies in the cells of a null.
    frames = (crossed.outcomes.sort(outcome.SORT), crossed.findings.sort(finding.SORT))
    own = [frame.filter(pl.col("district_code") == district_code).write_csv() for frame in frames]
    return hashlib.sha256("\0".join(own).encode()).hexdigest()


def _merged(
    folders: Sequence[Path], own: Mapping[str, pl.DataFrame], crossed: Checked, round_: Round
) -> dict[str, pl.DataFrame]:
    read = told_while_reading(own["findings"], [folder.name for folder in folders], round_)
    return {
        "outcomes": pl.concat([own["outcomes"], crossed.outcomes, read]).sort(outcome.SORT),
        "findings": pl.concat([own["findings"], crossed.findings]).sort(finding.SORT),
    }


def stacked(
    folders: Sequence[Path],
    name: str,
    read: Sequence[str | pl.Expr] | None,
    nothing: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """One table of several districts, those columns or all; of no district its empty frame in ``nothing``."""
    scans = [pl.scan_parquet(folder / f"{name}.parquet") for folder in folders] or [nothing[name].lazy()]
    return pl.concat(scan.select(read) if read else scan for scan in scans).collect()


def _nothing() -> Extract:
    return Extract(empty(Household), empty(Person), pl.DataFrame(), empty(finding.Finding), [])


def told_while_reading(findings: pl.DataFrame, district_codes: Sequence[str], round_: Round) -> pl.DataFrame:
    """Outcomes of the rules that intake tells of: how often each was broken, per district, also when never.

    Nobody counts the cells that were right, so these rules have no other count than violated.
    """
    rules = [
        rule.id
        for rule in in_force(catalogue.load(), round_)
        if rule.level == "delivery" and rule.id not in across.RULES
    ]
    every = pl.DataFrame({"rule_id": rules}, schema={"rule_id": pl.String}).join(
        pl.DataFrame({"district_code": district_codes}, schema={"district_code": pl.String}), how="cross"
    )
    broken = findings.group_by("rule_id", "district_code").agg(violated=pl.len().cast(pl.Int64))
    counted = every.join(broken, on=["rule_id", "district_code"], how="left", maintain_order="left")
    zeros = [pl.lit(0, pl.Int64).alias(name) for name in outcome.COUNTS if name != "violated"]
    return counted.with_columns(pl.col("violated").fill_null(0), *zeros).select(
        list(schema_of(outcome.Outcome))
    )
