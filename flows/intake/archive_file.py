"""A zip archive as the files in it, each a delivery of its own; archives inside archives too.

Members are copied into the work folder under numbers, never under the names they carry, within bounds of
size, number and depth. A member's ``delivery_id`` comes from its own bytes: the same file sent plainly or in
another archive is recognised. What is not here: what the members are (recognise), whose password it is
(settings).
"""

from collections.abc import Iterator
from pathlib import Path

from flows.intake.archive_member import DAMAGED, Entry, opened
from flows.intake.delivery import Delivery
from flows.intake.quarantine import Quarantined
from flows.intake.recognise import is_archive
from flows.intake.unpacked_size import refuse_oversized
from flows.intake.words import words

BETWEEN = " › "


def unpacked(delivery: Delivery, work_dir: Path, password: str | None) -> list[Delivery]:
    """The delivery itself, or the members of an archive in the order of their names.

    Raises ``Quarantined`` when the archive is damaged, locked, or unpacks to too much.
    """
    if not is_archive(delivery.kept_path):
        return [delivery]
    members = list(_Unpacking(delivery, work_dir, password).members(delivery, depth=1))
    if not members:
        raise Quarantined("empty_file", delivery.name)
    return members


class _Unpacking:
    """One archive as sent on its way out, and how much may still be unpacked of it."""

    def __init__(self, sent: Delivery, work_dir: Path, password: str | None) -> None:
        self.sent, self.work_dir, self.password = sent, work_dir, password
        self.bytes_left, self.files_left = words().unpacked_bytes, words().archive_files

    def members(self, archive: Delivery, depth: int) -> Iterator[Delivery]:
        """Files of the archive and of those inside it."""
        if depth > words().archive_depth:
            raise Quarantined("too_large", self.sent.name)
        try:
            with opened(archive.kept_path) as members:
                refuse_oversized(members.infolist(), archive.bytes, self.sent.name)
                entries = (Entry(members, info, archive.name) for info in members.infolist())
                for entry in sorted((one for one in entries if one.is_sent), key=lambda one: one.name):
                    member = self._member(archive, entry)
                    inside = is_archive(member.kept_path)
                    yield from self.members(member, depth + 1) if inside else [member]
        except DAMAGED:
            raise Quarantined("truncated_file", archive.name) from None

    def _member(self, archive: Delivery, entry: Entry) -> Delivery:
        self.files_left -= 1
        if self.files_left < 0:
            raise Quarantined("too_large", self.sent.name)
        copy = self.work_dir / f"{self.sent.delivery_id}-{self.files_left}"
        sha256, size = entry.copied(copy, self.password, self.bytes_left)
        self.bytes_left -= size
        name = f"{archive.name}{BETWEEN}{entry.name}"
        return Delivery(self.sent.path, copy, name, sha256, size, archive=self.sent)
