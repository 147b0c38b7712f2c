"""Invented contents of the page about households below the line; whatever counts twice adds up."""

from datetime import date
from typing import Any

import polars as pl

from reports.below_contents import (
    AREAS,
    INDICATORS,
    LINE,
    MEASURES,
    PARTS,
    SIZES,
    STATED,
    BelowReport,
    LastRound,
    ListText,
    Unread,
)
from reports.contents import IncomeLine
from reports.tile_map import grid
from rules import indicators
from rules.bounds.areas import of_areas
from rules.bounds.certainty import FLAGS
from rules.poverty import lists
from rules.poverty.dimensions import Dimensions, Member
from schemas import areas, rounds

UNREAD = "3403"
WHY = "ไม่พบคอลัมน์เลขประจำตัวประชาชนในไฟล์ khongchiam_member.csv"
OUTSIDE = "สูงกว่าทุกจังหวัดในปี 2561 (มากสุด 22.29)"


def bounded(code: str, size: int = 1) -> pl.DataFrame:
    """The areas below ``code``, as rules.bounds counts them in households invented by their place."""
    units = areas.districts(code) if len(code) == 2 else areas.tambons(code)
    rows = []
    for place, unit in enumerate(unit for unit in units if unit.code != UNREAD):
        states = {
            ("certain_below", "below"): size * (place * 7 % 23),
            ("open", "below"): size * (place % 4),
            ("open", "above"): size * (place % 5),
        }
        states["certain_above", "above"] = size * (150 + 31 * (place % 6)) - sum(states.values())
        for (flag, state), count in states.items():
            rows += [(unit.code[:4], f"{unit.code}01"[:6], flag, state)] * count
    frame = pl.DataFrame(rows, schema=["district_code", "tambon_code", "flag", "state"], orient="row")
    frame = frame.with_columns(pl.col("flag").cast(pl.Enum(FLAGS)))
    counted = of_areas(frame, code[:2]).with_columns(pl.col("level").cast(pl.String))
    names = pl.col("area_code").map_elements(areas.area_name, pl.String)
    return counted.with_columns(names.alias("name"))


def told(slugs: list[str]) -> tuple[ListText, ...]:
    """The texts of the three lists, as the rules say them."""
    known = {one.slug: one.name for one in indicators.load()}
    five = ("health", "living", "education", "income", "access")
    weights = dict.fromkeys(five, 1)
    members = tuple(Member(name, name, "recalled", "") for name in five)
    set_ = Dimensions(("2566-2570",), 1, "recalled", weights, "recalled", members)
    texts = []
    for unit in lists.UNITS:
        said = [
            ("below_line", None, lists.below_line(rounds.load(2569), unit, "th")),
            *(
                ("fails_indicator", slug, lists.fails_indicator(None, known[slug], unit, "th"))
                for slug in slugs
            ),
            ("poor", None, lists.poor(set_, unit, "th")),
        ]
        texts += [
            ListText(
                list=name,
                unit=unit,
                name=one.name,
                definition=one.definition,
                unit_text=one.unit,
                denominator=one.denominator,
                slug=slug,
            )
            for name, slug, one in said
        ]
    return tuple(texts)


