"""Plants about several households: one house given twice, interviews copied, many on one point."""

from sample_data.planting.case import SAME, Case
from sample_data.planting.registry import plant

FREE_VILLAGE = 40
"""Villages of a tambon have lower numbers; from here on they are free."""


def _is_small(case: Case) -> bool:
    """Too few members for a copied roster to be told."""
    return len(case.members) <= 3


def _is_large(case: Case) -> bool:
    return 4 <= len(case.members) <= 8


def _elsewhere(case: Case, number: int) -> dict[str, object]:
    """The cells of a village of the same tambon where nobody else lives."""
    village = FREE_VILLAGE + number
    return {"village_no": village, "village_code": f"{case.home['tambon_code']}{village:02}"}


@plant("DU008", "รหัสบ้านเดียวกันในสองหมู่บ้าน", _is_small)
def one_house_id_in_two_villages(case: Case) -> None:
    case.another(house_id=case.home["house_id"], **_elsewhere(case, case.copy % 10))
    case.expect("house_id")
    case.expect_beside(1, "house_id")


@plant("DU009", "สองครัวเรือนในหมู่บ้านใช้รหัสบ้านเดียวกัน", _is_small)
def one_house_id_for_two_households(case: Case) -> None:
    case.another(house_id=case.home["house_id"])
    case.expect("house_id")
    case.expect_beside(1, "house_id")


@plant("DU010", "บ้านเลขที่เดียวกันแต่รหัสบ้านต่างกัน", _is_small)
def one_house_number_with_two_ids(case: Case) -> None:
    case.another(house_no=case.home["house_no"])
    case.expect("house_no", "house_id")
    case.expect_beside(1, "house_no", "house_id")


@plant("DU011", "เจ็ดครัวเรือนบนพิกัดเดียวกัน", lambda case: len(case.members) == 1)
def seven_households_on_one_point(case: Case) -> None:
    for _ in range(6):
        case.another(latitude=case.home["latitude"], longitude=case.home["longitude"])
    case.expect("latitude", "longitude")


@plant("DU012", "คำตอบทุกช่องคัดลอกจากอีกครัวเรือน", _is_small)
def copied_answers(case: Case) -> None:
    same = ("expense_unnecessary_baht", "expense_total_baht")
    case.another(**dict.fromkeys(same, SAME))
    case.expect("household_id")
    case.expect_beside(1, "household_id")


@plant("DU013", "รายชื่อสมาชิกคัดลอกจากครัวเรือนก่อนหน้า", _is_large)
def copied_roster(case: Case) -> None:
    case.another()
    case.expect("household_id")
    case.expect_beside(1, "household_id")
