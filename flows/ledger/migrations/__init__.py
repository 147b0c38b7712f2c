"""Revisions of the ledger's tables, oldest first; one file each in versions/, run by Alembic."""

# A name of our own: another program in the same database (the orchestrator's server) has alembic_version.
VERSION_TABLE = "jpt_revision"
# Known without importing Alembic, so that opening a ledger stays quick; a test compares it with versions/.
REVISIONS = ("0001", "0002", "0003")
HEAD = REVISIONS[-1]
