import pytest

from rules import examples
from rules.catalogue import CatalogueError, load
from rules.language import Outcome
from schemas import rounds

ROUND = rounds.load(2569)
TEXT = """\
id: XX001
name: too_young
title: {th: อายุน้อย, en: Too young}
level: person
severity: watch
must: age >= 15 or any(members where relation = @head and age >= hh.member_count)
message: {th: "อายุ {age}", en: "Age {age}"}
fix: {th: แก้, en: Correct it}
why: {th: ทดสอบ, en: A test.}
since: 2569
basis: none
good: [{age: 15}]
bad: [{age: 14, relation: child, members: [{relation: child}]}]
unknown: [{age: null}]
"""


def write(folder, text, name="XX001_too_young.yaml"):
    (folder / "family").mkdir(exist_ok=True)
    (folder / "family" / name).write_text(text, encoding="utf-8")
    return folder


def refusal(folder, text, name="XX001_too_young.yaml"):
    with pytest.raises(CatalogueError) as caught:
        load(write(folder, text, name))
    return caught.value


def test_a_rule_is_read_with_its_fields(tmp_path):
    (rule,) = load(write(tmp_path, TEXT))
    assert (rule.id, rule.severity, rule.status, rule.structural) == ("XX001", "watch", "active", False)
    assert rule.fields == ("age", "members.relation", "members.age", "hh.member_count")
    assert (rule.message.th, rule.message["en"]) == ("อายุ {age}", "Age {age}")
    assert rule.path.as_posix() == "family/XX001_too_young.yaml"


def test_rules_come_sorted_by_id(tmp_path):
    write(tmp_path, TEXT.replace("XX001", "AA001"), "AA001_too_young.yaml")
    assert [rule.id for rule in load(write(tmp_path, TEXT))] == ["AA001", "XX001"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("severity: watch", "severity: grave", 5, "must_fix | must_explain | watch"),
        ("severity: watch", "severty: watch", 5, "did you mean severity"),
        ("why: {th: ทดสอบ, en: A test.}\n", "", 1, "why is needed"),
        ("why: {th: ทดสอบ, en: A test.}", "why: A test.", 9, "why needs both th and en"),
        ("since: 2569\n", "", 1, "since is needed"),
        ("since: 2569", "since: 2026", 10, "survey year B.E."),
        ("since: 2569", "since: '2569'", 10, "survey year B.E."),
        ("since: 2569", "since: true", 10, "survey year B.E."),
        ("since: 2569", "status: retired\nsince: 2569", 10, "active | trial"),
        ("message: {th: \"อายุ {age}\", en: \"Age {age}\"}", "message: {th: อายุ}", 7, "both th and en"),
        ("{age}\", en", "{agee}\", en", 7, "did you mean age"),
        ("must: age >= 15", "must: agee >= 15", 6, "did you mean age"),
        ("must: age >= 15", "must: age + 15\n#", 6, "a yes/no is needed"),
        ("must: age >= 15", "must: |\n  age > 3 and\n  agee >= 15", 8, "did you mean age"),
        ("good: [{age: 15}]\n", "", 1, "good is needed"),
        ("good: [{age: 15}]", "good: {age: 15}", 12, "must be a list"),
        ("id: XX001", "id: XX002", 1, "the file must be called XX002_too_young.yaml"),
        ("level: person", "level: person\nlevel: household", 5, "there twice"),
        ("level: person", "level: [", 6, "not valid YAML"),
        ("level: person", "level: delivery", 4, "structural rules only"),
        ("level: person", "level: person\nstructural: true", 5, "no applies, must or examples"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path, old, new, line, said):
    error = refusal(tmp_path, TEXT.replace(old, new, 1))
    assert said in str(error)
    assert error.line == line
    assert str(error).startswith(f"family/XX001_too_young.yaml:{line}\n")
    assert str(tmp_path) not in str(error)


def test_an_id_used_twice_is_refused(tmp_path):
    write(tmp_path, TEXT.replace("too_young", "other"), "XX001_other.yaml")
    assert "is taken by family/XX001_other.yaml" in str(refusal(tmp_path, TEXT))


def test_a_file_that_is_no_mapping_is_refused(tmp_path):
    assert "list of key: value" in str(refusal(tmp_path, "- a\n- b\n"))
    assert "list of key: value" in str(refusal(tmp_path, ""))


def test_examples_are_tried_in_both_targets(tmp_path):
    (rule,) = load(write(tmp_path, TEXT))
    assert [(one.kind, one.number, one.by_polars, one.by_python) for one in examples.run(rule, ROUND)] == [
        ("good", 1, Outcome.HOLDS, Outcome.HOLDS),
        ("bad", 1, Outcome.VIOLATED, Outcome.VIOLATED),
        ("unknown", 1, Outcome.CANNOT_TELL, Outcome.CANNOT_TELL),
    ]


def test_an_example_that_is_not_as_said_is_told(tmp_path):
    (rule,) = load(write(tmp_path, TEXT.replace("good: [{age: 15}]", "good: [{age: 15}, {age: 9}]")))
    assert [one.is_as_said for one in examples.run(rule, ROUND)] == [True, False, True, True]


@pytest.mark.parametrize(
    "example",
    ["{age: 15, agge: 3}", "{age: x}", "{age: 15, hh: {no_such: 1}}", "{age: 15, members: [{sexx: male}]}",
     "{age: 15, sex: man}", "{age: 15, national_id: 123}", "{age: 15, hh: 3}", "{age: 15, members: 3}"],
)  # fmt: skip
def test_an_example_that_does_not_fit_the_tables_is_refused(tmp_path, example):
    (rule,) = load(write(tmp_path, TEXT.replace("good: [{age: 15}]", f"good: [{example}]")))
    with pytest.raises(examples.ExampleError, match="good 1"):
        examples.run(rule, ROUND)


def test_a_rule_says_why_since_when_and_that_it_is_on_trial(tmp_path):
    (rule,) = load(write(tmp_path, TEXT + "status: trial\n"))
    assert (rule.why.th, rule.why.en) == ("ทดสอบ", "A test.")
    assert (rule.since, rule.status) == (2569, "trial")


def test_what_a_program_finds_cannot_be_on_trial(tmp_path):
    lines = [
        line for line in TEXT.splitlines() if line.split(":")[0] not in {"must", "good", "bad", "unknown"}
    ]
    error = refusal(tmp_path, "\n".join([*lines, "structural: true", "status: trial"]))
    assert "cannot be on trial" in error.en
    assert "ทดลองไม่ได้" in error.th


def test_a_retired_id_is_never_used_again(tmp_path):
    (tmp_path / "retired.csv").write_text(
        "id,name,retired_in_round,reason_th,reason_en\n"
        "XX001,too_old,2567,แจ้งผิดเกินครึ่ง,More than half of what it found was true.\n",
        encoding="utf-8",
    )
    error = refusal(tmp_path, TEXT)
    assert error.path.name == "XX001_too_young.yaml"
    for said in ("XX001", "too_old", "2567", "แจ้งผิดเกินครึ่ง"):
        assert said in error.th
    assert "More than half of what it found was true." in error.en


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("XX009,gone,2567,,Because.", "every column"),
        ("XX009,gone,soon,ก,Because.", "year"),
        ("XX008,gone,2567,ก,Because.\nXX008,other,2567,ก,Because.", "XX008 is there twice"),
    ],
)
def test_the_list_of_retired_rules_is_complete(tmp_path, line, said):
    text = f"id,name,retired_in_round,reason_th,reason_en\n{line}\n"
    (tmp_path / "retired.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load(write(tmp_path, TEXT))
