"""Findings: from the records that break a rule to rows of the table people work through.

Used by the engine and by the Python checks of rules/across alike, so that ids, sentences and masking are the
same. Deliberately not here: deciding who breaks a rule.
"""

from __future__ import annotations

from collections import Counter
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
# Of a column: one per finding, or one for all.
_Values = pl.Series | list[str] | str | int


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
    names = "|".join(rule.fields if fields is None else fields)
    shown = {name: cells[name] for name in names.split("|") if name in cells}
    rows = records.height
    columns: dict[str, _Values] = {
        "finding_id": _ids(rule, records, names, round_year_be),
        "rule_id": rule.id,
        "rule_name": rule.name,
        "severity": rule.severity,
        "level": rule.level,
        "round_year_be": round_year_be,
        "fields": names,
        "values": as_json(shown, rows),
        "message_th": filled(rule.message.th, cells, "th", rows),
        "message_en": filled(rule.message.en, cells, "en", rows),
        "fix_th": filled(rule.fix.th, cells, "th", rows),
        "fix_en": filled(rule.fix.en, cells, "en", rows),
    }
    columns |= {key: records.get_column(key) for key in KEYS}
    # A record whose sender is unknown must not fall out of the counts.
    columns["district_code"] = records.get_column("district_code").fill_null("")
    return pl.DataFrame(
        [_column(name, columns[name], dtype, rows) for name, dtype in schema_of(Finding).items()]
    )


def _column(name: str, values: _Values, dtype: pl.DataType, rows: int) -> pl.Series:
    if isinstance(values, pl.Series):
        return values if values.dtype == dtype else values.cast(dtype)
    if isinstance(values, list):
        return pl.Series(name, values, dtype)
    return pl.Series(name, [values], dtype).new_from_index(0, rows)


def gathered(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All findings in the order of ``schemas.finding.SORT``; ties by id, for the same bytes every night."""
    return pl.concat([empty(Finding), *parts]).sort(*SORT, "finding_id")


def _ids(rule: Rule, records: pl.DataFrame, fields: str, round_year_be: int) -> list[str]:
    """Sixteen hex digits per row, the same every night; rows alike in keys are told apart by file order."""
    places, members = _places(records), records.get_column("member_no").to_list()
    keys = list(zip(places, members, strict=True))
    twins = [0] * len(keys) if len(set(keys)) == len(keys) else _twins(keys, records)
    return [
        _id(f"{round_year_be}|{rule.id}|{where}|{'' if member is None else member}|{fields}", twin)
        for (where, member), twin in zip(keys, twins, strict=True)
    ]


def _places(records: pl.DataFrame) -> list[str]:
    """The household of each record; what belongs to none belongs to its village or district.

    Two households or villages never share a finding.
    """
    households = records.get_column("household_id")
    if not households.null_count():
        return households.to_list()
    district = pl.lit("@") + pl.col("district_code").fill_null("")
    village = pl.format("{}@{}@{}", district, "tambon_code", "village_no")
    # Filtered rows of many districts lie in many pieces, on which polars breaks when it joins texts.
    return records.rechunk().select(pl.coalesce("household_id", village, district)).to_series().to_list()


def _twins(keys: list[tuple[str, int | None]], records: pl.DataFrame) -> list[int]:
    """How many of the same key come before each record in the order of the files."""
    order = (
        records.select("delivery_id", "source_row")
        .with_row_index("at")
        .sort("delivery_id", "source_row", "at")
    )
    seen: Counter[tuple[str, int | None]] = Counter()
    twins = [0] * len(keys)
    for at in order.get_column("at"):
        twins[at] = seen[keys[at]]
        seen[keys[at]] += 1
    return twins


def _id(key: str, twin: int) -> str:
    return blake2b(f"{key}|{twin + 1}".encode() if twin else key.encode(), digest_size=8).hexdigest()
