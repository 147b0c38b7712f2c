"""The inbox: a folder into which files of all districts are dropped, as they come back by mail or stick.

Each night every file is taken into keeping and moved to the folder of the district it is of; a file of the
same name takes the place of the earlier one there. What nobody can place is put aside and told every night
until somebody does; what is still being written waits for the next night. Nothing is ever thrown away.
"""

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from flows import intake
from flows.failure import is_full_disk
from flows.intake.quarantine import Quarantined
from flows.settings import District, Settings
from flows.sources.inbox_owner import owner
from flows.sources.place import Place
from flows.sources.remote_files import is_left_out

ASIDE = "ไม่ทราบอำเภอ-unplaced"
# A file touched this lately is looked at twice, so much apart: one that grows is not all there.
LATELY_SECONDS, APART_SECONDS = 60, 2.0


@dataclass(frozen=True)
class Placed:
    """A file that went to a district; ``replaced``: there was one of that name, with other bytes."""

    name: str
    district_code: str
    replaced: bool


@dataclass(frozen=True)
class Sorted:
    """What became of the inbox tonight. ``aside`` also has what earlier nights put there, without reason."""

    placed: tuple[Placed, ...] = ()
    aside: tuple[tuple[str, Quarantined | None], ...] = ()
    waiting: tuple[str, ...] = ()
    is_missing: bool = False

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What the operator should know, in Thai and English; nothing when all went well."""
        told = [("ไม่พบโฟลเดอร์ inbox ที่ระบุใน jpt.toml", "the inbox folder named in jpt.toml is not there")]
        lines = told if self.is_missing else []
        for name, reason in self.aside:
            lines.append(reason.sentences if reason else _still_aside(name))
        for name in self.waiting:
            lines.append(
                (
                    f"ไฟล์ {name} ยังเขียนไม่เสร็จหรือเปิดไม่ได้ จะรับในคืนถัดไป",
                    f"{name} is still being written or cannot be opened; left for the next night",
                )
            )
        return lines

    @property
    def facts(self) -> Mapping[str, Any]:
        """The same for the record of the run."""
        return {
            "placed": [
                {"file": one.name, "district": one.district_code, "replaced": one.replaced}
                for one in self.placed
            ],
            "aside": [
                {"file": name, "reason": reason.reason if reason else "earlier"}
                for name, reason in self.aside
            ],
            "waiting": list(self.waiting),
            "is_missing": self.is_missing,
        }


def sort_inbox(settings: Settings) -> Sorted:
    """Take every file that is all there to its district. Only while no other run works on these folders."""
    inbox = settings.inbox
    if inbox is None:
        return Sorted()
    if not inbox.is_dir():
        return Sorted(is_missing=True)
    earlier = sorted(file.name for file in (inbox / ASIDE).glob("*") if file.is_file())
    ready, waiting = _settled(inbox)
    placed: list[Placed] = []
    aside: list[tuple[str, Quarantined | None]] = [(name, None) for name in earlier]
    for file in ready:
        try:
            outcome = _sorted_one(file, inbox, settings)
        except OSError as error:
            # Locked by a program, gone again, a stick pulled out: one file's trouble, and told.
            if is_full_disk(error):
                raise
            waiting.append(_name(file, inbox))
            continue
        if isinstance(outcome, Placed):
            placed.append(outcome)
        else:
            aside.append((_name(file, inbox), outcome))
    return Sorted(tuple(placed), tuple(aside), tuple(sorted(waiting)))


def files_of(settings: Settings, district: District, places: Sequence[Place]) -> list[Path]:
    """What the inbox has brought for a district this round, of the names that its `deliveries` want."""
    folder = _folder(settings, district.code)
    wanted = [place.pattern for place in places if place.kind == "inbox"]
    files = (file for file in sorted(folder.glob("*")) if file.is_file() and not is_left_out(file.name))
    return [file for file in files if any(fnmatchcase(file.name, pattern) for pattern in wanted)]


def _sorted_one(file: Path, inbox: Path, settings: Settings) -> Placed | Quarantined:
    before, name = file.stat(), _name(file, inbox)
    # First the bytes: whatever happens to the file from here on, it has been received.
    delivery = intake.receive(file, settings.keep / "deliveries")
    taking = tuple(district.code for district in settings.districts if settings.takes_from_inbox(district))
    found = owner(delivery, name, taking, settings)
    folder = _folder(settings, found) if isinstance(found, str) else inbox / ASIDE
    target = folder / name
    is_other = target.exists() and not _same(target, delivery.kept_path)
    if isinstance(found, Quarantined) and is_other:
        target = folder / f"{target.stem}-{delivery.delivery_id}{target.suffix}"
    folder.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    try:
        shutil.copyfile(delivery.kept_path, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    now = file.stat()
    # Written again meanwhile: it stays, and is sorted once more.
    if (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
        file.unlink()
    return Placed(name, found, is_other) if isinstance(found, str) else found


def _settled(inbox: Path) -> tuple[list[Path], list[str]]:
    """Files that are all there, and the names of those that are not yet."""
    files = [file for file in _walk(inbox) if not file.name.startswith((".", "~$"))]
    unfinished = [_name(file, inbox) for file in files if is_left_out(file.name)]
    whole = [file for file in files if not is_left_out(file.name)]
    first = {file: _look(file) for file in whole}
    now = time.time()
    if any(now - mtime < LATELY_SECONDS for _, mtime in first.values()):
        time.sleep(APART_SECONDS)
    growing = [file for file in whole if _look(file) != first[file]]
    return [file for file in whole if file not in growing], unfinished + [_name(f, inbox) for f in growing]


def _look(file: Path) -> tuple[int, float]:
    try:
        seen = file.stat()
    except FileNotFoundError:
        return -1, 0.0
    return seen.st_size, seen.st_mtime


def _walk(inbox: Path) -> Iterator[Path]:
    for file in sorted(inbox.rglob("*")):
        if file.is_file() and ASIDE not in file.relative_to(inbox).parts:
            yield file


def _name(file: Path, inbox: Path) -> str:
    """The name, with the folders it lay in: two senders may both have sent 'data.xlsx'."""
    return "-".join(file.relative_to(inbox).parts)


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _folder(settings: Settings, district_code: str) -> Path:
    return settings.keep / "inbox" / str(settings.round_year_be) / district_code


def _still_aside(name: str) -> tuple[str, str]:
    return (
        f"ไฟล์ {name} ยังอยู่ใน {ASIDE} • ใส่รหัสอำเภอ 4 หลักในชื่อไฟล์แล้วย้ายกลับไปที่ inbox หรือลบถ้าไม่ใช้",
        f"{name} still lies in {ASIDE}. Put the four-digit district code into its name and move it back "
        "to the inbox, or remove it",
    )
