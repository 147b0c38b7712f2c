"""What must be remembered between nights, on SQLite or PostgreSQL; the orchestrator's database may be lost.

It holds keys, hashes, counts, and what officers say in their office; never a value of a record. Each subject
(runs, findings, …) is a module of plain functions on a connection; `Ledger` gives each its transaction.
"""

from flows.ledger.certificates import Certificate
from flows.ledger.district_states import State
from flows.ledger.failed import LedgerFailed
from flows.ledger.findings import Listing, Moved
from flows.ledger.ledger import Ledger
from flows.ledger.runs import DistrictCounts
from flows.ledger.waivers import Waiver

__all__ = [
    "Certificate", "DistrictCounts", "Ledger", "LedgerFailed", "Listing", "Moved", "State", "Waiver",
]  # fmt: skip
