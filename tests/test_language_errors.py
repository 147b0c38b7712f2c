import pytest

from rules.language import RuleError, parse, parse_condition
from rules.language.patterns import objection

PARAMS = {"income_line": 40000}


def mistake(text, table="person", reader=parse):
    with pytest.raises(RuleError) as caught:
        reader(text, table, params=PARAMS)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "marked", "said"),
    [
        ("occuption in @working", 1, "occuption", "did you mean occupation"),
        ("occupation in @workng", 15, "@workng", "did you mean working"),
        ("education >= @bachelr", 14, "@bachelr", "did you mean bachelor"),
        ("age >= @income_lin", 8, "@income_lin", "did you mean income_line"),
        ("occupation = @working", 14, "@working", "write in @working"),
        ("occupation = student", 14, "student", "@student"),
        ("income_total_baht > 3", 1, "income_total_baht", "write hh.income_total_baht"),
        ("age > 3 AND age < 5", 9, "AND", "small letters: and"),
        ("age == 3", 6, "=", "one ="),
        ("age <> 3", 6, ">", "!="),
        ("age is not missing", 8, "not", "is present"),
        ("age = null", 7, "null", "is missing"),
        ("age / 3 > 2", 5, "/", "no division"),
        ("round(age) = 3", 6, "(", "no rounding"),
        ("sun(members.age) > 3", 4, "(", "did you mean sum"),
        ("age > 40,000", 9, ",", "without commas"),
        ("age > ๑๕", 7, "๑๕", "digits 0-9"),
        ("1 < age < 5", 9, "<", "between"),
        ("first_name = 'ก'", 14, "'", "double quotes"),
        ("any(members)", 12, ")", "expected where"),
        ("birth_date < 2026-02-30", 14, "2026-02-30", "no such day"),
        ('birth_date < "1984-01-01"', 1, 'birth_date < "1984-01-01"', "without quotes"),
        ("occupation > @rice", 1, "occupation > @rice", "no order"),
        ("age > 5.5", 1, "age > 5.5", "map positions"),
        ("age = first_name", 1, "age = first_name", "cannot compare a number with a text"),
        ("age and is_informant", 1, "age", "a yes/no is needed"),
        ("sum(members.education)", 13, "education", "whole numbers"),
        ("max(members.occupation)", 13, "occupation", "no order"),
        ('national_id matches "\\d+"', 22, "\\", "write digits as [0-9]"),
        ("count(members where age > 10000000000000)", 27, "10000000000000", "larger than"),
    ],
)
def test_a_mistake_is_pointed_at(text, column, marked, said):
    error = mistake(text)
    assert (error.line, error.column) == (1, column)
    assert text[column - 1 :].startswith(marked)
    assert error.span.length == len(marked)
    assert said in error.en
    assert any("ก" <= letter <= "๛" for letter in error.th)


def test_an_error_shows_the_line_with_a_caret_and_both_languages():
    error = mistake("age > 3 and\n  occuption = @rice")
    assert str(error) == (
        "line 2, column 3\n"
        "    occuption = @rice\n"
        "    ^^^^^^^^^\n"
        "ไม่มีช่องชื่อ occuption ในตารางสมาชิก ใกล้เคียงที่สุดคือ occupation\n"
        "no column occuption in the person table; did you mean occupation?"
    )


def test_the_caret_stands_under_the_letter_although_thai_marks_take_no_width():
    error = mistake('first_name = "กี่ปู่" or agee > 3')
    line, caret = error.pointed().split("\n")
    assert caret.index("^") == line.index("agee") - len("ีู่่")


def test_a_sentence_that_stops_is_pointed_at_after_its_end():
    error = mistake("age > 3 and")
    assert (error.column, error.en) == (12, "the sentence ends too early; expected a value")
    assert mistake("if age > 3").en == "the sentence ends too early; expected then"
    assert mistake("").column == 1


@pytest.mark.parametrize(
    "text",
    [
        "1 = 1",
        "@income_line > 3",
        "2026-01-01 is missing",
        'thai_id_ok("1349900000019")',
        "3 in (3)",
        "not 1 = 2",
    ],
)
def test_a_condition_about_no_column_is_refused(text):
    assert "does not depend on any column" in mistake(text).en


def test_a_constant_where_is_refused():
    assert "column of the member" in mistake("count(members where hh.lives_alone) = 1").en
    assert "column of the member" in mistake("all(members have hh.lives_alone)").en
    assert "comparing with a column" in mistake("any(members where true)").en


def test_a_question_inside_a_question_is_refused():
    assert "inside another" in mistake("any(members where age > min(members.age))").en


def test_a_condition_is_not_a_number():
    assert "a yes/no is needed" in mistake("age + 1", reader=parse_condition).en
    assert "comparing with a column" in mistake("true", reader=parse_condition).en


def test_hh_is_for_persons_and_members_only():
    assert "write member_count without hh." in mistake("hh.member_count = 1", "household").en
    parse("any(members where age > hh.member_count)", "household")


def test_a_code_of_another_list_is_not_found():
    assert "in the list occupation" in mistake("occupation = @bachelor").en


@pytest.mark.parametrize("name", ["and", "members", "count", "hh"])
def test_words_of_the_language_are_no_names(name):
    mistake(f"{name} = 3")


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{13}",
        "(0[1-9]|1[0-2])",
        "ก[ก-ฮ]+",
        "a\\.b",
        "[^ก-ฮ]*",
        "[0-9]{1,3}",
        "[0-9]{2,}",
        "a?b*",
        "x|y",
        "([0-9]{100}){10}a{100}",
    ],
)
def test_patterns_of_the_portable_kind_are_taken(pattern):
    assert objection(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("\\d{13}", 0), ("a.b", 1), ("^a", 0), ("a$", 1), ("a\\w", 1), ("(?i)a", 0), ("a*?", 2), ("a++", 2),
        ("a{,3}", 1), ("a{101}", 1), ("a{3,2}", 1), ("*a", 0), ("(|*)", 2), ("a)", 1), ("(a", 0), ("", 0),
        ("[a", 0), ("[]", 0), ("[a&&b]", 0), ("[z-a]", 0), ("[[:digit:]]", 0), ("\\1", 0),
        ("[\\d]", 0), ("a\\", 1), ("([0-9]{100}){11}", 0), ("((a{11}b?){11}){11}", 0), ("a😀", 1),
        ("[ก-\U0001f600]", 0), ("\uff10", 0),
    ],
)  # fmt: skip
def test_patterns_on_which_engines_disagree_are_refused_at_their_place(pattern, offset):
    found = objection(pattern)
    assert found is not None
    assert found[0] == offset
