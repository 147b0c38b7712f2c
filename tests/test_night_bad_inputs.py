import csv
import html
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.alone import alone
from tests.nights import NIGHT, copied_province, jpt, night_here, sent

Rows = list[list[str]]
EXPONENT = "3.42E+11"
DISTRICTS = (
    "3402", "3403", "3404", "3405", "3408", "3410", "3412", "3414",
    "3421", "3422", "3424", "3426", "3430", "3431", "3432", "3433",
)  # fmt: skip
HOUSEHOLDS, MEMBERS = "*household.csv", "*member.csv"


def rewritten(file: Path, change: Callable[[Rows], Rows]) -> None:
    raw = file.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp874"
    rows = change(list(csv.reader(io.StringIO(raw.decode(encoding)))))
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows(rows)


def without(heading: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        gone = rows[0].index(heading)
        return [row[:gone] + row[gone + 1 :] for row in rows]

    return change


def put(rows: Rows, number: int, heading: str, text: str) -> None:
    rows[number - 1][rows[0].index(heading)] = text


def exponents(rows: Rows) -> Rows:
    key = rows[0].index("รหัสครัวเรือน")
    return [rows[0], *([*row[:key], EXPONENT, *row[key + 1 :]] for row in rows[1:])]


def another_occupation(rows: Rows) -> Rows:
    return [[*rows[0], "อาชีพ"], *([*row, "0710"] for row in rows[1:])]


def strange_cells(rows: Rows) -> Rows:
    put(rows, 2, "วันที่สัมภาษณ์", "31/02/2569")
    put(rows, 4, "วันเดือนปีเกิด", "15/03/1990")
    put(rows, 2, "รายได้อื่น ๆ", "-500")
    total = ["รวม"] + [""] * (len(rows[0]) - 2) + ["99"]
    return [*rows[:20], total, *rows[20:]]


def unsaid_district(rows: Rows) -> Rows:
    said = {"รหัสอำเภอ", "อำเภอ", "รหัสตำบล", "ตำบล", "รหัสหมู่บ้าน/ชุมชน", "รหัสจังหวัด"}
    kept = [place for place, heading in enumerate(rows[0]) if heading not in said]
    return [[row[place] for place in kept] for row in rows]


def households_apart_from_members(root: Path) -> None:
    households, members = (sent(root, "3404", f"*_{table}.parquet") for table in ("household", "member"))
    people, homes = pl.read_parquet(members), pl.read_parquet(households)
    key = people.columns[0]
    ids = homes[homes.columns[0]].to_list()
    people.filter(~pl.col(key).is_in(ids[:3])).write_parquet(members)
    homes.filter(~pl.col(homes.columns[0]).is_in(ids[5:8])).write_parquet(households)


def spoiled(root: Path) -> None:
    sent(root, "3402", "*household.parquet").write_bytes(b"")
    sent(root, "3403").write_bytes(b"")
    households_apart_from_members(root)
    cut = sent(root, "3405", HOUSEHOLDS)
    raw = cut.read_bytes()
    middle = raw.index("เขมราฐ".encode(), len(raw) // 2)
    cut.write_bytes(raw[:middle] + b"\x81\xff" + raw[middle + 2 :])
    for file in (root / "sample_data" / "2569" / "3408").iterdir():
        file.unlink()
    for file in sorted((root / "sample_data" / "2569" / "3430").iterdir()):
        shutil.copy(file, sent(root, "3410").parent.parent / "3408" / file.name)
    shutil.copy(sent(root, "3430", MEMBERS), sent(root, "3430").with_name("สำเนา.csv"))
    people = sent(root, "3410", "*member.parquet")
    pl.read_parquet(people).drop("age").write_parquet(people)
    sent(root, "3412").write_bytes(sent(root, "3412").read_bytes()[:20000])
    rewritten(sent(root, "3414", HOUSEHOLDS), without("เลขที่ครัวเรือน"))
    rewritten(sent(root, "3421", MEMBERS), another_occupation)
    for pattern in (HOUSEHOLDS, MEMBERS):
        rewritten(sent(root, "3422", pattern), exponents)
    rewritten(sent(root, "3424"), strange_cells)
    sent(root, "3426").unlink()
    rewritten(sent(root, "3431"), unsaid_district)
    sent(root, "3432").unlink()
    shutil.copy(sent(root, "3431"), root / "sample_data" / "2569" / "3432" / "อำเภอ.csv")


@dataclass(frozen=True)
class BadNight:
    root: Path
    folder: Path
    code: int
    stdout: str
    record: dict[str, Any]
    findings: pl.DataFrame

    def page(self, code: str) -> str:
        text = (self.folder / "districts" / code / f"{code}.html").read_text(encoding="utf-8")
        return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text)))

    def rules(self, code: str) -> set[tuple[str, int | None]]:
        own = self.findings.filter(pl.col("district_code") == code)
        return set(own.select("rule_id", "source_row").iter_rows())


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> BadNight:
    root = copied_province(tmp_path_factory.mktemp("bad"), *DISTRICTS)
    spoiled(root)
    # Named out of order and one of them twice: a person types them so.
    done = night_here(root, NIGHT, "3433", "3402", *DISTRICTS)
    record = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))
    findings = pl.read_parquet(done.folder / "data" / "findings.parquet")
    return BadNight(root, done.folder, done.code, done.stdout, record, findings)


