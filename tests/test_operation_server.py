import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nights import environment
from tests.operation_province import CODES, small_province
from tests.system_postgres import system_postgres
from tests.test_prefect_pins import asked, free_port, wait_for

ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
# The flow's own artifacts, made inside a flow on the same server.
SHOWN = """
from prefect import flow
from flows.operation.artifacts import show_night
from reports.contents import DistrictRow, Verdict
counts = dict(target=24, households=24, persons=70, must_fix=3, must_explain=2, watch=0, left=5, change=None,
              below_line=1, not_assessable=0)
rows = [DistrictRow(code="3424", name="ดอนมดแดง", verdict=Verdict(colour="red"), is_quarantined=True,
                    reason_th="ไฟล์ นายลับเฉพาะ.csv", **counts),
        DistrictRow(code="3430", name="นาตาล", verdict=Verdict(colour="green"), **counts)]
@flow
def shows():
    show_night("2569-2026-11-24", rows, [], "https://intranet.example.go.th/jpt/")
shows()
"""


@dataclass(frozen=True)
class Server:
    url: str
    settings: dict[str, str]
    root: Path
    kind: str


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with system_postgres(free_port()) as address:
        yield address


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp(request.param)
    url = f"http://127.0.0.1:{(port := free_port())}/api"
    settings = environment() | {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        # How soon a night that waits for its turn asks again; half a minute is for real nights.
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "600",
    }
    if request.param == "postgres":
        settings["PREFECT_API_DATABASE_CONNECTION_URL"] = request.getfixturevalue("postgres")
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, settings, home) as process:
        wait_for(f"{url}/health", process)
        root = tmp_path_factory.mktemp("province")
        small_province(root, files=True)
        yield Server(url, settings | {"PREFECT_API_URL": url}, root, request.param)


class running:  # noqa: N801  (reads as a word in a with statement)
    """A program of ours or Prefect's, ended with the block."""

    def __init__(self, words: list[str], settings: dict[str, str], folder: Path) -> None:
        self._words, self._settings, self._folder = words, settings, folder

    def __enter__(self) -> subprocess.Popen[bytes]:
        self._log = (self._folder / f"{self._words[-1]}.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, *self._words],
            env=self._settings,
            cwd=self._folder,
            stdout=self._log,
            stderr=self._log,
        )
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)
        self._log.close()


def posted(url: str, path: str) -> dict[str, object]:
    request = urllib.request.Request(f"{url}/{path}", b"{}", {"Content-Type": "application/json"})
    for _ in range(20):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            # A SQLite database that is busy: clients of the server ask again.
            if error.code != 503:
                raise
            time.sleep(0.5)
    raise AssertionError("the server stayed busy")


def until(found: Callable[[], object], seconds: int) -> object:
    for _ in range(seconds * 2):
        if value := found():
            return value
        time.sleep(0.5)
    raise AssertionError("it did not come to that")


@pytest.fixture(scope="module")
def deployed(server: Server) -> Iterator[dict[str, object]]:
    """The deployment, waiting for runs: served by jpt itself, or by a worker of a work pool."""
    if server.kind == "sqlite":
        with running(["-m", "flows.cli", "schedule"], server.settings, server.root):
            yield until(lambda: asked(server.url, "deployments", {}), 90)[0]  # type: ignore[index]
        return
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "schedule", "--worker", "nights"],
        cwd=server.root,
        env=server.settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "prefect worker start --pool nights" in done.stdout
    elsewhere = server.root.parent
    with running(["-m", "prefect", "worker", "start", "--pool", "nights"], server.settings, elsewhere):
        yield asked(server.url, "deployments", {})[0]


def test_the_deployment_lets_one_night_run_at_a_time_and_others_wait(
    server: Server, deployed: dict[str, object]
) -> None:
    limit = deployed["global_concurrency_limit"]
    assert isinstance(limit, dict)
    assert limit["limit"] == 1
    assert deployed["concurrency_options"]["collision_strategy"] == "ENQUEUE"  # type: ignore[index]
    assert deployed["entrypoint"] == "flows.nightly.nightly"
    assert deployed["work_pool_name"] == (None if server.kind == "sqlite" else "nights")
    (schedule,) = deployed["schedules"]  # type: ignore[misc]
    assert schedule["schedule"] == {"cron": "0 1 * * *", "timezone": "Asia/Bangkok", "day_or": True}  # type: ignore[index]


def test_a_night_asked_of_the_server_runs_while_a_second_waits(
    server: Server, deployed: dict[str, object]
) -> None:
    ours = [posted(server.url, f"deployments/{deployed['id']}/create_flow_run")["id"] for _ in range(2)]
    seen: list[set[str]] = []

    def states() -> dict[str, str]:
        runs = asked(server.url, "flow_runs", {"flow_runs": {"id": {"any_": ours}}})
        now = {str(run["state_type"]): str(run["state_name"]) for run in runs}
        seen.append({str(run["state_type"]) for run in runs})
        return now if set(now) & ENDED else {}

    ended = until(states, 200)
    assert ended == {"COMPLETED": "Completed", "SCHEDULED": "AwaitingConcurrencySlot"}
    assert all(each != {"RUNNING"} for each in seen), "both ran at once"
    (table,) = asked(server.url, "artifacts", {"artifacts": {"key": {"any_": ["jpt-nightly"]}}})
    assert {row["district"] for row in json.loads(str(table["data"]))} == set(CODES)
    (record,) = (server.root / "out").glob("2569-*/run.json")
    assert json.loads(record.read_text(encoding="utf-8"))["counts"]["districts"] == 2


def test_the_nights_artifacts_hold_counts_and_links_and_no_reason(server: Server, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOWN],
        cwd=tmp_path,
        env=server.settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    keys = {"artifacts": {"key": {"any_": ["jpt-night", "jpt-set-aside"]}}}
    # The night before has left its own under the same keys: the newest counts.
    found = sorted(asked(server.url, "artifacts", keys), key=lambda one: str(one["created"]))
    shown = {str(one["key"]): str(one["data"]) for one in found}
    base = "https://intranet.example.go.th/jpt/2569-2026-11-24"
    assert f"({base}/index.html)" in shown["jpt-night"]
    assert "ต้องแก้ 3 รายการ" in shown["jpt-night"]
    assert f"({base}/districts/3424/3424-receipt.html)" in shown["jpt-set-aside"]
    assert "3430" not in shown["jpt-set-aside"]
    assert "ลับ" not in "".join(shown.values())


def test_without_a_server_a_worker_is_refused_with_what_to_do(tmp_path: Path) -> None:
    small_province(tmp_path)
    settings = environment() | {"PREFECT_HOME": str(tmp_path / "prefect")}
    command = [sys.executable, "-m", "flows.cli", "schedule", "--worker", "nights"]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, timeout=120, check=False)
    assert done.returncode == 2
    assert b"PREFECT_API_URL" in done.stderr
    assert os.environ.get("PREFECT_API_URL") is None
