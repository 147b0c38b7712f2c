"""The XPath target: the reference's verdicts, by two engines; what pyxform makes of it; what it refuses."""

import os
import random
import re
from collections import Counter
from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from pyxform.xls2xform import convert

from rules import examples
from rules.catalogue import load
from rules.compiled import compiled, round_params
from rules.form_rules import form_rules
from rules.in_force import in_force
from rules.language import parse_condition
from rules.language.to_xpath import LONGEST, Form, NotCarried, to_xpath
from schemas import rounds
from tests.language_collect import askable_in_collect, by_javarosa, constraints, is_here, workbook
from tests.language_engines import Batch, a_rule, by_python, columns_read
from tests.language_forms import FilledIn, askable, by_libxml2, carried
from tests.language_forms_fuzz import fuzzed_forms, told_of_forms, without_last
from tests.language_minimise import a_batch
from tests.language_page import RUN, tables
from tests.language_worlds import COLUMNS, World
from tests.language_writer import PARAMS, Writer

ROUND = rounds.load(2569)


def a_person_rule(must: str, applies: str | None = None, table: str = "person"):
    typed = [text and parse_condition(text, table, COLUMNS, PARAMS) for text in (applies, must)]
    return a_rule("R", table, *typed)


def xpath(must: str, table: str = "person", form: Form | None = None) -> str:
    return to_xpath(a_person_rule(must, table=table), table, form or Form()).constraint


@pytest.fixture
def _java() -> None:
    if not is_here() and os.environ.get("CI"):
        pytest.fail("Java is not installed: .ci/run installs it")
    if not is_here():
        pytest.skip("no Java here: neither ODK Validate nor JavaRosa looked at the rules")


def test_a_form_gives_the_verdicts_of_the_reference() -> None:
    report = fuzzed_forms(seed=2569, verdicts=16_000)
    assert (report.shown, report.differing) == ([], 0), told_of_forms(report)
    assert min(report.outcomes[code] for code in range(4)) > 1_000
    assert report.rules > 2 * report.not_carried.total() > 0


def test_a_form_that_is_wrong_is_caught_and_its_fault_made_small() -> None:
    def careless(batch: Batch) -> dict[str, list[int | None]]:
        people = [row | {"age": row["age"] or 0} for row in batch.world.people]
        return by_libxml2(Batch(batch.table, batch.rules, batch.world._replace(people=people)))

    report = fuzzed_forms(seed=1, verdicts=4_000, run=careless)
    assert report.differing > 0
    assert sum(len(text) for text in re.findall("(?:applies|must): *(.*)", report.shown[0])) < 80


@pytest.mark.usefixtures("_java")
def test_odk_collect_gives_the_verdicts_of_the_reference() -> None:
    report = fuzzed_forms(2, 3_000, by_javarosa, askable_in_collect, households=40, rules=40)
    assert (report.shown, report.differing) == ([], 0), told_of_forms(report)
    assert min(report.outcomes[code] for code in range(4)) > 300


def test_the_tables_of_the_page_are_what_a_form_does_where_it_can_hold_them() -> None:
    said: Counter[tuple[str, ...]] = Counter()
    for header, make in RUN.items():
        cases = make(header, tables()[header])
        found = by_libxml2(cases.batch())
        asked = {rule_id: found[rule_id][cases.right[rule_id][0]] for rule_id in found}
        wrong = {
            cases.texts[rule_id]: (code, cases.right[rule_id][1])
            for rule_id, code in asked.items()
            if code not in (None, cases.right[rule_id][1])
        }
        assert wrong == {}
        said[header] += sum(code is not None for code in asked.values())
    # The two tables of last year are not carried at all.
    assert sorted(said.values())[:3] == [0, 0, 3]
    assert said.total() > 200


@cache
def catalogue_batch(table: str) -> Batch:
    world, rules = World([], [], [], []), {}
    for rule in (rule for rule in load() if rule.level == table and rule.must):
        rules[rule.id] = compiled(rule, round_params(ROUND))
        for rows, frame in zip(world, examples.frames(rule), strict=False):
            own = pl.concat_str(pl.lit(rule.id), pl.col("household_id"))
            rows.extend(frame.with_columns(household_id=own).to_dicts())
    return Batch(table, rules, askable(world), columns_read(table, rules))


def its_own(form: FilledIn, rule_ids: list[str]) -> list[str]:
    """A rule is asked of the forms of its own examples."""
    return [rule_id for rule_id in rule_ids if form.household["household_id"].startswith(rule_id)]


@pytest.mark.parametrize("table", ["household", "person"])
def test_the_catalogue_judges_its_examples_in_a_form_as_the_reference_does(table: str) -> None:
    batch = catalogue_batch(table)
    right, found = by_python(batch), by_libxml2(batch, its_own)
    assert [rule_id for rule_id in found if differ(found[rule_id], right[rule_id])] == []
    met = Counter(code for codes in found.values() for code in codes)
    assert min(met[code] for code in range(4)) > 100
    assert all(1 in codes for codes in found.values())


@pytest.mark.usefixtures("_java")
@pytest.mark.parametrize("table", ["household", "person"])
def test_the_catalogue_judges_its_examples_in_odk_collect_as_the_reference_does(table: str) -> None:
    batch = catalogue_batch(table)
    batch = Batch(table, batch.rules, askable_in_collect(batch.world), batch.tables)
    right, found = by_python(batch), by_javarosa(batch, its_own)
    assert [rule_id for rule_id in found if differ(found[rule_id], right[rule_id])] == []
    assert all(1 in codes for codes in found.values())


