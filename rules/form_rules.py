"""Which rules of the catalogue a form of ODK or KoboToolbox can carry as constraints, and why not the others.

Deliberately not here: how a rule is written for a form (language/to_xpath.py), and workbooks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.compiled import compiled, round_params
from rules.in_force import in_force
from rules.language import Params
from rules.language.to_xpath import FLAT, Carried, Form, NotCarried, to_xpath
from rules.rule import Rule

if TYPE_CHECKING:
    from schemas.rounds import Round


@dataclass(frozen=True)
class FormRules:
    """By rule id: the conditions of those carried, and why the others are not; both in the rules' order."""

    carried: Mapping[str, Carried]
    left_out: Mapping[str, NotCarried]


def form_rules(rules: Iterable[Rule], round_: Round, form: Form = FLAT) -> FormRules:
    """The rules in force in the round, for a form. Raises TextError for a rule that cannot be typed."""
    params = round_params(round_)
    carried: dict[str, Carried] = {}
    left_out: dict[str, NotCarried] = {}
    for rule in in_force(rules, round_):
        try:
            carried[rule.id] = _carried(rule, params, form)
        except NotCarried as reason:
            left_out[rule.id] = reason
    return FormRules(carried, left_out)


def _carried(rule: Rule, params: Params, form: Form) -> Carried:
    if rule.must is None or rule.level == "delivery":
        raise NotCarried(
            "กฎตรวจไฟล์หรือเทียบกับข้อมูลนอกครัวเรือน แบบฟอร์มมีเพียงครัวเรือนเดียว",
            "the rule looks at the file or beyond the household; a form holds one household",
        )
    return to_xpath(compiled(rule, params), rule.level, form)
