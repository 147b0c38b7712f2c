"""Answers 25-26: loans, debts, saving, welfare. What contradicts a debt or a saving is never drawn here."""

import numpy as np
import polars as pl

from sample_data.answers.asking import Answers, Interview, asked
from sample_data.answers.money import owes
from sample_data.draw import Bools, Ints, between, pick

SOURCE_SHARES = (0.16, 0.12, 0.42, 0.14, 0.03, 0.005, 0.025, 0.08, 0.02)
FORM_SHARES = (0.20, 0.36, 0.07, 0.16, 0.11, 0.02, 0.05, 0.005, 0.015, 0.005, 0.005)


def fill(it: Interview) -> Answers:
    return {**_loans(it), **_debts(it), **_saving(it), **_welfare(it)}


def _loans(it: Interview) -> Answers:
    borrowed = owes(it) & (it.number("loan") < 0.8)
    source = pick(it.number("loan") / 0.8, SOURCE_SHARES)
    baht = between(it.number("expense"), 10, 200) * 1000
    enough = it.number("leisure") < 0.85
    answers: Answers = {"loan_any": pl.Series(borrowed)}
    for number in range(len(SOURCE_SHARES)):
        answers[f"loan_src_{number + 1}_baht"] = asked(borrowed, np.where(source == number, baht, 0))
    answers["loan_enough"] = asked(borrowed, enough)
    answers["loan_needed_baht"] = asked(borrowed & ~enough, between(it.number("gap"), 5, 60) * 1000)
    return answers


def _debts(it: Interview) -> Answers:
    uniform = it.number("debt") / 0.46
    formal = owes(it) & (uniform < 0.72)
    fund = owes(it) & (uniform >= 0.55)
    informal = owes(it) & (uniform > 0.96)
    adults = it.count(it.age >= 20).clip(1)
    return {
        **_debt(
            formal,
            np.minimum(adults, 1 + (it.number("facility") < 0.3)),
            between(it.number("loan"), 20, 300),
            "formal",
        ),
        **_debt(fund, np.minimum(adults, 1), between(it.number("gap"), 5, 50), "fund"),
        **_debt(informal, np.minimum(adults, 1), between(it.number("gap"), 3, 40), "informal"),
    }


def _debt(there: Bools, persons: Ints, thousands: Ints, kind: str) -> Answers:
    return {
        f"debt_{kind}_count": pl.Series(np.where(there, persons, 0)),
        f"debt_{kind}_baht": pl.Series(np.where(there, thousands * 1000, 0)),
    }


def _saving(it: Interview) -> Answers:
    saves = ~it.fails("saving")
    first = pick(it.number("saving_form"), FORM_SHARES)
    second = pick((it.number("saving_form") * 977) % 1.0, FORM_SHARES)
    two = it.number("saving") < 0.4
    answers: Answers = {}
    for number in range(len(FORM_SHARES)):
        chosen = (first == number) | (two & (second == number))
        answers[f"saving_{number + 1}"] = pl.Series(saves & chosen)
    answers["saving_none"] = pl.Series(~saves)
    hundreds = between(it.number("saving"), 3, 24) * it.members.clip(1)
    answers["saving_amount_baht"] = asked(saves, hundreds * 100)
    return answers


def _welfare(it: Interview) -> Answers:
    cards = it.count(it.people["welfare_card"].fill_null(False).to_numpy())
    older = it.count(it.age >= 60)
    state = (cards > 0) | (older > 0)
    kind = np.where(older > 0, "เบี้ยยังชีพผู้สูงอายุ", "บัตรสวัสดิการแห่งรัฐ")
    local = it.number("welfare") < 0.22
    return {
        "welfare_card_holder_count": pl.Series(cards),
        "state_welfare": pl.Series(state),
        "state_welfare_text": asked(state, kind),
        "community_welfare": pl.Series(local),
        "community_welfare_text": asked(local, np.full(it.n, "กองทุนสวัสดิการชุมชน")),
    }
