"""The tables of a run: what the districts' examinations saved, stacked over those that could be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
class Trial:
    """What the rules on trial found: apart, so that it is in no measure, gate or work list."""

    outcomes: pl.DataFrame
    findings: pl.DataFrame


@dataclass(frozen=True)
class Tables:
    """All districts together. `evidence` is what the quality table is measured from; `errors` names rules
    that could not run, with the kind of failure; `trial` is of the rules being tried.
    """

    evidence: Evidence
    errors: Mapping[str, str]
    trial: Trial

    def of(self, district_code: str) -> "Tables":
        """One district's share."""
        is_own = pl.col("district_code").fill_null("") == district_code
        frames = {name: frame.filter(is_own) for name, frame in vars(self.evidence).items()}
        return Tables(Evidence(**frames), self.errors, self.trial)


def gather(run: Run, examined: Sequence[Examined]) -> Tables:
    """The districts' saved tables together, with what only shows across districts."""
    folders = [run.typed(one.district.code) for one in examined if one.quarantine is None]
    # Without a single readable district the tables are empty, but they are there.
    nothing = {} if folders else check(run, _nothing())[0]
    read = [*across.HOUSEHOLD_COLUMNS, *across.answers(columns(Household))]
    households = _stacked(folders, "households", read, nothing)
    persons = _stacked(folders, "persons", across.PERSON_COLUMNS, nothing)
    is_whole = len(folders) == len(run.settings.districts)
    crossed = across.check(households, persons, catalogue.load(), run.round, run.before, is_whole)
    errors = {rule: kind for one in examined for rule, kind in one.errors.items()} | dict(crossed.errors)
    evidence = Evidence(
        households=households.select(
            "household_id", "district_code", "tambon_code", "village_no", "household_status"
        ),
        persons=persons.select("household_id", "district_code", "member_no"),
        below_line=_stacked(folders, "below_line", None, nothing),
        assessed=_stacked(folders, "indicators", None, nothing),
        **_merged(folders, nothing, crossed, run.round),
    )
    tried = {name: _stacked(folders, f"trial_{name}", None, nothing) for name in ("outcomes", "findings")}
    return Tables(evidence, errors, Trial(**tried))


def _merged(
    folders: Sequence[Path], nothing: Mapping[str, pl.DataFrame], crossed: Checked, round_: Round
) -> dict[str, pl.DataFrame]:
    own = {name: _stacked(folders, name, None, nothing) for name in ("outcomes", "findings")}
    read = told_while_reading(own["findings"], [folder.name for folder in folders], round_)
    return {
        "outcomes": pl.concat([own["outcomes"], crossed.outcomes, read]).sort(outcome.SORT),
        "findings": pl.concat([own["findings"], crossed.findings]).sort(finding.SORT),
    }


def _stacked(
    folders: Sequence[Path],
    name: str,
    read: Sequence[str | pl.Expr] | None,
    nothing: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
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
