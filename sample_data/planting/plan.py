"""Which rule is broken where: every active rule at least twice, by the moods of districts.toml.

About 0.4 % of households are broken, more in a small province because each rule needs its two. A district's
mood limits the severities it gets, so that every colour of verdict can be seen.
"""

from collections import defaultdict

from rules import catalogue
from rules.rule import Rule
from sample_data.planting.registry import PLANTS
from sample_data.province import District

SHARE, AT_LEAST = 0.004, 2
PAIRED = ("DU002", "DU003")
"""Rules broken by two records that share a number: their copies come in pairs."""

MOODS = {
    "watch": ("watch", "few", "explain", "fix", "heavy"),
    "must_explain": ("few", "explain", "fix", "heavy"),
    "must_fix": ("heavy", "fix"),
}
"""Severity -> moods of districts.toml in which it may be planted."""

DENSITY = {"watch": 0.08, "few": 0.05, "explain": 0.20, "fix": 0.11, "heavy": 0.36}
"""How thickly a mood is planted, relative to the others; at 1,500 households also the share of households."""

UNPLANTED = {
    "ST011": "a column twice leaves the whole column unread, so a district's other findings would be unknown",
    "ST012": "a missing required column does the same",
    "ST014": "an unreadable file leaves the district unread; tests/ has such files",
    "ST020": "a sheet filled to its last row needs 65,536 records",
}
"""Active rules that no readable, otherwise clean province can show, with the reason."""

Planned = tuple[str, int]
"""Rule id and the number of the copy among all copies of that rule."""


def plan(districts: list[District]) -> dict[str, list[Planned]]:
    """What to break in each district, by code; rules in the order of the catalogue."""
    rules = [rule for rule in catalogue.load() if rule.status == "active" and rule.id in PLANTS]
    total = sum(district.households for district in districts)
    copies = max(AT_LEAST, round(total * SHARE / max(len(rules), 1)))
    planned: dict[str, list[Planned]] = defaultdict(list)
    for rule in rules:
        number = copies + copies % 2 if rule.id in PAIRED else copies
        for copy in range(number):
            district = _where(rule, copy, districts, planned)
            if district is not None:
                planned[district.code].append((rule.id, copy))
    return dict(planned)


def _where(
    rule: Rule, copy: int, districts: list[District], planned: dict[str, list[Planned]]
) -> District | None:
    """The least burdened district that may have this copy; a pair stays together (DU002) or apart."""
    moods = MOODS[rule.severity]
    able = [d for d in districts if d.mood in moods and d.layout in PLANTS[rule.id].layouts]
    if rule.severity == "watch" and copy == 0:
        able = [d for d in able if d.mood == "watch"] or able
    having = {code for code, entries in planned.items() if any(rule_id == rule.id for rule_id, _ in entries)}
    if rule.id == "DU002" and copy % 2:
        return next(d for d in able if (rule.id, copy - 1) in planned[d.code])
    fresh = [d for d in able if d.code not in having]
    if not fresh and not PLANTS[rule.id].once:
        fresh = able
    if rule.id == "DU003" and copy % 2:
        fresh = [d for d in able if (rule.id, copy - 1) not in planned[d.code]]
    return min(fresh, key=lambda d: (_burden(d, planned), d.code), default=None)


def _burden(district: District, planned: dict[str, list[Planned]]) -> float:
    return (len(planned[district.code]) + 1) / (max(district.households, 1) * DENSITY[district.mood])
