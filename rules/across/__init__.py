"""Checks across records, which the rule language cannot say: duplicates, and keys between the two tables.

Run over a whole province they find what no district sees alone; over one district they do the same within it.
Their texts are structural rules of the catalogue (DU…, YR1…). Deliberately not here: a record against its own
last year, which the rule language says.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from rules import findings
from rules.across.before import NOTHING, Before
from rules.across.copies import ANSWERS, answers, copies
from rules.across.copies import PERSON_COLUMNS as ROSTER_COLUMNS
from rules.across.copies import RULES as COPY_RULES
from rules.across.found import Found
from rules.across.houses import COLUMNS as HOUSE_COLUMNS
from rules.across.houses import RULES as HOUSE_RULES
from rules.across.houses import houses
from rules.across.identities import RULES as IDENTITY_RULES
from rules.across.identities import identities
from rules.across.keys import RULES as KEY_RULES
from rules.across.keys import keys
from rules.across.members import PERSON_COLUMNS as MEMBER_COLUMNS
from rules.across.members import RULES as MEMBER_RULES
from rules.across.members import members
from rules.across.villages import RULES as VILLAGE_RULES
from rules.across.villages import villages
from rules.across.years import RULES as YEAR_RULES
from rules.across.years import years
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

RULES = IDENTITY_RULES + KEY_RULES + MEMBER_RULES + HOUSE_RULES + COPY_RULES + YEAR_RULES + VILLAGE_RULES
MADE_UP = "ID003"
PLACE = ("household_id", "district_code", "tambon_code", "village_no", "delivery_id", "source_row")
# All that is read, so that a caller need not load whole records of a province.
HOUSEHOLD_COLUMNS = (*PLACE, "household_status", *HOUSE_COLUMNS)
PERSON_COLUMNS = (
    *("household_id", "district_code", "member_no", "national_id", "delivery_id", "source_row"),
    *MEMBER_COLUMNS,
    *ROSTER_COLUMNS,
)

__all__ = ["HOUSEHOLD_COLUMNS", "PERSON_COLUMNS", "RULES", "answers", "check"]


def check(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    rules: Iterable[Rule],
    round_: Round,
    before: Before | None = None,
    is_whole: bool = False,
) -> Checked:
    """Run the checks whose texts are among ``rules``; outcomes and findings as the engine gives them.

    The frames need HOUSEHOLD_COLUMNS and PERSON_COLUMNS only, and of the answers as many as there are, or
    what stands for them (``answers``). ``before``: last year's records; without them the checks across years
    cannot tell. ``is_whole``: every district of the province is there. A check that breaks counts all its
    records as error and stops no other.
    """
    if ANSWERS not in households.columns:
        households = households.with_columns(answers(households.columns))
    before = before or NOTHING
    by_id = {rule.id: rule for rule in in_force(rules, round_) if rule.status == "active"}
    running = [by_id[rule_id] for rule_id in RULES if rule_id in by_id]
    parameters = {name: value for name, value in round_.parameters.items() if isinstance(value, int)}
    looks = _looks(households, persons, by_id, parameters, before, is_whole)
    results, errors = _looked(looks)
    frames = {"household": households, "person": persons}
    outcomes = [_outcomes(rule, results.get(rule.id), frames) for rule in running]
    told = [_findings(rule, results[rule.id], frames, round_) for rule in running if rule.id in results]
    return Checked(
        pl.concat([empty(OutcomeTable), *outcomes]).sort(SORT),
        findings.gathered(told),
        {rule.id: errors[rule.id] for rule in running if rule.id in errors},
    )


Look = tuple[tuple[str, ...], Callable[[], dict[str, Found]]]


def _looks(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    by_id: Mapping[str, Rule],
    parameters: Mapping[str, int],
    before: Before,
    is_whole: bool,
) -> tuple[Look, ...]:
    """The checks that share their work, with the rules each of them tells."""
    shared = shared_ids(households)
    return (
        (IDENTITY_RULES, lambda: identities(persons, shared, by_id.get(MADE_UP))),
        (KEY_RULES, lambda: keys(households, persons, shared)),
        (MEMBER_RULES, lambda: members(persons, shared)),
        (HOUSE_RULES, lambda: houses(households, shared, parameters)),
        (COPY_RULES, lambda: copies(households, persons, shared, parameters)),
        (YEAR_RULES, lambda: years(households, persons, before, shared, parameters, is_whole)),
        (VILLAGE_RULES, lambda: villages(households, persons, before, parameters, is_whole)),
    )


def _looked(looks: Iterable[Look]) -> tuple[dict[str, Found], dict[str, str]]:
    """What each check found, and the kind of failure of those that broke."""
    results: dict[str, Found] = {}
    errors: dict[str, str] = {}
    for rule_ids, look in looks:
        try:
            results |= look()
        except (Exception, pl.exceptions.PanicException) as error:
            # Only the kind: the text of an engine's exception may quote cells.
            errors |= dict.fromkeys(rule_ids, type(error).__name__)
    return results, errors


def _outcomes(rule: Rule, result: Found | None, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    codes = pl.DataFrame({PREFIX + rule.id: result.codes}) if result else pl.DataFrame()
    every = pl.concat(frame.get_column("district_code").fill_null("") for frame in frames.values())
    records = frames["household" if rule.level == "delivery" else rule.level]
    if result and result.records is not None:
        records = result.records
    districts = records.get_column("district_code").fill_null("")
    return counted([rule], Verdicts(codes, {}), districts, every.unique().sort().to_list())


def _findings(rule: Rule, result: Found, frames: Mapping[str, pl.DataFrame], round_: Round) -> pl.DataFrame:
    is_violated = result.codes == int(Outcome.VIOLATED)
    if result.records is not None:
        records = result.records.filter(is_violated)
    else:
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
