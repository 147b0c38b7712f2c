"""Which rules run in a round, and which are left out and why.

One place, so that the engine, the checks across records, the proof and every page agree. Deliberately not
here: running the rules. A rule that is left out is never a pass: it is listed as not checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.rule import Rule, Sentence

if TYPE_CHECKING:
    from schemas.rounds import Round

# What reading a file tells of is what would otherwise be lost: it is never switched off.
READING = "structure"


class RulesOffError(ValueError):
    """A round switches off what it cannot; `th` and `en` say which entry and what to do."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} · {en}")
        self.th, self.en = th, en


@dataclass(frozen=True)
class LeftOut:
    """A rule that the round does not run. ``who`` decided; ``until``: its last day off, None when open."""

    rule: Rule
    reason: Sentence
    who: str = ""
    until: date | None = None


def in_force(rules: Iterable[Rule], round_: Round) -> tuple[Rule, ...]:
    """The rules that run in the round, on trial or not: none of a later round, none switched off."""
    return tuple(rule for rule in rules if rule.since <= round_.rules_of and rule.id not in round_.rules_off)


def on_trial(rules: Iterable[Rule], round_: Round) -> tuple[Rule, ...]:
    """Those of them that are only being tried: they run, are told of apart, and count in no verdict."""
    return tuple(rule for rule in in_force(rules, round_) if rule.status == "trial")


def left_out(rules: Iterable[Rule], round_: Round) -> tuple[LeftOut, ...]:
    """What the round does not check and why, in the order of the rules."""
    found = []
    for rule in rules:
        if rule.id in round_.rules_off:
            off = round_.rules_off[rule.id]
            found.append(LeftOut(rule, Sentence(off.th, off.en), off.who, off.until))
        elif rule.since > round_.rules_of:
            th, en = f"ใช้ตั้งแต่รอบปี {rule.since}", f"In force from round {rule.since} on."
            found.append(LeftOut(rule, Sentence(th, en)))
    return tuple(found)


def refuse_unknown(rules: Iterable[Rule], round_: Round) -> None:
    """Raise RulesOffError when the round switches off a rule that is not there, or one of reading files."""
    known = {rule.id: rule for rule in rules}
    for rule_id in round_.rules_off:
        where = f"rounds/{round_.year_be}.toml [rules_off.{rule_id}]"
        if rule_id not in known:
            raise RulesOffError(
                f"{where}: ไม่มีกฎนี้ ให้ลบหรือแก้รหัส", f"{where}: there is no such rule; delete or correct it"
            )
        if known[rule_id].path.parts[:1] == (READING,):
            raise RulesOffError(
                f"{where}: กฎเรื่องการอ่านไฟล์ปิดไม่ได้ เพราะข้อมูลที่อ่านไม่ได้จะหายไปโดยไม่มีใครรู้",
                f"{where}: what reading a file tells of cannot be switched off: losses would go unseen",
            )
