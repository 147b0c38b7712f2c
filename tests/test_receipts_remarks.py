from datetime import date
from pathlib import Path

from reports import receipt_page
from reports.receipt_page import DeliveryReceipt
from tests.intake_writing import district, read


def test_a_remark_on_how_a_file_was_written_stands_in_thai_and_english(tmp_path: Path) -> None:
    household, member = district(tmp_path)
    text = household.read_text("utf-8-sig")
    household.write_text(text.replace(",", "\x00,", 1), "utf-8")
    extract = read(household, member)
    page = receipt_page.render(
        DeliveryReceipt(
            round_year_be=2569,
            province_name="ตัวอย่าง",
            district_code="3401",
            district_name="ตัวอย่าง",
            night=date(2026, 11, 24),
            run_id="2569-2026-11-24",
            office="",
            sheets=tuple(extract.receipt),
            received={},
        )
    )
    assert "ตัดอักขระควบคุมที่ไม่ใช่ข้อความ (NUL หรือท้ายไฟล์ DOS) ออก 1 ตัว" in page
    assert '<span class="muted" lang="en">1 control characters that are no text' in page
