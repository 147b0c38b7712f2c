"""Intake: a district's files as sent become typed frames, with everything that could not be read told.

``receive`` keeps the bytes; ``read`` makes the extract; ``Quarantined`` says why a file cannot be read. Plain
functions: retries, concurrency and the ledger are the flow's.
"""

from flows.intake.accounting import RowsUnaccounted
from flows.intake.delivery import Delivery, receive, swept
from flows.intake.extract import Extract, read
from flows.intake.quarantine import Quarantined, broke, not_opened, nothing_delivered, sent_by_two

__all__ = [
    "Delivery",
    "Extract",
    "Quarantined",
    "RowsUnaccounted",
    "broke",
    "not_opened",
    "nothing_delivered",
    "read",
    "receive",
    "sent_by_two",
    "swept",
]
