import atexit
import io
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rich.console import Console

from flows.run import Run

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


@dataclass(frozen=True)
class Ended:
    """A night that ended in this process: where its results are, the exit code, and what it printed."""

    folder: Path
    code: int
    stdout: str


def environment(network_log: Path | None = None) -> dict[str, str]:
    """What a night of the tests runs in: nobody's Prefect settings."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    paths = [str(ROOT / "tests" / "network_guard")] if network_log else []
    return inherited | {
        "COLUMNS": "140",
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join([*paths, str(ROOT)]),
        **({"JPT_NETWORK_LOG": str(network_log)} if network_log else {}),
    }


@cache
def migrated() -> Path:
    """A folder of Prefect's with its database made: that takes longer than a small night."""
    home = Path(tempfile.mkdtemp(prefix="jpt-prefect-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"],
        env=environment() | {"PREFECT_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    return home


def jpt(root: Path, *words: str, network_log: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a province. With ``network_log`` as on its very first night, without a database."""
    if words[0] == "night" and network_log is None and not (root / ".jpt").exists():
        shutil.copytree(migrated(), root / ".jpt" / "prefect")
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


def copied_province(root: Path, *codes: str) -> Path:
    """The settings and files of the sample province below ``root``; with codes, as if it had no others."""
    head, *districts = (ROOT / "jpt.toml").read_text("utf-8").split("[districts.")
    own = [each for each in districts if not codes or each[:4] in codes]
    root.mkdir(parents=True, exist_ok=True)
    (root / "jpt.toml").write_text("[districts.".join([head, *own]), "utf-8")
    for year in ("2568", "2569"):
        for each in own:
            folder = Path("sample_data", year, each[:4])
            shutil.copytree(ROOT / folder, root / folder)
    return root


def sent(root: Path, code: str, pattern: str = "*") -> Path:
    """A file that a district has sent this year."""
    return sorted((root / "sample_data" / "2569" / code).glob(pattern))[0]


def night_here(root: Path, on: str, *codes: str) -> Ended:
    """A night's own steps and what its command prints, without Prefect around them: it takes ten seconds to
    start, and only what concerns it or the process itself is asked of `jpt`.
    """
    # Only where they are needed: they bring Prefect, and this module is everybody's.
    from flows.night_command import exit_code, tell
    from flows.nightly import start
    from flows.progress import Lines
    from flows.steps import steps

    said = io.StringIO()
    console = Console(file=said, width=140, soft_wrap=True)
    run = start(str(root / "jpt.toml"), on, codes, None)
    try:
        result = steps(run, Lines(console))
    finally:
        run.clear()
    tell(console, result)
    return Ended(run.folder, exit_code(result, strict=False), said.getvalue())


def run_of(root: Path, *codes: str) -> Run:
    """A run that has begun: its steps can be taken one at a time."""
    # Only where it is needed: it brings Prefect, and this module is everybody's.
    from flows.nightly import start

    run = start(str(root / "jpt.toml"), date.fromisoformat(NIGHT), codes, None)
    run.begin()
    return run