REASONS = {
    "3402": ("empty_file", "household.parquet ว่างเปล่า", "ส่งออกข้อมูลจากระบบใหม่", "is empty"),
    "3403": ("empty_file", "3403.xlsx ว่างเปล่า", "ส่งออกข้อมูลจากระบบใหม่", "is empty"),
    "3405": ("wrong_encoding", "(เริ่มผิดที่แถว 15)", "CSV UTF-8", "first bad byte in row 15"),
    "3408": ("other_district", "32 จาก 32 แถวไม่ใช่ของอำเภอนาจะหลวย", "ของอำเภอตนเอง", "another district"),
    "3412": ("truncated_file", "ไม่สมบูรณ์", "ส่งใหม่ทั้งไฟล์", "is incomplete"),
    "3414": ("missing_column", "ขาดคอลัมน์ที่จำเป็น: รหัสครัวเรือน", "เพิ่มคอลัมน์นี้", "lacks the required column"),
    "3421": ("column_twice", "มีคอลัมน์ อาชีพ ซ้ำกันสองคอลัมน์", "ลบคอลัมน์ที่ผิดออก", "Occupation twice"),
    "3422": ("lost_keys", "แถวกลายเป็นเลขยกกำลัง", "จัดคอลัมน์เป็นข้อความ", "became exponents"),
    "3426": ("no_delivery", "ยังไม่ได้รับไฟล์จากอำเภอทุ่งศรีอุดม (3426)", "ส่งไฟล์ครัวเรือน", "No file has arrived"),
    "3431": ("sent_by_two", "อำเภอสว่างวีระวงศ์ (3432) ส่งมา", "เป็นของอำเภอใด", "byte for byte"),
    "3432": ("sent_by_two", "อำเภอเหล่าเสือโก้ก (3431) ส่งมา", "เป็นของอำเภอใด", "byte for byte"),
}  # fmt: skip


