"""The system's own PostgreSQL, in a cluster of the test: Prefect needs pg_trgm, which the wheel's has not."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def system_postgres(port: int) -> Iterator[str]:
    """A server on loopback. Yields its address for asyncpg; its absence fails CI and skips elsewhere."""
    programs = binaries()
    if programs is None and os.environ.get("CI"):
        pytest.fail("PostgreSQL is not installed: .ci/run installs it")
    if programs is None:
        pytest.skip("PostgreSQL is not installed: Prefect was not tried on it")
    # Not below pytest's folder: PostgreSQL never runs as root, and that folder is its owner's alone.
    folder = Path(tempfile.mkdtemp(prefix="jpt-postgres-"))
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        shutil.chown(folder, "postgres")
    prefix = ["runuser", "-u", "postgres", "--"] if is_root else []

    def run(name: str, *words: str) -> None:
        log = (folder.with_suffix(".log")).open("ab")
        with log:
            subprocess.run(
                [*prefix, str(programs / name), *words], stdout=log, stderr=log, check=True, cwd="/"
            )

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", "prefect", "--no-sync", "-E", "UTF8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".log").unlink(missing_ok=True)


def binaries() -> Path | None:
    """Where initdb is: on the path, or where Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
