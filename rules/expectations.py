"""The one place that talks to Great Expectations: bounds on columns of a small table, and who is outside.

The library is imported inside the function that uses it (3 seconds, 280 MB). Its context lives in memory and
is thrown away; progress bars are off. Only what does not change from night to night is kept of its results,
so that the same table gives the same bytes. Deliberately not here: what a bound means.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import polars as pl

KEY = "district_code"
PRESENT, WITHIN = "expect_column_values_to_not_be_null", "expect_column_values_to_be_between"
KEPT = ("element_count", "missing_count", "unexpected_count")


@dataclass(frozen=True)
class Expected:
    """A column whose values must all be there, from ``least`` to ``most``, both allowed; None: no bound."""

    column: str
    least: float | None
    most: float | None
    severity: str
    key: str


@dataclass(frozen=True)
class Answer:
    """Of one expected column: values by district (None: missing), who lacks it, who is outside.

    ``raw``: what the library said, without its timestamps.
    """

    found: Mapping[str, float | None]
    missing: frozenset[str]
    outside: frozenset[str]
    raw: tuple[Mapping[str, Any], ...]


def engine() -> str:
    """Name and version of the library, for the record."""
    return f"great_expectations {version('great_expectations')}"


def validate(table: pl.DataFrame, expected: Sequence[Expected]) -> list[Answer]:
    """One answer per expectation, in order; ``table`` has a row per KEY.

    A column that the table lacks is missing in every row. Raises RuntimeError when an expectation could not
    be evaluated: that must never look like one that is met.
    """
    if not expected:
        return []
    numbers = _numbers(table, {each.column for each in expected})
    results = _run(numbers, expected)
    return [_answer(each, _values(table, each.column), results) for each in expected]


def _numbers(table: pl.DataFrame, columns: set[str]) -> pl.DataFrame:
    measures = [
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(pl.Float64).alias(name)
        for name in sorted(columns)
    ]
    return table.select(KEY, *measures)


def _values(table: pl.DataFrame, column: str) -> dict[str, float | None]:
    """Counts stay whole numbers here; the library only sees floating point."""
    if column not in table.columns:
        return dict.fromkeys(table.get_column(KEY))
    values = table.get_column(column)
    whole = values.cast(pl.Int64) if values.dtype == pl.Boolean else values
    return dict(zip(table.get_column(KEY), whole, strict=True))


def _run(numbers: pl.DataFrame, expected: Sequence[Expected]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Results by gate key and expectation type."""
    gx, gxe = _library()
    context = gx.get_context(mode="ephemeral")
    _be_silent(context)
    suite = gx.ExpectationSuite(name="acceptance")
    for each in expected:
        about = {"column": each.column, "severity": each.severity, "meta": {"key": each.key}}
        suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(**about))
        suite.add_expectation(
            gxe.ExpectColumnValuesToBeBetween(min_value=each.least, max_value=each.most, **about)
        )
    asset = context.data_sources.add_pandas("quality").add_dataframe_asset("districts")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": numbers.to_pandas()})
    # Complete lists: the default cuts them at twenty, and there are twenty-five districts.
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": [KEY]}
    results = batch.validate(context.suites.add(suite), result_format=wanted).to_json_dict()["results"]
    return {_name(result): result for result in results}


def _library() -> tuple[Any, Any]:
    with warnings.catch_warnings():
        # On import the library asks for a module that Python has deprecated; nothing here can change that.
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations as gx
        import great_expectations.expectations as gxe
        from great_expectations.data_context.types import base
    # This one module sets its own level, and tells of temporary folders wherever logging is on.
    base.logger.setLevel(logging.WARNING)
    return gx, gxe


def _be_silent(context: Any) -> None:
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context.variables.progress_bars = ProgressBarsConfig(globally=False)


def _name(result: Mapping[str, Any]) -> tuple[str, str]:
    config = result["expectation_config"]
    return str(config["meta"]["key"]), str(config["type"])


def _answer(
    each: Expected,
    found: Mapping[str, float | None],
    results: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Answer:
    present, within = results[each.key, PRESENT], results[each.key, WITHIN]
    for result in (present, within):
        if result["exception_info"].get("raised_exception") is not False:
            raise RuntimeError(f"the acceptance gate {each.key} could not be evaluated")
    return Answer(found, _unexpected(present), _unexpected(within), (_kept(present), _kept(within)))


def _unexpected(result: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(str(row[KEY]) for row in result["result"].get("unexpected_index_list") or [])


def _kept(result: Mapping[str, Any]) -> dict[str, Any]:
    config, numbers = result["expectation_config"], result["result"]
    kwargs = {name: value for name, value in sorted(config["kwargs"].items()) if name != "batch_id"}
    counts = {name: numbers[name] for name in KEPT if name in numbers}
    return {
        "type": config["type"],
        "kwargs": kwargs,
        "severity": config["severity"],
        "success": result["success"],
        **counts,
        "unexpected": sorted(_unexpected(result)),
    }
