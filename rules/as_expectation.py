"""A rule as an expectation of Great Expectations on SQL: no row may break it.

The query is the SQL target's and gives back the keys of the rows that surely break the rule, nothing else of
them: no name, no id, no amount comes into a validation result. What nobody can tell is no unexpected row.
Deliberately not here: running a suite, and acceptance (rules/acceptance.py), which never sees rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlglot import exp, parse_one

from rules.compiled import Compiled
from rules.language.meaning import Outcome
from rules.language.scope import Table
from rules.language.sql_words import Dialect
from rules.language.to_sql import to_sql

# Must-fix blocks certification, must-explain asks for a reason, watch only looks.
SEVERITIES: Mapping[str, str] = {"must_fix": "critical", "must_explain": "warning", "watch": "info"}
_BATCH = "the_batch_of_the_expectation"


def unexpected_rows_query(rule: Compiled, dialect: Dialect) -> str:
    """A SELECT of the keys of the rows that break the rule, for ``UnexpectedRowsExpectation``.

    ``{batch}`` stands for the asset's table, that of the rule; the other table is read by its name. A
    household is judged with all its members, so the batch must be whole.
    """
    rule_id = rule.rule.id
    own: dict[str, str] = {rule.table: _BATCH}
    tables = {"household": "household", "person": "person"} | own
    judged = parse_one(
        to_sql({rule_id: rule}, rule.table, dialect, household=tables["household"], person=tables["person"]),
        read=dialect,
    )
    assert isinstance(judged, exp.Query)  # it is what to_sql writes
    keys = [name for name in judged.named_selects if name != rule_id]
    found = (
        exp.select(*(exp.column(key, quoted=True) for key in keys))
        .from_(exp.Subquery(this=judged, alias=exp.TableAlias(this=exp.to_identifier("judged"))))
        .where(exp.column(rule_id, quoted=True).eq(int(Outcome.VIOLATED)))
    )
    text = found.sql(dialect, pretty=True, identify=True)
    return _as_format(text, dialect)


def expectation(rule: Compiled, dialect: Dialect) -> dict[str, Any]:
    """The configuration of the expectation, as a suite's JSON has it."""
    about = rule.rule
    return {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": unexpected_rows_query(rule, dialect)},
        "severity": SEVERITIES[about.severity],
        "description": f"{about.title['th']} · {about.title['en']}",
        "meta": {"rule_id": about.id, "rule_name": about.name, "table": rule.table, "dialect": dialect},
    }


def suite(rules: Iterable[Compiled], table: Table, dialect: Dialect) -> dict[str, Any]:
    """The rules of one table as a suite: plain data for ``ExpectationSuite(**suite)`` or a JSON file."""
    return {
        "name": f"jpt_{table}",
        "expectations": [expectation(rule, dialect) for rule in rules if rule.table == table],
        "meta": {"table": table, "dialect": dialect},
        "notes": None,
    }


def as_json(suites: Iterable[Mapping[str, Any]]) -> str:
    """The suites by name, as text: the same rules give the same bytes."""
    by_name = {each["name"]: each for each in suites}
    return json.dumps(by_name, ensure_ascii=False, indent=2) + "\n"


def _as_format(text: str, dialect: Dialect) -> str:
    """The library fills ``{batch}`` by str.format, and hands SQL to SQLAlchemy, which reads ``:name``."""
    quoted = exp.to_identifier(_BATCH, quoted=True).sql(dialect)
    escaped = text if dialect == "spark" else re.sub(r"(?<!:):(?!:)", r"\:", text)
    return escaped.replace("{", "{{").replace("}", "}}").replace(quoted, "{batch}")
