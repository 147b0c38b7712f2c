"""Sentences that a district's workbook and page say alike: what failed, what was checked, what to do next.

Whole sentences, in Thai, filled with numbers of the report; nothing is judged here.
"""

from collections.abc import Mapping
from typing import Any

from reports.contents import DistrictReport, FailedGate, Quarantine
from reports.safe_text import printable
from reports.standing import stale_word
from reports.words import count_text, due_text, gate_numbers, measure_text

# A failed gate of this severity gives the district this colour.
GATE_COLOURS = {"critical": "red", "warning": "orange", "info": "yellow"}
ALL_GATES_MET = "ผ่านเกณฑ์รับรองทุกข้อ"
NO_FINDINGS = "ไม่พบรายการที่ต้องแก้ไขในข้อมูลที่ส่งมา ขอบคุณทุกคนที่ช่วยกันเก็บและบันทึกข้อมูลให้ถูกต้อง"
NEVER_MIXED = "สามเรื่องที่ไม่นำมารวมกัน"
PRIVATE = "มีข้อมูลส่วนบุคคล ใช้เฉพาะผู้มีหน้าที่แก้ไขข้อมูลของอำเภอนี้ ห้ามเผยแพร่หรือส่งต่อ"
UNREADABLE = "ยังตรวจข้อมูลของอำเภอนี้ไม่ได้"


def asks_for_answers(report: DistrictReport) -> bool:
    """Whether the district has something to answer and send back."""
    return report.quarantine is None and report.findings.height > 0


def gate_sentence(gate: FailedGate) -> str:
    """What a district lacks, with its numbers: "บันทึกครัวเรือนยังไม่ครบ: พบ 91.2% ต้องไม่น้อยกว่า 95.0%"."""
    numbers = gate_numbers(gate.measure, gate.found, gate.threshold, gate.bound)
    return f"{gate.th}: {numbers}" if numbers else gate.th


def steps(report: DistrictReport) -> tuple[str, ...]:
    """The four steps from this workbook back to the province."""
    where = report.office or "จังหวัด"
    return (
        "เปิดแผ่น “ทุกรายการ” ทำรายการสีแดงให้หมดก่อน แล้วทำสีส้ม ส่วนสีน้ำเงินให้ตรวจดูเมื่อพบครัวเรือน",
        "พบหรือโทรถามครัวเรือน พิมพ์แผ่นของหมู่บ้านไปจดผลด้วยปากกาได้",
        "แก้ข้อมูลในโปรแกรมบันทึก จปฐ. ก่อน แล้วเลือกสถานะในช่องสีเหลือง ถ้าค่าเดิมถูกแล้ว เลือก “ยืนยันค่าถูกต้อง” และเขียนเหตุผล",
        f"บันทึกไฟล์นี้และส่งคืน{where} ภายใน{due_text(report.deadline)}",
    )


def checked(report: DistrictReport) -> tuple[tuple[str, str], ...]:
    """What was looked at tonight, as label and value; what could not be decided is said, never left out."""
    quality = report.quality
    outcomes = report.outcomes
    decided = int(outcomes["holds"].sum()) + int(outcomes["violated"].sum())
    return (
        ("ครัวเรือนที่ตรวจ", _counted(quality.get("households"), "ครัวเรือน")),
        ("คนที่ตรวจ", _counted(quality.get("persons"), "คน")),
        ("บันทึกแล้วเทียบกับเป้าหมาย", measure_text("completeness_share", quality.get("completeness_share"))),
        ("ข้อตรวจที่ใช้", f"{outcomes.height:,} ข้อ"),
        ("ผลตรวจที่ตัดสินได้", f"{decided:,} ครั้ง"),
        ("ตัดสินไม่ได้เพราะข้อมูลว่าง", f"{int(outcomes['cannot_tell'].sum()):,} ครั้ง"),
    )


def files_received(report: DistrictReport) -> tuple[str, ...]:
    """The files as received, one a line: name, rows, and the start of the fingerprint."""
    return tuple(_file(receipt) for receipt in report.receipt)


def stale_lines(report: DistrictReport) -> tuple[str, ...]:
    """That an earlier version is shown, why, and what to do; empty when the newest one is."""
    if report.stale is None or report.stale_since is None:
        return ()
    lines = (
        f"{stale_word(report.stale_since)} ยังไม่ใช่ไฟล์ล่าสุด จึงยังรับรองไม่ได้",
        f"ไฟล์ล่าสุดใช้ไม่ได้: {report.stale.th}",
        f"สิ่งที่ต้องทำ: {report.stale.todo_th}",
    )
    return tuple(printable(line) for line in lines)


def quarantine_facts(trouble: Quarantine) -> tuple[str, ...]:
    """What happened, where in the delivery as far as known, and what did not happen."""
    kept = "ไฟล์ที่ส่งมาถูกเก็บไว้ครบตามเดิม " if trouble.file else ""
    lines = (trouble.th, _place(trouble), f"{kept}อำเภออื่นตรวจได้ตามปกติ")
    return tuple(printable(line) for line in lines if line)


def quarantine_steps(report: DistrictReport, trouble: Quarantine) -> tuple[str, ...]:
    """What the district does about a delivery that could not be used."""
    where = report.office or "จังหวัด"
    return (
        printable(trouble.todo_th),
        f"ไฟล์ที่ต้องส่ง ส่งให้{where}ได้ทันที ระบบจะตรวจในคืนถัดไป",
        f"วันสุดท้ายของรอบนี้คือ{due_text(report.deadline)}",
    )


def _counted(value: float | None, unit: str) -> str:
    return "วัดไม่ได้" if value is None else f"{count_text(int(value))} {unit}"


def _place(trouble: Quarantine) -> str:
    row = None if trouble.row is None else str(trouble.row)
    parts = (
        ("ไฟล์", trouble.file),
        ("แผ่น", trouble.sheet),
        ("แถวที่", row),
        ("คอลัมน์", trouble.column),
    )
    return " ".join(f"{word} {text}" for word, text in parts if text)


def _file(receipt: Mapping[str, Any]) -> str:
    rows = receipt.get("rows")
    counted = "" if rows is None else f" • {rows:,} แถว"
    sheet = f" แผ่น {printable(receipt['sheet'])}" if receipt.get("sheet") else ""
    return f"{printable(receipt.get('file'))}{sheet}{counted} • sha256 {str(receipt.get('sha256', ''))[:12]}"
