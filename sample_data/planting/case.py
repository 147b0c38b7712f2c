"""One household on the planter's table: its home, its members, and what is to be found there afterwards.

A plant changes the roster here before the questionnaire is filled in, so that counts and totals follow by
themselves, and asks for what must be wrong afterwards (`answer`, `state`, `member_says`, `typed`). What each
plant does is in the `…_plants` modules.

`last` is the same household a round earlier, on the table beside it: what a plant changes, adds or queues
there is done to last year's extract. Nothing is ever found there: `expect` belongs to this year's case.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sample_data import ids
from sample_data.planting.choice import number_of

Row = dict[str, Any]
Change = Callable[[Row], Row]
Choice = Callable[[Row], bool]

SAME = object()
"""A cell of a copied household that stays as it is."""

EACH = 24
"""Spare national ids of one plant."""

SLOTS = (ids.PERSONS - ids.SPARE_FROM) // EACH
"""Plants that can be told apart in a district."""

NO_CARD = {"welfare_card": False, "welfare_cash": False, "welfare_usage": None}


@dataclass(frozen=True)
class Found:
    """One finding the night must report. `member` is a place in the roster (0-based), None for the household.

    `in_file` findings are about the delivery: they name neither household nor member. `beside`: which of the
    households beside this one, 0 for itself.
    """

    rule_id: str
    member: int | None
    fields: tuple[str, ...]
    in_file: bool = False
    beside: int = 0


@dataclass
class Case:
    """A household and the changes queued for it.

    `number` is this plant's own in the district, below SLOTS; `copy` counts the rule's in the province;
    `neighbours` are the households of the district in this round.
    """

    rule_id: str
    number: int
    district_index: int
    home: Row
    members: list[Row]
    copy: int = 0
    answers: list[Change] = field(default_factory=list)
    stated: list[Change] = field(default_factory=list)
    said: list[tuple[int, Row]] = field(default_factory=list)
    cells: list[tuple[str, int | None, str, str]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    handed_out: int = 0
    last: "Case | None" = None
    beside: list[Row] = field(default_factory=list)
    neighbours: int = 0
    first_beside: int = 0

    @property
    def head(self) -> Row:
        return self.members[0]

    def has(self, chosen: Choice) -> bool:
        return any(chosen(member) for member in self.members)

    def one(self, chosen: Choice) -> Row:
        """The last member that fits (later ones matter less to the household); LookupError if none."""
        for member in reversed(self.members):
            if chosen(member):
                return member
        raise LookupError(f"{self.rule_id} needs a member whom this household lacks")

    def before(self, member: Row) -> Row | None:
        """The same person's row in last year's household, by the national id the member has now."""
        rows = self.last.members if self.last else []
        return next((row for row in rows if row["national_id"] == member["national_id"]), None)

    def first_time(self) -> None:
        """The household and its members are in nobody's list of last year: nothing can be compared."""
        if self.last:
            self.last.rows |= {"home_left_out", "members_left_out"}

    def strangers(self) -> int:
        """How many people came since last year, or left, whichever are more."""
        if not self.last:
            return 0
        now, ago = ({member["national_id"] for member in case.members} for case in (self, self.last))
        return max(len(now - ago), len(ago - now))

    def expect(self, *fields: str, member: Row | None = None, rule_id: str | None = None) -> None:
        """The night will find this: in the household, or at one member."""
        place = None if member is None else self._place(member)
        self.found.append(Found(rule_id or self.rule_id, place, fields))

    def expect_in_file(self, *fields: str) -> None:
        """The night will find this about the file as a whole."""
        self.found.append(Found(self.rule_id, None, fields, in_file=True))

    def expect_beside(self, number: int, *fields: str) -> None:
        """The night will find this in that household beside it (1, 2, …)."""
        self.found.append(Found(self.rule_id, None, fields, beside=number))

    def another(self, **cells: Any) -> None:
        """One more household like this one, with people and a house of its own; `cells` are set in it.

        Two of its amounts are a little higher, unless the cell is SAME as here.
        """
        self.beside.append(cells)

    def id_beside(self, number: int) -> str:
        """The household id of the household itself (0) and of those beside it (1, 2, …)."""
        key = str(self.home["household_id"])
        return f"{key}{self.first_beside + number:02}" if number else key

    def answer(self, **values: Any) -> None:
        """After filling: these answers of the household. Stated results follow them."""
        self.answers.append(lambda _home: values)

    def work_out(self, change: Change) -> None:
        """After filling: answers that depend on the filled ones."""
        self.answers.append(change)

    def state(self, change: Change) -> None:
        """After the results were stated: what the sender states wrongly."""
        self.stated.append(change)

    def member_says(self, member: Row, **values: Any) -> None:
        """After filling: these values of one member."""
        self.said.append((self._place(member), values))

    def typed(self, text: str, *, cell: str, member: Row | None = None) -> None:
        """In the file: the cell of the household or of the member reads `text`, whatever its value."""
        if member is None:
            self.cells.append(("household", None, cell, text))
        else:
            self.cells.append(("person", self._place(member), cell, text))

    def typed_beside(self, member: Row, text: str, *, cell: str) -> None:
        """In a flat file: the household's cell reads `text` in this member's row only."""
        self.cells.append(("household", self._place(member), cell, text))

    def _place(self, member: Row) -> int:
        return next(place for place, row in enumerate(self.members) if row is member)

    def new_id(self, first_digit: int) -> str:
        """A right national id that nobody in the province has."""
        person = ids.SPARE_FROM + self.number * EACH + self.handed_out
        self.handed_out += 1
        return ids.national_id(first_digit, int(self.home["district_code"]), person, self.district_index)

    def shared_id(self) -> str:
        """The same id for the two halves of a pair (copies 0 and 1, 2 and 3, …), and for nobody else.

        Of some twenty pairs two would share one by chance once in a thousand catalogues; a test would tell.
        """
        pair = number_of(self.rule_id, self.copy // 2) % ids.PAIRS
        return ids.national_id(5, 3401, pair, ids.CLASSES - 2)

    def become(self, member: Row, age: int, **other: Any) -> Row:
        """Makes the member that old, with everything about them to match."""
        born = years_before(self.home["interview_date"], age) - timedelta(days=100)
        male = other.get("sex", member["sex"]) == "male"
        adult = "nai" if male else "nang_sao"
        child = "dek_chai" if male else "dek_ying"
        steps = (
            (3, "never", "none"),
            (6, "kindergarten", "student"),
            (12, "below_primary", "student"),
            (15, "primary", "student"),
            (60, "lower_secondary", "labour"),
            (200, "primary", "rice"),
        )
        education, occupation = next((level, job) for below, level, job in steps if age < below)
        member.update(
            age=age,
            birth_date=born,
            is_male=male,
            title=child if age < 15 else adult,
            education=education,
            occupation=occupation,
            national_id=self.new_id(1 if born >= date(1984, 1, 1) else 3),
            health_status="normal",
            can_help_self=True,
            disability_type=None,
            chronic_type=None,
            is_bedridden=False,
            **NO_CARD,
        )
        if age < 18:
            member["marital_status"] = "single"
        member.update(other)
        return member

    def add(self, relation: str, sex: str, age: int, first_name: str) -> Row:
        """One more member, last on the roster."""
        member = dict(self.members[-1])
        self.members.append(member)
        marks = {name: False for name in member if name.startswith("t_")}
        return self.become(
            member, age, relation=relation, sex=sex, first_name=first_name, marital_status="single", **marks
        )


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; interviews are never on 29 February."""
    return day.replace(year=day.year - years)


def works(member: Row) -> bool:
    return member["occupation"] not in ("none", "student", None)


def aged(low: int, high: int) -> Choice:
    """Chooses members of low..high years."""
    return lambda member: bool(low <= member["age"] <= high)
