"""Twenty checks as somebody who knows each tool would write them, each the question of a catalogue's rule.

Twelve look at one person alone; eight more at the household, its sums, or the people in it. Written by hand
and not made from the rules, so that a count that differs from the engine's shows a mistake on either side. An
answer that is missing breaks nothing. Deliberately not here: the tools (bench_tools.py).
"""

from dataclasses import dataclass

import polars as pl

from rules.language import Table

WORKING = (
    "rice", "field_crops", "orchard", "fishery", "livestock", "government", "state_enterprise", "company",
    "trade", "own_business", "labour", "service", "other",
)  # fmt: skip
AT_LEAST_LOWER_SECONDARY = ("lower_secondary", "upper_secondary", "diploma", "bachelor", "above_bachelor")
MALE, FEMALE = ("nai", "dek_chai", "phra", "samanera"), ("nang", "nang_sao", "dek_ying", "mae_chi")
CHILD, ADULT = ("dek_chai", "dek_ying"), ("nai", "nang", "nang_sao")
c = pl.col


@dataclass(frozen=True)
class Check:
    """``holds``: over the table's ``prepared`` frame (missing counts as kept); ``broken``: the SQL where."""

    rule_id: str
    table: Table
    holds: pl.Expr
    broken: str


def _among(name: str, slugs: tuple[str, ...]) -> pl.Expr:
    # Asked as text of an Enum, Polars compares places; a literal list of strings would cast the column.
    return c(name).is_in(pl.Series(slugs).implode())


def _sql(slugs: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{slug}'" for slug in slugs) + ")"


_MALE_OR_FEMALE = f"(title in {_sql(MALE)} and sex <> 'male' or title in {_sql(FEMALE)} and sex <> 'female')"
_INCOMES = ("income_main_baht", "income_secondary_baht", "income_other_baht", "income_own_produce_baht")

ONE_PERSON = (
    Check(
        "WK001", "person",
        ~(c("age").is_between(7, 14) & _among("occupation", WORKING)
          & ~_among("title", ("phra", "samanera"))),
        f"age between 7 and 14 and occupation in {_sql(WORKING)} and title not in ('phra', 'samanera')",
    ),
    Check(
        "WK003", "person",
        ~(_among("occupation", ("government", "state_enterprise")) & (c("age") >= 15)
          & ~_among("education", AT_LEAST_LOWER_SECONDARY)),
        "occupation in ('government', 'state_enterprise') and age >= 15"
        f" and education not in {_sql(AT_LEAST_LOWER_SECONDARY)}",
    ),
    Check(
        "WK004", "person",
        ~(_among("occupation", ("government", "state_enterprise")) & (c("age") >= 15)
          & ~c("age").is_between(18, 65)),
        "occupation in ('government', 'state_enterprise') and age >= 15 and age not between 18 and 65",
    ),
    Check(
        "ED002", "person",
        ~((c("education") == "kindergarten") & (c("age") > 19)),
        "education = 'kindergarten' and age > 19",
    ),
    Check(
        "ED003", "person",
        ~(c("age").is_between(7, 14) & (c("education") == "never")),
        "age between 7 and 14 and education = 'never'",
    ),
    Check(
        "TI001", "person",
        ~((_among("title", MALE) & (c("sex") != "male"))
          | (_among("title", FEMALE) & (c("sex") != "female"))),
        _MALE_OR_FEMALE,
    ),
    Check("TI002", "person", ~(_among("title", CHILD) & (c("age") >= 15)),
          f"title in {_sql(CHILD)} and age >= 15"),
    Check("TI003", "person", ~(_among("title", ADULT) & (c("age") < 15)),
          f"title in {_sql(ADULT)} and age < 15"),
    Check("TI005", "person", ~(_among("title", ("phra", "samanera")) & (c("religion") != "buddhist")),
          "title in ('phra', 'samanera') and religion <> 'buddhist'"),
    Check("HE001", "person", ~(_among("occupation", WORKING) & ~c("can_help_self")),
          f"occupation in {_sql(WORKING)} and not can_help_self"),
    Check("ID001", "person", c("national_id").str.contains("^[0-9]{13}$"),
          "not regexp_full_match(national_id, '[0-9]{13}')"),
    Check("AG003", "person", ~c("age").is_between(100, 120), "age between 100 and 120"),
)  # fmt: skip

HOUSEHOLDS = (
    Check("IN001", "household", c("income_total_baht") == pl.sum_horizontal(_INCOMES, ignore_nulls=False),
          f"members >= 1 and income_total_baht <> {' + '.join(_INCOMES)}"),
    Check("IN004", "household", pl.any_horizontal(c(name) > 0 for name in _INCOMES),
          f"members >= 1 and not ({' or '.join(f'{name} > 0' for name in _INCOMES)})"),
    Check("HH001", "household", c("heads") == 1, "members >= 1 and heads <> 1"),
    Check("HH003", "household", c("member_count") == c("members"),
          "members >= 1 and member_count <> members"),
    Check("IX005", "household", c("age35_count") == c("aged_35"),
          "members >= 1 and age35_count <> aged_35"),
    Check("IX007", "household", c("age60_count") == c("aged_60"),
          "members >= 1 and age60_count <> aged_60"),
    Check("IX016", "household", c("age15_59_count") == c("aged_15_59"),
          "members >= 1 and age15_59_count <> aged_15_59"),
    Check("RE003", "person",
          ~((c("relation") == "child") & (c("heads") == 1) & (c("age") > c("head_age"))),
          "relation = 'child' and heads = 1 and age > head_age"),
)  # fmt: skip

SETS = {12: ONE_PERSON, 20: ONE_PERSON + HOUSEHOLDS}


def prepared(
    households: pl.DataFrame, persons: pl.DataFrame, checks: tuple[Check, ...]
) -> dict[Table, pl.DataFrame]:
    """Both tables with what the checks ask of the household's people put beside each row; nobody asks: as is.

    One group_by and two joins, the fast way; a count with an age missing is missing.
    """
    if all(check.table == "person" for check in checks) and len(checks) <= len(ONE_PERSON):
        return {"person": persons}
    head, age = c("relation") == "head", c("age")
    knows = age.null_count() == 0
    people = persons.group_by("household_id").agg(
        members=pl.len().cast(pl.Int64),
        heads=pl.when(c("relation").null_count() == 0).then(head.sum().cast(pl.Int64)),
        head_age=age.filter(head).max(),
        aged_35=pl.when(knows).then((age >= 35).sum().cast(pl.Int64)),
        aged_60=pl.when(knows).then((age >= 60).sum().cast(pl.Int64)),
        aged_15_59=pl.when(knows).then(age.is_between(15, 59).sum().cast(pl.Int64)),
    )
    of_head = people.select("household_id", "heads", "head_age")
    return {
        "person": persons.join(of_head, on="household_id", how="left", maintain_order="left"),
        # Whoever has no member is another rule's case.
        "household": households.join(people, on="household_id", how="inner", maintain_order="left"),
    }
