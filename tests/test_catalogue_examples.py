import pytest

from rules import engine, examples
from rules.catalogue import load
from rules.language import Outcome
from schemas import rounds

RULES = [rule for rule in load() if not rule.structural]
ROUND = rounds.load(2569)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_come_out_as_the_rule_says_in_both_targets(rule):
    tried = examples.run(rule, ROUND)
    assert [one for one in tried if not one.is_as_said] == []
    assert any(one.by_polars is Outcome.HOLDS for one in tried), "no good example holds"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_bad_examples_become_findings_with_whole_sentences(rule):
    checked = engine.check(*examples.frames(rule), [rule], ROUND, last=examples.last_frames(rule))
    assert checked.errors == {}
    assert checked.findings.height >= len(rule.bad)
    for sentence in ("message_th", "message_en", "fix_th", "fix_en"):
        assert not checked.findings.get_column(sentence).str.contains(r"[{}]|^$").any()
