"""The receipt of each district, written beside its page: as a page to read and as data.

Every district of a night gets one, also when nothing it sent could be used.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows import intake
from flows.examination import Examined
from flows.intake.receipt import file_facts
from reports import receipt_page
from reports.contents import DistrictReport
from reports.receipt_page import DeliveryReceipt


def write_receipt(
    report: DistrictReport, examined: Examined, received: Mapping[str, date], folder: Path
) -> None:
    """Write ``<code>-receipt.html`` and ``.json``; ``received``: sha256 -> day the bytes first came."""
    stale = examined.stale
    refused = stale.refused if stale else examined.deliveries if examined.quarantine else ()
    receipt = DeliveryReceipt(
        round_year_be=report.round_year_be,
        province_name=report.province_name,
        district_code=report.district_code,
        district_name=report.district_name,
        night=report.night,
        run_id=report.run_id,
        office=report.office,
        sheets=() if examined.quarantine else examined.receipts,
        refused=_facts(refused),
        refusal=report.quarantine or report.stale,
        stale_since=report.stale_since,
        received=dict(received),
    )
    name = f"{report.district_code}-receipt"
    (folder / f"{name}.html").write_text(receipt_page.render(receipt), encoding="utf-8", newline="\n")
    text = json.dumps(receipt_page.as_data(receipt), ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _facts(deliveries: Iterable[intake.Delivery]) -> tuple[dict[str, Any], ...]:
    return tuple(file_facts(delivery) for delivery in deliveries)
