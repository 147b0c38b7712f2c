"""A district's deliveries brought into keeping, whatever the source.

All of them or none: a district of which one source is silent is not checked by half. Files of folders come
first and by name, as ever; then the other places in the order in which jpt.toml names them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from flows import intake
from flows.intake import Delivery
from flows.intake.delivery import keep as keep_bytes
from flows.settings import District, Settings
from flows.sources import database, inbox
from flows.sources.failed import SourceFailed
from flows.sources.fetched import Fetched, FetchedLast, fetched_last, remember
from flows.sources.file_systems import opened
from flows.sources.place import Place
from flows.sources.remote_files import listed
from flows.sources.remote_reader import Reader
from flows.sources.room import Bounded, fitting


@dataclass(frozen=True)
class Found:
    """One file of a district: lying in a folder here, or already brought into keeping from elsewhere."""

    name: str
    path: Path | None = None
    delivery: Delivery | None = None

    @cached_property
    def sha256(self) -> str:
        if self.delivery is not None:
            return self.delivery.sha256
        assert self.path is not None
        with self.path.open("rb") as sent:
            return hashlib.file_digest(sent, "sha256").hexdigest()

    def received(self, keep_dir: Path) -> Delivery:
        """The file in keeping."""
        if self.delivery is not None:
            return self.delivery
        assert self.path is not None
        return intake.receive(self.path, keep_dir)

    def kept(self, keep_dir: Path) -> Delivery | None:
        """The file as it is in keeping already; None when these bytes are new."""
        if self.delivery is not None or self.path is None:
            return self.delivery
        kept, size = keep_dir / self.sha256[:2] / self.sha256, self.path.stat().st_size
        if not kept.is_file() or kept.stat().st_size != size:
            return None
        return Delivery(self.path, kept, self.name, self.sha256, size, is_repeat=True)


def is_here(settings: Settings, entries: Sequence[str]) -> bool:
    """Whether all that the entries name lies in folders here: nothing has to be fetched."""
    return all(place.source is None for place in settings.places(entries))


def taken_before(settings: Settings, district: District, night: date) -> tuple[Delivery, ...] | None:
    """This round's deliveries of a district when all of them lie here and are in keeping; else None."""
    if not is_here(settings, district.deliveries):
        return None
    found = find(settings, district, district.deliveries, str(settings.round_year_be), night)
    kept = [one.kept(settings.keep / "deliveries") for one in found]
    return tuple(one for one in kept if one is not None) if kept and None not in kept else None


def take(settings: Settings, district: District, night: date) -> tuple[Delivery, ...]:
    """This round's deliveries of a district, kept as they came; none when there are none.

    Raises SourceFailed when a source does not answer, is not let in, or broke off, or its file has no room
    here; OSError for a file here that cannot be read, and for a full disk.
    """
    keep_dir = settings.keep / "deliveries"
    purpose = str(settings.round_year_be)
    return tuple(
        one.received(keep_dir) for one in find(settings, district, district.deliveries, purpose, night)
    )


def find(
    settings: Settings, district: District, entries: Sequence[str], purpose: str, night: date
) -> list[Found]:
    """What `deliveries` or `last_deliveries` name; files that are not in a folder here are fetched now."""
    places = [place.of(district.code) for place in settings.places(entries)]
    folders = tuple(place.pattern for place in places if place.kind == "folder")
    found = [Found(file.name, path=file) for file in (settings.files_of(folders) if folders else [])]
    if any(place.kind == "inbox" for place in places):
        found += [Found(file.name, path=file) for file in inbox.files_of(settings, district, places)]
    elsewhere = [place for place in places if place.source is not None]
    if not elsewhere:
        return found
    before = fetched_last(settings.keep, district.code, purpose)
    try:
        fetched = list(_fetched(elsewhere, settings.keep / "deliveries", before, night))
    except SourceFailed as failure:
        raise (failure.after(*before.said) if before.said else failure) from None
    if fetched:
        # A source that is empty tonight does not make forgotten what it gave before.
        remember(settings.keep, district.code, purpose, [about for about, _ in fetched])
    return found + [Found(delivery.name, delivery=delivery) for _, delivery in fetched]


def _fetched(
    places: Sequence[Place], keep_dir: Path, before: FetchedLast, night: date
) -> Iterator[tuple[Fetched, Delivery]]:
    tables = [place for place in places if place.kind == "database"]
    for place in places:
        if place.kind != "database":
            yield from _files(place, keep_dir, before, night)
    for place, delivery in database.tables(tables, keep_dir):
        yield Fetched(place.said, delivery.name, "", delivery.sha256, night.isoformat()), delivery


def _files(
    place: Place, keep_dir: Path, before: FetchedLast, night: date
) -> Iterator[tuple[Fetched, Delivery]]:
    with opened(place) as system:
        for file in listed(system, place):
            address = f"{place.parts[0]} {file.path}"
            delivery = before.unchanged(address, file.mark, keep_dir)
            if delivery is None:
                with fitting(place.said, keep_dir), closing(Reader(system, file, place)) as reader:
                    bounded = Bounded(reader, place.said, keep_dir, file.size)
                    delivery = keep_bytes(bounded, file.name, keep_dir)
                    reader.refuse_changed()
            yield Fetched(address, file.name, file.mark, delivery.sha256, night.isoformat()), delivery
