"""Since which night a district's documents have had their content."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "jpt_district_state",
        sa.Column("round_year_be", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("run_id", sa.String(40), nullable=False),
    )
