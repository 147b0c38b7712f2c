"""The bytes of one file elsewhere, going on where the connection broke while it is still the same file."""

import contextlib
from typing import Any

from fsspec import AbstractFileSystem

from flows.intake.delivery import CHUNK
from flows.sources.failed import CutShortError, SourceFailed, reason_of, telling
from flows.sources.place import Place
from flows.sources.remote_files import Listed, entry

RESUMES = 3


class Reader:
    """The bytes of one listed file in pieces, resumed where the connection broke. Raises SourceFailed."""

    def __init__(self, system: AbstractFileSystem, file: Listed, place: Place) -> None:
        self.system, self.file, self.said = system, file, place.said
        self.position, self.resumes = 0, 0
        self.stream: Any = None
        with telling(self.said):
            self._open()

    def read(self, size: int, /) -> bytes:
        while True:
            try:
                piece = self.stream.read(size)
                if not piece and self.file.size is not None and self.position < self.file.size:
                    raise CutShortError("the file ended early")
            except Exception as error:
                self._go_on(error)
            else:
                self.position += len(piece)
                return bytes(piece)

    def refuse_changed(self) -> None:
        """After the last byte: see that the file is still the one that was listed. Raises SourceFailed."""
        with telling(self.said):
            self._refuse_changed()

    def close(self) -> None:
        """Let the file go. What a broken connection says about it is of no use any more."""
        with contextlib.suppress(Exception):
            self.stream.close()

    def _go_on(self, error: Exception) -> None:
        """Open the file again at the place reached, or give up with the reason of ``error``."""
        meant = reason_of(error)
        if meant is None:
            raise error
        reason = "source_cut" if meant[0] == "source_unreachable" else meant[0]
        while meant[1] and self.file.mark and self.resumes < RESUMES:
            self.resumes += 1
            self.close()
            try:
                self._connect_again()
                self._refuse_changed()
                self._open(self.position)
                return
            except SourceFailed:
                raise
            except Exception as again:
                if reason_of(again) is None:
                    raise
        raise SourceFailed(reason, self.said, meant[1]) from None

    def _connect_again(self) -> None:
        # SFTP is one connection, and it is the one that broke; the others make one for each request.
        connect_again = getattr(self.system, "connect_again", None)
        if connect_again is not None:
            connect_again()

    def _open(self, position: int = 0) -> None:
        if not self.file.path.startswith("http"):
            self.stream = self.system.open(self.file.path, "rb")
            self.stream.seek(position)
            return
        # Asked before it is opened: fsspec leaves the connection of a refused answer open.
        self.system.info(self.file.path)
        # One answer read through: not every web server gives parts of a file, so what is had is passed over.
        self.stream = self.system.open(self.file.path, "rb", block_size=0, size=self.file.size)
        while position:
            passed = self.stream.read(min(position, CHUNK))
            if not passed:
                raise CutShortError("the file ended early")
            position -= len(passed)

    def _refuse_changed(self) -> None:
        now = entry(self.system, self.system.info(self.file.path))
        if now.mark != self.file.mark or (self.file.size is not None and self.position > self.file.size):
            raise SourceFailed("source_changing", self.said, is_passing=True)
