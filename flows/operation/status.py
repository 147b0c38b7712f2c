"""`jpt status` in words: what ran last, what it found, what failed and what to do about it.

Plain functions from facts to lines; the sentences are in status.toml, Thai and English side by side. A line
is all well ("✓"), a fact ("·") or needs a person ("!"); one of the last kind makes the exit code 1.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from flows.operation.notice_text import CAUSES, ENGLISH
from flows.operation.status_facts import Facts
from reports.recorded_night import RecordedNight
from reports.words import VERDICTS, count_text
from schemas import areas
from schemas.thai import thai_date

OVERDUE = timedelta(hours=26)
LITTLE_ROOM = 2_000_000_000  # bytes: a few nights of a whole province
Sign = Literal["✓", "·", "!"]


@dataclass(frozen=True)
class Line:
    """One thing to know, in both languages."""

    sign: Sign
    th: str
    en: str


@cache
def texts() -> dict[str, dict[str, str]]:
    """All sentences by their key."""
    return tomllib.loads(Path(__file__).with_name("status.toml").read_text(encoding="utf-8"))


def lines(facts: Facts) -> list[Line]:
    """Everything there is to say, in the order of reading."""
    parts = (_running, _attempt, _last, _overdue, _notices, _ledger, _room, _places)
    return [line for part in parts for line in part(facts)]


def exit_code(told: Sequence[Line]) -> int:
    """0 when all is well, 1 when something needs a person."""
    return 1 if any(line.sign == "!" for line in told) else 0


def _line(sign: Sign, key: str, **holes: Any) -> Line:
    text = texts()[key]
    return Line(sign, text["th"].format(**holes), text["en"].format(**holes))


def _running(facts: Facts) -> Iterator[Line]:
    if facts.is_running and facts.attempt:
        started = datetime.fromisoformat(facts.attempt.started)
        minutes = int((facts.now - started).total_seconds() // 60)
        run_id = facts.attempt.run_id
        yield _line("·", "running", run_id=run_id, started=f"{started:%H:%M}", minutes=minutes)


def _attempt(facts: Facts) -> Iterator[Line]:
    tried = facts.attempt
    if tried is None or facts.is_running or tried.state == "done":
        return
    if tried.state in {"running", "stopped"}:
        yield _line("!", "cut_off" if tried.state == "running" else "stopped", run_id=tried.run_id)
        return
    cause = tried.cause or "program"
    (cause_th, cause_en), todo = CAUSES[cause], texts()[f"todo_{cause}"]
    yield _line(
        "!",
        "failed",
        run_id=tried.run_id,
        cause_th=cause_th,
        cause_en=cause_en,
        place=f" ({tried.place})" if tried.place else "",
        todo_th=todo["th"],
        todo_en=todo["en"],
    )


def _last(facts: Facts) -> Iterator[Line]:
    night = facts.last
    if night is None:
        yield _line("!", "never", year=facts.settings.round_year_be)
        return
    finished = night.published.astimezone(facts.now.tzinfo)
    yield _line(
        "✓",
        "last",
        night_th=thai_date(night.night),
        night_en=night.night.isoformat(),
        part_th="" if night.is_whole else " เฉพาะบางอำเภอ",
        part_en="" if night.is_whole else ", some districts only",
        finished_th=f"{thai_date(finished.date())} {finished:%H:%M}",
        finished_en=f"{finished:%Y-%m-%d %H:%M}",
        minutes=max(round(night.seconds / 60, 1), 0.1),
    )
    yield _counts(night)
    yield from _districts(night)


def _counts(night: RecordedNight) -> Line:
    counted = [(colour, night.count(colour)) for colour in VERDICTS if night.count(colour)]
    return _line(
        "·",
        "counts",
        colours_th=" ".join(f"{VERDICTS[colour].label} {count}" for colour, count in counted),
        colours_en=", ".join(f"{ENGLISH[colour]} {count}" for colour, count in counted),
        must_fix=count_text(night.must_fix),
        must_explain=count_text(night.must_explain),
    )


def _districts(night: RecordedNight) -> Iterator[Line]:
    for code, (why_th, why_en) in sorted(night.quarantined.items()):
        why = {"why_th": why_th, "why_en": why_en, "receipt": f"districts/{code}/{code}-receipt.html"}
        if since := night.stale.get(code):
            days = {"since_th": thai_date(date.fromisoformat(since)), "since_en": since}
            yield _line("!", "stale", **_named(code), **why, **days)
        else:
            yield _line("!", "quarantined", **_named(code), **why)
    for code, place in sorted(night.not_written.items()):
        yield _line("!", "not_written", **_named(code), place=place)
    if night.broken_rules:
        rules = ", ".join(night.broken_rules)
        yield _line("!", "broken_rules", count=len(night.broken_rules), rules=rules)


def _named(code: str) -> dict[str, str]:
    names = {f"district_{lang}": areas.district_name(code, lang) for lang in ("th", "en")}
    return {"code": code, **names}


def _overdue(facts: Facts) -> Iterator[Line]:
    if facts.last is None or facts.is_running:
        return
    age = facts.now - facts.last.published
    if age > OVERDUE:
        yield _line("!", "overdue", hours=int(age.total_seconds() // 3600))


def _notices(facts: Facts) -> Iterator[Line]:
    if facts.attempt is None:
        return
    for channel, told in facts.attempt.notices_not_sent.items():
        yield _line("!", "notice_not_sent", channel=channel, told=told)
    if facts.attempt.left_undone:
        yield _line("!", "left_undone", place=facts.attempt.left_undone)


def _ledger(facts: Facts) -> Iterator[Line]:
    if not facts.ledger:
        yield _line("✓", "ledger_answers")
    elif facts.ledger != "absent":
        yield _line("!", "ledger_failed", kind=facts.ledger)
    elif facts.nights:
        yield _line("!", "ledger_gone")


def _room(facts: Facts) -> Iterator[Line]:
    is_little = min(facts.free.values(), default=LITTLE_ROOM) < LITTLE_ROOM
    room = ", ".join(f"{name} {free / 1e9:,.1f} GB" for name, free in facts.free.items())
    kept = facts.settings.keep_nights
    yield _line("!", "little_room", room=room, kept=kept) if is_little else _line("✓", "room", room=room)
    yield _line("·", "kept", kept=kept, there=len(facts.nights))


def _places(facts: Facts) -> Iterator[Line]:
    if facts.last is not None:
        yield _line("·", "reports", page=facts.out / facts.last.run_id / "index.html")
