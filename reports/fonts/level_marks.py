"""Level the tone marks of Sarabun, so that words copied out of a PDF come out as they were written.

Sarabun lifts or drops a small tone mark by up to 46/1000 em, depending on the vowel sign below it. A glyph
with a vertical offset of its own is written outside the /ActualText span of its syllable, and viewers then
misread สิทธิ์, ทั้ง or ขึ้น. One common height for all of them is invisible on paper and leaves no offset to trip
over. Sarabun is under the SIL Open Font License 1.1 without a reserved font name, so a changed copy may carry
the name; OFL.txt lies beside the fonts. Not part of the night: run it once when the fonts are replaced.

    pip download --no-deps fontpkg-sarabun==1.0 && unzip fontpkg_sarabun-1.0-py3-none-any.whl -d sarabun
    python -m reports.fonts.level_marks sarabun/fontpkg_sarabun/files reports/fonts
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

STYLES = ("Regular", "Bold", "Italic")
MARK_TO_MARK = 6  # GPOS lookup type
# Vowel signs above the consonant, and their forms shifted left over ป ฝ ฟ.
VOWELS_ABOVE = {
    f"uni0E{sign}{form}" for sign in ("31", "34", "35", "36", "37", "4D") for form in ("", ".narrow")
}
SMALL_TONES = {f"uni0E{sign}.small" for sign in ("48", "49", "4A", "4B", "4C")}


def level(font: TTFont) -> int:
    """Hang every small tone mark where it was drawn, whichever vowel sign it stands on.

    Changes `font` in place and returns how many anchors moved. The common height is the highest of the
    marks' own (they differ by 3/1000 em in Bold and Italic).
    """
    moved = 0
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable if lookup.LookupType == MARK_TO_MARK else ():
            marks = zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True)
            tones = [record.MarkAnchor for name, record in marks if name in SMALL_TONES]
            below = zip(table.Mark2Coverage.glyphs, table.Mark2Array.Mark2Record, strict=True)
            vowels = [a for name, record in below if name in VOWELS_ABOVE for a in record.Mark2Anchor if a]
            if not tones or not vowels:
                continue
            height = max(anchor.YCoordinate for anchor in tones)
            for anchor in tones + vowels:
                moved += anchor.YCoordinate != height
                anchor.YCoordinate = height
    return moved


def main(source: Path, target: Path) -> None:
    """Write the levelled styles of the folder `source` to the folder `target`."""
    for style in STYLES:
        name = f"Sarabun-{style}.ttf"
        # The date inside the font stays as it was: same fonts in, same bytes out.
        font = TTFont(source / name, recalcTimestamp=False)
        print(f"{name}: {level(font)} anchors levelled")
        font.save(target / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
