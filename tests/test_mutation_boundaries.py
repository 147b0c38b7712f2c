import datetime as dt
from dataclasses import replace

import pytest
import yaml
from typer.testing import CliRunner

from flows.rule_trust_commands import app
from rules import catalogue, mutation
from rules.boundaries import case, nearby
from rules.boundaries import rows as boundaries_rows
from rules.catalogue import load
from schemas import rounds

ROUND = rounds.load(rounds.years()[-1])
BY_ID = {rule.id: rule for rule in load()}


def trial(rule_id, **examples):
    return mutation.Trial(
        replace(BY_ID[rule_id], **{"good": (), "bad": (), "unknown": (), **examples}), ROUND
    )


def tried(made, cell):
    (example,) = made.ready.rule.good
    return [one.value for one in nearby(made.ready, example) if one.cell == cell]


def test_a_bound_is_tried_on_below_above_and_missing():
    made = trial("AG003", good=({"age": 40},))
    assert [value for value in tried(made, "age") if value is None or value < 110] == [99, 100, 101, None]


def test_codes_at_the_edge_of_a_set_are_tried():
    made = trial("WK003", good=({"occupation": "government", "age": 30, "education": "bachelor"},))
    assert tried(made, "occupation") == ["state_enterprise", "livestock", "company", None]


def test_a_level_is_tried_with_the_levels_beside_it():
    made = trial("WK003", good=({"occupation": "government", "age": 30, "education": "bachelor"},))
    assert tried(made, "education") == ["lower_secondary", "primary", "upper_secondary", None]


def test_a_sum_is_tried_where_it_comes_out_and_one_baht_beside():
    parts = {"income_main_baht": 500, "income_secondary_baht": 0, "income_other_baht": 0}
    made = trial(
        "IN001", good=({"members": [{}], **parts, "income_own_produce_baht": 20, "income_total_baht": 520},)
    )
    assert tried(made, "income_total_baht") == [519, 521, None]


def test_an_age_behind_a_birth_date_is_tried_on_the_birthday_and_the_day_after():
    made = trial(
        "AG002",
        good=(
            {"age": 38, "birth_date": dt.date(1987, 6, 15), "hh": {"reference_date": dt.date(2026, 3, 1)}},
        ),
    )
    days = tried(made, "birth_date")
    assert {dt.date(1988, 3, 1), dt.date(1988, 3, 2), dt.date(1987, 3, 1), dt.date(1987, 3, 2)} <= set(days)


def test_members_are_tried_one_fewer_and_one_more():
    made = trial("HH003", good=({"member_count": 2, "members": [{}, {}]},))
    assert tried(made, "members") == [1, 3]
    assert tried(made, "member_count") == [1, 3, None]


def test_the_other_members_of_a_person_are_tried_too():
    made = trial(
        "RE003", good=({"relation": "child", "age": 9, "members": [{"relation": "head", "age": 45}]},)
    )
    assert tried(made, "members.0.age") == [8, 9, 10, None]


def test_a_household_rule_that_names_a_cell_of_its_own_both_ways_is_tried():
    texts = {"applies": None, "must": "member_count >= count(members where age > hh.member_count)"}
    rule = replace(BY_ID["HH003"], **texts, good=({"member_count": 1, "members": [{"age": 2}]},))
    made = mutation.Trial(rule, ROUND)
    assert tried(made, "member_count") == [0, 2, None]


def test_money_and_people_are_never_tried_below_nothing():
    made = trial("IX001", good=({"child_u1_count": 0, "members": [{"age": 1}]},))
    assert all(value is None or value >= 0 for value in tried(made, "child_u1_count"))


def test_a_missing_cell_and_an_absent_cell_are_the_same_record():
    made = trial("AG003", good=({},))
    assert None not in tried(made, "age")


def test_proposals_leave_out_what_the_file_has_and_say_what_comes_out():
    made = trial("TI002", good=({"title": "dek_chai", "age": 14},), bad=({"title": "dek_chai", "age": 15},))
    rows = boundaries_rows.boundaries(made.ready)
    assert {"title": "dek_chai", "age": 15} not in [row.example for row in rows]
    found = {row.about: row.outcome.name for row in rows}
    assert found["age 16"] == "VIOLATED"
    assert found["age missing"] == "CANNOT_TELL"
    assert found["title nai"] == "NOT_APPLICABLE"


def test_the_records_that_tell_are_few_and_tell_everything():
    weak = trial("TI002", good=({"title": "dek_ying", "age": 9},), bad=({"title": "dek_chai", "age": 40},))
    rows = boundaries_rows.telling(weak)
    assert 0 < len(rows) <= len(weak.unnoticed())
    stronger = {
        kind: tuple(row.example for row in rows if row.kind == kind) for kind in ("good", "bad", "unknown")
    }
    rule = weak.ready.rule
    more = replace(rule, **{kind: (*getattr(rule, kind), *stronger[kind]) for kind in stronger})
    assert mutation.score(more, ROUND).survivors == ()


