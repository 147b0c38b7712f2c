import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nights import ROOT, environment
from tests.small_province import CODES, World, make, results

# One of every stage: what is called when, and at which call the night ends.
ENDS = {
    "half a file copied into keeping": ("os:fsync", 2),
    "last year half kept": ("flows.last_year:save", 3),
    "a district half kept": ("flows.examination:save", 9),
    "a district's old result removed and the new one not in place": ("pathlib:Path.rename", 5),
    "nothing judged": ("rules.acceptance:judge", 1),
    "the province half kept": ("flows.found:save", 4),
    "a district's documents half written": ("reports.district_page:render", 2),
    "documents half copied": ("flows.district_reporting:_copy", 3),
    "no summary": ("reports.summary:write", 1),
    "last results moved away and new ones not in place": ("pathlib:Path.rename", 13),
    "published and not remembered": ("flows.closing:remember", 1),
}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A province after a night that nobody disturbed, and its results."""
    root = make(tmp_path_factory.mktemp("undisturbed"))
    return root, results(World(root, is_fresh=True).night(0))


@pytest.mark.parametrize("stage", ENDS)
def test_a_night_killed_at_any_stage_and_run_again_has_the_bytes_of_an_undisturbed_one(
    stage: str, tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes]]
) -> None:
    before, expected = undisturbed
    root = shutil.copytree(before, tmp_path / "province")
    path, call = ENDS[stage]
    killed = subprocess.run(
        [sys.executable, "-m", "tests.killed_night", str(root), path, str(call)],
        cwd=ROOT, env=environment(), capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    was_away = [path.name for path in (root / "out").glob(".*.replaced")] != []
    assert was_away == (stage == "last results moved away and new ones not in place")
    assert results(World(root, is_fresh=False).night(0)) == expected
    left = [path.name for path in (root / "out").iterdir() if path.name.startswith(".") and path.is_dir()]
    assert left == []
    assert {path.name for path in (root / "kept" / "documents" / "2569" / "whole").iterdir()} == {
        *CODES,
        "rules",
    }
