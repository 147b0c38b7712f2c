"""Seconds and memory of a run, per stage: what run.json and the benchmark print.

Stages of different districts overlap, so a stage's seconds are summed over districts and can exceed the wall
clock. Nothing here decides anything.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil


@dataclass
class Meter:
    """Adds up seconds per stage; safe to use from several threads."""

    seconds: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _begun: float = field(default_factory=time.perf_counter, repr=False)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - begun)

    def add(self, name: str, seconds: float) -> None:
        with self._lock:
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def __getstate__(self) -> dict[str, Any]:
        """In another process a meter of its own begins: only this one is asked for what was spent."""
        return {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        del state
        self.__init__()  # type: ignore[misc]  # begun anew

    @property
    def wall(self) -> float:
        return time.perf_counter() - self._begun


def peak_memory_bytes() -> int:
    """The most memory this process has held at once, in bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return int(peak if sys.platform == "darwin" else peak * 1024)
