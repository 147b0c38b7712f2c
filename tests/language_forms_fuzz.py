"""The contract of the language for forms: the XPath target gives the verdicts of the reference.

Apart from the other targets, because a form is another world: one household whose id is certain, no empty
text, no last year. What a form cannot carry is counted, never passed over.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.language_engines import Batch, by_python
from tests.language_forms import askable, by_libxml2, carried
from tests.language_fuzz import SHOWN, small, written
from tests.language_minimise import Texts, a_batch
from tests.language_worlds import World, random_world

Run = Callable[[Batch], dict[str, list[int | None]]]


@dataclass
class FormReport:
    """Of a run: verdicts by outcome, rules carried and not, differences, the first of them made small."""

    outcomes: Counter[int] = field(default_factory=Counter)
    rules: int = 0
    not_carried: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    differing: int = 0
    shown: list[str] = field(default_factory=list)


def fuzzed_forms(
    seed: int,
    verdicts: int,
    run: Run = by_libxml2,
    world: Callable[[World], World] = askable,
    households: int = 60,
    rules: int = 8,
) -> FormReport:
    """Compares a form's engine with the reference until it has given so many verdicts."""
    report = FormReport()
    while report.outcomes.total() < verdicts:
        chosen = random.Random(f"form {seed}/{report.rules}")
        table = chosen.choice(("household", "person"))
        texts = {f"R{n}": _texts(chosen, table) for n in range(rules)}
        batch = a_batch(table, texts, world(askable(random_world(chosen, households))))
        report.rules += rules
        report.not_carried.update(reason.en for reason in carried(batch)[1].values())
        _compare(report, run, batch, texts)
    return report


def without_last(texts: Texts) -> Texts:
    """The rule with this year's cells for last year's: no form carries those."""
    applies, must = texts
    return applies and applies.replace("last.", ""), must.replace("last.", "")


def _texts(chosen: random.Random, table: str) -> Texts:
    texts = written(chosen, table)
    # Most rules read last year somewhere, and none of these is carried.
    return texts if chosen.random() < 0.1 else without_last(texts)


def _compare(report: FormReport, run: Run, batch: Batch, texts: dict[str, Texts]) -> None:
    start = time.perf_counter()
    found = run(batch)
    report.seconds += time.perf_counter() - start
    right = by_python(batch)
    for rule_id, codes in found.items():
        pairs = [(code, told) for code, told in zip(codes, right[rule_id], strict=True) if code is not None]
        report.outcomes.update(code for code, _told in pairs)
        differing = sum(code != told for code, told in pairs)
        report.differing += differing
        if differing and len(report.shown) < SHOWN:
            report.shown.append(small("xpath", _whole(run), batch.table, texts[rule_id], batch.world))


def _whole(run: Run) -> Callable[[Batch], dict[str, list[int]]]:
    """The engine with the reference's verdicts where it gives none."""

    def engine(batch: Batch) -> dict[str, list[int]]:
        found, right = run(batch), by_python(batch)
        return {
            rule_id: [
                told if code is None else code
                for code, told in zip(found.get(rule_id, right[rule_id]), right[rule_id], strict=True)
            ]
            for rule_id in batch.rules
        }

    return engine


def told_of_forms(report: FormReport) -> str:
    """The report as people read it."""
    carried_ = report.rules - report.not_carried.total()
    lines = [
        f"xpath       {report.outcomes.total():>10,} verdicts  {report.seconds:7.1f} s  "
        f"{report.differing:,} differ from python; {carried_:,} rules, "
        f"{report.not_carried.total():,} more not carried:",
        *(f"  {count:,}: {reason}" for reason, count in report.not_carried.most_common()),
    ]
    return "\n".join([*lines, *report.shown])
