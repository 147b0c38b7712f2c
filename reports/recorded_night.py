"""One night as its record tells it: what the history page lists and what a night is compared with.

Counts, codes and colours only. Deliberately not here: reading records (flows.operation.nights).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from reports.words import VERDICTS

COLOURS = tuple(VERDICTS)  # worst first


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedNight:
    """A night that was published. Findings are open ones, ``below_line`` is in households.

    ``quarantined``: district code -> what is wrong and what to do, in Thai and in English. ``stale``: since
    when an earlier version stands in. ``not_written``: documents that are missing, and where it broke.
    ``is_whole``: every district was run. ``is_kept``: its folder is still there.
    """

    run_id: str
    night: date
    round_year_be: int
    verdicts: Mapping[str, str]
    households: int
    must_fix: int
    must_explain: int
    below_line: int
    seconds: float
    published: datetime
    watch: int = 0
    is_whole: bool = True
    is_kept: bool = True
    quarantined: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    stale: Mapping[str, str] = field(default_factory=dict)
    not_written: Mapping[str, str] = field(default_factory=dict)
    broken_rules: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """What still needs a person: to correct, or to confirm with a reason."""
        return self.must_fix + self.must_explain

    @property
    def colour(self) -> str:
        """The province's colour: the worst of its districts'."""
        return next((colour for colour in COLOURS if colour in self.verdicts.values()), "green")

    def count(self, colour: str) -> int:
        return sum(each == colour for each in self.verdicts.values())
