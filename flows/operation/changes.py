"""What happened in a night, compared with the nights before: plain functions over records."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.recorded_night import RecordedNight


@dataclass(frozen=True)
class Change:
    """A district's verdict, or with an empty code the province's, that became another colour."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class Happened:
    """A night and what is different about it. ``province`` is None when its colour is the same."""

    night: RecordedNight
    districts: tuple[Change, ...]
    province: Change | None

    @property
    def is_trouble(self) -> bool:
        """Whether somebody must act on a file or on the program, whatever the verdicts."""
        return bool(self.night.quarantined or self.night.not_written or self.night.broken_rules)

    @property
    def is_change(self) -> bool:
        return bool(self.districts or self.province)


def compare(night: RecordedNight, before: Sequence[RecordedNight]) -> Happened:
    """Compare a night with what was on record when it began, an earlier run of the same night included.

    A district is compared with the newest night that ran it; one that was never run before has not changed.
    The province is compared only between whole nights.
    """
    earlier = [one for one in before if one.night <= night.night and one.round_year_be == night.round_year_be]
    last = {code: colour for one in earlier for code, colour in one.verdicts.items()}
    districts = tuple(
        Change(code, last[code], colour)
        for code, colour in sorted(night.verdicts.items())
        if code in last and last[code] != colour
    )
    whole = [one.colour for one in earlier if one.is_whole]
    has_turned = night.is_whole and bool(whole) and whole[-1] != night.colour
    return Happened(night, districts, Change("", whole[-1], night.colour) if has_turned else None)
