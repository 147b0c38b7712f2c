"""How people mistype a cell: one small function per error type, and the columns it is plausible in.

What is plausible follows from the data dictionary (kind, unit, code list), not from a list of columns. A
function gets the right cell and gives the text that would stand there instead, EMPTY for nothing, or None
where the mistake cannot be made (swapping the digits of 11).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Literal

from rules.coverage.keys import one_slip, two_swapped
from schemas import code_lists
from schemas.dictionary import Column
from schemas.thai import BE_MINUS_CE

EMPTY = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A right cell. `text` is `value` as typed; `above` the cell of the row before, `beside` that of the
    column before, both None where there is none; `dice` is of this cell alone.
    """

    value: Any
    text: str
    column: Column
    above: str | None
    beside: str | None
    dice: Random


@dataclass(frozen=True, slots=True)
class ErrorType:
    """A way to mistype a cell. `fits`: whether anybody would in such a column.

    `needs`: the cells it can happen to: those with a value, with an amount other than 0, or whose neighbour
    (the row above, the column beside) reads differently.
    """

    name: str
    th: str
    en: str
    fits: Callable[[Column], bool]
    wrong: Callable[[Cell], str | None]
    needs: Literal["value", "amount", "above", "beside"] = "value"


def _is_number(column: Column) -> bool:
    return column.kind == "number"


def _is_money(column: Column) -> bool:
    return column.unit is not None and column.unit.startswith("baht")


def _is_counted(column: Column) -> bool:
    """Amounts and numbers of people: what is typed, and not ticked."""
    return _is_number(column) and column.unit not in ("degrees", "B.E. year")


def is_id(column: Column) -> bool:
    return column.kind == "text" and column.name.endswith(("_id", "_code"))


def _has_digits(column: Column) -> bool:
    return _is_number(column) or is_id(column)


def _is_date(column: Column) -> bool:
    return column.kind == "date"


def _is_list(column: Column) -> bool:
    return column.kind == "code" and column.code_list != "sex"


def _always(_column: Column) -> bool:
    return True


def _times(factor: int) -> Callable[[Cell], str | None]:
    return lambda cell: str(cell.value * factor) if cell.value else None


