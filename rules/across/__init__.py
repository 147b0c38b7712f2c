"""Checks across records, which the rule language cannot say: duplicates, and keys between the two tables.

Run over a whole province they find what no district sees alone; over one district they do the same within it.
Their texts are structural rules of the catalogue (DU…). Deliberately not here: comparisons with last year.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from rules import findings
from rules.across.found import Found
from rules.across.identities import RULES as IDENTITY_RULES
from rules.across.identities import identities
from rules.across.keys import RULES as KEY_RULES
from rules.across.keys import keys
from rules.counts import counted
from rules.engine import Checked
from rules.in_force import in_force
from rules.language import Outcome, Table, shared_ids
from rules.rule import Rule
from rules.sentences import Cells
from rules.verdicts import PREFIX, Verdicts
from schemas import dictionary
from schemas.frames import empty
from schemas.household import Household
from schemas.outcome import SORT
from schemas.outcome import Outcome as OutcomeTable
from schemas.person import Person

if TYPE_CHECKING:
    from schemas.rounds import Round

RULES = IDENTITY_RULES + KEY_RULES
MADE_UP = "ID003"
PLACE = ("household_id", "district_code", "tambon_code", "village_no", "delivery_id", "source_row")
# All that is read, so that a caller need not load whole records of a province.
HOUSEHOLD_COLUMNS = (*PLACE, "household_status")
PERSON_COLUMNS = ("household_id", "district_code", "member_no", "national_id", "delivery_id", "source_row")

__all__ = ["HOUSEHOLD_COLUMNS", "PERSON_COLUMNS", "RULES", "check"]


def check(households: pl.DataFrame, persons: pl.DataFrame, rules: Iterable[Rule], round_: Round) -> Checked:
    """Run the checks whose texts are among ``rules``; outcomes and findings as the engine gives them.

    The frames need HOUSEHOLD_COLUMNS and PERSON_COLUMNS only. A check that breaks counts all its records as
    error and stops no other.
    """
    by_id = {rule.id: rule for rule in in_force(rules, round_) if rule.status == "active"}
    running = [by_id[rule_id] for rule_id in RULES if rule_id in by_id]
    results, errors = _looked(households, persons, by_id)
    frames = {"household": households, "person": persons}
    outcomes = [_outcomes(rule, results.get(rule.id), frames) for rule in running]
    told = [_findings(rule, results[rule.id], frames, round_) for rule in running if rule.id in results]
    return Checked(
        pl.concat([empty(OutcomeTable), *outcomes]).sort(SORT),
        findings.gathered(told),
        {rule.id: errors[rule.id] for rule in running if rule.id in errors},
    )


def _looked(
    households: pl.DataFrame, persons: pl.DataFrame, by_id: Mapping[str, Rule]
) -> tuple[dict[str, Found], dict[str, str]]:
    """What each check found, and the kind of failure of those that broke."""
    shared = shared_ids(households)
    groups: tuple[tuple[tuple[str, ...], Callable[[], dict[str, Found]]], ...] = (
        (IDENTITY_RULES, lambda: identities(persons, shared, by_id.get(MADE_UP))),
        (KEY_RULES, lambda: keys(households, persons, shared)),
    )
    results: dict[str, Found] = {}
    errors: dict[str, str] = {}
    for rule_ids, look in groups:
        try:
            results |= look()
        except (Exception, pl.exceptions.PanicException) as error:
            # Only the kind: the text of an engine's exception may quote cells.
            errors |= dict.fromkeys(rule_ids, type(error).__name__)
    return results, errors


def _outcomes(rule: Rule, result: Found | None, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    codes = pl.DataFrame({PREFIX + rule.id: result.codes}) if result else pl.DataFrame()
    every = pl.concat(frame.get_column("district_code").fill_null("") for frame in frames.values())
    districts = frames[rule.level].get_column("district_code").fill_null("")
    return counted([rule], Verdicts(codes, {}), districts, every.unique().sort().to_list())


def _findings(rule: Rule, result: Found, frames: Mapping[str, pl.DataFrame], round_: Round) -> pl.DataFrame:
    is_violated = result.codes == int(Outcome.VIOLATED)
    records = _placed(frames[result.table].filter(is_violated), frames["household"], result.table)
    columns = dictionary.columns(Person if result.table == "person" else Household)
    own = [name for name in records.columns if name in columns]
    cells = {name: Cells(records.get_column(name), columns[name]) for name in own}
    for name in result.words.columns:
        as_text = dataclasses.replace(columns["household_id"], name=name)
        cells[name] = Cells(result.words.get_column(name), as_text)
    return findings.build(rule, records, cells, round_.year_be, result.fields)


def _placed(records: pl.DataFrame, households: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The records with all of findings.KEYS; a person is where the only household of that id is."""
    if table == "household":
        return records.with_columns(pl.lit(None, pl.Int64).alias("member_no"))
    places = households.select("household_id", "tambon_code", "village_no").unique(
        "household_id", keep="none"
    )
    return records.join(places, on="household_id", how="left", maintain_order="left")
