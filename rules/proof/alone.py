"""Questions about one rule: can it apply, can it fire, and do others find all that it finds.

Any cell may be missing here: a rule that catches something others do not is never called redundant because
they would need one answer more. Others are looked at only where they share a column. Deliberately not here:
whether rules contradict each other (proof/together.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.compiled import Compiled
from rules.language.to_solver_domains import cell_names
from rules.proof import sentences as say
from rules.proof.sentences import Flaw
from rules.proof.session import Answer, Session, breaks
from rules.proof.sheets import MOST, Sheets
from rules.rule import Sentence

RANK = {"must_fix": 0, "must_explain": 1, "watch": 2}
FIRES = Sentence("มีรายการใดผิดกฎนี้ได้หรือไม่", "whether anything can violate it")
NEEDED = Sentence("กฎซ้ำซ้อนกับกฎอื่นหรือไม่", "whether others make it unnecessary")


class Alone:
    """The rules of a round, asked one by one."""

    def __init__(self, rules: Sequence[Compiled], sheets: Sheets) -> None:
        self._sheets = sheets
        # The latest of the mildest first: of two that say the same, it is the one to retire.
        self._rules = sorted(rules, key=lambda rule: (RANK[rule.rule.severity], rule.rule.id))
        self._reads = {rule.rule.id: cell_names(rule.table, rule.expressions) for rule in rules}

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with each rule; one at a time, so that progress can be shown."""
        left = list(self._rules)
        for rule in reversed(self._rules):
            fires, session = self._possible(rule, "violated")
            if fires is Answer.POSSIBLE:
                flaw = self._unneeded(rule, [other for other in left if other != rule], session)
            else:
                flaw = self._unable(rule, fires)
            if flaw is not None and flaw.kind != "not_decided":
                left.remove(rule)
            if flaw is not None:
                yield flaw

    def _unable(self, rule: Compiled, fires: Answer) -> Flaw:
        if fires is Answer.NOT_DECIDED:
            return say.not_decided([rule.rule.id], FIRES)
        applies, _ = self._possible(rule, "applies")
        if applies is Answer.NOT_DECIDED:
            return say.not_decided([rule.rule.id], FIRES)
        is_dead = applies is Answer.IMPOSSIBLE
        return say.dead_condition(rule.rule.id) if is_dead else say.never_fires(rule.rule.id)

    def _possible(self, rule: Compiled, what: str) -> tuple[Answer, Session]:
        """The answer, and where it was found."""
        enough = self._sheets.enough([rule])
        for size in sorted({1, min(enough, MOST)}):
            session = Session(self._sheets.of(size))
            answer = session.ask([], getattr(session.add(rule), what))
            if answer is not Answer.IMPOSSIBLE:
                return answer, session
        return (Answer.IMPOSSIBLE if enough <= MOST else Answer.NOT_DECIDED), session

    def _unneeded(self, rule: Compiled, others: Sequence[Compiled], session: Session) -> Flaw | None:
        """``session``: it has just found a household that violates the rule."""
        stricter = [other for other in others if RANK[other.rule.severity] <= RANK[rule.rule.severity]]
        by: tuple[str, ...] = ()
        answer = Answer.POSSIBLE
        tried, size = 0, session.sheet.size
        while size > tried:
            if size > MOST:
                return say.not_decided([rule.rule.id, *by], NEEDED)
            if tried:
                session = Session(self._sheets.of(size))
                answer = session.ask([], session.add(rule).violated)
            answer, by = self._implied(rule, stricter, session, answer)
            if answer is Answer.POSSIBLE:
                return None
            if answer is Answer.NOT_DECIDED:
                return say.not_decided([rule.rule.id], NEEDED)
            implying = [other for other in stricter if other.rule.id in by]
            tried, size = size, self._sheets.enough([rule, *implying])
        return say.redundant(rule.rule.id, by)

    def _implied(
        self, rule: Compiled, others: Sequence[Compiled], session: Session, answer: Answer
    ) -> tuple[Answer, tuple[str, ...]]:
        """Others join only when a household found breaks them: most rules are settled without any.

        ``answer``: what the session has just said of the rule alone.
        """
        violated = session.add(rule).violated
        reads = set(self._reads[rule.rule.id])
        kept: list[str] = []
        while True:
            if answer is Answer.IMPOSSIBLE:
                return answer, session.smallest(kept, violated)
            if answer is Answer.NOT_DECIDED:
                return answer, ()
            household, people = session.rows()
            near = [other for other in others if reads & self._reads[other.rule.id]]
            broken = [
                other for other in near if other.rule.id not in kept and breaks(other, household, people)
            ]
            if not broken:
                return answer, ()
            for other in broken:
                session.add(other)
                reads |= self._reads[other.rule.id]
                kept.append(other.rule.id)
            answer = session.ask(kept, violated)
