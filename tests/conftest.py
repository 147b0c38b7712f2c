import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NIGHT = "2026-11-24"


@dataclass(frozen=True)
class Ran:
    folder: Path
    root: Path
    code: int
    stdout: str
    stderr: str
    calls_outside: list[str]


def jpt(root: Path, *words: str, network_log: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    environment |= {"COLUMNS": "140", "PYTHONUTF8": "1"}
    if network_log:
        guard = str(ROOT / "tests" / "network_guard")
        environment |= {"PYTHONPATH": os.pathsep.join([guard, str(ROOT)]), "JPT_NETWORK_LOG": str(network_log)}
    else:
        environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


def copied_province(root: Path) -> Path:
    shutil.copy(ROOT / "jpt.toml", root / "jpt.toml")
    for year in ("2568", "2569"):
        shutil.copytree(ROOT / "sample_data" / year, root / "sample_data" / year)
    return root


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The night of the sample province, run once as a user would, with every outside call refused."""
    root = copied_province(tmp_path_factory.mktemp("province"))
    log = root / "calls.log"
    done = jpt(root, "night", "--night", NIGHT, network_log=log)
    calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Ran(root / "out" / f"2569-{NIGHT}", root, done.returncode, done.stdout, done.stderr, calls)
