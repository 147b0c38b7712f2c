from datetime import date

import polars as pl

from reports import not_counted, summary_tables
from reports.contents import TRIAL, NotChecked
from tests.made_province import province, rule

OFF = NotChecked(
    rule_id="WK003",
    title_th="ข้าราชการที่การศึกษาไม่ถึง",
    reason_th="รหัสอาชีพยังไม่ยืนยัน",
    reason_en="Occupation codes are not confirmed.",
    who="สพจ.อุบลราชธานี",
    until=date(2026, 4, 30),
)


def tried(*rows):
    return province(trial=pl.DataFrame([{"districts": 3, **row} for row in rows], schema=TRIAL))


def test_nothing_is_said_where_there_is_nothing_to_say():
    assert not_counted.lines(province()) == []


def test_a_rule_that_is_off_is_said_with_reason_who_and_until_when():
    (line,) = not_counted.lines(province(not_checked=(OFF,)))
    for said in ("WK003", "รหัสอาชีพยังไม่ยืนยัน", "กำหนดโดย สพจ.อุบลราชธานี", "30 เมษายน 2569", "ไม่ถือว่าผ่าน"):
        assert said in line


def test_a_rule_on_trial_is_said_to_count_for_nothing():
    (line,) = not_counted.lines(tried(rule("ZZ001", "must_fix", 1_234, denominator=700_123)))
    assert "กฎที่กำลังทดลอง 1 ข้อ" in line
    assert "ไม่นับเป็นข้อผิด" in line
    assert "พบ 1,234 จาก 700,123 คนที่ตรวจได้ ใน 3 อำเภอ" in line


def test_a_rule_on_trial_that_broke_or_had_nothing_to_look_at_is_no_pass():
    (line,) = not_counted.lines(
        tried(rule("ZZ001", "watch", 0, error=9), rule("ZZ002", "watch", 0, denominator=0))
    )
    assert "กฎทำงานไม่สำเร็จ" in line
    assert "ไม่มีข้อมูลให้ตรวจ" in line


def test_the_summary_says_all_three():
    said = summary_tables.rules(province(not_checked=(OFF,), recalled_rules=54))["quiet"]
    assert any("WK003" in line for line in said)
    assert any("54 ข้ออาศัยเกณฑ์" in line for line in said)
