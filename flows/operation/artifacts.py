"""What a night leaves in Prefect besides its table: one sentence with links, and what was set aside.

Prefect's database is read by whoever may open its page: counts, codes and names of districts only. Why a
delivery was set aside is said by the district's receipt, not here, because a sentence can name a file.
"""

from collections.abc import Collection, Sequence

from prefect.artifacts import create_markdown_artifact

from reports.contents import DistrictRow
from reports.words import VERDICTS, count_text

NIGHT_KEY, ASIDE_KEY = "jpt-night", "jpt-set-aside"


def show_night(run_id: str, rows: Sequence[DistrictRow], troubled: Collection[str], link: str) -> None:
    """Make both artifacts of a night. Call inside its flow.

    troubled: codes of districts whose documents are missing. link: where `out` is served, "" when nowhere.
    """
    create_markdown_artifact(
        key=NIGHT_KEY, markdown=night_text(run_id, rows, link), description=f"{run_id}: the night in short"
    )
    create_markdown_artifact(
        key=ASIDE_KEY,
        markdown=aside_text(run_id, rows, troubled, link),
        description=f"{run_id}: deliveries set aside",
    )


def night_text(run_id: str, rows: Sequence[DistrictRow], link: str) -> str:
    """The night in short, as Markdown."""
    read = [row for row in rows if not row.is_quarantined]
    colours = " · ".join(
        f"{look.label} **{sum(row.verdict.colour == colour for row in rows)}**"
        for colour, look in VERDICTS.items()
    )
    must_fix, must_explain = (
        sum(getattr(row, name) for row in read) for name in ("must_fix", "must_explain")
    )
    return "\n".join(
        [
            f"## {run_id}",
            "",
            f"{colours} จาก {len(rows)} อำเภอ ({len(rows)} districts)",
            "",
            f"- ต้องแก้ {count_text(must_fix)} รายการ (to fix)",
            f"- ต้องแก้หรือยืนยัน {count_text(must_explain)} รายการ (to fix or confirm)",
            f"- ใช้ไฟล์ที่ส่งมาไม่ได้ {sum(map(_is_aside, rows))} อำเภอ (deliveries not usable)",
            "",
            *(f"- [{name}]({link}{path})" for path, name in _places(run_id).items() if link),
            "",
        ]
    )


def aside_text(run_id: str, rows: Sequence[DistrictRow], troubled: Collection[str], link: str) -> str:
    """The districts somebody must see to, as Markdown; a sentence when there are none."""
    aside = [row for row in rows if _is_aside(row) or row.code in troubled]
    if not aside:
        return f"## {run_id}\n\nใช้ไฟล์ได้ทุกอำเภอ (every delivery was usable)\n"
    return "\n".join(
        [
            f"## {run_id}",
            "",
            "| อำเภอ (district) | เรื่อง (matter) | ใบรับข้อมูล (receipt) |",
            "| --- | --- | --- |",
            *(
                f"| {row.code} {row.name} | {_matter(row)} | {_receipt(run_id, row.code, link)} |"
                for row in aside
            ),
            "",
        ]
    )


def _places(run_id: str) -> dict[str, str]:
    return {
        f"{run_id}/index.html": "ภาพรวม (dashboard)",
        f"{run_id}/summary.pdf": "สรุปสำหรับที่ประชุม (summary)",
        "history.html": "ประวัติทุกคืน (history)",
    }


def _is_aside(row: DistrictRow) -> bool:
    return row.is_quarantined or row.stale_since is not None


def _matter(row: DistrictRow) -> str:
    if row.stale_since:
        return f"ใช้ข้อมูลเดิมของ {row.stale_since.isoformat()} แทน (an earlier version stands in)"
    if row.is_quarantined:
        return "ไฟล์ใช้ไม่ได้ (not usable)"
    return "เขียนเอกสารไม่ครบ (documents missing)"


def _receipt(run_id: str, code: str, link: str) -> str:
    path = f"{run_id}/districts/{code}/{code}-receipt.html"
    return f"[{code}]({link}{path})" if link else f"`{path}`"
