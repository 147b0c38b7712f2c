"""Two small districts of the sample province in a folder of the test, for what happens around a night."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.settings import Settings, load
from reports.recorded_night import RecordedNight
from tests.nights import ROOT

CODES = ("3424", "3430")


def small_province(root: Path, more: str = "", night: str = "", files: bool = False) -> Path:
    """Writes jpt.toml, and with ``files`` the districts' deliveries beside it. Returns the settings' path."""
    districts = "".join(
        f'[districts.{code}]\ndeliveries = ["arrived/{code}/*"]\ntarget_households = 24\n' for code in CODES
    )
    text = (
        f'[province]\ncode = "34"\nround = 2569\ndeadline = 2026-12-15\n[night]\n{night}\n{districts}{more}'
    )
    (root / "jpt.toml").write_text(text, "utf-8")
    for code in CODES if files else ():
        shutil.copytree(ROOT / "sample_data" / "2569" / code, root / "arrived" / code)
    return root / "jpt.toml"


def small_settings(root: Path, more: str = "", night: str = "") -> Settings:
    return load(small_province(root, more, night))


def a_record(day: str, verdicts: dict[str, str], **more: Any) -> dict[str, Any]:
    """What a run.json holds, as far as anything reads it back."""
    counts = {"households": 48, "must_fix": 7, "must_explain": 5, "below_line": 2, "watch": 1}
    return {
        "run_id": f"2569-{day}",
        "night": day,
        "round_year_be": 2569,
        "verdicts": verdicts,
        "counts": counts,
        "seconds_wall": 88.6,
    } | more


def put_record(out: Path, record: dict[str, Any]) -> Path:
    folder = out / str(record["run_id"])
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return folder


def a_night(day: int, verdicts: dict[str, str], **more: Any) -> RecordedNight:
    values: dict[str, Any] = {
        "run_id": f"2569-2026-11-{day}",
        "night": date(2026, 11, day),
        "round_year_be": 2569,
        "verdicts": verdicts,
        "households": 48,
        "must_fix": 7,
        "must_explain": 5,
        "below_line": 2,
        "seconds": 88.6,
        "published": datetime.fromisoformat(f"2026-11-{day}T01:02:00+07:00"),
    }
    return RecordedNight(**values | more)
