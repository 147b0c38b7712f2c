"""The rule language: text in, typed tree out, and one small module per target. Its meaning is in MEANING.md.

``parse`` a text, then ``evaluate`` it for one household in plain Python, or ``values`` for whole frames in
Polars (``to_polars`` with ``lazy_records`` and ``Aggregates`` when many expressions share one pass).
"""

from rules.language.aggregates import Aggregates
from rules.language.ast import Expr, columns
from rules.language.errors import RuleError
from rules.language.evaluator import evaluate
from rules.language.frames import values
from rules.language.kinds import Codes, Kind, Type
from rules.language.last_year import LastYear, last_year
from rules.language.meaning import Outcome, outcome
from rules.language.parser import parse, parse_condition, tree
from rules.language.records import lazy_records, shared_ids
from rules.language.scope import Columns, Params, Table, dictionary_columns
from rules.language.to_polars import to_polars

__all__ = [
    "Aggregates",
    "Codes",
    "Columns",
    "Expr",
    "Kind",
    "LastYear",
    "Outcome",
    "Params",
    "RuleError",
    "Table",
    "Type",
    "columns",
    "dictionary_columns",
    "evaluate",
    "last_year",
    "lazy_records",
    "outcome",
    "parse",
    "parse_condition",
    "shared_ids",
    "to_polars",
    "tree",
    "values",
]
