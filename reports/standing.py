"""Where the province stands tonight: the order of its districts, its totals, and the one sentence about them.

Said once here, so that dashboard, summary and terminal cannot disagree. A district whose files could not be
read has no counts: it is named, and left out of every sum, never added as zero. Kept out: layouts, and the
points that need a decision (`reports.observations`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.contents import Colour, DistrictRow, ProvinceReport
from reports.words import VERDICTS, count_text
from schemas.thai import thai_date

COLOURS: tuple[Colour, ...] = ("red", "orange", "yellow", "green")
NAMED = 6  # more names than this make a sentence nobody reads


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the districts that could be read; `change` over those that also have a night before."""

    districts: int
    by_colour: dict[Colour, int]
    unread: tuple[DistrictRow, ...]
    stale: tuple[DistrictRow, ...]  # of those read: an earlier version stands in for tonight's
    target: int | None  # households; null when no district has a target
    recorded: int  # households collected in the districts that have a target
    not_collected: int  # households of those districts accounted for without an interview
    households: int
    persons: int
    must_fix: int
    must_explain: int
    watch: int
    left: int
    change: int | None
    compared: int  # districts in `change`

    @property
    def completeness(self) -> float | None:
        """Households accounted for over targeted ones; above 1 is no error. Null without a target."""
        return (self.recorded + self.not_collected) / self.target if self.target else None


def worst_first(districts: Iterable[DistrictRow]) -> list[DistrictRow]:
    """Unread districts, then by colour, by what is left, and by code."""
    return sorted(
        districts,
        key=lambda row: (not row.is_quarantined, COLOURS.index(row.verdict.colour), -row.left, row.code),
    )


def total(districts: Sequence[DistrictRow]) -> Totals:
    """Add the districts up. An unread district still counts in the target: its households are missing."""
    read = [row for row in districts if not row.is_quarantined]
    targeted = [row for row in districts if row.target is not None]
    changes = [row.change for row in read if row.change is not None]
    return Totals(
        districts=len(districts),
        by_colour={colour: sum(row.verdict.colour == colour for row in districts) for colour in COLOURS},
        unread=tuple(row for row in districts if row.is_quarantined),
        stale=tuple(row for row in districts if row.stale_since),
        target=sum(row.target or 0 for row in targeted) if targeted else None,
        recorded=sum(row.households for row in targeted if not row.is_quarantined),
        not_collected=sum(row.not_collected for row in targeted if not row.is_quarantined),
        households=sum(row.households for row in read),
        persons=sum(row.persons for row in read),
        must_fix=sum(row.must_fix for row in read),
        must_explain=sum(row.must_explain for row in read),
        watch=sum(row.watch for row in read),
        left=sum(row.left for row in read),
        change=sum(changes) if changes else None,
        compared=len(changes),
    )


def accounted(row: DistrictRow) -> int:
    """Households a district has dealt with: collected, or accounted for without an interview."""
    return row.households + row.not_collected


def completeness(row: DistrictRow) -> float | None:
    """Share of the district's target it has dealt with; null when unread or without a target."""
    return None if row.is_quarantined or not row.target else accounted(row) / row.target


def recorded_text(sums: Totals) -> str:
    """How many households of how many; the word says whether some were dealt with but not interviewed."""
    if not sums.target:
        return f"บันทึกแล้ว {count_text(sums.households)} ครัวเรือน ไม่ได้กำหนดเป้าหมาย"
    word = "ติดตามแล้ว" if sums.not_collected else "บันทึกแล้ว"
    done = sums.recorded + sums.not_collected
    return f"{word} {count_text(done)} จาก {count_text(sums.target)} ครัวเรือน"


def names(rows: Sequence[DistrictRow]) -> str:
    """District names for a sentence; past the sixth only how many more there are."""
    shown = " ".join(row.name for row in rows[:NAMED])
    more = len(rows) - NAMED
    return f"{shown} และอีก {more} อำเภอ" if more > 0 else shown


@dataclass(frozen=True, slots=True)
class Sentence:
    """The province in one sentence: `lead` is what to remember, `rest` what to know next."""

    colour: Colour
    lead: str
    rest: str
    en: str

    @property
    def th(self) -> str:
        return f"{self.lead} {self.rest}"


def sentence(province: ProvinceReport) -> Sentence:
    """Say which districts hold the certificate back, how much is left, and whether it became less."""
    sums = total(province.districts)
    colour: Colour = next((c for c in COLOURS if sums.by_colour[c]), "green")
    holding = [row for row in worst_first(province.districts) if row.verdict.colour == colour]
    count = f"{len(holding)} จาก {sums.districts} อำเภอ"
    lead = {
        "red": f"ยังรับรองไม่ได้ {count}",
        "orange": f"ไม่มีอำเภอสีแดง แต่ยังต้องเร่งแก้ {count}",
        "yellow": f"ใกล้พร้อมรับรอง ยังเหลือเล็กน้อย {count}",
        "green": f"พร้อมรับรองครบทั้ง {sums.districts} อำเภอ",
    }[colour]
    parts = [] if colour == "green" else [f"ได้แก่ {names(holding)}"]
    if sums.unread:
        parts.append(f"ยังอ่านไฟล์ไม่ได้ {len(sums.unread)} อำเภอ ({names(sums.unread)})")
    if sums.stale:
        parts.append(f"ใช้ข้อมูลเดิม {len(sums.stale)} อำเภอ ({names(sums.stale)})")
    parts.append(f"คงเหลือทั้งหมด {count_text(sums.left)} รายการ{change_text(sums)}")
    held = (
        "all districts can be certified" if colour == "green" else _held(colour, len(holding), sums.districts)
    )
    unread = f", {len(sums.unread)} could not be read" if sums.unread else ""
    unread += f", {len(sums.stale)} stand on an earlier version" if sums.stale else ""
    english = f"{held}{unread}; {sums.left:,} items left to correct or confirm"
    return Sentence(colour, lead, " • ".join(parts), english[0].upper() + english[1:])


def _held(colour: Colour, count: int, districts: int) -> str:
    state = {
        "red": "cannot be certified yet",
        "orange": "need urgent correction",
        "yellow": "have a little left",
    }
    return f"{count} of {districts} districts {state[colour]}"


def change_text(sums: Totals) -> str:
    """What changed since the night before, with a leading blank; empty when there is nothing to compare."""
    if sums.change is None:
        return ""
    read = sums.districts - len(sums.unread)
    only = "" if sums.compared == read else f" (เทียบได้ {sums.compared} อำเภอ)"
    if sums.change == 0:
        return f" เท่ากับคืนก่อน{only}"
    word = "ลดลง" if sums.change < 0 else "เพิ่มขึ้น"
    return f" {word} {count_text(abs(sums.change))} จากคืนก่อน{only}"


def change_mark(change: int | None) -> str:
    """A district's change for a table: "▼ 10", "▲ 3", "–" for none, blank when there was no night before."""
    if change is None:
        return ""
    return "–" if change == 0 else f"{'▼' if change < 0 else '▲'} {count_text(abs(change))}"


def stale_word(since: date) -> str:
    """How an earlier version in force is marked wherever its figures stand."""
    return f"ข้อมูลเดิมของวันที่ {thai_date(since)}"


def standing_word(row: DistrictRow) -> str:
    """What a district's status is called: an unread one is that before it is red, a stale one says so too."""
    if row.stale_since:
        return f"{VERDICTS[row.verdict.colour].sentence} ({stale_word(row.stale_since)})"
    return "อ่านไฟล์ไม่ได้" if row.is_quarantined else VERDICTS[row.verdict.colour].sentence
