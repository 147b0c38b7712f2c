"""The ledger's tables as the program knows them; how a database comes to have them is in migrations/."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()


class Moment(sa.TypeDecorator[datetime]):
    """A point in time, in UTC wherever it is kept: SQLite knows no zones, PostgreSQL answers in its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        del dialect
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


run = sa.Table(
    "jpt_run", metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("round_year_be", sa.Integer, nullable=False),
    sa.Column("night", sa.Date, nullable=False),
    sa.Column("run_hash", sa.String(64), nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
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
# The life of a finding, see flows.ledger.findings. `run_id`, `state_since`: the run and night of its last
# change; `last_seen`: the last night on which a closed one was listed (of open ones it says nothing, so that
# a night need not touch them); `prior_…`: what the change replaced, for the same run once more.
finding = sa.Table(
    "jpt_finding", metadata,
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
)  # fmt: skip
# What moved in a district's list by a run, counted by severity, and of which content the list was.
finding_move = sa.Table(
    "jpt_finding_move", metadata,
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
)  # fmt: skip
waiver = sa.Table(
    "jpt_waiver", metadata,
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
)  # fmt: skip
certificate = sa.Table(
    "jpt_certificate", metadata,
    sa.Column("statement_hash", sa.String(64), primary_key=True),
    sa.Column("round_year_be", sa.Integer, nullable=False),
    sa.Column("area_code", sa.String(6), nullable=False),
    sa.Column("run_id", sa.String(40), nullable=False),
    sa.Column("signed_by", sa.String(200), nullable=False),
    sa.Column("signed_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
    sa.Column("reason", sa.Text),
)  # fmt: skip