def some_indicators(households: int, is_compared: bool = True) -> pl.DataFrame:
    """Every indicator of round 2569 that has a name, with counts invented by its place."""
    used = rounds.load(2569).indicators
    rows = []
    for place, one in enumerate(one for one in indicators.load() if one.slug in used):
        surveyed = households * (3 if one.unit == "person" else 1)
        failed = (surveyed * place**2) // 4_000 if place else min(1, surveyed)
        passed_hundredths, failed_hundredths = (
            (10_000 * count + surveyed // 2) // surveyed if surveyed else None
            for count in (surveyed - failed, failed)
        )
        rows.append({
            "slug": one.slug, "number": place if place % 5 else None, "name_th": one.name.th,
            "dimension": used[one.slug].dimension, "unit": one.unit, "surveyed": surveyed,
            "passed": surveyed - failed, "failed": failed,
            "passed_hundredths": passed_hundredths, "failed_hundredths": failed_hundredths,
            "exited_households": 3 * place if is_compared else None,
            "fell_households": place if is_compared else None,
            "unanswered": place % 7, "inconsistent": place % 3,
            "outside_th": OUTSIDE if one.slug == "compulsory_education" else None,
        })  # fmt: skip
    return pl.DataFrame(rows, schema=INDICATORS)


def sizes(bounds: dict[str, int], failing: pl.DataFrame) -> pl.DataFrame:
    households = bounds["households"]
    silent = min(9, households - bounds["below"])
    rows = []
    for unit, times in (("household", 1), ("person", 3)):
        rows.append(("below_line", None, unit, times * bounds["below"], times * (households - silent), 0, 9))
        for row in failing.iter_rows(named=True):
            failed = times * min(row["failed"], households)
            rows.append(("fails_indicator", row["slug"], unit, failed, times * households, 0, 0))
        rows.append(("poor", None, unit, times * (households // 4), times * households, 0, 0))
    return pl.DataFrame(rows, schema=SIZES, orient="row")


def last_round(below: int, baht: int = 38_000, **changes: int) -> LastRound:
    """A year in which 9 left for every 10 that joined, and more of them as there are more households."""
    left, joined = below // 5, below // 4
    tally = {
        "below_before": below + left + left // 3 + 1 - joined - joined // 2 - 2,
        "below_now": below,
        "stayed_below": below - joined - joined // 2 - 2,
        "exited": left, "gone_below": left // 3, "lost_sight_below": 1,
        "fell": joined, "new_below": joined // 2, "came_in_sight_below": 2,
        "moved_in_below": 0, "moved_out_below": 0,
        **changes,
    }  # fmt: skip
    change = tally["below_now"] - tally["below_before"]
    by_list = tally["new_below"] + 1 - tally["gone_below"]
    line = [
        (way, tally["below_before"], below, change, by_line, change - by_line - by_list, by_list)
        for way, by_line in (("at_old_line", below // 10), ("at_new_line", below // 9))
    ]
    marks = {
        "is_just_over": left // 4, "is_income_copied": 0, "is_rest_copied": left // 9,
        "is_by_fewer_members": left // 7, "is_by_line": 0, "is_linked_by_members": left // 8,
        "is_marked": left // 2,
    }  # fmt: skip
    rates = {
        "households_before": 9_000, "households_now": 9_100, "linked_by_key": 8_700, "linked_by_members": 120,
        "new": 280, "gone": 180, "not_compared_now": 0, "not_compared_before": 0,
    }  # fmt: skip
    return LastRound(
        year_be=2568,
        income_line=IncomeLine(baht=baht),
        income_tally=tally,
        link_rates=rates,
        line=pl.DataFrame(line, schema=LINE, orient="row"),
        marked=marks if left else None,
    )


def stated(failing: pl.DataFrame) -> pl.DataFrame:
    """What the sender states of each: every other indicator differs from what is recomputed."""
    rows = [
        {
            "slug": row["slug"],
            "name_th": row["name_th"],
            "agree": row["passed"],
            "not_stated": 7,
            "stated_pass_is_fail": place % 2 * row["failed"],
            "stated_fail_is_pass": place % 4,
            "not_comparable": 2,
        }
        for place, row in enumerate(failing.to_dicts())
    ]
    return pl.DataFrame(rows, schema=STATED)


def measures() -> pl.DataFrame:
    rows = [
        (unit, 9_000, 100, 2_250, 250_000, 260_000, 65_000) for unit in ("household", "person")
    ]  # 0.25 x 0.26
    return pl.DataFrame(rows, schema=MEASURES, orient="row")


def parts() -> pl.DataFrame:
    shares = {"health": 300_000, "living": 100_000, "education": 450_000, "income": 149_999, "access": 1}
    rows = [(name, share // 500, share // 600, share) for name, share in shares.items()]
    return pl.DataFrame(rows, schema=PARTS, orient="row")


def below_report(code: str = "34", size: int = 1, **changes: Any) -> BelowReport:
    """The page of the province or of a district; ``size`` multiplies every count."""
    counted = bounded(code, size)
    own = counted.filter(pl.col("area_code") == code).to_dicts()[0]
    is_whole = len(code) == 2
    deeper = "district" if is_whole else "tambon"
    failing = some_indicators(own["households"])
    values: dict[str, Any] = {
        "level": "province" if is_whole else "district",
        "code": code,
        "name": areas.area_name(code),
        "province_name": areas.province_name(code),
        "round_year_be": 2569,
        "night": date(2026, 11, 24),
        "run_id": "2569-2026-11-24",
        "income_line": IncomeLine(baht=40_000),
        "bounds": {name: own[name] for name in AREAS if name not in ("area_code", "name")},
        "sizes": sizes(own, failing),
        "told": told(failing.get_column("slug").to_list()),
        "sub_areas": counted.filter(pl.col("level") == deeper).select(list(AREAS)),
        "reasons": {
            "is_missing": own["open"] // 2,
            "is_slip": own["open"] // 3,
            "is_contradicted": 0,
            "is_roster": 1,
        },
        "last_round": last_round(own["below"]),
        "indicators": failing,
        "stated": stated(failing),
        "measures": measures(),
        "parts": parts(),
        "tile_grid": grid(areas.tile_grid()) if is_whole else (),
        "unread": (Unread(code=UNREAD, name=areas.area_name(UNREAD), why_th=WHY),) if is_whole else (),
        "office": "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี",
    }
    return BelowReport(**values | changes)
