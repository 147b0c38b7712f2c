"""Zips that lie, bombs, old workbooks with impossible records, and Parquet of other makes and shapes."""

import datetime
import io
import random
import struct
import zipfile
from collections.abc import Iterator, Mapping

import olefile
import pyarrow as pa
import pyarrow.parquet as pq

from tests.reader_fuzz_bytes import EDGES, Change
from tests.reader_fuzz_seeds import unzipped, zip_of

CELLS = (0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00BD, 0x0006)


def lying_sizes(chosen: random.Random, content: bytes) -> bytes:
    """Sizes, sums, places or methods in the zip's own list that are not those of its members."""
    at = [place for place in range(len(content) - 4) if content[place : place + 4] == b"PK\x01\x02"]
    field = chosen.choice((8, 10, 16, 20, 24, 28, 30, 42))
    changed, value = bytearray(content), chosen.choice((0, 1, 9, 14, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE))
    for place in at if chosen.random() < 0.3 else [chosen.choice(at)]:
        size = 4 if field in (16, 20, 24, 42) else 2
        changed[place + field : place + field + size] = (value & (2 ** (8 * size) - 1)).to_bytes(
            size, "little"
        )
    return bytes(changed)


def bomb(chosen: random.Random, content: bytes) -> bytes:
    name = chosen.choice([*unzipped(content), "z.csv", "xl/media/a.png"])
    filler = chosen.choice((b"\x00", b"a", b"1,2\n")) * (160_000_000 // 4)
    return zip_of(unzipped(content) | {name: filler * chosen.choice((1, 4))})


def nested_zips(chosen: random.Random, content: bytes) -> bytes:
    for depth in range(chosen.choice((1, 2, 3, 40))):
        content = zip_of({f"{depth}.zip": content})
    return content


def many_members(chosen: random.Random, content: bytes) -> bytes:
    extra = {f"{number}.csv": b"" if chosen.random() < 0.5 else b"a,b\n" for number in range(3000)}
    return zip_of(unzipped(content) | extra)


def bad_names(chosen: random.Random, content: bytes) -> bytes:
    names = (
        "../../{}",
        "/etc/{}",
        "C:\\{}",
        "a/../{}",
        "\x00{}",
        "ก" * 300 + "{}",
        ".{}",
        "__MACOSX/{}",
        "con",
        "{}/",
    )
    members = unzipped(content)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in members.items():
            new = chosen.choice(names).format(name) if chosen.random() < 0.5 else name
            archive.writestr(zipfile.ZipInfo(new, (2026, 6, 1, 0, 0, 0)), one)
    return written.getvalue()


def same_name_twice(chosen: random.Random, content: bytes) -> bytes:
    members = unzipped(content)
    one, other = chosen.choice(list(members)), chosen.choice(list(members))
    stand_in = "0" * len(one)
    packed = zip_of(members | {stand_in: members[other]})
    return packed.replace(stand_in.encode(), one.encode())


OF_ZIPS: Mapping[str, Change] = {
    change.__name__: change for change in (lying_sizes, lying_sizes, nested_zips, bad_names, same_name_twice)
} | {"lying_again": lying_sizes}
HEAVY_OF_ZIPS: Mapping[str, Change] = {"bomb": bomb, "many_members": many_members}


def records(chosen: random.Random, content: bytes) -> bytes:
    """Other numbers in the records of an old workbook, in its own place in the file."""
    with olefile.OleFileIO(io.BytesIO(content)) as envelope:
        stream = envelope.openstream("Workbook").read()
    start = content.find(stream[:512])
    found = list(_records(stream))
    changed = bytearray(content)
    for _ in range(chosen.choice((1, 1, 3))):
        kinds = chosen.choice((CELLS, (0x0200,), (0x0085, 0x00FC), (0x00E5, 0x0208), None))
        fitting = [at for at, kind in found if kinds is None or kind in kinds]
        if fitting:
            at = start + chosen.choice(fitting) + chosen.choice((0, 2, 4, 4, 6, 6, 8, 12))
            edge = chosen.choice([one for one in EDGES if len(one) == 2])
            changed[at : at + 2] = edge
    return bytes(changed)


def envelope(chosen: random.Random, content: bytes) -> bytes:
    """Other numbers in the header, the allocation table or the directory of the envelope."""
    first_fat = struct.unpack_from("<I", content, 76)[0]
    directory = struct.unpack_from("<I", content, 48)[0]
    area = chosen.choice((0, (first_fat + 1) * 512, (directory + 1) * 512))
    at = area + 4 * chosen.randrange(128)
    value = chosen.choice((0, 1, 2, 3, 100, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, at // 4 % 128))
    return content[:at] + struct.pack("<I", value) + content[at + 4 :]


def _records(stream: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind
        at += 4 + size


OF_XLS: Mapping[str, Change] = {
    "records": records,
    "records2": records,
    "envelope": envelope,
    "envelope2": envelope,
}


def footer(chosen: random.Random, content: bytes) -> bytes:
    """Damage of the footer: what lies where, how many rows, which types."""
    size = struct.unpack_from("<I", content, len(content) - 8)[0]
    changed = bytearray(content)
    for _ in range(chosen.choice((1, 1, 2, 6))):
        at = len(content) - 8 - size + chosen.randrange(size + 4)
        changed[at] = chosen.choice(
            (0, 0xFF, 0x7F, changed[at] ^ 1 << chosen.randrange(8), chosen.randrange(256))
        )
    return bytes(changed)


def other_types(chosen: random.Random, content: bytes) -> bytes:
    """Columns of types nobody expects, some nested, some of another length of bits."""
    table = pq.read_table(io.BytesIO(content))
    rows = table.num_rows
    strange: tuple[pa.Array, ...] = (
        pa.array([{"a": 1}] * rows), pa.array([[1, 2]] * rows), pa.array([b"\xff\x00"] * rows),
        pa.array([datetime.time(1, 2)] * rows), pa.array([datetime.timedelta(1)] * rows),
        pa.array([datetime.datetime(2100, 1, 1)] * rows, pa.timestamp("ns")),
        pa.array([2**63] * rows, pa.uint64()), pa.array([1.5] * rows, pa.float32()), pa.nulls(rows),
        pa.array(["ก"] * rows).dictionary_encode(),
        pa.array([[("k", 1)]] * rows, pa.map_(pa.string(), pa.int64())),
        pa.array([datetime.datetime(2026, 1, 1)] * rows, pa.timestamp("ms", "Asia/Bangkok")),
        pa.array([float("nan")] * rows), pa.array([1] * rows, pa.decimal128(38, 10)),
    )  # fmt: skip
    for _ in range(chosen.choice((1, 2, 5))):
        at = chosen.randrange(table.num_columns)
        name = chosen.choice((table.column_names[at], "source_row", "", "x"))
        table = table.set_column(at, name, chosen.choice(strange))
    written = io.BytesIO()
    pq.write_table(table, written, compression=chosen.choice(("none", "snappy", "gzip", "zstd", "brotli")),
                   version=chosen.choice(("1.0", "2.4", "2.6")), row_group_size=chosen.choice((1, 5, 1000)),
                   data_page_version=chosen.choice(("1.0", "2.0")),
                   use_dictionary=chosen.random() < 0.5)  # fmt: skip
    return written.getvalue()


def many_nulls(chosen: random.Random, content: bytes) -> bytes:
    """A few kilobytes that hold millions of rows."""
    rows = chosen.choice((1_000_000, 30_000_000))
    names = pq.read_table(io.BytesIO(content)).column_names[: chosen.choice((1, 3, 8))]
    column = pa.nulls(rows, pa.int64()) if chosen.random() < 0.5 else pa.repeat(7, rows)
    written = io.BytesIO()
    pq.write_table(
        pa.table(dict.fromkeys(names, column)), written, compression="zstd", row_group_size=5_000_000
    )
    return written.getvalue()


OF_PARQUET: Mapping[str, Change] = {"footer": footer, "footer2": footer, "other_types": other_types}
HEAVY_OF_PARQUET: Mapping[str, Change] = {"many_nulls": many_nulls}
