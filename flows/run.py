"""One run of the night: its name, its folders, and how its results become visible all at once.

Results are written into a hidden folder and moved into place at the very end, so a reader never meets half a
night, and a run that was killed leaves the last good one standing. What holds personal data (typed records)
stays under `keep`, never under `out`.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from flows import intake
from flows.failure import full_disk, is_full_disk
from flows.meter import Meter
from flows.settings import District, Settings
from schemas.rounds import Round, load

if TYPE_CHECKING:
    from flows.last_round import LastRound
    from flows.last_year import LastRead
    from flows.sources.inbox import Sorted
    from rules.across.before import Before
    from rules.last_year import LastYear

TOO_LITTLE = 1 << 20
# Under `keep`, what a night leaves to the next; each is replaced as a folder (`replacing`).
KEPT = ("typed", "last_year", "last_good", "province", "documents")


@dataclass(frozen=True)
class Run:
    """A run in progress. `staging` becomes `folder` when the run is published.

    `last_read`: what became of each district's last deliveries; `last_round`: all of them together, None
    where no last round is named. `inbox`: what became of dropped files. `is_fresh`: nothing that earlier
    nights have kept is taken again.
    """

    settings: Settings
    night: date
    districts: tuple[District, ...]
    out: Path
    meter: Meter = field(default_factory=Meter)
    last_round: "LastRound | None" = field(default=None, repr=False)
    last_read: "tuple[LastRead, ...]" = field(default=(), repr=False)
    inbox: "Sorted | None" = field(default=None, repr=False)
    is_fresh: bool = False

    @property
    def round(self) -> Round:
        """The round as it is tonight: a rule switched off until an earlier day runs again."""
        return load(self.settings.round_year_be).on(self.night)

    @property
    def last(self) -> "LastYear | None":
        """The whole province a round ago, for rules."""
        return self.last_round.last if self.last_round else None

    @property
    def before(self) -> "Before | None":
        """The same for the checks across years."""
        return self.last_round.before if self.last_round else None

    @property
    def is_whole(self) -> bool:
        """Whether it is a run of every district of the province."""
        return len(self.districts) == len(self.settings.districts)

    @property
    def run_id(self) -> str:
        """Round and night; a run of some districts only never takes the name of a whole night."""
        whole = f"{self.settings.round_year_be}-{self.night.isoformat()}"
        if self.is_whole:
            return whole
        codes = [district.code for district in self.districts]
        return f"{whole}-{codes[0]}" if len(codes) == 1 else f"{whole}-{codes[0]}-and-{len(codes) - 1}-more"

    @property
    def folder(self) -> Path:
        return self.out / self.run_id

    @property
    def staging(self) -> Path:
        return self.out / f".{self.run_id}.partial"

    @property
    def data(self) -> Path:
        return self.staging / "data"

    @property
    def deliveries(self) -> Path:
        """Where the files lie as they were sent, by their hash."""
        return self.settings.keep / "deliveries"

    def typed(self, district_code: str) -> Path:
        """Where a district's typed records lie: personal data, overwritten each night."""
        return self.settings.keep / "typed" / str(self.settings.round_year_be) / district_code

    def last_good(self, district_code: str) -> Path:
        """Where a district's last well-read version lies typed: personal data, for nights without one."""
        return self.settings.keep / "last_good" / str(self.settings.round_year_be) / district_code

    @property
    def province_kept(self) -> Path:
        """Where the province's tables and verdicts lie as last found."""
        return self._kept("province")

    def documents(self, district_code: str) -> Path:
        """Where a district's documents lie as last written: personal data, for nights that change nothing."""
        return self._kept("documents") / district_code

    def _kept(self, what: str) -> Path:
        # A run of some districts cannot see across all, and must not cost the next night what the last has.
        scope = "whole" if self.is_whole else "some"
        return self.settings.keep / what / str(self.settings.round_year_be) / scope

    def typed_last(self, district_code: str) -> Path:
        """Where a district's last round lies typed: personal data, while its files are the same."""
        return self.settings.keep / "last_year" / str(self.settings.last_round_year_be) / district_code

    def begin(self) -> None:
        """Clear what killed runs left behind, and make the folders. Only while no other run holds them."""
        for replaced in self.out.glob(".*.replaced"):
            _put_back(replaced)
        half_kept = (left for kept in KEPT for left in (self.settings.keep / kept).rglob(".*.partial"))
        for left in (*self.out.glob(".*.partial"), *half_kept):
            shutil.rmtree(left, ignore_errors=True)
        intake.swept(self.deliveries)
        self.data.mkdir(parents=True)
        (self.staging / "districts").mkdir()

    def clear(self) -> None:
        """Remove what was not published: the room of a night that failed is needed for the next."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def publish(self) -> Path:
        """Move the finished results into place, over those of an earlier run of the same night."""
        replaced = self.out / f".{self.run_id}.replaced"
        shutil.rmtree(replaced, ignore_errors=True)
        if self.folder.exists():
            self.folder.rename(replaced)
        self.staging.rename(self.folder)
        shutil.rmtree(replaced, ignore_errors=True)
        _point_to(self.out, self.run_id)
        return self.folder


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes `folder`'s place only when the block ends well."""
    fresh = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def save(frame: pl.DataFrame, file: Path) -> None:
    """Write a table. Polars words a full disk by where in the file it ran out; here it is always OSError."""
    try:
        frame.write_parquet(file)
    except pl.exceptions.PolarsError as error:
        if is_full_disk(error) or shutil.disk_usage(file.parent).free < TOO_LITTLE:
            raise full_disk() from None
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(file)) from None


def _put_back(replaced: Path) -> None:
    """Results that a run was killed while replacing: they stand again, unless their successor is there."""
    folder = replaced.with_name(replaced.name.removeprefix(".").removesuffix(".replaced"))
    if folder.exists():
        shutil.rmtree(replaced, ignore_errors=True)
    else:
        replaced.rename(folder)


def _point_to(out: Path, run_id: str) -> None:
    # A page, not a link: links need rights on Windows and do not survive a USB stick.
    page = (
        '<!doctype html><html lang="th"><meta charset="utf-8"><title>จปฐ.</title>'
        f'<meta http-equiv="refresh" content="0;url={run_id}/index.html">'
        f'<a href="{run_id}/index.html">ผลการตรวจล่าสุด {run_id}</a></html>\n'
    )
    (out / "index.html").write_text(page, encoding="utf-8")
