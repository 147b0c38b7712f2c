import pytest

from tests.language_both import both

HEAD = {"relation": "head", "age": 45}


def test_a_household_without_members_has_answers():
    assert both("count(members)") == 0
    assert both("sum(members.age)") == 0
    assert both("any(members where age > 3)") is False
    assert both("all(members have age > 3)") is True
    assert both("min(members.age)") is None
    assert both("max(members.age)") is None
    assert both("only(members.age)") is None


@pytest.mark.parametrize("question", ["count(members where age >= 15)", "sum(members.age where age >= 15)",
                                      "min(members.age where age >= 15)", "max(members.age where age >= 15)",
                                      "only(members.age where age >= 15)"])  # fmt: skip
def test_one_member_who_may_or_may_not_count_makes_the_answer_missing(question):
    assert both(question, members=[{"age": 40}, {"age": None}]) is None


def test_any_and_all_are_decided_by_the_members_who_are_known():
    assert both("any(members where age >= 15)", members=[{"age": 40}, {"age": None}]) is True
    assert both("any(members where age >= 15)", members=[{"age": 3}, {"age": None}]) is None
    assert both("all(members have age >= 15)", members=[{"age": 3}, {"age": None}]) is False
    assert both("all(members have age >= 15)", members=[{"age": 40}, {"age": None}]) is None


def test_all_where_have_leaves_out_the_others():
    text = "all(members where age < 15 have occupation = @student)"
    pupil = {"age": 9, "occupation": "student"}
    assert both(text, members=[pupil, {"age": 40, "occupation": "rice"}]) is True
    assert both(text, members=[pupil, {"age": None, "occupation": "student"}]) is True
    assert both(text, members=[pupil, {"age": None, "occupation": "rice"}]) is None


def test_only_is_the_value_of_the_one_who_fits():
    text = "only(members.age where relation = @head)"
    assert both(text, members=[{"relation": "child", "age": 9}, HEAD]) == 45
    assert both(text, members=[{"relation": "child", "age": 9}]) is None
    assert both(text, members=[HEAD, HEAD]) is None
    assert both(text, members=[{"relation": "head", "age": None}]) is None


def test_only_does_not_depend_on_row_order():
    text = "only(members.education where relation = @head)"
    people = [{"relation": "head", "education": "never"}, {"relation": "child", "education": "bachelor"}]
    assert both(text, members=people) == both(text, members=people[::-1]) == "never"


def test_a_selected_value_that_is_missing_makes_sum_min_and_max_missing():
    people = [{"age": 3, "sex": "male"}, {"age": None, "sex": "male"}, {"age": None, "sex": "female"}]
    for word in ("sum", "min", "max"):
        assert both(f"{word}(members.age where sex = @male)", members=people) is None
        assert both(f"{word}(members.age where sex = @male)", members=[*people[:1], *people[2:]]) == 3


def test_every_member_is_counted_without_where():
    assert both("count(members)", members=[{}, {}, {}]) == 3


def test_a_constant_beside_a_cell_is_asked_of_every_member():
    assert both("count(members where age > 3 or age <= 3)", members=[{"age": 1}, {"age": 9}]) == 2


def test_the_household_can_be_read_from_inside():
    text = "count(members where age >= hh.member_count)"
    assert both(text, hh={"member_count": 2}, members=[{"age": 1}, {"age": 2}, {"age": 3}]) == 2
    assert both(text, hh={"member_count": None}, members=[{"age": 1}]) is None


def test_a_person_is_one_of_the_members():
    assert both("count(members where age >= 40)", person={"age": 44}, members=[{"age": 41}]) == 2


def test_a_person_without_a_household_row_still_has_members_but_no_household_cells():
    person = {"household_id": "gone", "age": 3}
    assert both("count(members)", person=person) == 1
    assert both("hh.member_count", person=person) is None


def test_of_a_person_without_household_id_nothing_around_is_known():
    person = {"household_id": None, "age": 3}
    assert both("count(members)", person=person, hh={"member_count": 1}) is None
    assert both("any(members where age is present)", person=person, hh={}) is None
    assert both("all(members have age is present)", person=person, hh={}) is None
    assert both("hh.member_count is missing", person=person, hh={"member_count": 1}) is True


def test_a_very_large_cell_is_missing_in_a_sum_and_no_sum_wraps():
    people = [{"age": 2**62}, {"age": 2**62}]
    assert both("sum(members.age)", members=people) is None
    assert both("max(members.age)", members=people) == 2**62


def test_several_hundred_members_are_counted():
    assert both("count(members where age = 1)", members=[{"age": 1}] * 300) == 300
