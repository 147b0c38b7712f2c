"""The tables of the first ledgers, which were made without revisions: there only what is absent is made."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "jpt_run",
        sa.Column("run_id", sa.String(40), primary_key=True),
        sa.Column("round_year_be", sa.Integer, nullable=False),
        sa.Column("night", sa.Date, nullable=False),
        sa.Column("run_hash", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "jpt_district_run",
        sa.Column("run_id", sa.String(40), sa.ForeignKey("jpt_run.run_id"), primary_key=True),
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("colour", sa.String(8), nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("households", "persons", "must_fix", "must_explain", "watch", "below_line")
        ),
        if_not_exists=True,
    )
    op.create_table(
        "jpt_delivery",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("first_run_id", sa.String(40), nullable=False),
        sa.Column("first_seen", sa.Date, nullable=False),
        if_not_exists=True,
    )
