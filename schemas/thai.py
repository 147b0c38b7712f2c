"""Thai text: one spelling for comparing, Buddhist-era dates, dictionary order, and a lint of letters.

Nothing here guesses: a text is only respelled where two byte sequences draw the same picture (NFC, ํ + า
for ำ, เ + เ for แ, hidden characters). NFKC is never used, it splits ำ. No transliteration, no word breaking.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
BE_MINUS_CE = 543

_HIDDEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_PRE_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_TONE = re.compile("[็-์]")
# Letters a Thai or English text of ours may hold: ASCII, the Thai block, and the punctuation of print.
_ALLOWED = re.compile("[ -~\n\u0e01-\u0e3a\u0e3f-\u0e5b“”‘’–—…•·×÷≥≤≠±°½¼→←▲▼✓✗]")
_MISSPELT = re.compile("เเ|\u0e4d[\u0e48-\u0e4b]?\u0e32|[\u0e47-\u0e4e]{2}|[\u0e31\u0e34-\u0e39]{2}")


def normalise_text(text: str) -> str:
    """One spelling of `text`: NFC, ำ and แ as one letter, no hidden characters, single spaces, trimmed."""
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", text.replace("\u00a0", " ")))
    text = text.replace("\u0e4d\u0e32", "ำ").replace("เเ", "แ")
    # A tone mark typed between ํ and า: น + ้ + ํ + า and น + ํ + ้ + า are both น้ำ.
    text = re.sub("\u0e4d([\u0e48-\u0e4b])\u0e32", "\\1ำ", text)
    return _SPACES.sub(" ", text).strip()


def thai_digits(text: str) -> str:
    """`text` with every 0-9 as ๐-๙. Translate whole sentences, never ids that staff search for."""
    return text.translate(_TO_THAI_DIGITS)


def arabic_digits(text: str) -> str:
    """`text` with every ๐-๙ as 0-9."""
    return text.translate(_TO_ARABIC_DIGITS)


def thai_date(day: date) -> str:
    """A date as Thai offices write it: 24 พฤศจิกายน 2569 (Arabic digits, Buddhist era)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BE_MINUS_CE}"


def thai_sort_key(text: str) -> tuple[str, Sequence[tuple[str, int]]]:
    """Key that sorts as a Thai dictionary does; plain code-point order puts เ แ โ ใ ไ names last."""
    swapped = _PRE_VOWEL.sub(r"\2\1", text)
    tones = tuple((found.group(), found.start()) for found in _TONE.finditer(swapped))
    return _TONE.sub("", swapped), tones


def foreign_letters(text: str) -> list[str]:
    """Every letter of `text` that is neither Thai, ASCII nor usual punctuation, and every misspelt Thai pair.

    Empty for a clean text. Finds a Telugu or Latin-1 letter inside Thai, hidden characters, เเ for แ,
    ํ + า for ำ, and doubled tone or vowel marks.
    """
    letters = [letter for letter in text if not _ALLOWED.fullmatch(letter)]
    return letters + [found.group() for found in _MISSPELT.finditer(text)]