def test_the_kind_of_a_proposal_is_what_the_rule_says_of_it():
    made = trial("TI002", good=({"title": "dek_ying", "age": 9},))
    assert case(made.ready, {"title": "dek_ying", "age": 15}).kind == "bad"
    assert case(made.ready, {"title": "nai", "age": 3}).kind == "good"
    assert case(made.ready, {"title": "dek_ying", "age": None}).kind == "unknown"


@pytest.mark.parametrize(
    "example",
    [
        {"national_id": "1349900000019", "birth_date": dt.date(1984, 1, 1), "age": None},
        {"members": [{"age": 40, "is_informant": True}, {"relation": "head"}], "hh": {"member_count": 2}},
        {
            "chronic_type": "เบาหวาน",
            "national_id": "x y: 'z'",
            "soi": "null",
            "road": "yes",
            "house_no": "12/3",
        },
    ],
)
def test_a_row_is_read_back_as_it_was(example):
    text = boundaries_rows.row_text(example)
    assert "\n" not in text
    assert yaml.safe_load(text) == example


def test_numbers_as_text_keep_their_quotes():
    assert boundaries_rows.row_text({"national_id": "0034"}) == '{national_id: "0034"}'


def test_rows_go_to_the_end_of_their_kind_and_the_rest_of_the_file_stays(tmp_path):
    made = trial("TI002", good=({"title": "dek_chai", "age": 9},))
    rows = [
        boundaries_rows.Row(one.example, one.kind, one.as_written)
        for one in [case(made.ready, {"age": 3, "title": "nai"})]
    ]
    path = tmp_path / "rule.yaml"
    path.write_text(
        "id: X\ngood:\n  - {age: 1}\n  # why\n  - {age: 2}\nbad:\n  - {age: 9}\n", encoding="utf-8"
    )
    assert boundaries_rows.append(path, "good", rows) == 1
    assert path.read_text(encoding="utf-8") == (
        "id: X\ngood:\n  - {age: 1}\n  # why\n  - {age: 2}\n  - {age: 3, title: nai}\nbad:\n  - {age: 9}\n"
    )
    assert boundaries_rows.append(path, "unknown", rows) == 0


def test_a_list_on_one_line_is_opened(tmp_path):
    made = trial("TI002", good=({"title": "dek_chai", "age": 9},))
    new = case(made.ready, {"age": 3, "title": "nai"})
    path = tmp_path / "rule.yaml"
    path.write_text("good: [{age: 1}, {age: 2}]\nbad: [{age: 9}]\n", encoding="utf-8")
    boundaries_rows.append(path, "good", [boundaries_rows.Row(new.example, new.kind, new.as_written)])
    assert path.read_text(encoding="utf-8") == (
        "good:\n  - {age: 1}\n  - {age: 2}\n  - {age: 3, title: nai}\nbad: [{age: 9}]\n"
    )


def test_a_kind_that_had_no_list_gets_one(tmp_path):
    made = trial("TI002", good=({"title": "dek_chai", "age": 9},))
    unknown = case(made.ready, {"title": "dek_chai"})
    path = tmp_path / "rule.yaml"
    path.write_text("good: [{age: 1}]\n", encoding="utf-8")
    boundaries_rows.append(
        path, "unknown", [boundaries_rows.Row(unknown.example, unknown.kind, unknown.as_written)]
    )
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == {
        "good": [{"age": 1}],
        "unknown": [{"title": "dek_chai"}],
    }


def test_the_command_prints_yaml_to_paste_and_writes_nothing():
    path = catalogue.FOLDER / BY_ID["WK004"].path
    before = path.read_bytes()
    done = CliRunner().invoke(app, ["examples", "wk004"])
    assert done.exit_code == 0
    assert set(yaml.safe_load(done.output)) <= {"good", "bad", "unknown"}
    assert "# ผิดกฎ · violated" in done.output
    assert path.read_bytes() == before


def test_the_command_writes_the_kind_asked_for_and_no_other(tmp_path, monkeypatch):
    rule = BY_ID["TI002"]
    copy = tmp_path / rule.path
    copy.parent.mkdir(parents=True)
    text = (catalogue.FOLDER / rule.path).read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    monkeypatch.setattr("rules.catalogue.FOLDER", tmp_path)
    done = CliRunner().invoke(app, ["examples", "TI002", "--write", "bad"])
    assert done.exit_code == 0
    was, now = (yaml.safe_load(each) for each in (text, copy.read_text(encoding="utf-8")))
    assert len(now.pop("bad")) > len(was.pop("bad"))
    assert now == was


def test_the_command_refuses_a_kind_there_is_not():
    assert CliRunner().invoke(app, ["examples", "AG003", "--write", "best"]).exit_code == 2
