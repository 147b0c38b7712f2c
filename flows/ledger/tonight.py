"""A district's list of tonight, laid beside the ledger's so that both are compared where the data lies.

A table of the connection's own that others never see; five hundred thousand rows come in by each database's
quick way.
"""

import polars as pl
import sqlalchemy as sa

_own = sa.MetaData()
tonight = sa.Table(
    "jpt_tonight", _own,
    sa.Column("finding_id", sa.String(16), primary_key=True),
    sa.Column("tambon_code", sa.String(6)),
    sa.Column("rule_id", sa.String(40), nullable=False),
    sa.Column("level", sa.String(12), nullable=False),
    sa.Column("severity", sa.String(12), nullable=False),
    sa.Column("is_waived", sa.Integer, nullable=False),
    prefixes=["TEMPORARY"],
)  # fmt: skip
_NAMES = [column.name for column in tonight.columns]


def make(db: sa.Connection) -> None:
    """The empty table; `drop` it within the same transaction."""
    _own.create_all(db, checkfirst=False)


def drop(db: sa.Connection) -> None:
    _own.drop_all(db, checkfirst=False)


def fill(db: sa.Connection, findings: pl.DataFrame) -> None:
    """Replace the rows by those of `findings`: columns finding_id, tambon_code, rule_id, level, severity,
    is_waived (absent: none is).
    """
    db.execute(sa.delete(tonight))
    rows = _rows(findings)
    if rows.is_empty():
        return
    if db.dialect.name == "postgresql":
        _copy(db, rows)
        # Without it the planner takes the fresh table for a small one.
        db.exec_driver_sql("ANALYZE jpt_tonight")
    else:
        holes = ", ".join("?" for _ in _NAMES)
        db.exec_driver_sql(f"INSERT INTO jpt_tonight ({', '.join(_NAMES)}) VALUES ({holes})", rows.rows())


def _rows(findings: pl.DataFrame) -> pl.DataFrame:
    if "is_waived" not in findings.columns:
        findings = findings.with_columns(is_waived=pl.lit(False))
    # As typed until its code was checked: only what can be a tambon goes into a ledger without persons.
    tambon = pl.col("tambon_code").cast(pl.String)
    return (
        findings.with_columns(
            pl.col("severity", "level").cast(pl.String),
            pl.col("is_waived").cast(pl.Int64),
            tambon_code=pl.when(tambon.str.contains("^[0-9]{6}$")).then(tambon),
        )
        .select(_NAMES)
        .unique("finding_id", keep="first", maintain_order=True)
    )


def _copy(db: sa.Connection, rows: pl.DataFrame) -> None:
    connection = db.connection.dbapi_connection
    copy = f"COPY jpt_tonight ({', '.join(_NAMES)}) FROM STDIN (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(copy) as pipe:  # type: ignore[union-attr]
        for part in rows.iter_slices(50_000):
            pipe.write(part.write_csv(include_header=False).encode())
