"""The ledger's tables as the program knows them; how a database comes to have them is in migrations/."""

import sqlalchemy as sa

metadata = sa.MetaData()

run = sa.Table(
    "jpt_run", metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("round_year_be", sa.Integer, nullable=False),
    sa.Column("night", sa.Date, nullable=False),
    sa.Column("run_hash", sa.String(64), nullable=False),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip
district_run = sa.Table(
    "jpt_district_run", metadata,
    sa.Column("run_id", sa.String(40), sa.ForeignKey("jpt_run.run_id"), primary_key=True),
    sa.Column("district_code", sa.String(4), primary_key=True),
    sa.Column("colour", sa.String(8), nullable=False),
    sa.Column("households", sa.Integer, nullable=False),
    sa.Column("persons", sa.Integer, nullable=False),
    sa.Column("must_fix", sa.Integer, nullable=False),
    sa.Column("must_explain", sa.Integer, nullable=False),
    sa.Column("watch", sa.Integer, nullable=False),
    sa.Column("below_line", sa.Integer, nullable=False),
)  # fmt: skip
delivery = sa.Table(
    "jpt_delivery", metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("district_code", sa.String(4), primary_key=True),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("first_run_id", sa.String(40), nullable=False),
    sa.Column("first_seen", sa.Date, nullable=False),
)  # fmt: skip
# What a district's documents were made of, and since which night that is so.
district_state = sa.Table(
    "jpt_district_state", metadata,
    sa.Column("round_year_be", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("district_code", sa.String(4), primary_key=True),
    sa.Column("content_key", sa.String(64), nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("run_id", sa.String(40), nullable=False),
)  # fmt: skip
