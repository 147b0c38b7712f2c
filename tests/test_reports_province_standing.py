from dataclasses import replace

import polars as pl
import pytest

from reports.contents import RULES, Verdict
from reports.observations import observations
from reports.standing import change_mark, sentence, total, worst_first
from reports.summary_tables import percent
from reports.tile_map import grid, spoken, tiles
from schemas.thai import foreign_letters
from tests.made_province import UNREAD, district, province, rule


def of(*rows):
    return province(districts=rows)


def coloured(place: int, colour: str, **changes):
    code = f"34{place:02d}"
    return replace(district(place, "3401"), code=code, verdict=Verdict(colour=colour), **changes)


def test_the_unread_come_first_then_colour_then_what_is_left() -> None:
    rows = [
        coloured(1, "green", left=0),
        coloured(2, "red", left=5),
        coloured(3, "red", left=50),
        coloured(4, "red", left=0, is_quarantined=True),
        coloured(5, "orange", left=900),
    ]
    assert [row.code for row in worst_first(rows)] == ["3404", "3403", "3402", "3405", "3401"]


def test_an_unread_district_adds_its_target_and_nothing_else() -> None:
    read = coloured(1, "green", target=100, households=90, not_collected=10, left=3, change=-4)
    unread = coloured(
        2, "red", target=100, households=0, not_collected=0, left=0, change=None, is_quarantined=True
    )
    sums = total([read, unread])
    assert (sums.target, sums.recorded, sums.households, sums.left, sums.change) == (200, 90, 90, 3, -4)
    assert sums.completeness == 0.5
    assert sums.unread == (unread,)


def test_without_a_target_there_is_no_share() -> None:
    assert total([coloured(1, "green", target=None)]).completeness is None


@pytest.mark.parametrize(
    ("colours", "lead"),
    [
        (("red", "green"), "ยังรับรองไม่ได้ 1 จาก 2 อำเภอ"),
        (("orange", "green"), "ไม่มีอำเภอสีแดง แต่ยังต้องเร่งแก้ 1 จาก 2 อำเภอ"),
        (("yellow", "yellow"), "ใกล้พร้อมรับรอง ยังเหลือเล็กน้อย 2 จาก 2 อำเภอ"),
        (("green", "green"), "พร้อมรับรองครบทั้ง 2 อำเภอ"),
    ],
)
def test_the_sentence_names_what_holds_the_certificate_back(colours: tuple[str, ...], lead: str) -> None:
    said = sentence(of(*(coloured(place, colour) for place, colour in enumerate(colours, 1))))
    assert said.lead == lead
    assert ("ได้แก่" in said.rest) == (colours[0] != "green")


def test_the_sentence_says_less_more_or_the_same_and_of_how_many() -> None:
    better, worse = coloured(1, "red", change=-9), coloured(2, "red", change=2)
    assert "ลดลง 7 จากคืนก่อน" in sentence(of(better, worse)).th
    assert "เพิ่มขึ้น 2 จากคืนก่อน" in sentence(of(worse)).th
    assert "เท่ากับคืนก่อน" in sentence(of(replace(worse, change=0))).th
    assert "(เทียบได้ 1 อำเภอ)" in sentence(of(worse, replace(better, change=None))).th
    assert "คืนก่อน" not in sentence(of(replace(worse, change=None))).th


def test_more_than_six_names_are_counted_instead() -> None:
    said = sentence(of(*(coloured(place, "red") for place in range(1, 10))))
    assert "และอีก 3 อำเภอ" in said.th


def test_change_marks() -> None:
    assert [change_mark(change) for change in (None, 0, -1_200, 3)] == ["", "–", "▼ 1,200", "▲ 3"]


def test_tiles_stand_where_the_grid_puts_them() -> None:
    laid = tiles(province())
    assert {len(line) for line in laid} == {5}
    assert laid[3][1] is not None
    assert laid[3][1].name == "เมืองอุบลราชธานี"
    assert sum(tile is not None for line in laid for tile in line) == 25


def test_without_a_grid_the_tiles_are_listed_worst_first() -> None:
    listed = province(tile_grid=())
    codes = [tile.code for line in tiles(listed) for tile in line if tile]
    assert codes == [row.code for row in worst_first(listed.districts)]


def test_a_district_the_grid_forgot_follows_below_and_one_not_run_stays_empty() -> None:
    some = of(coloured(1, "red"), coloured(2, "green"))
    laid = tiles(replace(some, tile_grid=grid({"3401": (0, 0), "3499": (1, 0)})))
    assert [[tile and tile.code for tile in line] for line in laid] == [["3401", None], ["3402", None]]


def test_a_tile_of_an_unread_district_shows_no_number() -> None:
    notes = {tile.code: tile.note for line in tiles(province()) for tile in line if tile}
    assert notes[UNREAD] == "อ่านไม่ได้"


def test_the_map_can_be_heard() -> None:
    said = spoken(province().districts)
    assert all(row.name in said for row in province().districts)


def test_a_clean_province_has_nothing_to_decide() -> None:
    clean = of(coloured(1, "green", target=9_022, must_fix=0, must_explain=0, left=0))
    none = replace(clean.below_line, not_assessable_households=0)
    assert observations(replace(clean, rules=pl.DataFrame(schema=RULES), below_line=none)) == []


def test_observations_name_what_is_unread_missing_above_target_frequent_and_broken() -> None:
    broken = pl.DataFrame([rule("WK003", "must_fix", 9, error=4)], schema=RULES)
    more = coloured(1, "green", target=9_000)
    said = observations(replace(province(), districts=(*province().districts, more), rules=broken))
    leads = [point.lead for point in said]
    assert leads[0] == "อ่านไฟล์ไม่ได้ 1 อำเภอ"
    assert leads[1] == "ยังไม่ควรรับรอง 7 อำเภอ"
    assert any(lead.startswith("ยังบันทึกไม่ครบ") for lead in leads)
    assert any(lead == "บันทึกมากกว่าเป้าหมาย 1 อำเภอ" for lead in leads)
    assert any("9 จาก 700,123 คนที่ตรวจได้" in point.text for point in said)
    assert leads[-1] == "ข้อตรวจที่ทำงานไม่สำเร็จ 1 ข้อ"


def test_a_watched_rule_is_not_called_an_error() -> None:
    assert not any("IN004" in point.text for point in observations(province()))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "–"),
        (0, 5, "0.00"),
        (5, 5, "100.00"),
        (38, 3_481_489, "<0.01"),
        (3_481_451, 3_481_489, ">99.99"),
        (37, 16_567, "0.22"),
        (1, 20_000, "0.01"),
    ],
)
def test_a_percentage_never_hides_a_count(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_all_that_is_said_is_written_in_thai_letters() -> None:
    said = [sentence(province()).th, *(point.lead + point.text for point in observations(province()))]
    assert [foreign_letters(text) for text in said] == [[]] * len(said)
