"""What may stand in the parts of a workbook: changes of the XML of .xlsx and .ods, packed again with right
sums.
"""

import random
import re
from collections.abc import Callable, Mapping

from tests.reader_fuzz_bytes import Change, of_any_file
from tests.reader_fuzz_seeds import unzipped, zip_of

Part = Callable[[random.Random, bytes], bytes]
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"[^>]*?(?:/>|>.*?</c>)')
ODS_CELL = re.compile(rb"<table:table-cell[^>]*?(?:/>|>.*?</table:table-cell>)")
FAR = (
    b"XFD1048576",
    b"ZZ99999",
    b"A1048576",
    b"XFD1",
    b"ZZZZZZZ1",
    b"A99999999999",
    b"A0",
    b"a1",
    b"",
    b"1A",
)
STRANGE_CELLS = (
    b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>', b'<c r="%s" t="s"><v>999999999</v></c>',
    b'<c r="%s" t="s"><v>-1</v></c>', b'<c r="%s"><f>1+1</f></c>', b'<c r="%s"><f>1+1</f><v>7</v></c>',
    b'<c r="%s" t="str"><f>A1</f><v></v></c>', b'<c r="%s" t="e"><v>#REF!</v></c>',
    b'<c r="%s"><v>1e400</v></c>',
    b'<c r="%s"><v>NaN</v></c>', b'<c r="%s" t="b"><v>1</v></c>', b'<c r="%s" t="d"><v>2026-13-45</v></c>',
    b'<c r="%s"><f t="shared" si="4000000000" ref="A1:XFD1048576">1</f><v>2</v></c>',
    b'<c r="%s" s="99999"><v>5</v></c>',
    b'<c r="%s" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', b'<c r="%s"><v>&a;</v></c>',
)  # fmt: skip


def strange_cell(chosen: random.Random, xml: bytes) -> bytes:
    """Instead of a cell another one, at its own place or far away."""
    cells = list(CELL.finditer(xml))
    if not cells:
        return xml
    cell = chosen.choice(cells)
    own = cell[0].split(b'"')[1]
    where = own if chosen.random() < 0.5 else chosen.choice(FAR)
    return xml[: cell.start()] + chosen.choice(STRANGE_CELLS).replace(b"%s", where) + xml[cell.end() :]


def entities(chosen: random.Random, xml: bytes) -> bytes:
    start = xml.find(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    letter = chosen.choice((b"&a;", b"&m;", b"&#0;", b"&#x110000;", b"&lt;"))
    text = xml[start:]
    at = [found.end() for found in re.finditer(b">", text)]
    inside = chosen.choice(at) if at else 0
    return xml[:start] + chosen.choice((LAUGHS, OUTSIDE, b"")) + text[:inside] + letter + text[inside:]


def nested(chosen: random.Random, xml: bytes) -> bytes:
    at = [found.start() for found in re.finditer(b"<", xml)]
    where, depth = chosen.choice(at or [0]), chosen.choice((100, 100_000))
    tag = chosen.choice((b"a", b"c", b"row", b"is", b"si", b"table:table", b"text:p"))
    closing = b"</%s>" % tag * chosen.choice((depth, 0))
    return xml[:where] + b"<%s>" % tag * depth + closing + xml[where:]


def attributes(chosen: random.Random, xml: bytes) -> bytes:
    """Another number in an attribute: counts, positions, repetitions, spans."""
    found = list(re.finditer(rb'"([0-9]+)"', xml))
    if not found:
        return xml
    one = chosen.choice(found)
    number = chosen.choice(
        (b"0", b"1", b"-1", b"65536", b"1048576", b"4294967296", b"9" * 5000, b"99999999999999", b"x")
    )
    return xml[: one.start(1)] + number + xml[one.end(1) :]


def sheet_marks(chosen: random.Random, xml: bytes) -> bytes:
    """Merged areas, dimensions and hidden rows that cannot be."""
    marks = chosen.choice((
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 20_000 + b"</mergeCells>",
        b'<mergeCells><mergeCell ref="C3:D900"/><mergeCell ref="B2:ZZ9"/></mergeCells>',
        b'<mergeCells><mergeCell ref="D9:C1"/><mergeCell ref="A' + b"9" * 5000 + b':B1"/></mergeCells>',
        b'<row hidden="1" r="' + b"9" * 5000 + b'"/>',
        b"<c " * 300_000,
        b'<c r="A1" ' * 100_000 + b">",
    ))  # fmt: skip
    changed = xml.replace(b"</sheetData>", b"</sheetData>" + marks, 1)
    wrong = chosen.choice((b"A1:A1", b"A1:XFD1048576", b"Z9:A1", b"x", b""))
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + wrong + b'"', changed, count=1)


