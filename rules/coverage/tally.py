"""Trials counted: a row per field and error type, with the share noticed and its interval.

Also what the mistake changed without anybody noticing: on which side of the income line the household stands,
and what its indicators say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from rules.coverage.row_errors import ROW
from rules.coverage.shares import interval

SCHEMA: Mapping[str, Any] = {
    "table": pl.String, "field": pl.String, "error": pl.String, "planted": pl.Int64, "detected": pl.Int64,
    "low": pl.Float64, "high": pl.Float64, "must_fix": pl.Int64, "must_explain": pl.Int64, "watch": pl.Int64,
    "pointed": pl.Int64, "line_changed": pl.Int64, "line_unseen": pl.Int64, "results_changed": pl.Int64,
    "results_unseen": pl.Int64, "rules": pl.String,
}  # fmt: skip
"""detected: trials with a finding; must_fix, must_explain, watch: by the severest of their findings; pointed:
those in which a finding names the field; low, high: 95 % interval of the share detected; …_changed: trials
that changed the verdict on income or an indicator, …_unseen: those of them that nobody noticed; rules: the
three that noticed most often, as ID:times."""

SEVERITIES = ("must_fix", "must_explain", "watch")
TOP = 3
BY = ("table", "field", "error")


def tallied(seen: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """One row per field and error type, sorted, of the compared trials of all batches."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for frame in seen:
        for trial in frame.iter_rows(named=True):
            trial["found"] = [found for found in trial["found"] or () if _is_of(found, trial["field"])]
            groups.setdefault((trial["table"], trial["field"], trial["error"]), []).append(trial)
    rows = [dict(zip(BY, key, strict=True)) | _counts(trials) for key, trials in sorted(groups.items())]
    return pl.DataFrame(rows, schema=SCHEMA)


def _counts(trials: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    detected = [trial for trial in trials if trial["found"]]
    severest = Counter(
        min((found["severity"] for found in trial["found"]), key=SEVERITIES.index) for trial in detected
    )
    rules = Counter(
        rule_id for trial in detected for rule_id in {found["rule_id"] for found in trial["found"]}
    )
    low, high = interval(len(detected), len(trials))
    top = sorted(rules.items(), key=lambda item: (-item[1], item[0]))[:TOP]
    return {
        "planted": len(trials),
        "detected": len(detected),
        "low": round(low, 3),
        "high": round(high, 3),
        **{severity: severest[severity] for severity in SEVERITIES},
        "pointed": sum(any(_names(found, trial["field"]) for found in trial["found"]) for trial in detected),
        **_changed(trials, "line"),
        **_changed(trials, "results"),
        "rules": "|".join(f"{rule_id}:{times}" for rule_id, times in top),
    }


def _is_of(found: Mapping[str, Any], field: str) -> bool:
    """What comparing households finds may be another household's mistake, unless it names the field."""
    return not found["is_among"] or field == ROW or _names(found, field)


def _names(found: Mapping[str, Any], field: str) -> bool:
    """Whether a finding names the field: as the record's own, the household's or a member's."""
    return any(named.rpartition(".")[2] == field for named in found["fields"].split("|"))


def _changed(trials: Sequence[Mapping[str, Any]], what: str) -> dict[str, int]:
    changed = [trial for trial in trials if trial[what] != trial[f"{what}_after"]]
    unseen = [trial for trial in changed if not trial["found"]]
    return {f"{what}_changed": len(changed), f"{what}_unseen": len(unseen)}
