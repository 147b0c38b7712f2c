"""What happens to the bytes of any file on its way, and to the text of a delimited one.

Each change is a function of a random stream and the bytes; nothing here knows what reads them.
"""

import random
from collections.abc import Callable, Mapping

Change = Callable[[random.Random, bytes], bytes]
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
# Whole numbers at which programs turn over: none, all bits, the largest with a sign, the smallest.
EDGES = tuple(
    number.to_bytes(size, "little")
    for size in (2, 4, 8)
    for number in (0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1) - 1, 2 ** (8 * size - 1))
)
ENCODINGS = ("utf-8", "cp874", "utf-16", "utf-16-be", "utf-32", "utf-8-sig")


def place(chosen: random.Random, content: bytes) -> int:
    return chosen.randrange(max(1, len(content)))


def cut_off(chosen: random.Random, content: bytes) -> bytes:
    return content[: place(chosen, content)]


def cut_head(chosen: random.Random, content: bytes) -> bytes:
    return content[place(chosen, content) :]


def flipped(chosen: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chosen.choice((1, 1, 1, 2, 8, 64))):
        if changed:
            changed[place(chosen, content)] ^= 1 << chosen.randrange(8)
    return bytes(changed)


def edge_numbers(chosen: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chosen.choice((1, 1, 2, 5))):
        edge = chosen.choice(EDGES)
        # headers are at the beginning and at the end
        limit = chosen.choice((64, 512, len(content)))
        at = chosen.choice((0, max(0, len(content) - limit))) + chosen.randrange(max(1, limit))
        at -= at % len(edge) if chosen.random() < 0.7 else 0
        changed[at : at + len(edge)] = edge
    return bytes(changed[: max(len(content), 1)])


def overwritten(chosen: random.Random, content: bytes) -> bytes:
    start, size = place(chosen, content), chosen.choice((1, 16, 300, 5000))
    with_what = chosen.choice((b"\x00" * size, b"\xff" * size, chosen.randbytes(size), b'"' * size))
    return content[:start] + with_what + content[start + size :]


def doubled(chosen: random.Random, content: bytes) -> bytes:
    start = place(chosen, content)
    end = start + chosen.choice((1, 50, 1000, len(content)))
    return content[:end] + content[start:end] * chosen.choice((1, 1, 3, 40)) + content[end:]


def removed(chosen: random.Random, content: bytes) -> bytes:
    start = place(chosen, content)
    return content[:start] + content[start + chosen.choice((1, 2, 50, 1000)) :]


def swapped(chosen: random.Random, content: bytes) -> bytes:
    one, two, three = sorted(place(chosen, content) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


def inserted(chosen: random.Random, content: bytes) -> bytes:
    start = place(chosen, content)
    what = chosen.choice(
        (*MARKS, b"\x00", b"\x00" * 700, b"\x1a", b'"', b"\r", b"\n", b"\xc2\xa0", b"\xed\xa0\x80")
    )
    return content[:start] + what + content[start:]


def marked(chosen: random.Random, content: bytes) -> bytes:
    return chosen.choice(MARKS) + content


def of_any_file(other: bytes) -> Mapping[str, Change]:
    """The changes of bytes; ``other`` is a file of another format, for splices."""

    def spliced(chosen: random.Random, content: bytes) -> bytes:
        start, end = sorted((place(chosen, other), place(chosen, other)))
        at = place(chosen, content)
        return content[:at] + other[start:end] + content[at + chosen.choice((0, end - start)) :]

    changes = (cut_off, cut_head, flipped, flipped, edge_numbers, overwritten, doubled, removed, swapped,
               inserted, marked, spliced)  # fmt: skip
    return {f"{change.__name__}{number}": change for number, change in enumerate(changes)}


def in_two_encodings(chosen: random.Random, content: bytes) -> bytes:
    """The rest of the text saved by another program in another code page."""
    lines = _text(content).splitlines(keepends=True)
    at = chosen.randrange(max(1, len(lines)))
    one, other = chosen.choice(ENCODINGS), chosen.choice(ENCODINGS)
    return "".join(lines[:at]).encode(one, "replace") + "".join(lines[at:]).encode(other, "replace")


def re_encoded(chosen: random.Random, content: bytes) -> bytes:
    return _text(content).encode(chosen.choice((*ENCODINGS, "utf-7", "cp1252")), "replace")


def wide(chosen: random.Random, content: bytes) -> bytes:
    """A row, or every row, of as many columns as Excel has."""
    lines = _text(content).splitlines()
    more = chosen.choice((",", ",x", ",1", ',""')) * 16_384
    if chosen.random() < 0.5:
        lines = [line + more for line in lines]
    else:
        lines[chosen.randrange(len(lines))] += more
    return "\r\n".join(lines).encode()


def huge_cell(chosen: random.Random, content: bytes) -> bytes:
    at, cell = (
        place(chosen, content),
        chosen.choice((b"9", b"x", "ก".encode(), b"\n", b",", b'""')) * 25_000_000,
    )
    return content[:at] + chosen.choice((cell, b'"' + cell + b'"', b',"' + cell)) + content[at:]


def many_lines(chosen: random.Random, content: bytes) -> bytes:
    line = chosen.choice((b"\n", b"\r\n", b"a\n", b"1,2\n", b",,,\n", b"340501010001\n", b"\r"))
    return content + line * 1_000_000


def cells_changed(chosen: random.Random, content: bytes) -> bytes:
    """Other texts in some cells: quotes, line ends, formulas, nothing."""
    lines = _text(content).splitlines()
    for _ in range(chosen.choice((1, 3, 30))):
        at = chosen.randrange(len(lines))
        cells = lines[at].split(",")
        cells[chosen.randrange(len(cells))] = chosen.choice((
            '"', '""', '"a', 'เหล็ก 5" 2 ท่อน', '"ก\nข"', "ก\nข", "ก\rข", '="0012"', "=1+1", "#REF!", "3.4E+12",
            "๑๒", "", " ", "-", "99999999999999999999", "1e400", "NaN", "\u200b", "a,b",
            '"a,b"', '"a""b"', "'", "\x00",
        ))  # fmt: skip
        lines[at] = ",".join(cells)
    return chosen.choice(("\n", "\r\n", "\r")).join(lines).encode("utf-8", "replace")


def lines_mixed(chosen: random.Random, content: bytes) -> bytes:
    lines = _text(content).splitlines()
    body = lines[1:]
    what = chosen.randrange(4)
    if what == 0:
        chosen.shuffle(body)
    elif what == 1:
        body = [line.rpartition(",")[0] if chosen.random() < 0.3 else line for line in body]
    elif what == 2:
        body = [lines[0] if chosen.random() < 0.2 else line for line in body]
    ends = ["\n", "\r\n", "\r"] if what == 3 else ["\n"]
    return "".join(line + chosen.choice(ends) for line in [lines[0], *body]).encode()


def _text(content: bytes) -> str:
    """Whatever encoding a seed is in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874", "replace")


OF_TEXT: Mapping[str, Change] = {
    change.__name__: change for change in (in_two_encodings, re_encoded, cells_changed, lines_mixed)
}
HEAVY_OF_TEXT: Mapping[str, Change] = {change.__name__: change for change in (wide, huge_cell, many_lines)}
