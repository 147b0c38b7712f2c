from itertools import chain
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports import sizing, words
from schemas import code_lists
from schemas.thai import foreign_letters

REPORTS = Path(__file__).resolve().parent.parent / "reports"
TEXTS = sorted(
    chain(
        REPORTS.glob("district_*.py"),
        (REPORTS / "templates").glob("district_page*"),
        [
            REPORTS / "words.py",
            REPORTS / "sizing.py",
            REPORTS / "contents.py",
            REPORTS / "field_labels.py",
            REPORTS / "safe_text.py",
        ],
    )
)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", TEXTS, ids=[path.name for path in TEXTS])
def test_texts_hold_no_letter_of_another_script(path: Path) -> None:
    assert foreign_letters(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "look", [*words.VERDICTS.values(), *words.SEVERITIES.values()], ids=lambda look: look.word
)
def test_every_colour_can_be_read_on_its_ground(look: words.Look) -> None:
    assert contrast(look.ink, look.fill) >= 4.5
    assert contrast(look.ink, look.print_fill) >= 4.5
    assert contrast(look.deep, look.tint) >= 4.5
    assert contrast(look.deep, "#ffffff") >= 4.5


def test_a_colour_is_never_alone() -> None:
    for looks in (words.VERDICTS, words.SEVERITIES):
        assert len({look.sign for look in looks.values()}) == len(looks)
        assert len({look.word for look in looks.values()}) == len(looks)


def test_severities_are_called_as_in_the_code_list() -> None:
    assert {name: look.word for name, look in words.SEVERITIES.items()} == code_lists.load(
        "severity"
    ).label_th


@pytest.mark.parametrize(
    ("share", "down", "up"),
    [
        (1.0, "100%", "100%"),
        (0.9999, "99.9%", "99.9%"),
        (0.95, "95.0%", "95.0%"),
        (0.29, "29.0%", "29.0%"),
        (0.02041, "2.0%", "2.1%"),
        (0.00001, "0.1%", "0.1%"),
        (0.0, "0%", "0%"),
    ],
)
def test_shares_are_never_rounded_to_all_or_nothing(share: float, down: str, up: str) -> None:
    assert (words.share_text(share), words.share_text(share, "ceil")) == (down, up)


@pytest.mark.parametrize(
    ("measure", "found", "threshold", "bound", "text"),
    [
        ("completeness_share", 0.9126, 0.95, "min", "พบ 91.2% ต้องไม่น้อยกว่า 95.0%"),
        ("cannot_tell_share", 0.02041, 0.02, "max", "พบ 2.1% ต้องไม่เกิน 2.0%"),
        ("must_fix_open", 1341.0, 0.0, "max", "พบ 1,341 ต้องไม่เกิน 0"),
        ("is_readable", 0.0, 1.0, "min", ""),
        ("completeness_share", None, 0.95, "min", "พบ วัดไม่ได้ ต้องไม่น้อยกว่า 95.0%"),
    ],
)
def test_a_failed_gate_never_looks_met(
    measure: str, found: float | None, threshold: float, bound: str, text: str
) -> None:
    assert words.gate_numbers(measure, found, threshold, bound) == text


def test_letter_widths_are_those_of_the_font() -> None:
    font = TTFont(REPORTS / "fonts" / "Sarabun-Regular.ttf")
    letters, advances = font.getBestCmap(), font["hmtx"]
    for letter in "กญำ0aMุ่์ ":
        points = advances[letters[ord(letter)]][0] / 1000 * 14 * 0.647
        assert sizing.text_points(letter, 14) == pytest.approx(points)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("อายุ", 10, 1),
        ("ก\nข\nค", 10, 3),
        ("ครัวเรือนมีเด็กอายุ 9 ปีในบัญชีรายชื่อ แต่ตอบว่าไม่มีเด็กอายุ 6-14 ปี", 40, 2),
        ("3-xxxx-xxxxx-45-x", 18, 1),
    ],
)
def test_wrapped_lines_are_counted(text: str, width: float, lines: int) -> None:
    assert sizing.line_count(text, width, 14) == lines


def test_a_row_is_never_higher_than_excel_can_show() -> None:
    assert sizing.row_points(1, 14) == 24
    assert sizing.row_points(100, 14) == 409


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("ขามใหญ่ ม.4 คำน้ำแซบ", "ขามใหญ่ ม.4 คำน้ำแซบ"),
        ("นิคมสร้างตนเองลำโดมน้อย ม.3 คำน้ำแซบ", "นิคมสร้างตนเองลำโดมน้อย ม.3 คำ"),
        ("a[b]:*?/\\c", "a b      c"),
        ("'ก'", "ก"),
        ("  ", "แผ่นงาน"),
        ("History", "History (2)"),
    ],
)
def test_sheet_names_are_made_legal(wanted: str, name: str) -> None:
    assert sizing.sheet_name(wanted, {"history"}) == name


def test_sheet_names_that_meet_are_numbered_within_the_length() -> None:
    taken: set[str] = set()
    names = [sizing.sheet_name("ก" * 40, taken) for _ in range(12)]
    assert len(set(names)) == 12
    assert max(len(name) for name in names) == 31
