"""Nights on a disk that is really too small, with a file that a server elsewhere holds."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.full_disk import files_below, small_disk
from tests.nights import NIGHT, ROOT, environment, migrated
from tests.source_servers import LOOPBACK, WebServer, web_server

SAMPLE = ROOT / "sample_data" / "2569"
SETTINGS = """[province]
code = "34"
round = 2569
deadline = 2026-12-15
[districts.3424]
deliveries = ["http://{here}:{port}/{{district}}.csv"]
[districts.3430]
deliveries = ["arrived/*"]
"""
BIG = 60_000_000


@contextmanager
def endless(folder: Path) -> Iterator[WebServer]:
    """A server that does not say how long its files are, so that only the disk tells."""
    with web_server(folder) as server:
        server.handler.needs_password = False
        server.handler.protocol_version = "HTTP/1.0"
        plain = server.handler.send_header

        def unsaid(self: object, name: str, value: str) -> None:
            if name != "Content-Length":
                plain(self, name, value)  # type: ignore[arg-type]

        server.handler.send_header = unsaid  # type: ignore[method-assign]
        yield server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WebServer]:
    far = tmp_path / "far"
    far.mkdir()
    with (far / "3424.csv").open("wb") as file:
        file.truncate(BIG)
    with endless(far) as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, server: WebServer) -> Path:
    here = tmp_path / "province"
    shutil.copytree(SAMPLE / "3430", here / "arrived")
    (here / "jpt.toml").write_text(SETTINGS.format(here=LOOPBACK, port=server.port), "utf-8")
    shutil.copytree(migrated(), here / ".jpt" / "prefect")
    return here


def night(root: Path, size: str, before: str = "true") -> subprocess.CompletedProcess[str]:
    """A night whose kept/ is a disk of that size; ``before``: what is done there first. What it holds at the
    end is copied to kept_at_the_end/.
    """
    jpt = f"'{sys.executable}' -m flows.cli night --night {NIGHT}"
    words = f"{before}; {jpt}; code=$?; cp -r kept kept_at_the_end; exit $code"
    return subprocess.run(
        [*small_disk(root / "kept", size), "sh", "-c", words],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def kept_by_hash(root: Path) -> list[str]:
    return files_below(root / "kept_at_the_end" / "deliveries")


def test_a_file_elsewhere_that_does_not_fit_costs_its_district_the_night_and_no_other(root: Path) -> None:
    done = night(root, "40m")
    assert done.returncode == 3, done.stdout + done.stderr
    record = json.loads(next((root / "out").glob("2569-*/run.json")).read_text("utf-8"))
    assert record["quarantined"]["3424"]["reason"] == "source_no_room"
    assert list(record["quarantined"]) == ["3424"]
    assert "พื้นที่ว่างในดิสก์" in done.stdout
    assert "room left on the disk" in done.stdout
    sent = sorted((SAMPLE / "3430").iterdir())
    assert len(kept_by_hash(root)) == len(sent)
    assert all(len(name) == 64 for name in kept_by_hash(root))


def test_a_disk_that_is_full_ends_the_night_in_words_and_leaves_nothing_half(root: Path) -> None:
    done = night(root, "6m", before="head -c 5900k /dev/zero > kept/others")
    assert done.returncode == 74, done.stdout + done.stderr
    assert "พื้นที่ดิสก์เต็ม ผลของคืนก่อนยังอยู่ครบ" in done.stderr
    assert "the disk is full; the last results stand" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((root / "out").glob("2569-*"))
    assert all(len(name) == 64 for name in kept_by_hash(root))
