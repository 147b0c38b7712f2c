"""Findings: from the records that break a rule to rows of the table people work through.

Used by the engine and by the Python checks of rules/across alike, so that ids, sentences and masking are the
same. Deliberately not here: deciding who breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import polars as pl

from rules.rule import Rule
from rules.sentences import Cells, as_json, filled
from schemas.finding import SORT, Finding
from schemas.frames import empty, schema_of

# Who and where: what a finding takes from the record itself.
KEYS = (
    "district_code",
    "tambon_code",
    "village_no",
    "household_id",
    "member_no",
    "delivery_id",
    "source_row",
)


def build(
    rule: Rule,
    records: pl.DataFrame,
    cells: Mapping[str, Cells],
    round_year_be: int,
    fields: Sequence[str] | None = None,
) -> pl.DataFrame:
    """One finding per row of ``records``, as a frame of ``schemas.finding.Finding``.

    ``records`` has the columns KEYS. ``cells`` holds, row for row, a value for every hole of the rule's
    sentences and every field to be shown, by name. ``fields``: the columns concerned (default: the rule's).
    """
    names = rule.fields if fields is None else tuple(fields)
    rows = records.height
    frame = records.select(
        *(pl.col(key) for key in KEYS if key != "district_code"),
        # A record whose sender is unknown must not fall out of the counts.
        pl.col("district_code").fill_null(""),
        finding_id=_ids(rule, records, "|".join(names), round_year_be),
        rule_id=pl.lit(rule.id),
        rule_name=pl.lit(rule.name),
        severity=pl.lit(rule.severity),
        level=pl.lit(rule.level),
        round_year_be=pl.lit(round_year_be),
        fields=pl.lit("|".join(names)),
        values=as_json({name: cells[name] for name in names if name in cells}, rows),
        message_th=filled(rule.message.th, cells, "th", rows),
        message_en=filled(rule.message.en, cells, "en", rows),
        fix_th=filled(rule.fix.th, cells, "th", rows),
        fix_en=filled(rule.fix.en, cells, "en", rows),
    )
    schema = schema_of(Finding)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def gathered(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All findings in the order of ``schemas.finding.SORT``; ties by id, for the same bytes every night."""
    return pl.concat([empty(Finding), *parts]).sort(*SORT, "finding_id")


def _ids(rule: Rule, records: pl.DataFrame, fields: str, round_year_be: int) -> pl.Series:
    """Sixteen hex digits per row, the same every night; rows alike in keys are told apart by file order."""
    # What belongs to no household belongs to its village or district: two of them never share a finding.
    district = pl.lit("@") + pl.col("district_code").fill_null("")
    place = pl.coalesce(
        "household_id", pl.format("{}@{}@{}", district, "tambon_code", "village_no"), district
    )
    # Filtered rows of many districts lie in many pieces, on which polars breaks when it joins texts.
    keys = records.rechunk().select(place.alias("place"), "member_no")
    twins = [0] * records.height
    if keys.is_duplicated().any():
        order = keys.with_columns(records.select("delivery_id", "source_row")).with_row_index("at")
        twins = (
            order.sort("delivery_id", "source_row", "at")
            .with_columns(twin=pl.int_range(pl.len()).over("place", "member_no"))
            .sort("at")
            .get_column("twin")
            .to_list()
        )
    return pl.Series(
        [
            _id(f"{round_year_be}|{rule.id}|{where}|{'' if member is None else member}|{fields}", twin)
            for (where, member), twin in zip(keys.iter_rows(), twins, strict=True)
        ],
        dtype=pl.String,
    )


def _id(key: str, twin: int) -> str:
    return blake2b(f"{key}|{twin + 1}".encode() if twin else key.encode(), digest_size=8).hexdigest()
