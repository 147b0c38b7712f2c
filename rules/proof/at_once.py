"""Many questions settled by few households: most rules and codes go together with many others.

Each question is whether somebody keeps the rules and fits it. So a household is looked for that fits as many
of them as will go together, then one for those left over, and so on. Deliberately not here: questions that
no such household settles; they are asked one by one (proof/together.py), and only that can call them
impossible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from rules.language.to_solver_logic import Formula
from rules.proof.session import Answer, Session

# All of them together may be too hard, even where each is easy.
MOST_TOGETHER = 24
LITTLE_WORK = 400_000
Formulas = Mapping[str, Formula]


class AtOnce:
    """Questions put to a session together. ``either``: of those with equal values only one can be fitted."""

    def __init__(
        self, session: Session, kept: Sequence[str], questions: Formulas, either: Mapping[str, Hashable]
    ) -> None:
        self._session, self._kept, self._either = session, tuple(kept), either
        self._questions = dict(questions)
        self._switches = {key: f"asked {key}" for key in questions}
        self._clashes: dict[str, list[frozenset[str]]] = {key: [] for key in questions}
        for key, question in questions.items():
            session.put(self._switches[key], question)

    def settled(self) -> Iterator[str]:
        """The questions that a household found fits, as found."""
        left = list(self._questions)
        while tried := self._go_together(left):
            if self._is_found(tried):
                fitting = {key for key in left if self._session.fits(self._questions[key])}
                yield from sorted(fitting)
                left = [key for key in left if key not in fitting]

    def _go_together(self, keys: Sequence[str]) -> list[str]:
        """Those that nothing yet found out keeps apart, the first among them."""
        chosen: list[str] = []
        taken: set[Hashable] = set()
        for key in keys:
            if len(chosen) == MOST_TOGETHER:
                break
            group = self._either.get(key)
            together = {*chosen, key}
            if (group is None or group not in taken) and not any(
                clash <= together for clash in self._clashes[key]
            ):
                chosen.append(key)
                taken |= {group} - {None}
        return chosen

    def _is_found(self, wanted: list[str]) -> bool:
        """Whether a household fits them, or what is left of them once those in the way are dropped."""
        while wanted:
            switches = {self._switches[key]: key for key in wanted}
            here = self._session.sheet.home.here[0]
            answer = self._session.ask([*self._kept, *switches], here, work=LITTLE_WORK)
            if answer is Answer.POSSIBLE:
                return True
            if answer is Answer.NOT_DECIDED:
                if len(wanted) == 1:
                    self._keep_apart(frozenset(wanted))
                wanted = wanted[: len(wanted) // 2]
                continue
            clash = frozenset(switches[name] for name in self._session.responsible(list(switches)))
            if not clash:
                # The rules alone are too much: no question will be settled here.
                for key in self._questions:
                    self._keep_apart(frozenset([key]))
                return False
            self._keep_apart(clash)
            last = next(key for key in reversed(wanted) if key in clash)
            wanted = [key for key in wanted if key != last]
        return False

    def _keep_apart(self, clash: frozenset[str]) -> None:
        for key in clash:
            self._clashes[key].append(clash)