def differ(found: list[int | None], right: list[int]) -> bool:
    return any(code not in (None, told) for code, told in zip(found, right, strict=True))


def test_every_rule_of_the_catalogue_is_carried_or_its_reason_told() -> None:
    found = form_rules(load(), ROUND)
    assert not found.carried.keys() & found.left_out.keys()
    by_id = {rule.id: rule for rule in load()}
    texts = {rule_id: f"{by_id[rule_id].applies} {by_id[rule_id].must}" for rule_id in found.left_out}
    assert all("last." in text or by_id[rule_id].structural for rule_id, text in texts.items())
    assert len(found.carried) > 200
    assert found.carried.keys() | found.left_out.keys() == {rule.id for rule in in_force(load(), ROUND)}
    assert all(re.search("[ก-๙]", reason.th) and reason.en.isascii() for reason in found.left_out.values())


def random_rules(number: int, table: str) -> dict[str, tuple[None, str]]:
    writer = Writer(random.Random(f"forms {table}").choice, table)
    return {f"{table}_{n}": without_last((None, writer.condition(3))) for n in range(number)}


def as_questions(batch: Batch, table: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    said = {rule_id: rule.constraint for rule_id, rule in carried(batch)[0].items()}
    asked = [
        {"type": "text", "name": rule_id, "label": "x", "table": table, "constraint": text}
        for rule_id, text in said.items()
    ]
    return asked, said


@pytest.mark.parametrize("made", ["catalogue", "random"])
def test_pyxform_compiles_every_constraint_and_changes_none(made: str) -> None:
    asked, said, columns = [], {}, {"household": {}, "person": {}}
    for table in ("household", "person"):
        batch = (
            catalogue_batch(table)
            if made == "catalogue"
            else a_batch(table, random_rules(120, table), World())
        )
        rows, texts = as_questions(batch, table)
        asked, said = asked + rows, said | texts
        for name, kinds in batch.tables.items():
            columns[name] = columns[name] | dict(kinds)
    book = workbook(columns, asked)
    assert len(said) > 150
    compiled_form = convert(book, form_name="data", validate=is_here())
    assert constraints(compiled_form.xform) == said


@pytest.mark.usefixtures("_java")
def test_odk_validate_is_really_asked() -> None:
    row = {"type": "text", "name": "q", "label": "x", "table": "household"}
    wrong = [row | {"constraint": "number(1"}]
    with pytest.raises(Exception, match="invalid constraint"):
        convert(workbook(COLUMNS, wrong), form_name="data", validate=True)


@pytest.mark.parametrize(
    "text", ["a  b", "  ", "${age}", "it's", "'", '"', "$", "$${", "a'b\"c", "a '  ${' b", "ก  ข"]
)
def test_a_text_reaches_the_form_as_the_rule_has_it(text: str) -> None:
    rule = a_person_rule('name = "x"')
    must = replace(rule.must, right=replace(rule.must.right, value=text))
    people = [{"household_id": "h", "name": name} for name in (text, text + "x", None)]
    batch = Batch("person", {"R": replace(rule, must=must)}, World([{"household_id": "h"}], people))
    assert by_libxml2(batch) == {"R": [0, 1, 2]}
    asked, said = as_questions(batch, "person")
    assert constraints(convert(workbook(COLUMNS, asked), form_name="data").xform) == said


@pytest.mark.parametrize(
    ("must", "reason"),
    [
        ("last.age < age", "last year"), ("any(members where last.age > 3)", "last year"),
        ("min(members.birth) < 2000-01-01", "least or greatest"),
        ("max(members.level) = @primary", "least or greatest"),
        ("name = \"‘\"", "XLSForm"), ("name = \"a\u00a0b\"", "XLSForm"),
        ("name in (" + ", ".join(f'"{n:040}"' for n in range(700)) + ")", "too long"),
    ],
)  # fmt: skip
def test_what_a_form_cannot_say_is_refused_with_the_reason_in_both_languages(must: str, reason: str) -> None:
    with pytest.raises(NotCarried, match=reason) as raised:
        xpath(must)
    assert re.search("[ก-๙]{5}", raised.value.th)


def test_a_constraint_fits_a_cell_of_a_workbook() -> None:
    assert max(len(rule.constraint) for rule in form_rules(load(), ROUND).carried.values()) < LONGEST < 32_767


def test_the_form_says_where_its_questions_are() -> None:
    form = Form("/survey", "/survey/roster/member", "../..", {"size": "home"})
    written = xpath("if age > hh.size then count(members where sick) = 1 and hh.income > 0", form=form)
    assert set(re.findall(r"[./]*/[\w/]+", written)) == {
        "../../age", "/survey/home/size", "/survey/roster/member", "./sick", "/survey/income",
    }  # fmt: skip


def test_the_members_are_never_named_without_a_condition() -> None:
    # From within the repeat, JavaRosa would take the bare path for the member that asks.
    for rule in form_rules(load(), ROUND).carried.values():
        assert re.findall(r"/data/person(?!\[)", rule.constraint) == []
    assert (
        re.findall(r"/data/person(?!\[)", xpath("sum(members.age) + only(members.age) = count(members)"))
        == []
    )


@pytest.mark.parametrize("table", ["household", "person"])
def test_an_unanswered_form_is_judged_as_an_empty_record_is(table: str) -> None:
    batch = catalogue_batch(table)
    batch = Batch(table, batch.rules, World([{"household_id": "h"}], [{"household_id": "h"}]), batch.tables)
    right, found = by_python(batch), by_libxml2(batch)
    assert found == {rule_id: right[rule_id] for rule_id in found}
