"""Bounds of a text file that no office's table meets: lines without end, lines without number, lines of
nothing.

Whoever splits text into rows reads a line whole and makes every row as wide as the widest, so that a few
megabytes of empty lines beside a wide table fill all memory. Looked at in the UTF-8 copy (plain_copy), before
any row is made.
"""

from pathlib import Path

from flows.intake.quarantine import Quarantined
from flows.intake.text_encoding import CHUNK
from flows.intake.words import words

# Looked for in steps of a chunk. 16,384 columns of a household's longest texts are less.
LONGEST_LINE = 1 << 24
# So many cells are always made, whatever stands in them.
FEW_CELLS = 20_000_000


def refuse_lines_without_end(path: Path, name: str) -> int:
    """How many lines there are. Raises ``Quarantined`` for one too long, and for too many."""
    lines = length = 0
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            length = length + len(chunk) if last < 0 else len(chunk) - last
            if length > LONGEST_LINE:
                raise Quarantined("endless_line", name, count=f"{LONGEST_LINE:,}")
            lines += chunk.count(b"\n") + chunk.count(b"\r") - chunk.count(b"\r\n")
    if lines > words().sheet_rows:
        raise Quarantined("too_many_rows", name, rows=f"{words().sheet_rows:,}")
    return lines


def refuse_empty_lines(path: Path, name: str, lines: int, width: int) -> None:
    """Raises ``Quarantined`` for a large file whose lines are mostly shorter than their delimiters alone."""
    if lines * width <= FEW_CELLS or path.stat().st_size >= lines * width:
        return
    with path.open("rb") as source:
        short = [number for number, line in enumerate(source, 1) if len(line) < width]
    raise Quarantined("few_records", name, row=min(short, default=1), count=len(short), total=lines)
