import datetime as dt
import json

import polars as pl

from rules import engine
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.finding import Finding
from schemas.frames import from_rows
from schemas.household import Household
from schemas.person import Person

ROUND = rounds.load(2569)


def rule(rule_id="WK003", must="education >= @lower_secondary", message=None, level="person", fields=()):
    message = message or Sentence(
        "อาชีพ {occupation} แต่ระดับ {education}", "Occupation {occupation}, education {education}"
    )
    fix = Sentence("ตรวจ", "Look")
    return Rule(
        rule_id, "a_rule", level, "must_explain", message, fix, "", "", fix, None, must, fields=fields,
        good=(), bad=(),
    )  # fmt: skip


def checked(rules, persons, households=({"household_id": "a"},), waivers=None):
    homes = from_rows(
        Household, [{"district_code": "3401", "household_id": "a", **row} for row in households]
    )
    people = from_rows(
        Person, [{"district_code": "3401", "household_id": "a", "member_no": 1, **row} for row in persons]
    )
    return engine.check(homes, people, rules, ROUND, waivers)


def test_a_finding_says_who_where_and_what_in_both_languages():
    home = {"tambon_code": "340101", "village_no": 4}
    person = {"occupation": "government", "education": "never", "delivery_id": "abc", "source_row": 7}
    found = checked([rule(fields=("education", "occupation"))], [person], [home]).findings
    Finding.validate(found)
    row = found.to_dicts()[0]
    assert len(row.pop("finding_id")) == 16
    assert row == {
        "rule_id": "WK003", "rule_name": "a_rule", "severity": "must_explain", "level": "person",
        "round_year_be": 2569, "district_code": "3401", "tambon_code": "340101", "village_no": 4,
        "household_id": "a", "member_no": 1, "fields": "education|occupation",
        "values": '{"education": "ไม่เคยศึกษา", "occupation": "รับราชการ/เจ้าหน้าที่ของรัฐ"}',
        "message_th": "อาชีพ รับราชการ/เจ้าหน้าที่ของรัฐ แต่ระดับ ไม่เคยศึกษา",
        "message_en": "Occupation government official, education never studied",
        "fix_th": "ตรวจ", "fix_en": "Look", "delivery_id": "abc", "source_row": 7,
    }  # fmt: skip


def test_a_hole_may_ask_about_the_members():
    words = Sentence(
        "แจ้ง {member_count} คน มี {count(members)} คน", "{member_count} stated, {count(members)} listed"
    )
    counting = rule("HH003", "member_count = count(members)", words, level="household")
    found = checked([counting], [{}, {"member_no": 2}], [{"member_count": 3}]).findings
    assert found.select("message_th", "member_no").rows() == [("แจ้ง 3 คน มี 2 คน", None)]


def test_a_household_rule_may_name_its_own_cells_inside_a_question_about_members():
    must = "count(members where age >= hh.member_count) < 3"
    asked = "{count(members where age >= hh.member_count)}"
    one = rule("R", must, Sentence(asked, asked), "household", ("member_count", "members.age"))
    result = checked([one], [{"age": 3}, {"age": 2, "member_no": 2}, {"age": 1}], [{"member_count": 1}])
    assert result.errors == {}
    assert result.findings.select("values", "message_en", "fields").rows() == [
        ('{"member_count": "1"}', "3", "member_count|members.age")
    ]


def test_a_hole_about_members_counts_also_those_who_break_no_rule():
    words = Sentence("{count(members)} {max(members.age)}", "{count(members)} {max(members.age)}")
    found = checked([rule("R", "age > 15", words)], [{"age": 3}, {"age": 70}, {"age": 40}]).findings
    assert found.get_column("message_en").to_list() == ["3 70"]


def test_amounts_have_commas_dates_are_buddhist_and_missing_is_said():
    words = Sentence(
        "{income_total_baht} {reference_date} {income_main_baht}", "{income_total_baht} {reference_date}"
    )
    home = {"income_total_baht": 1234567, "reference_date": dt.date(2026, 7, 1)}
    found = checked([rule("R", "income_total_baht < 5", words, "household")], [], [home]).findings
    assert found.get_column("message_th").to_list() == ["1,234,567 1 กรกฎาคม 2569 ไม่มีข้อมูล"]
    assert found.get_column("message_en").to_list() == ["1,234,567 2026-07-01"]


