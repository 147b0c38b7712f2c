"""Plants across years about who was there: people and households of one year that are not in the other."""

from sample_data.planting.case import Case
from sample_data.planting.registry import plant

LEAST_NEIGHBOURS = 60
"""Households a district needs so that a few more of last year leave it nearly done."""

MISSING = 3


def _is_known(case: Case) -> bool:
    return case.last is not None and 2 <= len(case.members) <= 5


def _lives_alone_in_a_large_district(case: Case) -> bool:
    return (
        case.last is not None
        and len(case.members) == len(case.last.members) == 1
        and case.neighbours >= LEAST_NEIGHBOURS
    )


@plant("YR101", "สมาชิกปีก่อนเกินครึ่งไม่อยู่ในปีนี้", _is_known)
def most_are_gone(case: Case) -> None:
    assert case.last is not None
    for name in ("คำมูล", "ทองใบ", "บัวลี", "สีดา", "หนูเพียร", "จันดา"):
        case.last.add("other_relative", "female", 45, name)
    case.expect("household_id")


@plant("YR102", "สมาชิกเกินครึ่งไม่เคยพบในปีก่อน", lambda case: _is_known(case) and len(case.members) <= 3)
def most_are_new(case: Case) -> None:
    for name in ("คำมูล", "ทองใบ", "บัวลี", "สีดา"):
        case.add("other_relative", "female", 45, name)
    case.expect("household_id")


def _missing_in(case: Case, village_no: int) -> None:
    """Three more households in a village of last year's list."""
    assert case.last is not None
    for _ in range(MISSING):
        case.last.another(village_no=village_no, village_code=_code(case, village_no))


def _code(case: Case, village_no: int) -> str:
    return f"{case.home['tambon_code']}{village_no:02}"


@plant("YR103", "สามครัวเรือนของหมู่บ้านไม่มีในปีนี้", _lives_alone_in_a_large_district)
def households_missing(case: Case) -> None:
    village_no = 60 + case.copy % 10
    case.another(village_no=village_no, village_code=_code(case, village_no))
    _missing_in(case, village_no)
    case.expect_in_file("village_no")


@plant("YR104", "หมู่บ้านของปีก่อนไม่มีข้อมูลปีนี้", _lives_alone_in_a_large_district)
def village_missing(case: Case) -> None:
    _missing_in(case, 80 + case.copy % 10)
    case.expect_in_file("village_no")
