import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from rules import attached, engine, examples, mutation
from rules.boundaries import nearby
from rules.catalogue import load
from rules.compiled import compiled, round_params
from rules.language import LastYear, RuleError, evaluate, last_year, parse, values
from rules.language.meaning import thai_id_ok
from rules.language.written import written
from rules.last_year import NOTHING, columns_needed
from rules.pages.words import Words
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person
from tests.language_worlds import right_id

ROUND = rounds.load(2569)
WORDS = Sentence("ก", "a")
A, B, WRONG = "1349900000019", "1349900000027", "1349900000018"
GROWN = Sentence("ปีก่อน {last.age} ปี ปีนี้ {age} ปี", "{last.age} last year, {age} now")


def a_rule(rule_id, must, level="person", applies=None, message=WORDS, **more):
    return Rule(rule_id, "x", level, "watch", message, WORDS, WORDS, "", WORDS, applies, must, **more)


YOUNGER = a_rule("YR1", "age >= last.age", message=GROWN, fields=("age",))


def homes(*rows):
    return from_rows(Household, [{"district_code": "3401", **row} for row in rows])


def people(*rows):
    return from_rows(
        Person,
        [
            {"district_code": "3401", "household_id": "h", "member_no": n, **row}
            for n, row in enumerate(rows, 1)
        ],
    )


def last_of(persons=(), households=()):
    return last_year(homes(*households), people(*persons))


def codes(must, persons, last, households=({"household_id": "h"},)):
    checked = engine.check(
        homes(*households), people(*persons), [a_rule("R", must)], ROUND, last=last_of(last)
    )
    return checked.outcomes.select("holds", "violated", "cannot_tell").row(0)


def test_the_ids_of_these_tests_are_what_they_say():
    assert [thai_id_ok(each) for each in (A, B, WRONG)] == [True, True, False]


def test_last_year_keeps_of_each_key_one_record_or_none():
    last = last_year(
        homes({"household_id": "a"}, {"household_id": "b"}, {"household_id": "b"}, {"household_id": None}),
        people({"national_id": A}, {"national_id": B}, {"national_id": B}, {"national_id": WRONG}, {}),
    )
    assert last.households.get_column("household_id").to_list() == ["a"]
    assert last.persons.get_column("national_id").to_list() == [A]


@pytest.mark.parametrize("rows", [[{"national_id": A}, {"national_id": A}], [{"national_id": None}]])
def test_records_that_could_be_looked_up_wrongly_are_no_last_year(rows):
    with pytest.raises(ValueError, match="national_id"):
        LastYear(homes(), people(*rows))


def test_a_person_is_known_again_in_another_household_and_another_district():
    last = [{"national_id": A, "age": 39, "household_id": "far", "district_code": "3425"}]
    assert codes("age >= last.age", [{"national_id": A, "age": 38}], last) == (0, 1, 0)
    assert codes("household_id = last.household_id", [{"national_id": A}], last) == (0, 1, 0)


def test_a_few_are_found_among_many():
    last = [{"national_id": right_id(n), "age": n} for n in range(90)]
    persons = [{"national_id": right_id(n), "age": 50} for n in (7, 99, 60)] + [{"age": 1}]
    assert codes("age >= last.age", persons, last) == (1, 1, 2)
    expression = {"ago": parse("last.age", "person")}
    found = values(expression, "person", homes(), people(*persons), last_of(last))
    assert found.get_column("ago").to_list() == [7, None, 60, None]


@pytest.mark.parametrize(
    ("persons", "last"),
    [
        ([{"national_id": A, "age": 3}], [{"national_id": B, "age": 9}]),
        ([{"national_id": None, "age": 3}], [{"national_id": A, "age": 9}]),
        ([{"national_id": WRONG, "age": 3}], [{"national_id": WRONG, "age": 9}]),
        ([{"national_id": A, "age": 3}], [{"national_id": A, "age": 9}, {"national_id": A, "age": 9}]),
        ([{"national_id": A, "age": 3}], []),
    ],
)
def test_where_it_is_not_certain_whose_record_it_is_nobody_can_tell(persons, last):
    assert codes("age >= last.age", persons, last) == (0, 0, 1)


def test_of_two_persons_with_one_id_neither_has_a_last_year():
    both = [{"national_id": A, "age": 3}, {"national_id": A, "age": 50}]
    assert codes("age >= last.age", both, [{"national_id": A, "age": 9}]) == (0, 0, 2)


def test_without_a_last_year_every_last_is_missing():
    asked = ("last.occupation", "last.national_id is present")
    expression = {text: parse(text, "person") for text in asked}
    for last in (None, NOTHING):
        found = values(expression, "person", homes(), people({"national_id": A}), last)
        assert found.rows() == [(None, False)]
    checked = engine.check(homes(), people({"national_id": A, "age": 3}), [YOUNGER], ROUND)
    assert checked.outcomes.get_column("cannot_tell").to_list() == [1]


