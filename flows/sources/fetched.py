"""What was fetched from a district's sources last, and under which mark.

So an unchanged file is not fetched again, and a silent source is told apart from one that never gave
anything. Kept beside the deliveries, one small file a district and round; losing it costs a fetch, no more.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.intake import Delivery
from flows.intake.delivery import kept_before

FOLDER = "sources"


@dataclass(frozen=True)
class Fetched:
    """One file as it came: its address, name, the server's mark of it, hash of its bytes, and which night."""

    address: str
    name: str
    mark: str
    sha256: str
    night: str


@dataclass(frozen=True)
class FetchedLast:
    """All that came last for one district and purpose ("2569", or "last_year")."""

    fetched: tuple[Fetched, ...] = ()

    def unchanged(self, address: str, mark: str, keep_dir: Path) -> Delivery | None:
        """The kept delivery of an address whose mark is still the same and whose bytes are still whole."""
        for one in self.fetched:
            if mark and (one.address, one.mark) == (address, mark):
                return kept_before(one.sha256, one.name, keep_dir)
        return None

    @property
    def said(self) -> tuple[str, str] | None:
        """What came last and when, in Thai and English."""
        if not self.fetched:
            return None
        night = max(one.night for one in self.fetched)
        names = ", ".join(dict.fromkeys(one.name for one in self.fetched))
        return f"ไฟล์ล่าสุดที่ได้รับ: {names} เมื่อคืนวันที่ {night}", f"received last: {names}, on {night}"


def fetched_last(keep: Path, district_code: str, purpose: str) -> FetchedLast:
    """What is remembered; nothing when there is nothing or it cannot be read."""
    try:
        rows = json.loads(_file(keep, district_code, purpose).read_text("utf-8"))
        return FetchedLast(tuple(Fetched(**row) for row in rows))
    except (OSError, ValueError, TypeError):
        return FetchedLast()


def remember(keep: Path, district_code: str, purpose: str, fetched: Sequence[Fetched]) -> None:
    """Replace what is remembered, whole or not at all."""
    file = _file(keep, district_code, purpose)
    file.parent.mkdir(parents=True, exist_ok=True)
    rows: list[Mapping[str, str]] = [asdict(one) for one in fetched]
    fresh = file.with_suffix(".partial")
    try:
        fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _file(keep: Path, district_code: str, purpose: str) -> Path:
    return keep / FOLDER / f"{district_code}-{purpose}.json"
