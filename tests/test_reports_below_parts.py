import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import polars as pl
import pytest

from reports import below_change, below_contents, below_page, below_places, below_tables
from reports.below_charts import interval, step
from reports.below_contents import MARKS
from reports.contents import IncomeLine
from rules.bounds import areas, certainty
from rules.exits import line, marks, rates, tallies
from rules.exits.wording import INCOME, texts
from rules.indicators import stated
from rules.poverty.measures import AREAS as MEASURED
from rules.poverty.measures import PARTS as MEASURED_PARTS
from rules.poverty.sizes import SIZES
from schemas.rounds import load
from tests.made_below import UNREAD, below_report, last_round


def bounds(households: int, below: int, least: int, most: int, place: int = 1) -> dict[str, int]:
    return {
        "households": households, "below": below, "below_min": least, "below_max": most,
        "open": most - least, "place": place, "place_first": place, "place_last": place,
    }  # fmt: skip


def test_the_columns_are_those_of_the_rules() -> None:
    assert set(below_contents.SIZES) <= set(SIZES)
    assert set(below_contents.AREAS) - {"name"} <= set(areas.AREAS)
    assert set(below_contents.INCOME_TALLY) <= set(tallies.columns(INCOME))
    assert set(below_contents.LINE) == {"way", *line.COUNTS}
    assert set(below_contents.LINK_RATES) <= set(rates.COUNTS)
    assert set(MARKS) == set(marks.MARKS)
    assert below_contents.REASONS == certainty.REASONS
    assert set(below_contents.MEASURES) <= set(MEASURED)
    assert set(below_contents.PARTS) <= set(MEASURED_PARTS)
    assert set(below_contents.STATED) == {"slug", "name_th", *stated.COUNTS}


def test_the_steps_are_the_terms_of_the_identity() -> None:
    # Households that stay and grow change the count of members only.
    terms = tallies.identity(INCOME)
    assert terms.pop("grown_below") == 1
    assert {name: sign for name, sign, _, _ in below_change.STEPS} == terms


def test_every_mark_has_its_words() -> None:
    assert all(texts(INCOME)[mark].th for mark in MARKS)


def test_every_reason_says_what_would_close_it() -> None:
    assert tuple(below_page.REASONS) == below_contents.REASONS


