"""Small households whose every possible income can be listed: the slow answer that the fast one must give."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from rules.below_line import COMPONENTS
from rules.bounds.settings import Settings, Slip
from rules.compiled import compiled, round_params
from rules.language import Outcome, columns, evaluate, outcome
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

WORDS = Sentence("ก", "a")
MOST_PER_PERSON = 7
LINE = 3
ROUND = replace(
    rounds.load(2569),
    income_line_baht=LINE,
    parameters=MappingProxyType(
        dict(rounds.load(2569).parameters) | {"income_line": LINE, "income_per_capita_high": MOST_PER_PERSON}
    ),
)
SETTINGS = Settings(
    most_per_person="income_per_capita_high",
    not_evidence=frozenset({"result_income_per_capita"}),
    slips=(Slip("twice", 2, 1, WORDS), Slip("half", 1, 2, WORDS), Slip("thrice", 3, 1, WORDS)),
    roster=MappingProxyType({"MEMBERS": "stated_count"}),
    status="recalled",
)


def rule(rule_id, must, severity="must_fix", applies=None):
    one = Rule(rule_id, "x", "household", severity, WORDS, WORDS, "", "", WORDS, applies, must)
    parts = compiled(one, round_params(ROUND)).expressions
    names = {cell.name for part in parts for cell in columns(part) if cell.place == "record"}
    return replace(one, fields=tuple(sorted(names)))


def frames(*households):
    """Typed frames of households h0, h1 … given as cells and how many people there are."""
    homes, people = [], []
    for number, (amounts, members) in enumerate(households):
        key = {"household_id": f"h{number}", "district_code": "3401"}
        homes.append(key | {"tambon_code": "340101"} | amounts)
        people += [key | {"member_no": no, "age": 30} for no in range(1, members + 1)]
    return from_rows(Household, homes), from_rows(Person, people)


def _amounts(number, most):
    """Every way to fill in so many amounts without their sum passing ``most``."""
    if number == 0:
        return [()]
    return [(one, *rest) for one in range(most + 1) for rest in _amounts(number - 1, most - one)]


@dataclass(frozen=True)
class World:
    """One household: its cells, its people, and the rules it is looked at with."""

    amounts: dict
    members: int
    rules: tuple

    @property
    def recorded(self):
        return sum(self.amounts.get(name) or 0 for name in COMPONENTS)

    @property
    def most(self):
        return max(MOST_PER_PERSON * max(self.members, 1), self.recorded)

    def breaks(self, changed, severities=("must_fix",)):
        """The rules of those severities that the household breaks with some cells changed."""
        record = self.amounts | changed
        people = [{"age": 30, "member_no": number} for number in range(1, self.members + 1)]
        broken = []
        for one in self.rules:
            ready = compiled(one, round_params(ROUND))
            applies = True if ready.applies is None else evaluate(ready.applies, record, record, people)
            told = outcome(applies, evaluate(ready.must, record, record, people))
            if told == Outcome.VIOLATED and one.severity in severities:
                broken.append(one)
        return broken

    def missing(self):
        """Every income with what is missing filled in so that no rule to be fixed is broken."""
        names = [name for name in COMPONENTS if self.amounts.get(name) is None]
        left = self.most - self.recorded
        named = {name for one in self.breaks({}) for name in one.fields if self.amounts.get(name)}
        if broken := [self.amounts[name] for name in named & set(COMPONENTS)]:
            # What is there is wrong as well: nobody knows which of it.
            return {self.recorded - sum(broken), self.most}
        every = _amounts(len(names), left)
        possible = [
            sum(amounts) for amounts in every if not self.breaks(dict(zip(names, amounts, strict=True)))
        ]
        return {self.recorded + one for one in possible} or {self.recorded, self.most}

    def repaired(self):
        """Every income with one amount that a broken rule names changed, so that none is broken."""
        named = {name for one in self.breaks({}) for name in one.fields if name in COMPONENTS}
        righted = {
            self.recorded - self.amounts[name] + amount
            for name in named
            for amount in range(self.most - self.recorded + self.amounts[name] + 1)
            if not self.breaks({name: amount})
        }
        anything = {self.recorded - sum(self.amounts[name] for name in named), self.most}
        return righted or (anything if named else set())

    def slipped(self):
        """Every income a slip away that breaks no rule; totals follow the amounts."""
        severities = ("must_fix", "must_explain")
        of_amounts = [one for one in self.breaks({}, severities) if "income_total_baht" not in one.fields]
        doubted = {name for one in of_amounts for name in one.fields if name in COMPONENTS}
        found = set()
        for slip in SETTINGS.slips:
            scopes = [{name} for name in doubted] + ([set(COMPONENTS)] if doubted else [])
            for scope in scopes:
                found |= self._slipped(slip, scope, severities)
        return found

    def _slipped(self, slip, scope, severities):
        changed = {name: self.amounts[name] for name in COMPONENTS}
        for name in scope:
            amount = changed[name]
            is_alone = len(scope) == 1
            if amount is None or (amount == 0 and is_alone) or amount * slip.times % slip.over:
                if amount is None and not is_alone:
                    continue
                return set()
            changed[name] = amount * slip.times // slip.over
        income = sum(amount or 0 for amount in changed.values())
        followed = changed | {"income_total_baht": None, "income_per_capita_baht": None}
        return set() if income > self.most or self.breaks(followed, severities) else {income}
