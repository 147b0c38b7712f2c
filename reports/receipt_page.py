"""The receipt of a district's deliveries: what arrived, how it was read, and every row accounted for.

One page in Thai for whoever sent the file, to read on a phone or to print and put beside the letter; and the
same as plain data. A receipt is given for every delivery, also for one that could not be used. It counts rows
and names columns and rows; no cell of a record is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports import receipt_texts as texts
from reports.contents import Quarantine
from reports.field_labels import field_label
from reports.page_templates import render as render_page
from reports.safe_text import printable
from reports.standing import stale_word
from reports.words import count_text
from schemas.thai import thai_date

HASH_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReceipt:
    """What one district gets back for what it sent.

    ``sheets``: the receipts of the intake, one a sheet, of what is in force. ``refused``: name, sha256 and
    bytes of files received but not used, with the reason ``refusal``. ``received``: sha256 -> day of arrival.
    """

    round_year_be: int
    province_name: str
    district_code: str
    district_name: str
    night: date
    run_id: str
    office: str
    sheets: tuple[Mapping[str, Any], ...]
    refused: tuple[Mapping[str, Any], ...] = ()
    refusal: Quarantine | None = None
    stale_since: date | None = None
    received: Mapping[str, date]


def render(receipt: DeliveryReceipt) -> str:
    """The page as HTML text."""
    return render_page(
        "receipt.html.jinja",
        receipt=receipt,
        night=thai_date(receipt.night),
        stale=stale_word(receipt.stale_since) if receipt.stale_since else "",
        refusal=receipt.refusal,
        refused=[_file(one, receipt) for one in receipt.refused],
        sheets=[_sheet(one, receipt) for one in receipt.sheets],
        totals=_totals(receipt),
    )


def as_data(receipt: DeliveryReceipt) -> dict[str, Any]:
    """The same for machines: ISO dates, slugs, counts."""
    refusal = receipt.refusal
    return {
        "round_year_be": receipt.round_year_be,
        "district_code": receipt.district_code,
        "night": receipt.night.isoformat(),
        "run_id": receipt.run_id,
        "stale_since": receipt.stale_since.isoformat() if receipt.stale_since else None,
        "refused": [_dated(one, receipt) for one in receipt.refused],
        "refusal": {"th": refusal.th, "en": refusal.en, "todo_th": refusal.todo_th} if refusal else None,
        "sheets": [_dated(one, receipt) for one in receipt.sheets],
    }


def _dated(one: Mapping[str, Any], receipt: DeliveryReceipt) -> dict[str, Any]:
    day = receipt.received.get(_sent_hash(one))
    return {**one, "received": day.isoformat() if day else None}


def _sent_hash(one: Mapping[str, Any]) -> str:
    """The hash of the file as sent: of one out of a zip, the zip's."""
    return str((one.get("archive") or one)["sha256"])


def _file(one: Mapping[str, Any], receipt: DeliveryReceipt) -> dict[str, str]:
    archive, day = one.get("archive"), receipt.received.get(_sent_hash(one))
    return {
        "name": printable(one["file"]) + (f" ใน {printable(archive['file'])}" if archive else ""),
        "sha256": str(one["sha256"])[:HASH_SHOWN],
        "bytes": f"{count_text(int(one['bytes']))} ไบต์",
        "received": thai_date(day) if day else "",
    }


def _sheet(one: Mapping[str, Any], receipt: DeliveryReceipt) -> dict[str, Any]:
    told = {
        "file": _file(one, receipt),
        "kind": texts.KINDS.get(one["layout"], one["layout"]),
        # A file read once though sent twice has no sheets of its own.
        "sheet": printable(one.get("sheet") or ""),
    }
    if "rows_in_file" not in one:
        return told | {"is_read": False}
    return told | {
        "is_read": True,
        "encoding": texts.encoding(one["encoding"]),
        "header": _header(one),
        "rows_in_file": count_text(one["rows_in_file"]),
        "rows_read": count_text(one["rows_read"]),
        "rows_aside": count_text(sum(one["rows_set_aside"].values())),
        "records": [(count_text(n), texts.UNITS[table]) for table, n in one["records"].items()],
        "aside": [_aside(slug, rows, one) for slug, rows in one["rows_set_aside"].items()],
        "not_cast": _labelled(one.get("cells_not_cast_of", {})),
        "matched": _matched(one),
        "unknown": [printable(text) for text in one["columns_unknown"]],
        "missing": [
            field_label(field, table)
            for table, fields in one.get("columns_missing", {}).items()
            for field in fields
        ],
        "not_read": [printable(name) for name in one["sheets_not_read"]],
        "remarks": list(
            zip(*(one.get("remarks_told", {}).get(lang, []) for lang in ("th", "en")), strict=True)
        ),
        "ages_derived": count_text(one["ages_derived"]) if one["ages_derived"] else "",
    }


def _header(one: Mapping[str, Any]) -> str:
    last, rows = one["header_row"], one["header_rows"]
    if not rows:
        return "ไฟล์ระบุชื่อคอลัมน์เอง"
    return f"แถวที่ {last}" if rows == 1 else f"แถวที่ {last - rows + 1}–{last}"


def _aside(slug: str, rows: int, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reason": texts.reason(slug),
        "rows": count_text(rows),
        "at": texts.rows_at(one.get("rows_aside_at", {}).get(slug, [])),
        "is_to_look_at": slug in texts.TO_LOOK_AT,
    }


def _labelled(counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Columns with cells that could not be read, most cells first."""
    found = [
        (cells, field_label(field, table)) for table, of in counts.items() for field, cells in of.items()
    ]
    return [
        (label, count_text(cells)) for cells, label in sorted(found, key=lambda each: (-each[0], each[1]))
    ]


def _matched(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Heading as sent and the field it was read as."""
    return [
        (printable(heading), field_label(field, table))
        for table, fields in one["columns_matched"].items()
        for field, heading in fields.items()
    ]


def _totals(receipt: DeliveryReceipt) -> dict[str, str]:
    read = [one for one in receipt.sheets if "rows_in_file" in one]
    records = {table: sum(one["records"].get(table, 0) for one in read) for table in texts.UNITS}
    return {
        "rows": count_text(sum(one["rows_in_file"] for one in read)),
        "read": count_text(sum(one["rows_read"] for one in read)),
        "aside": count_text(sum(sum(one["rows_set_aside"].values()) for one in read)),
        "households": count_text(records["household"]),
        "persons": count_text(records["person"]),
    }