def test_a_column_that_last_year_lacks_or_has_of_another_type_is_an_error_of_the_rule():
    narrow = LastYear(homes(), people({"national_id": A}).select("national_id"))
    small = LastYear(homes(), people({"national_id": A}).with_columns(pl.col("age").cast(pl.Int8)))
    for last in (narrow, small):
        checked = engine.check(homes(), people({"national_id": A, "age": 3}), [YOUNGER], ROUND, last=last)
        assert checked.errors == {"YR1": "TypeError"}
        assert checked.outcomes.get_column("error").to_list() == [1]


def test_a_finding_shows_both_years_and_asks_to_correct_this_one():
    persons, last = people({"national_id": A, "age": 38}), last_of([{"national_id": A, "age": 39}])
    row = engine.check(homes({"household_id": "h"}), persons, [YOUNGER], ROUND, last=last).findings.row(
        0, named=True
    )
    assert (row["message_th"], row["message_en"]) == ("ปีก่อน 39 ปี ปีนี้ 38 ปี", "39 last year, 38 now")
    assert (row["fields"], row["values"]) == ("age", '{"age": "38"}')


def test_a_sentence_says_no_last_year_of_somebody_whose_id_another_household_has_too():
    young = a_rule("R", "age > 15", message=GROWN)
    persons = people({"national_id": A, "age": 3}, {"national_id": A, "age": 50, "household_id": "elsewhere"})
    last = last_of([{"national_id": A, "age": 49}])
    found = engine.check(homes({"household_id": "h"}), persons, [young], ROUND, last=last).findings
    assert found.get_column("message_en").to_list() == ["missing last year, 3 now"]


def test_the_night_is_told_which_columns_to_load():
    rules = [
        a_rule("A", "age >= last.age", message=Sentence("{last.education}", "{last.education}")),
        a_rule("B", "any(members where last.sex != sex)", "household"),
        a_rule("C", "age > 3"),
    ]
    assert columns_needed(rules, ROUND) == {
        "household": (), "person": ("age", "education", "national_id", "sex"),
    }  # fmt: skip
    money = a_rule("D", "last.income_total_baht <= income_total_baht", "household")
    assert columns_needed([money], ROUND)["household"] == ("household_id", "income_total_baht")
    assert columns_needed([replace(money, since=2570)], ROUND) == {
        "household": (), "person": (),
    }  # fmt: skip


def test_rules_attached_to_a_schema_compare_only_when_given_last_year():
    rules = [YOUNGER]
    persons = people({"national_id": A, "age": 38})
    required = {"sex": "male", "birth_date": dt.date(1988, 1, 1), "relation": "head", "education": "never",
                "occupation": "rice"}  # fmt: skip
    persons = people({"national_id": A, "age": 38, **required})
    attached.persons_with_rules(rules, ROUND, homes()).validate(persons, lazy=True)
    schema = attached.persons_with_rules(rules, ROUND, homes(), last_of([{"national_id": A, "age": 39}]))
    with pytest.raises(Exception, match="YR1"):
        schema.validate(persons, lazy=True)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("person", "age >= last.age"),
        ("household", "any(members where last.national_id is present and age < last.age)"),
        ("household", "last.income_total_baht * 2 <= income_total_baht"),
        ("person", "hh.member_count > 3 and last.is_bedridden"),
    ],
)
def test_what_is_written_back_means_the_same(table, text):
    assert written(parse(text, table)) == text


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("person", "last.agee > 3", "did you mean age"),
        ("person", "last.income_total_baht > 3", "in a household rule"),
        ("household", "last.age > 3", "(members where last.age"),
        ("household", "any(members where last.income_total_baht > 3)", "outside (members"),
        ("person", "hh.last.income_total_baht > 3", "before a column alone"),
        ("person", "last.hh.income_total_baht > 3", "before a column alone"),
        ("person", "sum(members.last.age) > 3", "before a column alone"),
        ("person", "last.last.age > 3", "before a column alone"),
        ("person", "last is present", "last.national_id is present"),
        ("person", "age > last", "last.national_id is present"),
        ("person", "Last.age > 3", "small letters: last"),
        ("person", "last(members.age) > 3", "there is no last(…)"),
        ("person", "any(members where last.age = hh.member_count or hh.lives_alone)", None),
        ("person", "any(members where hh.lives_alone)", "column of the member"),
    ],
)
def test_mistakes_with_last_are_explained(table, text, said):
    if said is None:
        parse(text, table)
        return
    with pytest.raises(RuleError) as caught:
        parse(text, table)
    assert said in caught.value.en
    assert any("ก" <= letter <= "๛" for letter in caught.value.th)