def _divided(by: int) -> Callable[[Cell], str | None]:
    return lambda cell: str(cell.value // by) if cell.value >= by else None


def _neighbouring_code(cell: Cell) -> str:
    """One line off in the printed list."""
    slugs = code_lists.load(str(cell.column.code_list)).slugs
    place = slugs.index(cell.text)
    return slugs[cell.dice.choice([at for at in (place - 1, place + 1) if 0 <= at < len(slugs)])]


def _dated(change: Callable[[Cell], tuple[int, int, int] | None]) -> Callable[[Cell], str | None]:
    """A date typed with other parts; parts that are no day are kept: reading has to tell."""

    def wrong(cell: Cell) -> str | None:
        parts = change(cell)
        return None if parts is None else f"{parts[2]:02d}/{parts[1]:02d}/{parts[0] + BE_MINUS_CE:04d}"

    return wrong


def _day_slip(cell: Cell) -> tuple[int, int, int]:
    day: date = cell.value
    return day.year, day.month, int(one_slip(f"{day.day:02d}", cell.dice) or day.day)


def _day_and_month(cell: Cell) -> tuple[int, int, int] | None:
    day: date = cell.value
    return (day.year, day.day, day.month) if day.day != day.month else None


def _years_off(years: int) -> Callable[[Cell], tuple[int, int, int] | None]:
    def change(cell: Cell) -> tuple[int, int, int]:
        return cell.value.year + cell.dice.choice((-years, years)), cell.value.month, cell.value.day

    return change


def _year_off(years: int) -> Callable[[Cell], str | None]:
    dated = _dated(_years_off(years))

    def wrong(cell: Cell) -> str | None:
        if isinstance(cell.value, date):
            return dated(cell)
        return str(cell.value + cell.dice.choice((-years, years)))

    return wrong


def _other_era(cell: Cell) -> str:
    """The year of the other calendar: C.E. where B.E. is asked."""
    if isinstance(cell.value, date):
        return f"{cell.value:%d/%m/%Y}"
    return str(cell.value - BE_MINUS_CE)


def _in_exponent(cell: Cell) -> str | None:
    """What a spreadsheet makes of a long number."""
    if len(cell.text) < 11 or not cell.text.isdigit():
        return None
    return f"{cell.text[0]}.{cell.text[1:6]}E+{len(cell.text) - 1}"


def _no_such_day(cell: Cell) -> tuple[int, int, int]:
    return cell.value.year, 2, 31


def _nothing(_cell: Cell) -> str:
    return EMPTY


def _words(_cell: Cell) -> str:
    return "ดูด้านหลัง"


def _zero(cell: Cell) -> str | None:
    return "0" if cell.value else None


def _digit_slip(cell: Cell) -> str | None:
    return one_slip(cell.text, cell.dice)


def _digits_swapped(cell: Cell) -> str | None:
    return two_swapped(cell.text, cell.dice)


def _other_answer(cell: Cell) -> str:
    return "false" if cell.value else "true"


def _beside(cell: Cell) -> str | None:
    return cell.beside


def _above(cell: Cell) -> str | None:
    return cell.above


def _has_year(column: Column) -> bool:
    return _is_date(column) or column.unit == "B.E. year"


def _is_written(column: Column) -> bool:
    return column.kind in ("number", "date", "code")


def _is_sex(column: Column) -> bool:
    return column.code_list == "sex"


def _is_ticked(column: Column) -> bool:
    return column.kind == "bool"


ERRORS = (
    ErrorType("missing", "เว้นว่าง", "left empty", _always, _nothing),
    ErrorType("zero", "ใส่ 0 แทนค่าจริง", "0 instead of the answer", _is_counted, _zero, "amount"),
    ErrorType("digit_slip", "กดเลขข้างเคียง", "one digit is the key beside it", _has_digits, _digit_slip),
    ErrorType("digits_swapped", "สลับเลขสองหลัก", "two digits swapped", _has_digits, _digits_swapped),
    ErrorType("times_ten", "เกินศูนย์หนึ่งตัว (×10)", "ten times too much", _is_money, _times(10), "amount"),
    ErrorType("tenth", "ขาดศูนย์หนึ่งตัว (÷10)", "a tenth", _is_money, _divided(10), "amount"),
    ErrorType(
        "month_for_year", "กรอกรายเดือนแทนรายปี", "a month for a year", _is_money, _divided(12), "amount"
    ),
    ErrorType("neighbouring_code", "เลือกรายการบรรทัดติดกัน", "the line beside it", _is_list, _neighbouring_code),
    ErrorType("swapped_sex", "สลับเพศ", "the other sex", _is_sex, _neighbouring_code),
    ErrorType("other_answer", "กาช่องตรงข้าม", "the other of yes and no", _is_ticked, _other_answer),
    ErrorType("day_slip", "วันที่ผิดหนึ่งหลัก", "one digit of the day", _is_date, _dated(_day_slip)),
    ErrorType("day_month_swapped", "สลับวันกับเดือน", "day and month swapped", _is_date, _dated(_day_and_month)),
    ErrorType("year_off_one", "ปีผิดไป 1 ปี", "a year off", _has_year, _year_off(1)),
    ErrorType("year_off_ten", "ปีผิดไป 10 ปี", "ten years off", _has_year, _year_off(10)),
    ErrorType("other_era", "ใช้ปี ค.ศ. แทน พ.ศ.", "C.E. year for B.E.", _has_year, _other_era),
    ErrorType("no_such_day", "วันที่ไม่มีในปฏิทิน", "a day no calendar has", _is_date, _dated(_no_such_day)),
    ErrorType("in_exponent", "เลขยาวกลายเป็น E+", "a long number as 1.2E+12", is_id, _in_exponent),
    ErrorType("words", "พิมพ์คำที่อ่านเป็นค่าไม่ได้", "words that are no value", _is_written, _words),
    ErrorType("shifted", "ค่าของช่องข้างเคียง", "value of the column before", _always, _beside, "beside"),
    ErrorType("copied", "คัดลอกจากรายก่อนหน้า", "copied from the record before", _always, _above, "above"),
)
"""Every way to mistype a cell. Those of whole rows are in `row_errors`."""

BY_NAME = {error.name: error for error in ERRORS}
