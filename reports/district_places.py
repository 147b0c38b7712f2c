"""Villages of a district, and the order in which its households are visited: tambon, village, house.

Tambons follow their codes, the official order; house numbers sort as numbers, 9 before 12/1.
"""

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.safe_text import printable

_NUMBER = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the district; the one without a number gathers what belongs to no known village."""

    tambon: str
    number: int | None
    name: str  # without "บ้าน"

    @property
    def parts(self) -> tuple[str, ...]:
        """Pieces that a line may break between, never within: "บ้านคำน้ำแซบ", "หมู่ที่ 4", "ตำบลแจระแม"."""
        if self.number is None:
            return (self.name,)
        name = (f"บ้าน{self.name}",) if self.name else ()
        return *name, f"หมู่ที่ {self.number}", f"ตำบล{self.tambon}"

    @property
    def title(self) -> str:
        """The pieces as one line."""
        return " ".join(self.parts)


UNPLACED = Village("–", None, "ไม่ระบุหมู่บ้าน")


def village_of(row: dict[str, Any]) -> Village:
    """Village of a row joined with `places`; `UNPLACED` when the household is not in them."""
    if row.get("tambon_name") is None or row.get("place_no") is None:
        return UNPLACED
    return Village(printable(row["tambon_name"]), row["place_no"], printable(row.get("village_name")))


def one_name_each(places: pl.DataFrame) -> pl.DataFrame:
    """One row per household, and one name per village: the one most households write, without "บ้าน"."""
    name = pl.col("village_name").str.strip_prefix("บ้าน").str.strip_chars()
    commonest = name.drop_nulls().mode().sort().first().over("tambon_name", "village_no")
    return places.unique("household_id", keep="first", maintain_order=True).with_columns(
        commonest.alias("village_name")
    )


def place_order(row: dict[str, Any]) -> tuple[Any, ...]:
    """Sort key of a row joined with `places`, its village number as `place_no`; the unplaced come last."""
    is_unplaced = village_of(row) is UNPLACED
    house = row.get("house_no") or ""
    numbers = tuple(int(number[:9]) for number in _NUMBER.findall(house))
    where = (row.get("tambon_code") or "", row.get("tambon_name") or "", row.get("place_no") or 0)
    return is_unplaced, *where, numbers, house, row["household_id"] or ""


def in_visit_order(households: pl.DataFrame, places: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of a table of households with the columns of `places` added, in the same order as the findings."""
    place = one_name_each(places)
    columns = [name for name in place.columns if name != "household_id"]
    joined = households.drop(columns, strict=False).join(place, on="household_id", how="left")
    return sorted(joined.with_columns(place_no=pl.col("village_no")).iter_rows(named=True), key=place_order)
