"""What a household settles together with others is what the solver says when asked one by one."""

import pytest
import z3

from rules.compiled import compiled, round_params
from rules.language.to_solver_domains import domains
from rules.proof import at_once, dictionary_limits
from rules.proof.at_once import AtOnce
from rules.proof.session import Answer, Session
from rules.proof.sheets import Sheets
from schemas import rounds
from tests.test_proof_rules import household, rule

KEPT = [rule("K1", "age >= 18", "occupation = @rice"), rule("K2", "age < 60")]
ASKED = [
    rule("A", "occupation = @rice", "age >= 1"),
    rule("B", "age < 15"),
    rule("C", "age < 15 and occupation = @rice"),
    rule("D", "age > 70"),
    household("E", "happiness >= 5"),
    household("F", "happiness < 5"),
    rule("G", "sex = @male"),
    rule("H", "sex = @female"),
]


def opened(kept):
    ready = [compiled(one, round_params(rounds.load(2569))) for one in [*kept, *ASKED]]
    cells = domains(((one.table, part) for one in ready for part in one.expressions), dictionary_limits(), 2)
    session = Session(Sheets(cells, 2).of(2), ())
    asked = {one.rule.id: session.add(one).holds for one in ready}
    return session, {key: asked[key] for key in "ABCDEFGH"}


def one_by_one(session, kept, questions):
    here = session.sheet.home.here[0]
    return {
        key for key, question in questions.items() if session.ask(kept, here, question) is Answer.POSSIBLE
    }


@pytest.mark.parametrize("most", [1, 3, 24])
def test_settled_is_just_what_is_possible_when_asked_alone(monkeypatch, most):
    monkeypatch.setattr(at_once, "MOST_TOGETHER", most)
    session, questions = opened(KEPT)
    settled = list(AtOnce(session, ["K1", "K2"], questions, {}).settled())
    assert sorted(settled) == ["A", "B", "E", "F", "G", "H"]
    assert set(settled) == one_by_one(session, ["K1", "K2"], questions)


def test_nothing_is_settled_where_the_rules_alone_cannot_be_kept():
    nobody = [rule("N1", "age >= 18"), rule("N2", "age < 15")]
    session, questions = opened(nobody)
    assert list(AtOnce(session, ["N1", "N2"], questions, {}).settled()) == []


def test_what_needs_more_work_than_is_given_is_left_to_be_asked_alone(monkeypatch):
    monkeypatch.setattr(at_once, "LITTLE_WORK", 1)
    session, questions = opened(KEPT)
    settled = set(AtOnce(session, ["K1", "K2"], questions, {}).settled())
    assert settled < one_by_one(session, ["K1", "K2"], questions)


def test_what_the_solver_gives_up_on_in_one_way_is_asked_in_the_other(monkeypatch):
    session, questions = opened(KEPT)
    monkeypatch.setattr(session._solver, "check", lambda *_asked: z3.unknown)
    assert session.ask(["K1", "K2"], questions["A"]) is Answer.POSSIBLE
    assert session.fits(questions["A"])
    assert session.ask(["K1", "K2"], questions["D"]) is Answer.IMPOSSIBLE
    assert session.responsible(["K1", "K2"]) == ["K2"]
