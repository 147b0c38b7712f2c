"""Which district a dropped file is of: what its rows say, and what its name says; they must not disagree.

A file that cannot be read goes by its name, so that the district is told what is wrong with it. What is not
here: whether the rows are right, which is for the intake.
"""

import re
import tempfile
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from flows.failure import is_full_disk
from flows.intake import Delivery, Quarantined
from flows.intake.delivery import WORK
from flows.intake.open_file import files_of, open_files
from flows.intake.place import WITNESSES
from flows.intake.sheet_table import SheetRead, read_sheet
from flows.intake.words import words
from flows.settings import Settings
from schemas import areas

# A code of a district, tambon or village, standing alone: not four digits out of a date or an id.
_CODE = re.compile(r"(?<!\d)(\d{4})(?:\d{2}|\d{4})?(?!\d)")
SEVERAL = "several"
LOCKED = {"password", "no_password", "wrong_password"}


def owner(delivery: Delivery, name: str, taking: Collection[str], settings: Settings) -> str | Quarantined:
    """The district's code, or why the file cannot be placed. ``taking``: districts that use the inbox."""
    known = {district.code for district in settings.districts}
    passwords = _passwords(settings, taking)
    inside = _said_inside(delivery, settings.keep / "deliveries", settings.round_year_be, passwords)
    by_name = said_by_name(name, known)
    if inside == SEVERAL:
        return Quarantined("inbox_several", name)
    if inside and by_name and inside != by_name:
        named, told = (areas.district_name(code) for code in (by_name, inside))
        return Quarantined("inbox_disagrees", name, named=f"{by_name} {named}", told=f"{inside} {told}")
    code = inside or by_name
    if code is None or code not in known:
        return Quarantined("inbox_unknown", name)
    if code not in taking:
        return Quarantined("inbox_not_taken", name, code=code, district=areas.district_name(code))
    return code


def said_by_name(name: str, known: Collection[str]) -> str | None:
    """The one district that a file's name speaks of, by code or by Thai or English name."""
    codes = {code for code in _CODE.findall(name) if code in known}
    if codes:
        return codes.pop() if len(codes) == 1 else None
    text = areas.area_key(unicodedata.normalize("NFC", name))
    spoken = {
        key: code
        for code in known
        for lang in ("th", "en")
        if (key := areas.area_key(areas.district_name(code, lang))) and key in text
    }
    # A name within a longer one that is there too (เมือง in ศรีเมืองใหม่) is not spoken of by itself.
    whole = {
        code for key, code in spoken.items() if not any(key != other and key in other for other in spoken)
    }
    return whole.pop() if len(whole) == 1 else None


def _passwords(settings: Settings, taking: Collection[str]) -> list[str]:
    """Those agreed with the districts that use the inbox: nobody knows yet whose a locked file is."""
    agreed = [district.password for district in settings.districts if district.code in taking]
    return list(dict.fromkeys(password for password in agreed if password))


def _files(delivery: Delivery, work_dir: Path, passwords: Sequence[str]) -> list[Delivery]:
    """The files of a delivery, opened with the first password that opens all of them."""
    for password in (None, *passwords):
        try:
            return files_of([delivery], work_dir, password)
        except Quarantined as why:
            if why.reason not in LOCKED:
                raise
    raise Quarantined("wrong_password", delivery.name)


def _said_inside(delivery: Delivery, keep_dir: Path, year_be: int, passwords: Sequence[str]) -> str | None:
    """The district of nearly all rows; SEVERAL when no district has them; None when the rows do not say."""
    try:
        with tempfile.TemporaryDirectory(prefix=WORK, dir=keep_dir, ignore_cleanup_errors=True) as folder:
            opened = open_files(_files(delivery, Path(folder), passwords), Path(folder))
            tables = [table for each in opened for table in each.tables]
            said = pl.concat(
                codes
                for number, (sheet, layout) in enumerate(tables)
                for codes in _codes(read_sheet(sheet, layout, number, year_be))
            )
    except Exception as error:
        # Quarantined, or worse: the district it goes to by its name is told. A full disk is no file's fault.
        if is_full_disk(error):
            raise
        return None
    counted = said.drop_nulls().value_counts(sort=True)
    if not counted.height:
        return None
    code, count = counted.row(0)
    is_of_one = count > (1 - words().quarantine_share) * said.drop_nulls().len()
    return str(code) if is_of_one else SEVERAL


def _codes(read: SheetRead) -> list[pl.Series]:
    """Of each table the district that every row names, by code or, in households, by name."""
    codes = [pl.Series("code", [], dtype=pl.String)]
    for table, part in read.parts.items():
        code = part.frame.select(pl.coalesce(WITNESSES[table]).str.slice(0, 4).alias("code")).to_series()
        if table == "household":
            names = part.frame["district_name"]
            called = {name: areas.district_called(name) for name in names.drop_nulls().unique()}
            code = code.fill_null(names.replace_strict(called, default=None, return_dtype=pl.String))
        codes.append(code.alias("code"))
    return codes
