"""Two nights of one province started at the same moment, as a schedule and an impatient hand do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nights import environment, migrated
from tests.small_province import FIRST_NIGHT, World, make, results


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The results of the same night when nobody starts another."""
    return results(World(make(tmp_path_factory.mktemp("undisturbed")), is_fresh=True).night(0))


def started(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "night", "--night", FIRST_NIGHT.isoformat()],
        cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8",
    )  # fmt: skip


def test_one_of_two_nights_is_the_night_and_the_other_says_why_it_is_not(
    tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    root = make(tmp_path / "province")
    shutil.copytree(migrated(), root / ".jpt" / "prefect")
    both = [started(root), started(root)]
    said = [one.communicate(timeout=600) for one in both]
    codes = [one.returncode for one in both]
    assert sorted(codes) == [0, 2], said
    refused, ran = said[codes.index(2)], said[codes.index(0)]
    assert refused[0] == ""
    assert refused[1].splitlines() == [
        "มีการตรวจอีกรายการหนึ่งกำลังทำงานอยู่ในโฟลเดอร์ kept รอให้จบก่อนแล้วสั่งใหม่",
        "another night is running in the folder kept; wait until it ends and run it again",
    ]
    assert ran[1] == ""
    (folder,) = (root / "out").glob("2569-*")
    assert results(folder) == undisturbed
    assert [path.name for path in (root / "out").glob(".*") if path.is_dir()] == []
