"""What Alembic runs: the migrations, in the transaction that flows.ledger.opening gives."""

from alembic import context

from flows.ledger.migrations import VERSION_TABLE
from flows.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