def test_only_the_bad_districts_are_set_aside_and_the_code_says_so(bad: BadNight) -> None:
    assert bad.code == 3, bad.stdout
    assert {code: facts["reason"] for code, facts in bad.record["quarantined"].items()} == {
        code: reason for code, (reason, *_) in REASONS.items()
    }
    assert bad.record["counts"]["districts"] == len(DISTRICTS)
    assert bad.record["counts"]["quarantined"] == len(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_the_terminal_and_the_page_say_what_is_wrong_and_what_to_do_in_both_languages(
    bad: BadNight, code: str
) -> None:
    _, wrong, todo, english = REASONS[code]
    told = next(line for line in bad.stdout.splitlines() if line.startswith(f"✗ {code}"))
    page = bad.page(code)
    for text in (told, page):
        assert wrong in text
        assert todo in text
    assert english in bad.stdout
    assert english in page
    assert "Traceback" not in bad.stdout


def test_a_district_from_which_nothing_came_is_not_told_that_its_file_is_kept(bad: BadNight) -> None:
    assert "ถูกเก็บไว้ครบ" in bad.page("3402")
    assert "ถูกเก็บไว้ครบ" not in bad.page("3426")


def test_where_the_trouble_lies_is_in_the_record_of_the_run(bad: BadNight) -> None:
    facts = bad.record["quarantined"]["3421"]
    assert (facts["file"], facts["row"], facts["column"]) == ("jpt2569_3421_member.csv", 2, "อาชีพ")


def test_nothing_that_was_sent_is_lost(bad: BadNight) -> None:
    files = sum(len(list((bad.root / "sample_data" / "2569" / code).iterdir())) for code in DISTRICTS)
    assert len(bad.record["inputs"]) == files
    for one in bad.record["inputs"]:
        assert (bad.root / "kept" / "deliveries" / one["sha256"][:2] / one["sha256"]).is_file()
    assert [p.name for p in (bad.root / "kept" / "deliveries").iterdir() if p.name.startswith(".")] == []


def test_a_repeated_file_is_received_but_counts_no_rows(bad: BadNight) -> None:
    rows = {one["file"]: one["rows"] for one in bad.record["inputs"] if one["district"] == "3430"}
    assert rows["สำเนา.csv"] is None
    assert rows["jpt2569_3430_member.csv"] == 110
    assert ("ST013", None) in bad.rules("3430")


def test_strange_cells_are_told_where_they_stand_and_a_total_row_is_no_record(bad: BadNight) -> None:
    found = bad.rules("3424")
    assert {("ST003", 2), ("ST007", 4), ("ST006", 2), ("ST005", 21)} <= found
    texts = bad.findings.filter(pl.col("district_code") == "3424")
    assert texts.filter(pl.col("rule_id") == "ST003")["message_th"][0].count("31/02/2569") == 1
    assert bad.record["verdicts"]["3424"] != "green"


def test_households_without_members_and_members_without_households_are_findings(bad: BadNight) -> None:
    own = bad.findings.filter(pl.col("district_code") == "3404")
    counts = dict(own["rule_id"].value_counts().iter_rows())
    assert counts["DU005"] == 3
    assert counts["DU004"] >= 3


def test_ages_that_were_not_sent_follow_from_birth_dates(bad: BadNight) -> None:
    typed = bad.root / "kept" / "typed" / "2569" / "3410"
    persons = pl.read_parquet(typed / "persons.parquet")
    assert persons["age"].null_count() == persons["birth_date"].null_count()
    receipts = json.loads((typed / "receipts.json").read_text(encoding="utf-8"))
    assert sum(receipt["ages_derived"] for receipt in receipts) == persons["age"].count() > 200
    assert bad.record["verdicts"]["3410"] == "orange"


def test_districts_named_in_any_order_keep_their_own_numbers(bad: BadNight) -> None:
    quality = pl.read_parquet(bad.folder / "data" / "quality.parquet")
    households = dict(quality.select("district_code", "households").iter_rows())
    assert (households["3430"], households["3433"], households["3402"]) == (32, 29, None)
    assert "29 ครัวเรือน" in bad.page("3433")


def test_the_second_night_says_that_another_is_running(bad: BadNight) -> None:
    with alone(bad.root / "kept"):
        done = jpt(bad.root, "night", "--night", NIGHT, "--district", "3424")
    assert done.returncode == 2
    assert "รอให้จบก่อนแล้วสั่งใหม่" in done.stderr
    assert "another night is running in the folder kept" in done.stderr
    assert "Traceback" not in done.stderr