def test_personal_values_are_masked_everywhere():
    person = {"national_id": "1349900000018", "birth_date": dt.date(1987, 6, 15), "first_name": "สมหมาย"}
    words = Sentence("{national_id} {birth_date} {first_name} {only(members.first_name)}", "{national_id}")
    must = 'thai_id_ok(national_id) and birth_date > 2000-01-01 and first_name = "ก"'
    result = checked([rule("R", must, words, fields=("national_id",))], [person])
    text = json.dumps(result.findings.to_dicts(), ensure_ascii=False) + str(result)
    for secret in ("1349900000018", "49900000", "1987-06-15", "15 มิ", "สมหมาย"):
        assert secret not in text
    assert result.findings.get_column("message_th").to_list() == ["1-xxxx-xxxxx-01-x พ.ศ. 2530 ••• •••"]


def test_values_are_json_whatever_is_in_the_text():
    person = {"chronic_type": 'a"b\\c\n{x}', "age": 3}
    words = Sentence("{chronic_type}", "{chronic_type}")
    found = checked([rule("R", 'chronic_type = "no"', words, fields=("chronic_type",))], [person]).findings
    assert json.loads(found.get_column("values")[0]) == {"chronic_type": person["chronic_type"]}
    assert found.get_column("message_en").to_list() == [person["chronic_type"]]


def test_findings_are_sorted_and_the_same_whatever_the_order_of_rows():
    persons = [
        {"member_no": n, "age": n, "household_id": home} for home in ("b", "a", "c") for n in (3, 1, 2)
    ]
    words = Sentence("{age}", "{age}")
    rules = [rule("R2", "age > 15", words), rule("R1", "age > 2", words)]
    homes = [{"household_id": home} for home in "abc"]
    one, other = checked(rules, persons, homes), checked(rules[::-1], persons[::-1], homes[::-1])
    assert one.findings.equals(other.findings)
    assert one.findings.select("household_id", "member_no", "rule_id").rows()[:4] == [
        ("a", 1, "R1"), ("a", 1, "R2"), ("a", 2, "R1"), ("a", 2, "R2"),
    ]  # fmt: skip


def test_ids_are_unique_even_for_a_member_number_given_twice_and_stable_between_nights():
    words = Sentence("{age}", "{age}")
    persons = [{"age": 3, "source_row": 9}, {"age": 4, "source_row": 2}]
    one = checked([rule("R", "age > 15", words)], persons).findings
    other = checked([rule("R", "age > 15", words)], persons[::-1]).findings
    assert one.get_column("finding_id").n_unique() == 2
    assert one.equals(other)
    alone = checked([rule("R", "age > 15", words)], persons[1:]).findings
    assert alone.get_column("finding_id")[0] in one.filter(source_row=2).get_column("finding_id")


def test_nothing_is_capped():
    words = Sentence("{age}", "{age}")
    persons = [{"age": n % 15, "member_no": n} for n in range(3000)]
    result = checked([rule("R", "age > 15", words)], persons)
    assert result.findings.height == 3000
    assert result.outcomes.get_column("violated").to_list() == [3000]


def test_a_waived_finding_is_counted_apart_and_not_listed():
    words = Sentence("{age}", "{age}")
    persons = [{"age": 3}, {"age": 4, "member_no": 2}]
    rules = [rule("R", "age > 15", words)]
    first = checked(rules, persons)
    waivers = pl.DataFrame({"finding_id": [first.findings.get_column("finding_id")[0], "no such id"]})
    second = checked(rules, persons, waivers=waivers)
    assert second.findings.get_column("member_no").to_list() == [2]
    assert second.outcomes.select("violated", "waived", "holds").rows() == [(1, 1, 0)]


def test_two_districts_never_share_a_finding_that_belongs_to_no_household():
    words = Sentence("{age}", "{age}")
    persons = [
        {"age": 3, "household_id": None, "member_no": None, "district_code": code}
        for code in ("3401", "3407")
    ]
    apart = [checked([rule("R", "age > 15", words)], [person]).findings for person in persons]
    ids = [one.get_column("finding_id").to_list() for one in apart]
    assert len(ids[0]) == len(ids[1]) == 1
    assert ids[0] != ids[1]


def test_rows_that_lie_in_many_pieces_are_findings_like_others():
    words = Sentence("{member_count}", "{member_count}")
    pieces = [
        from_rows(
            Household,
            [
                {"household_id": key, "district_code": "3401", "tambon_code": "340101", "village_no": 1}
                | {"member_count": int((at, key) not in {(3, "a"), (15, "b")})}
                for key in "ab"
            ],
        )
        for at in range(25)
    ]
    homes = pl.concat(pieces, rechunk=False)
    result = engine.check(
        homes, from_rows(Person, []), [rule("R", "member_count > 0", words, "household")], ROUND
    )
    assert result.findings.get_column("finding_id").n_unique() == 2
