"""How much room Thai text takes in a workbook cell: widths, lines, row heights, and names of sheets that fit.

Excel's own fitting does not run on opening and other programs draw 15-point rows over 14-point Thai, so
every height is set here. Widths come from the glyphs of Sarabun (letter_widths.json); vowels and tone marks
above and below take none. Line breaks are estimated, not computed: Thai breaks between words, and no word
list is used.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

_PSK_TO_SARABUN = 0.647  # TH SarabunPSK of a size is this much as wide as Sarabun of that size (measured)
_UNKNOWN_WIDTH = 600  # about a Thai consonant
_POINTS_PER_COLUMN_UNIT = 5.25  # a unit of column width is 7 px, 0.75 pt each
_PADDING_POINTS = 12.0  # left indent and both margins of a cell
_WORD_EMS = 1.6  # what a broken line leaves empty, in ems: Thai breaks only between words
_SURELY_FITS = 0.94  # programs differ by a few per cent in how wide they draw the same letters
_LINE_POINTS = 1.5  # height of a line per point of type: room for two marks above and one below
_MOST_POINTS = 409.0  # Excel's tallest row
_SHEET_NAME_MOST = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # drawn above or below a letter


@cache
def _widths() -> dict[str, int]:
    text = (files("reports") / "letter_widths.json").read_text(encoding="utf-8")
    widths: dict[str, int] = json.loads(text)["widths"]
    return widths


def text_points(text: str, size: float, is_bold: bool = False) -> float:
    """Width in points of one line of text set in TH SarabunPSK of `size` points."""
    widths = _widths()
    thousandths = sum(widths.get(letter, _UNKNOWN_WIDTH) for letter in text)
    return thousandths / 1000 * size * _PSK_TO_SARABUN * (1.045 if is_bold else 1.0)


@lru_cache(maxsize=50_000)
def line_count(text: str, column_width: float, size: float, is_bold: bool = False) -> int:
    """Lines a wrapped text needs in a column of `column_width` Excel units; at least 1."""
    room = max(column_width * _POINTS_PER_COLUMN_UNIT - _PADDING_POINTS, 2 * size) * _SURELY_FITS
    return sum(_wrapped(part, room, size, is_bold) for part in text.split("\n"))


def _wrapped(text: str, room: float, size: float, is_bold: bool) -> int:
    """Lines of one paragraph: spaces break, Thai runs break anywhere at the cost of part of a word."""
    lost, space = _WORD_EMS * size, text_points(" ", size, is_bold)
    lines, used = 1, 0.0
    for run in text.split(" "):
        points = text_points(run, size, is_bold)
        if used and used + points > room and not (_THAI.search(run) and used + lost < room):
            lines, used = lines + 1, 0.0
        while used + points > room:
            points -= max(room - used - lost, size)
            lines, used = lines + 1, 0.0
        used += points + space
    return lines


def row_points(lines: int, size: float) -> float:
    """Height in points of a row of `lines` lines, never above what Excel can show."""
    return min(lines * size * _LINE_POINTS + 3.0, _MOST_POINTS)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A legal sheet name near `wanted`, different from those in `taken` (which gets it, in lower case).

    At most 31 letters, without []:*?/\\ and outer apostrophes, never cut between a letter and its tone mark.
    """
    clean = _NOT_IN_SHEET_NAMES.sub(" ", wanted).strip(" '") or "แผ่นงาน"
    name, number = _cut(clean, _SHEET_NAME_MOST), 1
    while name.lower() in taken:
        number += 1
        tail = f" ({number})"
        name = _cut(clean, _SHEET_NAME_MOST - len(tail)) + tail
    taken.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    while most > 0 and most < len(text) and _MARK.match(text[most]):
        most -= 1
    return text[:most].rstrip(" '")
