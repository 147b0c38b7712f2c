import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nights import NIGHT, ROOT, environment
from tests.source_servers import CANARY, LOOPBACK, USER, Wire, free_port, sftp_server

SAMPLE = ROOT / "sample_data" / "2569"
SETTINGS = """[province]
code = "34"
round = 2569
deadline = 2026-12-15
[night]
inbox = "inbox"
[sources.dopa]
url = "sftp://{here}:{port}/jpt"
user_env = "T_USER"
password_env = "T_PASSWORD"
fingerprint = "{fingerprint}"
timeout_seconds = 5
[sources.away]
url = "sftp://{here}:{nobody}"
user_env = "T_USER"
password_env = "T_PASSWORD"
[districts.3424]
deliveries = ["dopa:{{district}}/*"]
[districts.3426]
deliveries = ["away:jpt/*.csv"]
[districts.3430]
deliveries = ["inbox:"]
"""


@dataclass(frozen=True)
class Ran:
    root: Path
    done: subprocess.CompletedProcess[str]
    connections: int

    @property
    def record(self) -> dict[str, object]:
        (folder,) = (self.root / "out").glob("2569-*")
        return dict(json.loads((folder / "run.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    root, far = tmp_path_factory.mktemp("province"), tmp_path_factory.mktemp("far")
    shutil.copytree(SAMPLE / "3424", far / "jpt" / "3424")
    shutil.copytree(SAMPLE / "3430", root / "inbox")
    (root / "inbox" / "ไม่มีใครรู้.csv").write_text("a,b\n1,2\n")
    key = tmp_path_factory.mktemp("key") / "host"
    # The first call is hung up on before a word is said.
    with sftp_server(far, key) as server, Wire((LOOPBACK, server.port), cuts=[0]).laid() as wire:
        about = {"here": LOOPBACK, "port": wire.port, "nobody": free_port()}
        (root / "jpt.toml").write_text(SETTINGS.format(**about, fingerprint=server.fingerprint), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "night", "--night", NIGHT],
            cwd=root,
            # Prefect told to say all it knows: even then no password is among it.
            env=environment() | {"T_USER": USER, "T_PASSWORD": CANARY, "PREFECT_LOGGING_LEVEL": "DEBUG"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=400,
            check=False,
        )
        yield Ran(root, done, wire.connections)


def test_a_source_that_hangs_up_once_is_tried_again_and_its_district_is_checked(ran: Ran) -> None:
    assert ran.done.returncode == 3, ran.done.stderr
    assert ran.connections == 2
    verdicts = ran.record["verdicts"]
    assert isinstance(verdicts, dict)
    assert set(verdicts) == {"3424", "3426", "3430"}
    assert "3424" not in str(ran.record["quarantined"])


def test_a_source_that_stays_away_is_reported_with_what_to_do_and_the_others_go_on(ran: Ran) -> None:
    quarantined = ran.record["quarantined"]
    assert isinstance(quarantined, dict)
    assert quarantined["3426"]["reason"] == "source_unreachable"
    assert "ติดต่อแหล่งข้อมูล" in ran.done.stdout
    assert "ยังไม่เคยได้รับไฟล์จากแหล่งนี้" in ran.done.stdout
    page = next((ran.root / "out").glob("2569-*/districts/3426/*.html")).read_text("utf-8")
    assert "ติดต่อแหล่งข้อมูล" in page


def test_what_was_dropped_is_sorted_and_what_nobody_knows_is_told(ran: Ran) -> None:
    inbox = ran.record["inbox"]
    assert isinstance(inbox, dict)
    assert {one["district"] for one in inbox["placed"]} == {"3430"}
    assert inbox["aside"] == [{"file": "ไม่มีใครรู้.csv", "reason": "inbox_unknown"}]
    assert "ไม่มีใครรู้.csv" in ran.done.stdout
    dashboard = next((ran.root / "out").glob("2569-*/index.html")).read_text("utf-8")
    assert "ไฟล์ ไม่มีใครรู้.csv ใน inbox ไม่บอกว่าเป็นของอำเภอใดของจังหวัด" in dashboard
    assert "does not say which district of the province it is of" in dashboard


def test_the_password_is_in_no_file_and_no_line_of_the_night(ran: Ran) -> None:
    assert CANARY not in ran.done.stdout + ran.done.stderr
    folders = (ran.root, Path(os.environ.get("PREFECT_HOME", ran.root / ".jpt")))
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 20
    assert [file.name for file in files if CANARY.encode() in file.read_bytes()] == []
