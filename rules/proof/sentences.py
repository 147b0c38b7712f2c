"""What the proof found, in sentences: which rules, what is wrong, what to do.

Deliberately not here: finding anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.language.to_solver_domains import LAST, CellName
from rules.rule import Sentence
from schemas import code_lists, dictionary
from schemas.household import Household
from schemas.person import Person

Kind = Literal[
    "contradiction", "dead_condition", "never_fires", "code_without_record", "redundant", "not_decided"
]
FAULTS: frozenset[Kind] = frozenset({"contradiction", "dead_condition", "never_fires", "code_without_record"})


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a set of rules.

    ``rules`` is the smallest set responsible, sorted by id: without any one of them it would be gone. Of
    ``redundant`` the first is the rule that is not needed and the others imply it. ``code`` is set for a code
    without a valid record: ``occupation = @rice``.
    """

    kind: Kind
    rules: tuple[str, ...]
    sentence: Sentence
    code: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether the rules must be changed; a redundant rule and an open question are warnings."""
        return self.kind in FAULTS


def contradiction(rules: Collection[str]) -> Flaw:
    """No record that one of them applies to can keep them all."""
    named = tuple(sorted(rules))
    if len(named) == 1:
        return Flaw("contradiction", named, Sentence(
            f"กฎ {named[0]} ผ่านไม่ได้เลย ทุกรายการที่กฎนี้ใช้บังคับจะผิดเสมอ ให้แก้ must ของกฎ",
            f"Rule {named[0]} cannot be kept: every record it applies to violates it. Change its must.",
        ))  # fmt: skip
    return Flaw("contradiction", named, Sentence(
        f"กฎ {_and_th(named)} ขัดกันเอง รายการที่เข้าเงื่อนไขของกฎเหล่านี้ผ่านครบทุกข้อไม่ได้"
        " ให้แก้หรือเลิกใช้ข้อใดข้อหนึ่ง",
        f"Rules {_and(named)} contradict each other: no record that they apply to keeps all of them."
        " Change or retire one.",
    ))  # fmt: skip


def dead_condition(rule: str) -> Flaw:
    """``applies`` is never true."""
    return Flaw("dead_condition", (rule,), Sentence(
        f"เงื่อนไข applies ของกฎ {rule} ไม่มีทางเป็นจริง กฎนี้จึงไม่เคยใช้กับรายการใด ให้แก้เงื่อนไข",
        f"The condition (applies) of rule {rule} can never be true, so it applies to no record."
        " Correct the condition.",
    ))  # fmt: skip


def never_fires(rule: str) -> Flaw:
    """``must`` is never false where the rule applies."""
    return Flaw("never_fires", (rule,), Sentence(
        f"กฎ {rule} ไม่มีทางพบข้อผิด เพราะ must เป็นจริงเสมอเมื่อกฎใช้บังคับ ให้แก้ must หรือเลิกใช้กฎ",
        f"Rule {rule} can never find anything: its must always holds where it applies."
        " Correct must or retire the rule.",
    ))  # fmt: skip


def redundant(rule: str, by: Sequence[str]) -> Flaw:
    """Whoever violates the rule violates one of the others."""
    others = tuple(sorted(by))
    return Flaw("redundant", (rule, *others), Sentence(
        f"กฎ {rule} ซ้ำซ้อน ทุกรายการที่ผิดกฎนี้ผิดกฎ {_or_th(others)} อยู่แล้ว พิจารณาเลิกใช้กฎ {rule}",
        f"Rule {rule} is redundant: whatever violates it also violates {_or(others)}. Consider retiring it.",
    ))  # fmt: skip


def code_without_record(name: CellName, list_name: str, slug: str, rules: Sequence[str]) -> Flaw:
    """No record with the code keeps the rules."""
    named = tuple(sorted(rules))
    known = dictionary.columns(Household if name[0] == "household" else Person)
    column = known.get(name[1].removeprefix(LAST))
    ago = "เมื่อปีก่อน" if name[1].startswith(LAST) else ""
    label = f"{column.th + ago if column else name[1]} “{_label(list_name, slug)}”"
    text = f"{name[1]} = @{slug}"
    return Flaw("code_without_record", named, Sentence(
        f"ไม่มีรายการใดที่ {label} ({text}) ผ่านกฎ {_and_th(named)} ได้"
        " ให้แก้กฎข้อใดข้อหนึ่ง หรือเอารหัสนี้ออกจากรายการรหัส",
        f"No record with {text} can keep {_rules(named)}."
        " Change one of the rules, or take the code out of its list.",
    ), text)  # fmt: skip


def not_decided(rules: Sequence[str], question: Sentence) -> Flaw:
    """The solver gave up on the question, which begins with "whether"."""
    named = tuple(sorted(rules))
    return Flaw("not_decided", named, Sentence(
        f"กฎ {_and_th(named)}: พิสูจน์ไม่ได้ว่า{question.th} ให้ผู้ดูแลกฎตรวจเอง",
        f"{_rules(named, 'Rule')}: not decided {question.en}. Look at it by eye.",
    ))  # fmt: skip


def _label(list_name: str, slug: str) -> str:
    try:
        return code_lists.load(list_name).label(slug, "th")
    except (FileNotFoundError, KeyError):
        return slug


def _rules(rules: Sequence[str], word: str = "rule") -> str:
    return f"{word}{'s' if len(rules) > 1 else ''} {_and(rules)}"


def _and(rules: Sequence[str]) -> str:
    return _listed(rules, ", ", " and ")


def _or(rules: Sequence[str]) -> str:
    return _listed(rules, ", ", " or ")


def _and_th(rules: Sequence[str]) -> str:
    return _listed(rules, " ", " และ ")


def _or_th(rules: Sequence[str]) -> str:
    return _listed(rules, " ", " หรือ ")


def _listed(rules: Sequence[str], between: str, last: str) -> str:
    return last.join([*([between.join(rules[:-1])] if len(rules) > 1 else []), rules[-1]])
