"""What must be remembered between nights, on SQLite or PostgreSQL; the orchestrator's database may be lost.

It holds keys, hashes and counts only, never a value of a record. Each subject (runs, districts' states, …) is
a module of plain functions on a connection; `Ledger` opens the database and gives each its transaction.
"""

from flows.ledger.failed import LedgerFailed
from flows.ledger.ledger import Ledger
from flows.ledger.runs import DistrictCounts

__all__ = ["DistrictCounts", "Ledger", "LedgerFailed"]
