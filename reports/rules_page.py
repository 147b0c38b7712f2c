"""All rules as one web page: for whoever wants to know what is checked, why, and what to do about it.

One file that asks the network for nothing, readable without JavaScript and searchable with it, in Thai and
English; its policy allows its own script by its hash alone. What is said of a rule comes from
`rules.pages.entries`. Kept out: findings, counts of a night, anything of a household.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from markupsafe import Markup

from reports import cannot_see
from reports.page_templates import POLICY
from reports.page_templates import render as render_page
from reports.words import SEVERITIES
from rules.pages import families, family_name, why_off
from rules.pages.entries import Entry, by_column, entries
from rules.pages.labels import outcomes, words
from rules.rule import Rule
from schemas.code_lists import Lang
from schemas.rounds import Round

LANGS: tuple[Lang, ...] = ("th", "en")
# What the page can be narrowed to, besides severity and column.
STANDINGS = {"trial": "กำลังทดลอง", "off": "ไม่ได้ตรวจในรอบนี้", "recalled": "อาศัยข้อมูลที่ยังไม่ยืนยัน"}


def render(rules: Sequence[Rule], round_: Round) -> str:
    """The whole page as text, with the thresholds of that round."""
    listed = entries(rules, round_)
    script = _script()
    return render_page(
        "rules_page.html.jinja",
        policy=f"{POLICY}; script-src '{_fingerprint(script)}'",
        script=Markup(script),
        year=round_.year_be,
        total=len(rules),
        families=[(family_name(family, "th"), list(map(_rule, group))) for family, group in families(listed)],
        severities=[(name, look, _count(listed, name)) for name, look in SEVERITIES.items()],
        tables=[
            (words("th")["tables"][table], [(_key(column), *_labels(column)) for column, _ in group])
            for table, group in groupby(by_column(listed).items(), key=lambda item: item[0][0])
        ],
        kinds=words("th")["kinds"],
        levels=words("th")["levels"],
        said=words("th"),
        standings=[(name, word) for name, word in STANDINGS.items() if _standing(listed, name)],
        recalled=_standing(listed, "recalled"),
        outcomes=outcomes("th"),
        unseen={lang: cannot_see.section(round_.year_be, lang) for lang in LANGS},
    )


def _count(listed: Sequence[Entry], severity: str) -> int:
    return sum(entry.rule.severity == severity for entry in listed)


def _standings(entry: Entry) -> list[str]:
    is_so = {"trial": entry.rule.status == "trial", "off": entry.off is not None, "recalled": entry.recalled}
    return [name for name in STANDINGS if is_so[name]]


def _standing(listed: Sequence[Entry], name: str) -> int:
    return sum(name in _standings(entry) for entry in listed)


def _rule(entry: Entry) -> dict[str, Any]:
    rule = entry.rule
    conditions = (("ใช้เมื่อ applies", rule.applies), ("ต้องเป็นจริง must", rule.must))
    return {
        "entry": entry,
        "rule": rule,
        "look": SEVERITIES[rule.severity],
        "columns": [(_key(column), *_labels(column)) for column in entry.columns],
        "standings": " ".join(_standings(entry)),
        "off": why_off(entry.off, "th") if entry.off else "",
        "touched": " ".join(_key(column) for column in entry.columns),
        "code": [(name, " ".join(text.split())) for name, text in conditions if text],
        "examples": [(kind, rows) for kind, rows in entry.examples.items() if rows],
        "count": sum(map(len, entry.examples.values())),
    }


def _key(column: Any) -> str:
    table, described = column
    return f"{table}.{described.name}"


def _labels(column: Any) -> tuple[str, str]:
    return column[1].th, column[1].name


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@cache
def _script() -> str:
    return (files("reports") / "templates" / "rules_page.js").read_text(encoding="utf-8")