def test_in_words_it_is_said_as_people_say_it():
    def said(text, lang, table="person"):
        return Words(table, lang).of(parse(text, table))

    assert said("last.age > 3", "th") == "อายุเมื่อปีก่อน มากกว่า 3 ปี"
    assert said("last.is_bedridden", "th") == "ปีก่อนตอบว่าใช่ในข้อ “ผู้ป่วยติดเตียง”"
    assert said("last.national_id is present", "th") == "มีข้อมูลของปีก่อน"
    assert said("last.household_id is missing", "en", "household") == "there is no record of last year"
    assert said("any(members where last.age is missing)", "en") == (
        "there is a member with: “age in full years” was not filled in last year"
    )


RULE = """\
id: XX001
name: younger_than_last_year
title: {th: อายุลดลง, en: Younger}
level: person
severity: watch
applies: last.age >= 20
must: age >= last.age
message: {th: "ปีก่อน {last.age} ปี ปีนี้ {age} ปี", en: "{last.age} last year, {age} now"}
fix: {th: แก้, en: Correct it}
why: {th: ทดสอบ, en: A test.}
since: 2569
basis: none
good: [{age: 40, last: {age: 40}}, {age: 41, last: {age: 40}}, {age: 3, last: {age: 19}}]
bad: [{age: 39, last: {age: 40}}, {age: 19, last: {age: 20}}]
unknown: [{age: 40}, {age: null, last: {age: 40}}, {age: 40, last: {age: null}}]
"""


@pytest.fixture
def younger(tmp_path):
    (tmp_path / "family").mkdir()
    (tmp_path / "family" / "XX001_younger_than_last_year.yaml").write_text(RULE, encoding="utf-8")
    (rule,) = load(tmp_path)
    return rule


def test_examples_have_their_last_year_beside_them(younger):
    assert younger.fields == ("age",)
    assert [one.is_as_said for one in examples.run(younger, ROUND)] == [True] * 8


def test_members_of_an_example_have_theirs(younger):
    rule = replace(
        younger,
        level="household",
        applies=None,
        must="not any(members where age < last.age) and member_count >= last.member_count - 1",
        good=({"member_count": 1, "last": {"member_count": 2}, "members": [{"age": 3, "last": {"age": 3}}]},),
        bad=({"member_count": 1, "members": [{"age": 2, "last": {"age": 3}}]},),
        unknown=({"member_count": 1, "last": {}, "members": [{"age": 3, "last": {"age": 3}}]},),
        message=WORDS,
    )
    assert [one.is_as_said for one in examples.run(rule, ROUND)] == [True] * 3


def test_an_example_whose_id_cannot_be_looked_up_has_no_last_year(younger):
    ago = {"last": {"age": 40}}
    rule = replace(
        younger,
        good=({"age": 40, "national_id": A, **ago},),
        bad=({"age": 39, **ago},),
        unknown=({"age": 39, "national_id": WRONG, **ago}, {"age": 39, "national_id": None, **ago},
                 {"age": 39, "national_id": B, "members": [{"national_id": B}], **ago}),
    )  # fmt: skip
    assert [one.is_as_said for one in examples.run(rule, ROUND)] == [True] * 5


@pytest.mark.parametrize("ago", [3, "x", {"agee": 3}, {"age": "x"}, {"hh": {}}])
def test_a_last_year_that_does_not_fit_the_table_is_refused(younger, ago):
    with pytest.raises(examples.ExampleError, match="good 1"):
        examples.run(replace(younger, good=({"age": 40, "last": ago},)), ROUND)


def test_two_examples_of_one_person_are_refused_since_nobody_could_tell_them_apart(younger):
    twice = ({"age": 40, "national_id": A, "last": {"age": 40}},) * 2
    with pytest.raises(examples.ExampleError, match="good 2"):
        examples.run(replace(younger, good=twice), ROUND)


def test_boundaries_are_tried_on_both_years_and_with_the_other_year_gone(younger):
    ready = compiled(younger, round_params(ROUND))
    tried = {(one.cell, repr(one.value)) for one in nearby(ready, {"age": 40, "last": {"age": 40}})}
    assert {("age", "39"), ("age", "41"), ("last.age", "19"), ("last.age", "41"), ("last", "None")} <= tried
    made = [one.example for one in nearby(ready, {"age": 40})]
    assert {"age": 40, "last": {"age": None}} in made


def test_a_forgotten_last_is_a_mistake_the_examples_notice(younger):
    ready = compiled(younger, round_params(ROUND))
    after = {mutant.after for mutant in mutation.mutants(ready)}
    assert {"age >= age", "age >= 20"} <= after
    assert mutation.score(younger, ROUND).survivors == ()


def test_the_evaluator_takes_last_year_as_a_mapping_within_the_record():
    text = parse("age >= last.age and any(members where last.sex = sex)", "person")
    record = {"age": 40, "last": {"age": 39}}
    member = {"sex": "male", "last": {"sex": "male"}}
    assert evaluate(text, record, None, [record, member]) is True
    assert evaluate(text, record, None, [record]) is None
    assert evaluate(parse("last.age", "person"), {"last": None}) is None
