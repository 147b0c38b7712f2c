import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def environment(network_log: Path | None = None) -> dict[str, str]:
    """What a night of the tests runs in: nobody's Prefect settings, one Prefect database for all of them."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    paths = [str(ROOT / "tests" / "network_guard")] if network_log else []
    return inherited | {
        "COLUMNS": "140",
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join([*paths, str(ROOT)]),
        **({"JPT_NETWORK_LOG": str(network_log)} if network_log else {}),
    }


def jpt(root: Path, *words: str, network_log: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=root,
        env=environment(network_log),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def copied_province(root: Path) -> Path:
    shutil.copy(ROOT / "jpt.toml", root / "jpt.toml")
    for year in ("2568", "2569"):
        shutil.copytree(ROOT / "sample_data" / year, root / "sample_data" / year)
    return root
