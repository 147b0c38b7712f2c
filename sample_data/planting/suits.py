"""Whom a plant may break: households and members that lend themselves, as several plants ask for them."""

from sample_data.planting.case import Case, Row, aged, works


def adult(member: Row) -> bool:
    """Old enough for any occupation, too young to be counted among the elderly."""
    return bool(30 <= member["age"] <= 55)


def has_adult(case: Case) -> bool:
    return case.has(adult)


def has_pupil(case: Case) -> bool:
    return case.has(aged(7, 14))


def has_two_workers(case: Case) -> bool:
    return sum(works(member) for member in case.members) >= 2


def has_company(case: Case) -> bool:
    return len(case.members) >= 2


def has_spouse(case: Case) -> bool:
    return case.has(is_spouse)


def is_spouse(member: Row) -> bool:
    return bool(member["relation"] == "spouse")


def head_of_30_to_60(case: Case) -> bool:
    return bool(30 <= case.head["age"] <= 60)


def single_head_of_30_to_60(case: Case) -> bool:
    """Nobody's spouse at home, so that one may be put there."""
    return head_of_30_to_60(case) and not has_spouse(case) and not case.has(_parent_in_law)


def head_without_parents(case: Case) -> bool:
    """A mother or father may be put there: no other one is on the roster."""
    return head_of_30_to_60(case) and not case.has(_parent)


def _parent(member: Row) -> bool:
    return member["relation"] in ("mother", "father")


def _parent_in_law(member: Row) -> bool:
    return bool(member["relation"] == "parent_in_law")


def elder(case: Case) -> Row:
    """A new member whose age no other age in the household depends on."""
    return case.add("other_relative", "female", 68, "บัวเรียน")


def monk(case: Case, age: int = 45, title: str = "phra") -> Row:
    """A new member in robes, at home for a while."""
    member = case.add("other_relative", "male", age, "สมภาร")
    member.update(title=title, religion="buddhist", occupation="other")
    return member
