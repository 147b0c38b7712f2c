"""Whether an address agrees with itself: codes with the official list, with their names and with each other.

Every cell is told for one reason only. Codes are held against what `schemas.areas` knows of the province; of
a province it does not know nothing is said. What is not here: rows of another district (place), positions.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

import polars as pl

from flows.intake import structure
from flows.intake.part import PROBLEM
from schemas import areas

# Typed to get past a form, and told as such by PL009.
MADE_UP_HOUSES = (*(11 * str(digit) for digit in range(10)), "01234567890", "12345678901")
# Spellings of one name differ by a letter or two (ห้วยขะยุง, ห้วยขะยูง); names alike by more are other names.
SAME_NAME = 0.85


def told_addresses(frame: pl.DataFrame, district_code: str) -> pl.DataFrame:
    """Problems (PROBLEM) of the address cells of households of the district, as they were sent."""
    return pl.concat([pl.DataFrame(schema=PROBLEM), *_told(frame, district_code)])


def _told(frame: pl.DataFrame, district_code: str) -> Iterator[pl.DataFrame]:
    of_province = (pl.col("province_code") == district_code[:2]).fill_null(True)
    yield problem(frame.filter(~of_province), "province_code", structure.OUTSIDE_AREA)
    yield from _tambons(frame, district_code)
    of_district = frame.filter(pl.col("tambon_code").is_in(_current(district_code)))
    elsewhere = pl.col("village_code").str.slice(0, 6) != pl.col("tambon_code")
    yield problem(of_district.filter(elsewhere), "village_code", structure.VILLAGE_OF_ANOTHER_TAMBON)
    yield from _names(frame.filter(of_province), "province_name", "province_code")
    yield from _names(frame, "district_name", "district_code")
    yield from _names(of_district, "tambon_name", "tambon_code")
    # All registration offices of a province, old and municipal ones too, begin with its two digits.
    stranger = pl.col("house_id").str.slice(0, 2) != district_code[:2]
    is_real = ~pl.col("house_id").is_in(MADE_UP_HOUSES)
    yield problem(frame.filter(stranger & is_real), "house_id", structure.HOUSE_OF_ANOTHER_PROVINCE)


def problem(frame: pl.DataFrame, field: str, rule_id: str, text: pl.Expr | None = None) -> pl.DataFrame:
    """Rows of ``frame`` as problems of one cell that was read all the same; ``text`` instead of the cell."""
    # Filtered rows of a large file lie in many pieces, on which polars breaks when it joins texts.
    return frame.rechunk().select(
        "row",
        pl.lit(field).alias("field"),
        (pl.col(field) if text is None else text).cast(pl.String).alias("text"),
        pl.lit(rule_id).alias("rule_id"),
        pl.lit(True).alias("is_taken"),
    )


def _tambons(frame: pl.DataFrame, district_code: str) -> Iterator[pl.DataFrame]:
    """Tambons not of the district today: abolished, in no list, or of another district."""
    current = _current(district_code)
    if not current:
        return
    for code in frame.filter(~pl.col("tambon_code").is_in(current))["tambon_code"].unique().sort():
        yield problem(
            frame.filter(pl.col("tambon_code") == code), "tambon_code", _reason(code, district_code)
        )


def _reason(code: str, district_code: str) -> str:
    area = areas.known().get(code)
    if area is None:
        return structure.UNKNOWN_AREA if code.startswith(district_code[:2]) else structure.OUTSIDE_AREA
    return structure.ABOLISHED_AREA if area.kind == "former_tambon" else structure.OUTSIDE_AREA


def _current(district_code: str) -> list[str]:
    return [area.code for area in areas.tambons(district_code)]


def _names(frame: pl.DataFrame, name: str, code: str) -> Iterator[pl.DataFrame]:
    """Names that are not those of their codes; the problem's text is both names."""
    for sent, of in frame.select(name, code).drop_nulls().unique().sort(name, code).iter_rows():
        if areas.is_current(of) and not _is_name_of(sent, areas.known()[of]):
            rows = frame.filter((pl.col(name) == sent) & (pl.col(code) == of))
            both = pl.lit(f"{sent} ≠ {areas.area_name(of)}")
            yield problem(rows, name, structure.AREA_NAME_DIFFERS, both)


def _is_name_of(sent: str, area: areas.Area) -> bool:
    key = areas.area_key(sent)
    names = (areas.area_key(area.name_th), areas.area_key(area.name_en))
    return any(key == name or SequenceMatcher(None, key, name).ratio() >= SAME_NAME for name in names)
