import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst
from fontTools.ttLib import TTFont

from reports.fonts.level_marks import STYLES, level
from reports.glyphs import covered, drawable
from schemas import areas

FONTS = Path(__file__).resolve().parent.parent / "reports" / "fonts"
# Words that the stock font loses in a PDF's text layer, and every shape of stacked marks.
WORDS = [
    "สิทธิ์", "ทั้ง", "ขึ้น", "น้ำ", "สำนักงาน", "ปั่น", "ฟื้น", "ปื้น", "เกื้อกูล", "ตั้ง", "ครั้ง", "ซึ่ง", "หนึ่ง", "ที่",
    "เพื่อ", "ตัวชี้วัด", "พื้นฐาน", "ยืนยัน", "เงื่อนไข", "ผู้ว่าราชการ", "จำเป็น", "อำเภอ", "กตัญญู", "ใหญ่", "ฝั่ง",
    "ฟั่น", "ฐานะ", "ญาติ", "กฎหมาย", "ปฏิบัติ", "ต่ำกว่า", "เจ้าหน้าที่", "ปั๊ม", "ปุ๋ย", "ฝุ่น", "ซื้อ", "ปิ้ง", "เปลี่ยน",
    "ผึ้ง", "ค้ำ", "ก๊อก", "เป็น", "เห็น", "ก็",
]  # fmt: skip
TEMPLATE = b"""#set document(title: "t")
#set text(font: "Sarabun", lang: "th", region: "TH", fallback: false)
#for style in ("normal", "italic") { for weight in ("regular", "bold") {
  if style == "normal" or weight == "regular" {
    for word in json(bytes(sys.inputs.data)) { par(text(style: style, weight: weight, word)) } } } }"""


def text_layer(words: list[str]) -> list[str]:
    made = typst.compile(
        TEMPLATE,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(words)},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
    )
    pages = pdfium.PdfDocument(made)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages).split()


def test_words_with_stacked_marks_survive_in_the_text_layer_of_every_style() -> None:
    assert text_layer(WORDS) == WORDS * 3


def test_every_place_name_survives_in_the_text_layer() -> None:
    names = [area.name_th for area in (*areas.districts(), *areas.tambons())]
    assert text_layer(names) == names * 3


@pytest.mark.parametrize("style", STYLES)
def test_the_shipped_fonts_are_level_already(style: str) -> None:
    assert level(TTFont(FONTS / f"Sarabun-{style}.ttf")) == 0


@pytest.mark.parametrize("style", STYLES)
def test_the_character_map_is_read_as_fonttools_reads_it(style: str) -> None:
    font = FONTS / f"Sarabun-{style}.ttf"
    assert covered(font) == {chr(code) for code in TTFont(font).getBestCmap()} - {"\x00"}


def test_what_the_font_cannot_draw_becomes_a_question_mark_and_is_told() -> None:
    missing: set[str] = set()
    told = drawable({"a": ["กข漢", 7], "b": "ok\n"}, frozenset("กขok"), missing)
    assert told == {"a": ["กข?", 7], "b": "ok\n"}
    assert missing == {"漢"}


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(bytes(64))
    with pytest.raises(ValueError, match="cmap"):
        covered(tmp_path / "x.ttf")
