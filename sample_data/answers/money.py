"""Answer 25: income by component and expenditure of the past year, in whole baht.

Income per person is drawn first (near the published mean of the north-east), then split so that what a
household lives on suits its members: no main income without a worker, an allowance for every older person.
"""

import numpy as np
import polars as pl

from sample_data import traits
from sample_data.answers.asking import Answers, Interview
from sample_data.draw import Ints
from schemas import rounds

LEAST_ABOVE_LINE, MOST = 2_500, 285_000
"""Baht a year and person. Households below the line are drawn on purpose (rates.toml), never by accident."""

LEAST_OFFICIAL_INCOME = 260_000
OLD_AGE_ALLOWANCE, CARD_MONEY = 7_200, 3_600
LEAST_NECESSARY = 9_000
"""Baht a year and person; the rule's limit is lower."""

DRIFT, LEAST_DRIFT = 1.035, 0.015
"""How much incomes grew between the two rounds, on average, and how much each changed at least, either way:
nobody earns the same in two years to the baht.
"""


def below_line(it: Interview) -> np.ndarray:
    """Which homes are meant to be below the line. No officials there: their salary alone is above it."""
    official = it.count(it.occupied("government", "state_enterprise")) > 0
    return (it.number("below") < traits.rates()["chosen"]["below_income_line"]) & ~official


def per_person(it: Interview) -> np.ndarray:
    """Baht a year per member: a skewed bell around 82,000, apart from those below the line."""
    spread = _normal(it.number("income"))
    usual = np.exp(np.log(82_000) + 0.42 * spread)
    official = it.count(it.occupied("government", "state_enterprise")) > 0
    usual = np.where(official, np.maximum(usual, LEAST_OFFICIAL_INCOME / it.members.clip(1)), usual)
    line = rounds.load(it.year).income_line_baht
    poor = np.maximum(line * (0.45 + 0.53 * it.number("income")), 33_000 / it.members.clip(1))
    poor, usual = np.minimum(poor, line - 200), usual.clip(line + LEAST_ABOVE_LINE, MOST)
    if it.year < 2569:
        drift = _drift(it)
        least = line + LEAST_ABOVE_LINE * (0.2 + 0.6 * it.number("shares"))
        poor, usual = poor * np.minimum(drift, 1 / drift), np.maximum(usual * drift, least)
    return np.where(below_line(it), poor, usual)


def _drift(it: Interview) -> np.ndarray:
    """By what the income of the later round is multiplied to give the earlier one's."""
    drift = 1 / (DRIFT + 0.12 * (it.number("shares") - 0.5))
    return np.where(drift > 1, drift.clip(1 + LEAST_DRIFT), drift.clip(None, 1 - LEAST_DRIFT))


def fill(it: Interview) -> Answers:
    """All income and expenditure columns; totals are sums, the average is rounded down."""
    income = _income(it)
    total = sum(income.values())
    spent = _expenses(it, total)
    return {
        **{name: pl.Series(values) for name, values in income.items()},
        "income_total_baht": pl.Series(total),
        "income_per_capita_baht": pl.Series(total // it.members.clip(1)),
        **{name: pl.Series(values) for name, values in spent.items()},
        "expense_total_baht": pl.Series(sum(spent.values())),
    }


def _income(it: Interview) -> dict[str, Ints]:
    wanted = np.ceil(per_person(it) * it.members / 100).astype(np.int64) * 100
    just_below = (rounds.load(it.year).income_line_baht * it.members - 100).clip(0)
    wanted = np.where(below_line(it), np.minimum(wanted, just_below), wanted)
    working = it.count(it.works)
    farming = it.count(it.occupied("rice", "field_crops", "orchard", "livestock", "fishery")) > 0
    shares = it.number("shares")
    produce = np.where(farming, 0.03 + 0.07 * it.number("produce"), 0.0)
    other = np.where(working > 0, 0.06 + 0.16 * shares, 1.0 - produce)
    second = np.where(working >= 2, 0.05 + 0.15 * it.number("produce"), 0.0)
    other_baht = np.maximum(_hundreds(wanted * other), np.minimum(_allowances(it), wanted // 2))
    produce_baht = _hundreds(wanted * produce)
    second_baht = _hundreds(wanted * second)
    main_baht = np.where(working > 0, wanted - other_baht - produce_baht - second_baht, 0)
    other_baht = np.where(working > 0, other_baht, wanted - produce_baht)
    return {
        "income_main_baht": main_baht,
        "income_secondary_baht": second_baht,
        "income_other_baht": other_baht,
        "income_own_produce_baht": produce_baht,
    }


def _allowances(it: Interview) -> Ints:
    older = it.count((it.age >= 60) | it.groups["disabled_care"])
    cards = it.count(it.people["welfare_card"].fill_null(False).to_numpy())
    return older * OLD_AGE_ALLOWANCE + cards * CARD_MONEY


def _expenses(it: Interview, total: Ints) -> dict[str, Ints]:
    farming = it.count(it.occupied("rice", "field_crops", "orchard", "livestock", "fishery")) > 0
    selling = it.count(it.occupied("trade", "own_business")) > 0
    production = np.where(farming, 0.08 + 0.12 * it.number("expense"), np.where(selling, 0.10, 0.0))
    necessary = np.maximum(
        _hundreds(total * (0.32 + 0.18 * it.number("expense"))), LEAST_NECESSARY * it.members
    )
    service = np.where(owes(it), 0.03 + 0.07 * it.number("debt"), 0.0)
    return {
        "expense_production_baht": _hundreds(total * production),
        "expense_necessary_baht": necessary,
        "expense_unnecessary_baht": _hundreds(total * (0.01 + 0.04 * it.number("unnecessary"))) + 100,
        "expense_debt_service_baht": np.where(owes(it), _hundreds(total * service) + 100, 0),
    }


def owes(it: Interview) -> np.ndarray:
    """Which homes are in debt. Nobody lends to a home without an adult."""
    return (it.number("debt") < 0.46) & (it.count(it.age >= 20) > 0)


def _hundreds(baht: np.ndarray) -> Ints:
    return np.floor(baht / 100).astype(np.int64) * 100


def _normal(uniform: np.ndarray) -> np.ndarray:
    """Near-normal numbers from uniform ones (logistic with a normal's spread), the same on every machine."""
    inside = uniform.clip(1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside)) / 1.702
