"""The page of all nights of a round: what each found, newest first, and how the open items go down.

Static, light, for a phone too; it links to the nights whose folders are still there and to nothing else.
Counts only: which districts and which findings is what each night's own pages say.
"""

from collections.abc import Sequence
from typing import Any

from reports.page_templates import render as render_page
from reports.recorded_night import RecordedNight
from reports.words import VERDICTS, count_text
from schemas import areas
from schemas.thai import thai_date

WIDTH, HEIGHT, EDGE = 720, 150, 10  # of the line, in its own units


def render(nights: Sequence[RecordedNight], province_code: str, round_year_be: int) -> str:
    """The whole page as text. ``nights``: oldest first, of one round; none is a page that says so."""
    whole = _one_a_day([night for night in nights if night.is_whole])
    return render_page(
        "history.html.jinja",
        province=areas.province_name(province_code),
        round_year_be=round_year_be,
        nights=[_row(night) for night in reversed(nights)],
        line=_line(whole),
        first=_point(whole[0]) if whole else None,
        last=_point(whole[-1]) if whole else None,
    )


def _one_a_day(nights: Sequence[RecordedNight]) -> list[RecordedNight]:
    return list({night.night: night for night in nights}.values())


def _row(night: RecordedNight) -> dict[str, Any]:
    return {
        "run_id": night.run_id,
        "day": thai_date(night.night),
        "part": "" if night.is_whole else f"เฉพาะ {len(night.verdicts)} อำเภอ",
        "is_kept": night.is_kept,
        "colours": [(name, look, night.count(name)) for name, look in VERDICTS.items() if night.count(name)],
        "households": count_text(night.households),
        "must_fix": count_text(night.must_fix),
        "must_explain": count_text(night.must_explain),
        "below": count_text(night.below_line),
        "quarantined": count_text(len(night.quarantined)),
        "missing": len(night.not_written),
        "time": _spent(night.seconds),
    }


def _spent(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} นาที {rest} วิ" if minutes else f"{rest} วิ"


def _point(night: RecordedNight) -> dict[str, str]:
    return {"day": thai_date(night.night), "left": count_text(night.left)}


def _line(nights: Sequence[RecordedNight]) -> dict[str, Any] | None:
    """Open items of whole nights over the calendar, as the points of one line; None with fewer than two."""
    if len(nights) < 2:
        return None
    first = nights[0].night
    days = (nights[-1].night - first).days
    most = max([1, *(night.left for night in nights)])
    points = [
        (
            EDGE + (WIDTH - 2 * EDGE) * (night.night - first).days / days,
            HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * night.left / most,
        )
        for night in nights
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "floor": HEIGHT - EDGE,
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        "end": tuple(f"{value:.1f}" for value in points[-1]),
        "most": count_text(most),
    }
