"""A night that is killed as the system kills: `python -m tests.killed_night ROOT MODULE.NAME CALL`.

The process ends itself with SIGKILL at the given call of a function, before the function does anything; no
`finally` runs, no buffer is written, no lock is given back by us.
"""

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.small_province import World


def end_at(path: str, call: int) -> None:
    """Have the process killed at that call of the function or method at ``path``."""
    module_name, _, rest = path.partition(":")
    holder: Any = importlib.import_module(module_name)
    *outer, name = rest.split(".")
    for each in outer:
        holder = getattr(holder, each)
    do, calls = getattr(holder, name), 0

    def killed(*given: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*given, **more)

    setattr(holder, name, killed)


def main() -> None:
    root, path, call = sys.argv[1:]
    end_at(path, int(call))
    World(Path(root), is_fresh=True).night(0)


if __name__ == "__main__":
    main()
