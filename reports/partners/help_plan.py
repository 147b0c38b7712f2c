"""A district's help plan: what each household fails in income, education and housing, for whom, since when.

For the district's own use: it names people, so it is only ever written encrypted (locked.py). The form tells
how many fail, not who: named are the members whom the indicator counts. Deliberately not here: which
indicators and answers belong to what (help_plan.toml), and judging them (rules/indicators).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from rules.compiled import round_params
from rules.indicators import FAILING, Indicator, slugs
from rules.language import parse_condition, values
from rules.rule import Sentence
from schemas import areas, code_lists
from schemas.code_lists import Status, as_status
from schemas.dictionary import Column, columns
from schemas.household import Household
from schemas.rounds import Round

FILE = Path(__file__).with_suffix(".toml")
ON = ["district_code", "household_id"]
_YES = {True: "ใช่", False: "ไม่ใช่"}
_UNITS = {"baht": "บาท", "persons": "คน"}


@dataclass(frozen=True)
class HelpArea:
    """What can be helped with: its indicators by slug, and the household's answers that matter."""

    name: str
    text: Sentence
    indicators: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The whole file."""

    status: Status
    areas: tuple[HelpArea, ...]


@cache
def load() -> Plan:
    """The plan's data. Raises ValueError for what is misspelt."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Plan:
    """The plan's data from the text of such a file. Raises ValueError, naming the place."""
    data = tomllib.loads(text)
    known = columns(Household)
    found = []
    for name, entry in data["areas"].items():
        if unknown := [one for one in entry["answers"] if one not in known or known[one].personal]:
            raise ValueError(f"areas.{name}: no answers of a household: {', '.join(unknown)}")
        text_ = Sentence(entry["th"], entry["en"])
        found.append(HelpArea(name, text_, tuple(entry["indicators"]), tuple(entry["answers"])))
    return Plan(as_status(data["status"]), tuple(found))


