import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nights import NIGHT, ROOT, copied_province, environment

# Lists with null fields answer 422 with a fastapi that flows alone do not mind: ask each list once.
LISTS = ("deployments", "flows", "flow_runs", "task_runs", "artifacts")


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    home = tmp_path_factory.mktemp("prefect")
    url = f"http://127.0.0.1:{(port := free_port())}/api"
    settings = environment() | {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=settings, stdout=log, stderr=log, cwd=home)
        try:
            wait_for(f"{url}/health", process)
            yield url, settings | {"PREFECT_API_URL": url}
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(180):
        assert process.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not come up")


def asked(url: str, name: str, body: dict[str, object]) -> list[dict[str, object]]:
    request = urllib.request.Request(
        f"{url}/{name}/filter", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200
        return list(json.load(answer))


@pytest.mark.parametrize("name", LISTS)
def test_the_server_lists_with_empty_fields(server: tuple[str, dict[str, str]], name: str) -> None:
    assert asked(server[0], name, {"limit": None, "sort": None}) is not None


def test_a_night_runs_against_a_server_and_leaves_its_table_there(
    server: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    url, settings = server
    root = copied_province(tmp_path, "3424", "3430")
    words = ["night", "--night", NIGHT, "--district", "3424", "--district", "3430"]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=root,
        env=settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    runs = asked(url, "flow_runs", {})
    assert [run["state_type"] for run in runs] == ["COMPLETED"]
    (table,) = asked(url, "artifacts", {"artifacts": {"key": {"any_": ["jpt-nightly"]}}})
    rows = json.loads(str(table["data"]))
    assert {row["district"] for row in rows} == {"3424", "3430"}
    assert {"households", "verdict", "must_fix"} <= rows[0].keys()


def test_the_schedule_is_one_in_the_morning_in_bangkok(
    server: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    url, settings = server
    root = copied_province(tmp_path, "3424")
    command = [sys.executable, "-m", "flows.cli", "schedule"]
    log = tmp_path / "schedule.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, env=settings, stdout=out, stderr=out)
    try:
        deployments: list[dict[str, object]] = []
        for _ in range(120):
            deployments = asked(url, "deployments", {})
            if deployments:
                break
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.5)
        (deployment,) = deployments
        assert deployment["name"] == "every-night"
        (schedule,) = deployment["schedules"]  # type: ignore[misc]
        assert schedule["schedule"]["cron"] == "0 1 * * *"  # type: ignore[index]
        assert schedule["schedule"]["timezone"] == "Asia/Bangkok"  # type: ignore[index]
        assert deployment["parameters"] == {"settings": str(root / "jpt.toml")}
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_the_pin_that_keeps_the_server_answering_is_in_the_locks() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        (line,) = [
            line
            for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
            if line.startswith("fastapi==")
        ]
        major, minor = line.removeprefix("fastapi==").split(".")[:2]
        assert (int(major), int(minor)) < (0, 151)
    assert os.environ.get("PREFECT_API_URL") is None
