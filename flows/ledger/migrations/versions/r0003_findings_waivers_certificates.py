"""The life of findings and what moved each night, waivers, certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _findings()
    _waivers_and_certificates()


def _findings() -> None:
    op.create_table(
        "jpt_finding",
        sa.Column("round_year_be", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("finding_id", sa.String(16), primary_key=True),
        sa.Column("tambon_code", sa.String(6)),
        sa.Column("rule_id", sa.String(40), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("severity", sa.String(12), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("first_seen", sa.Date, nullable=False),
        sa.Column("last_seen", sa.Date),
        sa.Column("state_since", sa.Date, nullable=False),
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("prior_state", sa.String(8)),
        sa.Column("prior_since", sa.Date),
        sa.Column("prior_run_id", sa.String(40)),
    )
    op.create_table(
        "jpt_finding_move",
        sa.Column("run_id", sa.String(40), primary_key=True),
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("severity", sa.String(12), primary_key=True),
        sa.Column("open_before", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("reopened", sa.Integer, nullable=False),
        sa.Column("fixed", sa.Integer, nullable=False),
        sa.Column("waived", sa.Integer, nullable=False),
        sa.Column("gone", sa.Integer, nullable=False),
        sa.Column("regraded", sa.Integer, nullable=False),
        sa.Column("open_after", sa.Integer, nullable=False),
        sa.Column("unchecked", sa.Integer, nullable=False),
        sa.Column("content_key", sa.String(64)),
    )


def _waivers_and_certificates() -> None:
    op.create_table(
        "jpt_waiver",
        sa.Column("waiver_id", sa.String(16), primary_key=True),
        sa.Column("round_year_be", sa.Integer, nullable=False),
        sa.Column("finding_id", sa.String(16)),
        sa.Column("rule_id", sa.String(40)),
        sa.Column("district_code", sa.String(4)),
        sa.Column("tambon_code", sa.String(6)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("proposer", sa.String(200), nullable=False),
        sa.Column("approver", sa.String(200)),
        sa.Column("created", sa.Date, nullable=False),
        sa.Column("approved", sa.Date),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("max_count", sa.Integer),
        sa.CheckConstraint("finding_id IS NOT NULL OR rule_id IS NOT NULL", name="jpt_waiver_of_something"),
    )
    op.create_table(
        "jpt_certificate",
        sa.Column("statement_hash", sa.String(64), primary_key=True),
        sa.Column("round_year_be", sa.Integer, nullable=False),
        sa.Column("area_code", sa.String(6), nullable=False),
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("signed_by", sa.String(200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
    )
