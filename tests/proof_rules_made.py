"""Many random rules that some households keep: those that no household of a hidden few breaks."""

import random
import re

from rules.compiled import compiled, known_params
from rules.proof.session import breaks
from rules.rule import Rule, Sentence
from schemas import code_lists

WORDS = Sentence("ก", "a")
LISTS = {
    "education": "education",
    "occupation": "occupation",
    "relation": "relation",
    "sex": "sex",
    "title": "title",
    "religion": "religion",
    "health_status": "health_status",
}
COUNTS = ("age35_count", "age60_count", "smokers_count", "disabled_count", "chronic_count", "child_3_5_count",
          "fund_member_count", "drinkers_20p_count", "dropout_count", "trained_not_count")  # fmt: skip
MONEY = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht",
         "expense_production_baht", "expense_necessary_baht", "debt_formal_baht",
         "saving_amount_baht")  # fmt: skip
FLAGS = ("tidy_home_1", "tidy_home_2", "saving_1", "saving_2", "food_safety_1", "participates", "loan_any")
COLUMNS = {*LISTS, *COUNTS, *MONEY, *FLAGS, "age"}


def made(number: int, seed: int = 1) -> list[Rule]:
    """``number`` rules of both levels, in the words of the catalogue."""
    rng = random.Random(seed)
    hidden = [_household(rng) for _ in range(6)]
    rules: list[Rule] = []
    while len(rules) < number:
        level = rng.choice(["person", "household"])
        applies, must = (_person(rng), _person(rng)) if level == "person" else (_flag(rng), _home(rng))
        if set(re.findall("[a-z_0-9]+", applies)) & set(re.findall("[a-z_0-9]+", must)) & COLUMNS:
            continue
        severity = rng.choice(["must_fix", "must_fix", "must_explain"])
        rule = Rule(f"G{len(rules):03}", "made", level, severity, WORDS, WORDS, "", "", WORDS, applies, must)
        ready = compiled(rule, known_params())
        if not any(breaks(ready, household, people) for household, people in hidden):
            rules.append(rule)
    return rules


def _code(rng, name):
    return rng.choice(code_lists.load(LISTS[name]).slugs)


def _household(rng):
    people = []
    for relation in ("head", *rng.sample(["spouse", "child", "mother", "grandchild"], rng.randint(0, 2))):
        codes = {name: _code(rng, name) for name in LISTS}
        people.append({**codes, "relation": relation, "age": rng.randint(0, 95), "can_help_self": True})
    cells = {name: rng.randint(0, 3) for name in COUNTS} | {name: rng.randint(0, 10**5) for name in MONEY}
    return {**cells, **{name: rng.random() < 0.5 for name in FLAGS}, "member_count": len(people)}, people


def _person(rng):
    name = rng.choice(list(LISTS))
    listed = ", ".join(f"@{_code(rng, name)}" for _ in range(rng.randint(1, 5)))
    low = rng.randint(0, 70)
    return rng.choice(
        [
            f"{name} in ({listed})",
            f"{name} not in ({listed})",
            f"age >= {low}",
            f"age between {low} and {low + rng.randint(5, 40)}",
            f"age <= {low + 20} and {name} not in ({listed})",
            f"education >= @{_code(rng, 'education')} or age < {low}",
        ]
    )


def _flag(rng):
    return rng.choice(
        [rng.choice(FLAGS), f"not {rng.choice(FLAGS)}", f"{rng.choice(COUNTS)} >= {rng.randint(1, 2)}",
         f"any(members where {_person(rng)})", f"{rng.choice(MONEY)} > {rng.randint(0, 9) * 10000}"]
    )  # fmt: skip


def _home(rng):
    low = rng.randint(0, 60)
    return rng.choice(
        [
            f"{rng.choice(COUNTS)} <= count(members where age >= {low}) + 2",
            f"{rng.choice(COUNTS)} <= {rng.choice(COUNTS)} + {rng.randint(1, 3)}",
            f"{rng.choice(MONEY)} <= {rng.choice(MONEY)} + {rng.choice(MONEY)} + {rng.randint(0, 9) * 10000}",
            f"{rng.choice(MONEY)} <= {rng.randint(1, 9) * 20000} * member_count",
            f"{rng.choice(FLAGS)} or {rng.choice(FLAGS)} or {rng.choice(MONEY)} > 50000",
            f"all(members where {_person(rng)} have {_person(rng)})",
            f"count(members where {_person(rng)}) <= {rng.randint(1, 3)}",
        ]
    )
