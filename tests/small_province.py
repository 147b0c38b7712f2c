"""A province of three small districts with files of one shape, and the ways in which its files change."""

import json
import re
import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flows.nightly import start
from flows.progress import Silent
from flows.steps import steps
from tests.nights import ROOT, copied_province

CODES = ("3424", "3429", "3431")
# A national id, among the other cells of a line.
ID = re.compile(rb"(?<=,)[0-9]{13}(?=,)")
FIRST_NIGHT = date(2026, 11, 1)
# Of the run record, what a second run of the same night may say otherwise.
SPENT = ("seconds_per_stage", "seconds_wall", "peak_memory_mb", "last_year")


def make(root: Path) -> Path:
    """The settings and files of the province below ``root``."""
    return copied_province(root, *CODES)


@dataclass(frozen=True)
class World:
    """One province and its nights; ``is_fresh``: nothing that a night kept is taken again."""

    root: Path
    is_fresh: bool

    def night(self, number: int) -> Path:
        """Run a night and return the folder of its results."""
        run = start(str(self.root / "jpt.toml"), FIRST_NIGHT + timedelta(number), (), None)
        try:
            steps(replace(run, is_fresh=self.is_fresh), Silent())
        finally:
            run.clear()
        return run.folder

    def file(self, code: str) -> Path:
        """The district's file of this year."""
        return self.root / "sample_data" / "2569" / code / f"jpt2569_{code}_all.csv"


def as_sent(world: World, code: str) -> bytes:
    return (ROOT / world.file(code).relative_to(world.root)).read_bytes()


def send_again(world: World, code: str) -> None:
    """The file as it was at first."""
    world.file(code).parent.mkdir(exist_ok=True)
    world.file(code).write_bytes(as_sent(world, code))


def lose_the_last_person(world: World, code: str) -> None:
    world.file(code).parent.mkdir(exist_ok=True)
    world.file(code).write_bytes(b"".join(as_sent(world, code).splitlines(keepends=True)[:-1]))


def count_a_person_of_another_district_too(world: World, code: str) -> None:
    """The next district's last person is the last one here as well: it shows only across the two."""
    world.file(code).parent.mkdir(exist_ok=True)
    other = CODES[(CODES.index(code) + 1) % len(CODES)]
    own, others = (as_sent(world, one).splitlines(keepends=True) for one in (code, other))
    (there,) = ID.findall(others[-1])
    world.file(code).write_bytes(b"".join(own[:-1]) + ID.sub(there, own[-1]))


def send_what_is_no_table(world: World, code: str) -> None:
    world.file(code).parent.mkdir(exist_ok=True)
    world.file(code).write_bytes(b"%PDF-1.7 not a table at all")


def send_nothing(world: World, code: str) -> None:
    world.file(code).unlink(missing_ok=True)


def lose_last_year(world: World, code: str) -> None:
    shutil.rmtree(world.root / "sample_data" / "2568" / code, ignore_errors=True)


def move_the_target(world: World, code: str) -> None:
    settings = world.root / "jpt.toml"
    before, mark, rest = settings.read_text("utf-8").partition(f"[districts.{code}]")
    settings.write_text(
        before + mark + rest.replace("target_households = ", "target_households = 9", 1), "utf-8"
    )


def postpone(world: World, code: str) -> None:
    """Another deadline, which stands on every district's documents."""
    del code
    settings = world.root / "jpt.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("deadline = 2026-12-15", "deadline = 2026-12-20"), "utf-8")


def let_it_be(world: World, code: str) -> None:
    del world, code


CHANGES = (
    let_it_be,
    send_again,
    lose_the_last_person,
    count_a_person_of_another_district_too,
    send_what_is_no_table,
    send_nothing,
    lose_last_year,
    move_the_target,
    postpone,
)


def results(folder: Path) -> dict[str, bytes]:
    """Every published file by name; of the run record, what does not depend on how long it took."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    record: dict[str, Any] = json.loads(found.pop("run.json"))
    kept = {name: told for name, told in record.items() if name not in SPENT}
    return found | {"run.json": json.dumps(kept, ensure_ascii=False).encode()}