def drawn(svg: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="(\w+)" x="([\d.]+)%"(?: width="([\d.]+)%")?/>', svg)
    return [(name, float(start), float(width or 0)) for name, start, width in found]


def test_an_interval_is_drawn_to_scale_with_a_tick_at_the_record() -> None:
    assert drawn(interval(bounds(900, 30, 20, 60), 100)) == [
        ("certain", 0.0, 20.0),
        ("open", 20.0, 40.0),
        ("tick", 30.0, 0.0),
    ]


@pytest.mark.parametrize("least", [1, 250_000, 499_999])
def test_one_open_household_of_very_many_is_still_drawn(least: int) -> None:
    certain, still_open, _ = drawn(interval(bounds(900_000, least + 1, least, least + 1), 500_000))
    assert still_open[0] == "open"
    assert still_open[2] >= 0.6
    assert certain[2] == still_open[1]
    assert still_open[1] + still_open[2] <= 100


def test_an_interval_of_nothing_is_empty() -> None:
    assert drawn(interval(bounds(0, 0, 0, 0), 0)) == []


@pytest.mark.parametrize("start", [0, 50, 99, 100])
def test_a_small_step_is_seen_and_stays_inside(start: int) -> None:
    ((_, left, width),) = drawn(step("down", start * 1_000, start * 1_000 + 1, 100_001))
    assert width >= 0.6
    assert left >= 0
    assert left + width <= 100


def test_steps_lead_from_last_rounds_count_to_this_rounds() -> None:
    tally = {
        "below_before": 10, "below_now": 12, "stayed_below": 3, "exited": 4, "gone_below": 2,
        "lost_sight_below": 1, "fell": 5, "new_below": 2, "came_in_sight_below": 0, "moved_in_below": 3,
        "moved_out_below": 1,
    }  # fmt: skip
    report = replace(
        below_report("3401"), last_round=replace(last_round(12, baht=40_000), income_tally=tally)
    )
    section = below_change.change(report)
    assert section is not None
    steps = section["steps"]
    assert [one["number"] for one in steps] == [
        "10", "▼ 4", "▼ 2", "▼ 1", "▼ 1", "▲ 5", "▲ 2", "▲ 3", "12",
    ]  # fmt: skip
    bars = [drawn(one["bar"])[0] for one in steps]
    # Each step ends where the next begins: what goes down at its left, what goes up at its right.
    ends = [left if kind == "down" else left + width for kind, left, width in bars]
    begins = [left + width if kind == "down" else left for kind, left, width in bars]
    joints = [*zip(ends[:-2], begins[1:-1], strict=True), (ends[-2], ends[-1])]
    assert all(abs(end - begin) < 0.2 for end, begin in joints)


def test_steps_that_never_happened_are_left_out_but_the_four_that_are_asked_for() -> None:
    tally = dict.fromkeys(below_contents.INCOME_TALLY, 0) | {
        "below_before": 3,
        "below_now": 3,
        "stayed_below": 3,
    }
    report = replace(below_report("3401"), last_round=replace(last_round(3, baht=40_000), income_tally=tally))
    section = below_change.change(report)
    assert section is not None
    assert [one["number"] for one in section["steps"]] == ["3", "0", "0", "0", "0", "3"]
    assert section["marked"] is None


def test_a_line_that_did_not_move_is_said_to_have_done_nothing() -> None:
    section = below_change.change(replace(below_report("3401"), last_round=last_round(90, baht=40_000)))
    assert section is not None
    assert section["line"]["rows"] == []
    assert "เท่ากันทั้งสองรอบ คือ 40,000 บาท" in section["line"]["said"]


def test_a_line_that_moved_is_taken_apart_in_both_ways() -> None:
    section = below_change.change(replace(below_report("3401"), last_round=last_round(90)))
    assert section is not None
    assert "38,000 เป็น 40,000 บาทต่อคนต่อปี เฉพาะเกณฑ์ที่เปลี่ยนมีผล" in section["line"]["said"]
    assert section["line"]["effects"] == ["▲ 9", "▲ 10"]
    assert section["line"]["rows"][0]["numbers"] == ["▲ 9", "▲ 10"]


@pytest.mark.parametrize(
    ("by_line", "number", "start", "width"), [(5, "▲ 5", 50.0, 50.0), (-10, "▼ 10", 50.0, 50.0)]
)
def test_what_the_line_alone_does_is_drawn_at_this_rounds_count(
    by_line: int, number: str, start: float, width: float
) -> None:
    tally = dict.fromkeys(below_contents.INCOME_TALLY, 0) | {"below_before": 10, "below_now": 10}
    last = replace(last_round(10), income_tally=tally)
    rows = last.line.with_columns(by_line=pl.lit(by_line, pl.Int64))
    section = below_change.change(replace(below_report("3401"), last_round=replace(last, line=rows)))
    assert section is not None
    final = section["steps"][-1]
    assert final["number"] == number
    assert drawn(final["bar"]) == [("line", start, width)]


def test_exactly_the_line_passing_or_not_is_a_line_that_moved() -> None:
    last = replace(last_round(90, baht=40_000), income_line=IncomeLine(baht=40_000, passes_at=">"))
    section = below_change.change(replace(below_report("3401"), last_round=last))
    assert section is not None
    assert "เท่าเกณฑ์ถือว่าไม่ผ่าน → เท่าเกณฑ์ถือว่าผ่าน" in section["line"]["said"]


def test_marked_exits_are_told_by_why_most_first() -> None:
    last = replace(
        last_round(90),
        marked={**dict.fromkeys(MARKS, 0), "is_rest_copied": 2, "is_just_over": 5, "is_marked": 6},
    )
    section = below_change.change(replace(below_report("3401"), last_round=last))
    assert section is not None
    assert section["marked"]["marked"] == "6"
    assert section["marked"]["whys"] == [
        ("รายได้สูงกว่าเกณฑ์เพียงเล็กน้อย", "5"),
        ("คำตอบอื่นเหมือนรอบก่อนทุกข้อ", "2"),
    ]


def test_areas_come_worst_first_with_the_places_they_can_have() -> None:
    section = below_places.places(below_report(), {"3401": "x.html"})
    numbers = [int(row["place"].replace(",", "")) for row in section["rows"]]
    assert numbers == sorted(numbers)
    assert any("–" in row["places"] for row in section["rows"])
    assert {row["href"] for row in section["rows"]} == {"", "x.html"}


@pytest.mark.parametrize(
    ("below", "shade"), [(0, "s0"), (4, "s1"), (5, "s2"), (10, "s2"), (11, "s3"), (19, "s3"), (20, "s4")]
)
def test_a_tile_is_shaded_by_its_share_against_the_whole(below: int, shade: str) -> None:
    one = {"area_code": "3401", "name": "เมือง", **bounds(100, below, below, below)}
    report = replace(
        below_report(),
        bounds=bounds(1_000, 100, 100, 100),
        sub_areas=pl.DataFrame([one]),
        tile_grid=(("3401",),),
    )
    ((tile,),) = below_places.places(report, {})["tiles"]
    assert tile is not None
    assert tile.shade == shade


def test_a_district_that_was_not_read_keeps_its_tile_and_has_no_share() -> None:
    tiles = [tile for line in below_places.places(below_report(), {})["tiles"] for tile in line if tile]
    assert len(tiles) == 25
    (unread,) = [tile for tile in tiles if tile.code == UNREAD]
    assert (unread.shade, unread.share, unread.places) == ("s-unread", "อ่านไม่ได้", "")


def luminance(colour: str) -> float:
    full = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    channels = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_shades_are_told_apart_in_grey_and_read_on() -> None:
    style = (files("reports") / "templates" / "below.css.jinja").read_text(encoding="utf-8")
    found = re.findall(r"\.s([0-4])\{background:#(\w+);color:#(\w+)\}", style)
    fills = [luminance(fill) for _, fill, _ in found]
    assert len(fills) == 5
    assert all(lighter - darker > 0.05 or lighter / darker > 1.5 for lighter, darker in pairwise(fills))
    for fill, (_, _, ink) in zip(fills, found, strict=True):
        light, dark = sorted((fill, luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_worst_indicators_are_ranked_by_rate_and_marked_in_the_table() -> None:
    section = below_tables.indicators(below_report("3401"))
    assert [one["rank"] for one in section["worst"]] == [1, 2, 3]
    rates_of = [float(one["failed_share"]) for one in section["worst"]]
    assert rates_of == sorted(rates_of, reverse=True)
    marked = [row for group in section["groups"] for row in group["rows"] if row["rank"]]
    assert len(marked) == 3
    assert (
        max(float(row["failed_share"].lstrip("<")) for group in section["groups"] for row in group["rows"])
        == rates_of[0]
    )


def test_groups_follow_the_official_order_and_hold_every_indicator() -> None:
    section = below_tables.indicators(below_report("3401"))
    assert [group["title"] for group in section["groups"]] == [
        "สุขภาพ", "ความเป็นอยู่", "การศึกษา", "รายได้", "การเข้าถึงบริการ",
    ]  # fmt: skip
    enabled = [one for one in load(2569).indicators.values() if one.enabled]
    assert sum(len(group["rows"]) for group in section["groups"]) == section["total"] == len(enabled)


def test_indicators_left_unanswered_or_contradicted_come_most_first() -> None:
    report = below_report("3401")
    counts = [(1, 0), (0, 0), (2, 5), *[(0, 0)] * (report.indicators.height - 3)]
    asked = report.indicators.with_columns(
        number=pl.lit(None, pl.Int64),
        unanswered=pl.Series([unanswered for unanswered, _ in counts]),
        inconsistent=pl.Series([inconsistent for _, inconsistent in counts]),
    )
    told = list(below_tables.silent(replace(report, indicators=asked)))
    assert [(one["unanswered"], one["inconsistent"], one["number"]) for one in told] == [
        ("2", "5", ""),
        ("1", "0", ""),
    ]


def test_an_unknown_dimension_is_not_left_out() -> None:
    report = below_report("3401")
    odd = report.indicators.with_columns(dimension=pl.lit("unheard_of"))
    assert [
        group["title"] for group in below_tables.indicators(replace(report, indicators=odd))["groups"]
    ] == ["unheard_of"]


def test_measures_that_do_not_exist_are_a_dash() -> None:
    report = below_report("3401")
    none_poor = report.measures.with_columns(
        poor=pl.lit(0, pl.Int64), headcount_millionths=pl.lit(0, pl.Int64),
        intensity_millionths=pl.lit(None, pl.Int64), adjusted_millionths=pl.lit(0, pl.Int64),
    )  # fmt: skip
    told = below_tables.poverty(replace(report, measures=none_poor))
    assert told is not None
    assert (told["headcount"], told["intensity"], told["adjusted"]) == ("0.00%", "–", "0.0000")


def test_a_very_small_index_is_not_nothing() -> None:
    report = below_report("3401")
    small = report.measures.with_columns(adjusted_millionths=pl.lit(3, pl.Int64))
    told = below_tables.poverty(replace(report, measures=small))
    assert told is not None
    assert told["adjusted"] == "<0.0001"


def stated_rows(*rows: tuple[str, int, int, int]) -> pl.DataFrame:
    names = ("name_th", "agree", *below_tables.DIFFERENCES)
    zeros = {name: 0 for name in below_contents.STATED if name not in ("slug", *names)}
    made = [{"slug": "x", **zeros, **dict(zip(names, row, strict=True))} for row in rows]
    return pl.DataFrame(made, schema=below_contents.STATED)


def test_results_that_differ_from_those_recomputed_are_counted_and_named() -> None:
    report = replace(below_report(), stated=stated_rows(("ก", 1_200, 3, 0), ("ข", 900, 0, 0), ("ค", 5, 0, 2)))
    told = below_tables.stated(report)
    assert (told["agree"], told["differ"]) == ("2,105", "5")
    assert [row["name"] for row in told["rows"]] == ["ก", "ค"]
    assert "ผลที่ส่งมา เทียบกับผลที่คำนวณใหม่" in below_page.render(report)


def test_where_no_result_is_stated_nothing_is_said_of_it() -> None:
    report = replace(below_report(), stated=stated_rows(("ก", 0, 0, 0)))
    assert below_tables.stated(report) is None
    assert "ผลที่ส่งมา" not in below_page.render(report)