def frame(
    households: pl.DataFrame,
    persons: pl.DataFrame,
    below_line: pl.DataFrame,
    assessed: pl.DataFrame,
    known: Sequence[Indicator],
    round_: Round,
    last: tuple[int, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """The export's rows: one per household and failing indicator of the plan, of one district.

    ``households`` and ``persons``: typed records; ``below_line`` and ``assessed``: as judged of them;
    ``last``: the last round's year and its assessed frame, None where nobody has assessed it.
    """
    chosen = {each.slug: each for each in known}
    parts = [
        _failing(assessed, chosen[slug], area, no).join(
            _people(households, persons, chosen[slug], round_), on=ON, how="left"
        )
        for no, area in enumerate(load().areas, 1)
        for slug in area.indicators
        if slug in slugs(assessed) and slug in chosen
    ]
    failing = pl.concat(parts)
    lived_in = _once(below_line.select(*ON, "tambon_code", "village_no", "members"))
    told = _once(households.select(*ON, "house_no", *(_answers(area) for area in load().areas)))
    joined = failing.join(lived_in, on=ON, how="inner").join(told, on=ON, how="left")
    answered = [pl.when(pl.col("area") == area.name).then(pl.col(_answered(area))) for area in load().areas]
    names = {code: areas.tambon_name(code) for code in joined.get_column("tambon_code").drop_nulls().unique()}
    return _since(joined, round_, last).select(
        "tambon_code",
        pl.col("tambon_code").replace(names).alias("tambon_name"),
        *("village_no", "house_no", "household_id", "members", "area_no", "area_th"),
        *("indicator", "indicator_th", "failing", "people", "since_round_be"),
        pl.coalesce(answered).alias("answers"),
    )


def _failing(assessed: pl.DataFrame, indicator: Indicator, area: HelpArea, no: int) -> pl.DataFrame:
    slug = indicator.slug
    has_people = slug + FAILING in assessed.columns
    return (
        _once(assessed)
        .filter(pl.col(slug) == "fail")
        .select(
            *ON,
            area=pl.lit(area.name),
            area_no=pl.lit(no, pl.Int64),
            area_th=pl.lit(area.text.th),
            indicator=pl.lit(slug),
            indicator_th=pl.lit(indicator.name.th),
            failing=pl.col(slug + FAILING) if has_people else pl.lit(None, pl.Int64),
        )
    )


def _people(
    households: pl.DataFrame, persons: pl.DataFrame, indicator: Indicator, round_: Round
) -> pl.DataFrame:
    """ON and ``people``: the members whom the indicator counts, a line each; nobody where no roster tells."""
    if indicator.unit == "person" and indicator.who is None:
        return pl.DataFrame(schema=dict.fromkeys((*ON, "people"), pl.String))
    # An indicator about the household is about everybody who lives there.
    named = persons if indicator.unit == "household" else _counted(households, persons, indicator, round_)
    line = pl.concat_str(
        [
            pl.col("member_no").cast(pl.String).fill_null("–"),
            pl.lit(". "),
            _name(),
            pl.when(pl.col("age").is_not_null()).then(pl.format(" อายุ {} ปี", "age")).otherwise(pl.lit("")),
        ]
    )
    named = named.sort("member_no", maintain_order=True)
    return named.group_by(ON, maintain_order=True).agg(people=line.str.join("\n"))


def _counted(
    households: pl.DataFrame, persons: pl.DataFrame, indicator: Indicator, round_: Round
) -> pl.DataFrame:
    """The persons whom a person indicator surely or perhaps counts."""
    texts = [text for text in (indicator.who, indicator.perhaps) if text]
    asked = {text: parse_condition(text, "person", None, round_params(round_)) for text in texts}
    counted = values(asked, "person", households, persons)
    return persons.filter(counted.select(pl.any_horizontal(pl.all().fill_null(value=False))).to_series())


def _name() -> pl.Expr:
    titles = code_lists.load("title").label_th
    title = pl.col("title").cast(pl.String).replace(titles).fill_null("")
    names = [pl.col(name).fill_null("") for name in ("first_name", "last_name")]
    return pl.concat_str([title + names[0], names[1]], separator=" ")


def _answered(area: HelpArea) -> str:
    return f"{area.name} answers"


def _answers(area: HelpArea) -> pl.Expr:
    """What the household answered in an area, a line each; what is empty, or counts nobody, is left out."""
    lines = [_line(columns(Household)[name]) for name in area.answers]
    return pl.concat_list(lines).list.drop_nulls().list.join("\n").alias(_answered(area))


def _line(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == "bool":
        said: Mapping[object, str] = _YES
        text = value.replace_strict(said, return_dtype=pl.String)
    elif column.code_list:
        text = value.cast(pl.String).replace(code_lists.load(column.code_list).label_th)
    else:
        unit = _UNITS.get(column.unit or "", "")
        # No income is told, nobody concerned is not.
        is_told = value > 0 if column.unit == "persons" else value.is_not_null()
        text = pl.when(is_told).then(value.cast(pl.String) + f" {unit}")
    return pl.lit(f"{column.th}: ") + text


def _since(rows: pl.DataFrame, round_: Round, last: tuple[int, pl.DataFrame] | None) -> pl.DataFrame:
    this = pl.lit(round_.year_be, pl.Int64)
    if last is None:
        return rows.with_columns(since_round_be=this)
    year, assessed = last
    failed = [
        assessed.filter(pl.col(slug) == "fail").select("household_id", indicator=pl.lit(slug))
        for slug in slugs(assessed)
    ]
    # By the household's key alone: a district's code may have changed over the year.
    before = pl.concat(failed).unique().with_columns(was=pl.lit(year, pl.Int64))
    joined = rows.join(before, on=["household_id", "indicator"], how="left")
    return joined.with_columns(since_round_be=pl.coalesce("was", this))


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.unique(ON, keep="first", maintain_order=True)
