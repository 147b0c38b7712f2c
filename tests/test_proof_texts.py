import re
from itertools import product

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.language import to_solver_automata
from rules.language.meaning import thai_id_ok
from rules.language.to_solver_domains import domains
from rules.language.to_solver_logic import among
from rules.language.to_solver_patterns import after, alphabet, may_end, read
from rules.language.to_solver_texts import THAI_ID, texts
from tests.language_writer import COLUMNS, PATTERNS

MADE_UP = "[0-9]*(0{9}|1{9}|9{9})[0-9]*|[0-9]?1234567890?[0-9]*"
PIECES = ["0", "1", "12", "1" * 9, "a", ".b", "ก", "ฮ", "x", "b", "-", "\n", "๑", "1101700207030"]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_letter_by_letter_a_pattern_takes_the_texts_it_matches(text):
    for pattern in (*PATTERNS, MADE_UP, "(ab?){2,3}", "[^a-c\\-]+|", "\\(x\\)"):
        rest = read(pattern)
        for letter in text:
            rest = after(rest, letter)
        assert may_end(rest) is (re.fullmatch(pattern, text) is not None), (pattern, text)


def test_there_is_a_text_for_every_combination_that_a_text_can_give():
    found = texts(["[0-9]{13}", "[12][0-9]{12}", MADE_UP, THAI_ID], [], 1).listed
    combinations = {
        (bool(re.fullmatch("[0-9]{13}", t)), bool(re.fullmatch("[12][0-9]{12}", t)),
         bool(re.fullmatch(MADE_UP, t)), bool(thai_id_ok(t)))
        for t in found
    }  # fmt: skip
    digits = {
        (True, first, made_up, ok)
        for first in (True, False)
        for made_up in (True, False)
        for ok in (True, False)
    }
    assert combinations == {*digits, (False, False, True, False), (False, False, False, False)}
    assert len(found) == len(combinations)


def test_texts_that_may_have_to_differ_are_there_in_numbers_and_few_where_few_exist():
    found = texts(["(ก|ข)"], ["ก"], 3)
    assert [found.listed[n] for n in found.fitting("(ก|ข)")] == ["ก", "ข"]
    assert len(found.listed) == 5


@pytest.mark.parametrize("text", ["1101700207030", "", "ก"])
def test_a_named_text_has_its_number(text):
    found = texts(["[0-9]+"], [text], 1)
    assert found.listed[found.place(text)] == text


def test_columns_that_nothing_compares_keep_their_own_lists():
    from rules.language import parse

    apart = [("person", parse(t, "person", COLUMNS)) for t in ('name = "ก"', 'national_id matches "[0-9]+"')]
    together = [*apart, ("person", parse("name = national_id", "person", COLUMNS))]
    own, shared = (domains(rules, {}, 1).texts for rules in (apart, together))
    assert own["person", "name"] != own["person", "national_id"]
    assert shared["person", "name"] == shared["person", "national_id"]


def test_patterns_too_many_to_tell_apart_are_given_up_not_guessed(monkeypatch):
    from rules.language import parse

    monkeypatch.setattr(to_solver_automata, "LARGEST_SEARCH", 5)
    given_up = domains([("person", parse('national_id matches "[0-9]{9}"', "person", COLUMNS))], {}, 1)
    assert given_up.untold == {("person", "national_id")}


@pytest.mark.parametrize(
    "questions", [["(ก|ข){1,2}", "ก+"], ["[0-9]{2}", "(11|22)"], ["(aa)*b?", "a{3}b"], []]
)
def test_texts_found_are_the_shortest_of_their_sort(questions):
    letters = alphabet([read(question) for question in questions])
    every = ["".join(chosen) for length in range(6) for chosen in product(letters, repeat=length)]
    wanted = {}
    for text in every:
        wanted.setdefault(tuple(bool(re.fullmatch(one, text)) for one in questions), []).append(text)
    found = {}
    for text in texts(questions, [], 3).listed:
        found.setdefault(tuple(bool(re.fullmatch(one, text)) for one in questions), []).append(text)
    assert found == {answers: same[:3] for answers, same in wanted.items()}


def test_what_fits_a_pattern_stands_together():
    found = texts(["[0-9]{13}", "[12][0-9]{12}", THAI_ID], ["x", "1101700207030"], 8)
    places = found.fitting("[0-9]{13}")
    assert places == tuple(range(places[0], places[0] + len(places)))


def test_a_search_for_texts_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(to_solver_automata, "LONGEST_SEARCH", 100)
    with pytest.raises(to_solver_automata.TooManyTextsError):
        texts(["a{90}"], [], 1)


@settings(derandomize=True, deadline=None, database=None)
@given(st.sets(st.integers(0, 12)), st.integers(-2, 14))
def test_a_value_is_among_numbers_just_when_it_is_one_of_them(numbers, value):
    said = among(z3.IntVal(value), numbers)
    # Of no numbers it is plainly false, without the solver.
    assert (said is not False and z3.is_true(z3.simplify(said))) is (value in numbers)
