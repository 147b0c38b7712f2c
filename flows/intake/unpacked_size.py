"""How much an archive may unpack to: bounds that an office's file never meets and a bomb always does."""

from collections.abc import Sequence
from typing import Protocol

from flows.intake.quarantine import Quarantined
from flows.intake.words import words


class Entry(Protocol):
    """What an archive's own list says of a member."""

    file_size: int


def refuse_oversized(entries: Sequence[Entry], packed_bytes: int, name: str) -> None:
    """Raises ``Quarantined`` for an archive that by its own list unpacks to too much, or from too little."""
    size, limits = sum(entry.file_size for entry in entries), words()
    is_bomb = size > limits.ratio_from_bytes and size > limits.unpacked_ratio * packed_bytes
    if size > limits.unpacked_bytes or is_bomb:
        raise Quarantined("too_large", name)
