"""The plants by rule id: one small function per rule, registered where it is written.

A rule of the catalogue without a plant fails a test, so a new rule brings its plant along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sample_data.planting.case import Case

CSV_LAYOUTS = ("csv_utf8", "csv_cp874")
FLAT = ("flat_csv",)
TEXT_LAYOUTS = (*CSV_LAYOUTS, "workbook", "flat_csv")
TWO_TABLES = (*CSV_LAYOUTS, "workbook", "parquet")
NAMED_COLUMNS = (*CSV_LAYOUTS, "parquet")
ALL_LAYOUTS = (*TEXT_LAYOUTS, "parquet")


Pair = Literal["", "together", "apart"]


@dataclass(frozen=True)
class Plant:
    """How one rule is broken. `wants`: whether a household lends itself; `layouts`: where it can be written.

    `once` plants concern a file as a whole: a district has room for one. `pair`: the rule is broken by two
    records that have something in common, in one district ("together") or in two ("apart"); copies 0 and 1,
    2 and 3, … are such pairs.
    """

    rule_id: str
    wants: Callable[[Case], bool]
    do: Callable[[Case], None]
    layouts: tuple[str, ...]
    note: str
    once: bool = False
    pair: Pair = ""


PLANTS: dict[str, Plant] = {}


def anybody(_case: Case) -> bool:
    return True


def plant(
    rule_id: str,
    note: str,
    wants: Callable[[Case], bool] = anybody,
    layouts: tuple[str, ...] = ALL_LAYOUTS,
    once: bool = False,
    pair: Pair = "",
) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    """Registers the function that breaks `rule_id` and nothing else. `note` goes to planted.csv."""

    def register(do: Callable[[Case], None]) -> Callable[[Case], None]:
        if rule_id in PLANTS:
            raise ValueError(f"two plants for {rule_id}")
        PLANTS[rule_id] = Plant(rule_id, wants, do, layouts, note, once, pair)
        return do

    return register