def many_columns(chosen: random.Random, xml: bytes) -> bytes:
    """A first row, or a first cell repeated, to the last column."""
    if b"<table:table" in xml:
        return _repeated(chosen, xml)
    names = [_letters(number) for number in range(16_384)]
    cells = b"".join(
        b'<c r="%s1" t="inlineStr"><is><t>h%d</t></is></c>' % (name, n) for n, name in enumerate(names)
    )
    return re.sub(rb"(<row [^>]*>)", rb"\1" + cells, xml, count=chosen.choice((1, 1, 3)))


def _repeated(chosen: random.Random, xml: bytes) -> bytes:
    what = chosen.choice((
        b'table:number-columns-repeated="16384"', b'table:number-columns-repeated="1000000000"',
        b'table:number-columns-spanned="16384" table:number-rows-spanned="1048576"',
        b'office:value-type="error"',
    ))  # fmt: skip
    cells = chosen.sample(list(ODS_CELL.finditer(xml)), 1)
    for cell in cells:
        xml = (
            xml[: cell.start()]
            + cell[0].replace(b"<table:table-cell", b"<table:table-cell " + what, 1)
            + xml[cell.end() :]
        )
    if chosen.random() < 0.6:
        rows = list(re.finditer(b"<table:table-row", xml))
        at = chosen.choice(rows).end()
        xml = xml[:at] + b' table:number-rows-repeated="1048576"' + xml[at:]
    return xml


def spaces(chosen: random.Random, xml: bytes) -> bytes:
    """A run of spaces that .ods writes as a number."""
    at = chosen.choice([found.end() for found in re.finditer(b"<text:p>", xml)] or [0])
    return xml[:at] + b'<text:s text:c="%d"/>' % chosen.choice((3, 4_000_000_000)) + xml[at:]


def huge_text(chosen: random.Random, xml: bytes) -> bytes:
    at = chosen.choice([found.end() for found in re.finditer(b"<(?:t|text:p|v)>", xml)] or [0])
    return (
        xml[:at] + chosen.choice(("ก".encode(), b"9", b" ")) * chosen.choice((40_000, 20_000_000)) + xml[at:]
    )


def cells_removed(chosen: random.Random, xml: bytes) -> bytes:
    places, texts = re.compile(rb' r="[A-Z]+[0-9]+"'), re.compile(rb"<si>.*?</si>")
    pattern = chosen.choice((CELL, ODS_CELL, places, texts))
    found = list(pattern.finditer(xml))
    for one in reversed(found if chosen.random() < 0.3 else chosen.sample(found, min(len(found), 3))):
        xml = xml[: one.start()] + xml[one.end() :]
    return xml


OF_PARTS: tuple[Part, ...] = (strange_cell, strange_cell, strange_cell, entities, nested, attributes,
                              attributes,
                              sheet_marks, many_columns, spaces, huge_text, cells_removed)  # fmt: skip


def in_parts(other: bytes) -> Mapping[str, Change]:
    """Changes of a workbook by changing one of its parts."""
    parts = {part.__name__: part for part in OF_PARTS} | dict(of_any_file(other))

    def made(part: Part) -> Change:
        def change(chosen: random.Random, content: bytes) -> bytes:
            members = unzipped(content)
            telling = [name for name in members if re.search(r"sheet\d|content\.xml|sharedStr", name)]
            name = chosen.choice(telling if chosen.random() < 0.85 else list(members))
            return zip_of(members | {name: part(chosen, members[name])})

        return change

    return {f"part-{name}": made(part) for name, part in parts.items()} | {"no-part": _without_a_part}


def _without_a_part(chosen: random.Random, content: bytes) -> bytes:
    members = unzipped(content)
    gone = chosen.choice(list(members))
    return zip_of({name: one for name, one in members.items() if name != gone})


def _letters(number: int) -> bytes:
    name, number = "", number + 1
    while number:
        number, last = divmod(number - 1, 26)
        name = chr(65 + last) + name
    return name.encode()
