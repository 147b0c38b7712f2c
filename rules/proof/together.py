"""Questions about rules together: can they all be kept, by whom, and with which codes.

Here every cell is answered, except those of which some rule asks whether they are missing: whoever leaves
everything empty breaks no rule, and that would hide every contradiction. Kept means that no must_fix rule is
violated by the household or anybody in it. Deliberately not here: single rules (proof/alone.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence

from rules.compiled import Compiled
from rules.language import ast
from rules.language.to_solver_domains import CellName, home
from rules.language.to_solver_logic import Formula
from rules.proof import sentences as say
from rules.proof.at_once import AtOnce
from rules.proof.sentences import Flaw
from rules.proof.session import Answer, Session
from rules.proof.sheet import Sheet, asks_about_members
from rules.proof.sheets import MOST, Sheets
from rules.rule import Sentence

MOST_TRIES = 60
KEPT = Sentence("กฎขัดกับกฎอื่นหรือไม่", "whether rules contradict each other")
Question = Callable[[Sheet], Formula]


class Together:
    """Rules that share columns, directly or through others."""

    def __init__(self, rules: Sequence[Compiled], sheets: Sheets, may_be_empty: Collection[CellName]) -> None:
        self._rules = {rule.rule.id: rule for rule in rules}
        self._sheets, self._may_be_empty = sheets, may_be_empty
        about_members = any(map(asks_about_members, rules))
        # Rules that ask nothing about others bind each person alone.
        self._sizes = sorted({min(2, sheets.people), sheets.people}) if about_members else [1]
        self._sessions: dict[int, Session] = {}
        self._questions: dict[str, Question] = {}
        self._kept: list[str] = []

    def flaws(self) -> Iterator[Flaw]:
        """Contradictions, then codes without a valid record; one at a time, so that progress can be shown."""
        hard = [rule_id for rule_id, rule in self._rules.items() if rule.rule.severity == "must_fix"]
        cores, out = self._cores(hard)
        yield from (say.contradiction(core) for core in cores)
        if out is None:
            yield say.not_decided(hard, KEPT)
            return
        self._kept = [rule_id for rule_id in hard if rule_id not in out]
        codes = dict(self._codes())
        self._questions = {key: _holds(rule) for key, rule in self._rules.items()} | {
            key: _coded(name, column, slug) for key, (name, column, slug) in codes.items()
        }
        first = self._session(self._sizes[0])
        asked = {key: question(first.sheet) for key, question in self._questions.items()}
        columns = {key: name for key, (name, _, _) in codes.items()}
        for key in AtOnce(first, self._kept, asked, columns).settled():
            del self._questions[key]
        known = set(cores)
        for rule in self._rules.values():
            for flaw in self._conflicts(rule):
                if flaw.rules not in known:
                    known.add(flaw.rules)
                    yield flaw
        for key, (name, column, slug) in codes.items():
            yield from self._no_record(key, name, column, slug)

    def _conflicts(self, rule: Compiled) -> Iterator[Flaw]:
        """Contradictions seen only where the rule applies."""
        rule_id = rule.rule.id
        if rule_id not in self._questions:
            return
        cores, out = self._cores(self._kept, self._questions[rule_id], [rule], MOST_TRIES // 4)
        if out is None:
            yield say.not_decided([rule_id], KEPT)
        for core in cores:
            # Where it only applies to records that others refuse, it is not needed, which Alone says.
            if self._impossible(core, _applies(rule), [rule])[0] is Answer.POSSIBLE:
                yield say.contradiction({rule_id, *core})

    def _no_record(self, key: str, name: CellName, column: ast.Column, slug: str) -> Iterator[Flaw]:
        if key not in self._questions:
            return
        answer, core = self._impossible(self._kept, self._questions[key])
        if answer is Answer.NOT_DECIDED:
            yield say.not_decided(
                core or self._kept,
                Sentence(f"มีรายการที่ {key} ผ่านกฎได้หรือไม่", f"whether a record with {key} can keep the rules"),
            )
        elif answer is Answer.IMPOSSIBLE and column.type.codes:
            yield say.code_without_record(name, column.type.codes.name, slug, core)

    def _codes(self) -> Iterator[tuple[str, tuple[CellName, ast.Column, str]]]:
        for rule in self._rules.values():
            for column in (column for expression in rule.expressions for column in ast.columns(expression)):
                for slug in column.type.codes.slugs if column.type.codes else ():
                    name = home(rule.table, column)
                    yield f"{name[1]} = @{slug}", (name, column, slug)

    def _impossible(
        self, kept: Sequence[str], question: Question | None = None, about: Sequence[Compiled] = ()
    ) -> tuple[Answer, tuple[str, ...]]:
        """Whether nobody keeps the rules and fits the question; then the fewest rules that already say so."""
        for size in self._sizes:
            answer = self._ask(self._session(size), kept, question)
            if answer is not Answer.IMPOSSIBLE:
                return answer, ()
        core = self._fewest(self._session(self._sizes[-1]), kept, question)
        responsible = [*(self._rules[rule_id] for rule_id in core), *about]
        enough = self._sheets.enough(responsible)
        if enough > MOST:
            return Answer.NOT_DECIDED, core
        if enough > max(self._sheets.people, self._sizes[-1]):
            few = self._new_session(enough, responsible)
            if self._ask(few, core, question) is not Answer.IMPOSSIBLE:
                whole = self._session(enough)
                answer = self._ask(whole, kept, question)
                return answer, self._fewest(whole, kept, question) if answer is Answer.IMPOSSIBLE else ()
        return Answer.IMPOSSIBLE, core

    def _ask(self, session: Session, kept: Sequence[str], question: Question | None) -> Answer:
        answer = session.ask(kept, *_asked(session, question))
        if answer is Answer.POSSIBLE and list(kept) == self._kept:
            # One valid household often settles many questions.
            for key, other in list(self._questions.items()):
                if session.fits(other(session.sheet)):
                    del self._questions[key]
        return answer

    def _fewest(self, session: Session, kept: Sequence[str], question: Question | None) -> tuple[str, ...]:
        return session.smallest(kept, *_asked(session, question))

    def _session(self, size: int) -> Session:
        if size not in self._sessions:
            self._sessions[size] = self._new_session(size, list(self._rules.values()))
        return self._sessions[size]

    def _new_session(self, size: int, rules: Sequence[Compiled]) -> Session:
        session = Session(self._sheets.of(size), self._may_be_empty)
        for rule in rules:
            session.add(rule)
        return session

    def _cores(
        self,
        rules: Sequence[str],
        question: Question | None = None,
        about: Sequence[Compiled] = (),
        most: int = MOST_TRIES,
    ) -> tuple[list[tuple[str, ...]], frozenset[str] | None]:
        """The smallest sets that nobody who fits the question keeps, and the fewest rules to leave out.

        Without these somebody keeps the rest; None where that is not decided. Each set found is broken up
        by leaving out one of its rules after another: as few as possible first, after ``most`` tries any.
        """
        cores: list[tuple[str, ...]] = []
        freed: list[frozenset[str]] = []
        seen: set[frozenset[str]] = {frozenset()}
        waiting = deque(seen)
        tries = 0
        while waiting and not (freed and tries > most):
            out = waiting.popleft() if tries <= most else waiting.pop()
            tries += 1
            if any(enough <= out for enough in freed):
                continue
            core = next((known for known in cores if out.isdisjoint(known)), None)
            if core is None:
                left = [rule_id for rule_id in rules if rule_id not in out]
                answer, core = self._impossible(left, question, about)
                if answer is Answer.NOT_DECIDED:
                    return cores, None
                if answer is Answer.POSSIBLE:
                    freed.append(out)
                    continue
                cores.append(tuple(sorted(core)))
            fewer = [out | {rule_id} for rule_id in core]
            waiting += [one for one in fewer if one not in seen]
            seen.update(fewer)
        return cores, freed[0] if freed else frozenset(rules)


def _asked(session: Session, question: Question | None) -> list[Formula]:
    somebody = session.sheet.home.here[0]
    return [somebody] if question is None else [somebody, question(session.sheet)]


def _holds(rule: Compiled) -> Question:
    return lambda sheet: sheet.asked(rule).holds


def _applies(rule: Compiled) -> Question:
    return lambda sheet: sheet.asked(rule).applies


def _coded(name: CellName, column: ast.Column, slug: str) -> Question:
    return lambda sheet: sheet.code(name, column, slug)
