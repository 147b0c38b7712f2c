import subprocess
import sys
from pathlib import Path

import pytest

from flows.alone import NightRunning, alone
from tests.nights import NIGHT, ROOT, copied_province, run_of


def test_two_nights_on_one_folder_are_refused_and_the_folder_is_free_again(tmp_path: Path) -> None:
    kept, out = tmp_path / "kept", tmp_path / "out"
    with alone(kept, out), pytest.raises(NightRunning, match="out"), alone(out):
        pass
    with alone(kept, out):
        pass


HOLDING = "import sys, time; from pathlib import Path; from flows.alone import alone\n" \
    "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"  # fmt: skip


def test_a_killed_night_holds_nothing(tmp_path: Path) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    with pytest.raises(NightRunning), alone(tmp_path):
        pass
    held.kill()
    held.communicate()
    with alone(tmp_path):
        pass


def test_what_a_killed_night_left_is_cleared_and_the_results_it_was_replacing_stand(tmp_path: Path) -> None:
    root = copied_province(tmp_path)
    out, kept = root / "out", root / "kept" / "deliveries"
    for left in (out / ".2569-2026-11-20.partial", out / ".2569-2026-11-21.replaced", kept / ".work-x"):
        left.mkdir(parents=True)
        (left / "index.html").write_text("x")
    (kept / ".part-x").write_text("half a file")
    run_of(root, "3424")
    assert sorted(path.name for path in out.iterdir()) == [f".2569-{NIGHT}-3424.partial", "2569-2026-11-21"]
    assert list(kept.iterdir()) == []
