"""The ledger as one file that outlives its database: what SQLite gave, PostgreSQL takes, and the other way.

A ZIP with a table's rows as JSON, one a line, and manifest.json with the revision, the number of rows and the
sha256 of each table. A backup of an older program is restored as it was and then migrated.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from flows.ledger import migrations, opening
from flows.ledger.failed import damaged_backup, newer_backup, not_empty
from flows.ledger.tables import metadata

FORMAT = 1
MANIFEST = "manifest.json"
_AT_ONCE = 5_000
_MISFITS = (sa.exc.IntegrityError, sa.exc.DataError)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=lambda value: value.isoformat())


@dataclass(frozen=True)
class Told:
    """What a backup holds: rows by table, of which revision."""

    revision: str
    rows: Mapping[str, int]


def write(db: sa.Connection, file: Path) -> Told:
    """Write a backup of what `db`'s transaction sees, whole or not at all. Raises FileExistsError."""
    if file.exists():
        raise FileExistsError(17, os.strerror(17), str(file))
    partial = file.with_name(f".{file.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            tables = {table.name: _written(db, table, archive) for table in metadata.sorted_tables}
            about = {
                "format": FORMAT,
                "revision": migrations.HEAD,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "tables": tables,
            }
            archive.writestr(MANIFEST, json.dumps(about, indent=1))
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return Told(migrations.HEAD, {name: table["rows"] for name, table in tables.items()})


def _written(db: sa.Connection, table: sa.Table, archive: zipfile.ZipFile) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    query = sa.select(table).order_by(*table.primary_key.columns)
    found = db.execution_options(yield_per=_AT_ONCE).execute(query)
    names = [column.name for column in table.columns]
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
        for part in found.partitions():
            lines = "".join(
                f"{_ENCODER.encode(dict(zip(names, row, strict=True)))}\n" for row in part
            ).encode()
            digest.update(lines)
            out.write(lines)
            rows += len(part)
    return {"rows": rows, "sha256": digest.hexdigest()}


def restore(db: sa.Connection, file: Path, is_replacing: bool) -> Told:
    """Put a backup in the ledger's place, within the connection's transaction: all of it, or nothing changes.

    Raises LedgerFailed when the ledger holds rows and is not to be replaced, when the file is no backup or is
    damaged, or is of a newer program; OSError when it cannot be read.
    """
    if not is_replacing and any(row_counts(db).values()):
        raise not_empty()
    try:
        with zipfile.ZipFile(file) as archive:
            about = json.loads(archive.read(MANIFEST))
            revision, tables = about["revision"], about["tables"]
            if about["format"] > FORMAT or revision not in migrations.REVISIONS:
                raise newer_backup(str(revision)[:40])
            _emptied(db, revision)
            _filled(db, archive, tables)
    except (zipfile.BadZipFile, EOFError, KeyError, TypeError, ValueError, AttributeError):
        raise damaged_backup(file.name) from None
    except sa.exc.StatementError as error:
        # What does not fit the tables is the file's fault, all else the database's.
        if isinstance(error, sa.exc.DBAPIError) and not isinstance(error, _MISFITS):
            raise
        raise damaged_backup(file.name) from None
    opening.upgrade(db, migrations.HEAD)
    return Told(revision, {name: table["rows"] for name, table in tables.items()})


def _emptied(db: sa.Connection, revision: str) -> None:
    """The tables of a revision, without rows."""
    metadata.drop_all(db)
    db.exec_driver_sql(f"DROP TABLE IF EXISTS {migrations.VERSION_TABLE}")
    opening.upgrade(db, revision)


def _filled(db: sa.Connection, archive: zipfile.ZipFile, told: Mapping[str, Any]) -> None:
    # As the database has them at the backup's revision, which may not be what the program knows.
    there = sa.MetaData()
    names = set(sa.inspect(db).get_table_names()) & set(metadata.tables)
    there.reflect(db, only=sorted(names))
    if set(told) != names:
        raise ValueError("tables")
    for table in there.sorted_tables:
        with archive.open(f"{table.name}.jsonl") as lines:
            _insert(db, table, lines, told[table.name])


def _insert(db: sa.Connection, table: sa.Table, lines: IO[bytes], told: Mapping[str, Any]) -> None:
    kinds = {column.name: _reader(column) for column in table.columns}
    digest, count = hashlib.sha256(), 0

    def rows() -> Iterator[dict[str, Any]]:
        for line in lines:
            digest.update(line)
            row = json.loads(line)
            yield {name: read(row[name]) for name, read in kinds.items()}

    waiting = rows()
    while part := list(islice(waiting, _AT_ONCE)):
        db.execute(sa.insert(table), part)
        count += len(part)
    if count != told["rows"] or digest.hexdigest() != told["sha256"]:
        raise ValueError(table.name)


def _reader(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.DateTime):
        return lambda text: None if text is None else datetime.fromisoformat(text)
    if isinstance(column.type, sa.Date):
        return lambda text: None if text is None else date.fromisoformat(text)
    return lambda value: value


def row_counts(db: sa.Connection) -> dict[str, int]:
    """Rows of each of the ledger's tables that are there."""
    there = set(sa.inspect(db).get_table_names())
    counts = {}
    for table in metadata.sorted_tables:
        if table.name in there:
            counts[table.name] = db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    return counts
