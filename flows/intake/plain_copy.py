"""A text file as UTF-8 with line feeds and without characters that are no text: the file itself, or a copy.

NUL bytes (a program's unused places) and the end mark of DOS (byte 1A) are left out and counted; the line
ends of old Macs (a carriage return only) become line feeds.
"""

from collections.abc import Iterator
from pathlib import Path

from flows.intake.delivery import Delivery
from flows.intake.text_encoding import CHUNK, decoded

NO_TEXT = "\x00\x1a"
DROPPED = dict.fromkeys(map(ord, NO_TEXT))


def plain_copy(delivery: Delivery, encoding: str, work_dir: Path) -> tuple[Path, int]:
    """Where the text lies (a copy in ``work_dir`` unless nothing is to be changed), and how many characters
    were left out.
    """
    old_mac, has_no_text = _looked_at(delivery.kept_path, encoding)
    if encoding in ("utf-8", "utf-8-sig") and not old_mac and not has_no_text:
        return delivery.kept_path, 0
    copy, dropped = work_dir / f"{delivery.sha256}.csv", 0
    with copy.open("w", encoding="utf-8", newline="") as target:
        for number, piece in enumerate(decoded(delivery.kept_path, encoding)):
            kept = piece.translate(DROPPED)
            dropped += len(piece) - len(kept)
            kept = kept.removeprefix("\ufeff") if number == 0 else kept
            target.write(kept.replace("\r", "\n") if old_mac else kept)
    return copy, dropped


def _looked_at(path: Path, encoding: str) -> tuple[bool, bool]:
    """Whether lines end in returns only, and whether there is anything to leave out."""
    has_returns = has_feeds = has_no_text = False
    for piece in _texts(path, encoding):
        has_returns, has_feeds = has_returns or "\r" in piece, has_feeds or "\n" in piece
        has_no_text = has_no_text or any(character in piece for character in NO_TEXT)
    return has_returns and not has_feeds, has_no_text


def _texts(path: Path, encoding: str) -> Iterator[str]:
    """The text in pieces; in encodings that keep ASCII as it is, undecoded."""
    if encoding.startswith(("utf-16", "utf-32")):
        yield from decoded(path, encoding)
        return
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            yield piece.decode("latin-1")
