"""Which rule is broken where: every active rule at least twice, by the moods of districts.toml.

About 0.4 % of households are broken, more in a small province because each rule needs its two. A district's
mood says how many households may get a finding of which severity, so that every colour of verdict can be
seen. Where a copy goes depends on its rule alone, except where a district is full.
"""

from collections import defaultdict
from collections.abc import Iterable

from rules import catalogue
from rules.rule import Rule, Severity
from sample_data.planting.choice import Planned, drawn, in_turn
from sample_data.planting.registry import PLANTS
from sample_data.province import District

HOUSEHOLDS_PER_COPY, AT_LEAST = 40_000, 2

ROOM: dict[Severity, dict[str, float]] = {
    "watch": {"watch": 0.5, "few": 0.05, "explain": 0.05, "fix": 0.03, "heavy": 0.02},
    "must_explain": {"few": 0.085, "explain": 0.5, "fix": 0.2, "heavy": 0.24},
    "must_fix": {"fix": 0.085, "heavy": 0.5},
}
"""Severity -> mood of districts.toml -> the share of a district's households with such a plant."""

HELD: dict[Severity, str] = {"must_explain": "few", "must_fix": "fix"}
"""Moods whose share is held even where all districts are full: above a tenth (rules/acceptance.toml) a yellow
district would turn orange, an orange one red. The others then take more.
"""

UNPLANTED = {
    "ST011": "a column twice leaves the whole column unread, so a district's other findings would be unknown",
    "ST012": "a missing required column does the same",
    "ST014": "an unreadable file leaves the district unread; tests/ has such files",
    "ST020": "a sheet filled to its last row needs 65,536 records",
}
"""Active rules that no readable, otherwise clean province can show, with the reason."""


def plan(districts: list[District], rules: Iterable[Rule] | None = None) -> dict[str, list[Planned]]:
    """What to break in each district, by code. `rules`: those of the catalogue unless told otherwise."""
    by_id = {
        rule.id: rule
        for rule in (catalogue.load() if rules is None else rules)
        if rule.status == "active" and rule.id in PLANTS
    }
    total = sum(district.households for district in districts)
    copies = max(AT_LEAST, round(total / HOUSEHOLDS_PER_COPY))
    planned: dict[str, list[Planned]] = defaultdict(list)
    used: dict[tuple[str, Severity], int] = defaultdict(int)
    every = [(rule_id, copy) for rule_id in by_id for copy in range(_number(rule_id, copies))]
    # the second of a pair looks where the first one is
    for one in sorted(in_turn(0, every), key=lambda one: bool(PLANTS[one[0]].pair) and one[1] % 2):
        severity = by_id[one[0]].severity
        district = _where(one, severity, districts, planned, used)
        if district is not None:
            planned[district.code].append(one)
            used[district.code, severity] += 1
    return {code: in_turn(0, entries) for code, entries in planned.items()}


def _number(rule_id: str, copies: int) -> int:
    return copies + copies % 2 if PLANTS[rule_id].pair else copies


def may_have(district: District, rule_id: str, severity: Severity) -> bool:
    """Whether a district of that mood, sending such files, can show the rule broken."""
    return district.mood in ROOM[severity] and district.layout in PLANTS[rule_id].layouts


def _where(
    one: Planned,
    severity: Severity,
    districts: list[District],
    planned: dict[str, list[Planned]],
    used: dict[tuple[str, Severity], int],
) -> District | None:
    """The district of this copy; a pair stays together or apart, other copies apart where they can."""
    rule_id, copy = one
    able = [d for d in districts if d.households and may_have(d, rule_id, severity)]
    pair = PLANTS[rule_id].pair if copy % 2 else ""
    if pair:
        first = (rule_id, copy - 1)
        able = [d for d in able if (first in planned[d.code]) == (pair == "together")]
    if pair != "together":
        fresh = [d for d in able if all(other != rule_id for other, _copy in planned[d.code])]
        able = fresh or ([] if PLANTS[rule_id].once else able)
        roomy = [d for d in able if used[d.code, severity] < int(ROOM[severity][d.mood] * d.households)]
        able = roomy or [d for d in able if d.mood != HELD.get(severity)] or able
    return min(
        able,
        key=lambda d: (drawn(ROOM[severity][d.mood] * d.households, "where", *one, d.code), d.code),
        default=None,
    )


def carried(left: list[Planned], district: District) -> list[Planned]:
    """Those of the plants no earlier district had a household for that this one may show."""
    severities = {rule.id: rule.severity for rule in catalogue.load()}
    return [
        one
        for one in left
        if not (PLANTS[one[0]].pair or PLANTS[one[0]].once) and may_have(district, one[0], severities[one[0]])
    ]
