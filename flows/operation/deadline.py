"""The most a night may take. At its end the process ends, whatever hangs in it.

Prefect's own timeouts cannot promise that: in a thread they only strike between two steps of Python, so a
call that blocks (a dead share, a library) outlives them, a flow waits for its threads, and on Windows they do
nothing. Ending the process is safe here: results appear whole or not at all, the folders' lock is the
operating system's, and the next night clears what is left (flows.run, flows.alone).
"""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator

import psutil

TOO_LATE = 75  # as sysexits has "try again later"


@contextlib.contextmanager
def within(minutes: float, late: Callable[[], None]) -> Iterator[None]:
    """Run the block; when it takes longer, call `late`, stop what this process started, and end it."""
    timer = threading.Timer(minutes * 60, _end, args=(late,))
    timer.name, timer.daemon = "night-deadline", True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(late: Callable[[], None]) -> None:
    try:
        late()
    finally:
        # Prefect's own little server is a process of ours; it would go on without us.
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.terminate()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(TOO_LATE)
