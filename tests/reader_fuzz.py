"""Mutated deliveries read one after the other: each must end read, partly read with reasons, or quarantined.

    python -m tests.reader_fuzz [--files 10000] [--seed 1] [--workers 2] [--first 0]

Files are read in other processes, within bounds of time and memory. Prints how many files ended how; ends
with 1 when a process crashed, hung, grew too large, or read a value that does not stand in the file. Those
deliveries are kept, each in a folder named by its number: the same seed and number give the same bytes again.
"""

import argparse
import collections
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.reader_fuzz_mutations import mutant

SECONDS = 20.0
MEMORY = 1_500_000_000
UNBOUND_SECONDS = 120.0
# A new process after so many files, so that what one leaves behind is not held against another.
FILES_OF_A_PROCESS = 400
LOOK_EVERY = 0.02
OTHERS_BROKE = "read, and another reader died of it"
BOUNDED = ("crash", "fault", "too slow", "too much memory", "process died")


@dataclass
class Report:
    """How many files ended how, in all and by mutation; the failures as number, mutation, ending, what."""

    files: int = 0
    ended: collections.Counter[str] = field(default_factory=collections.Counter)
    by_how: dict[str, collections.Counter[str]] = field(default_factory=dict)
    failures: list[tuple[int, str, str, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def add(self, number: int, how: str, ended: str, faults: Iterable[str], seconds: float) -> None:
        self.files += 1
        self.ended[ended] += 1
        self.by_how.setdefault(how, collections.Counter())[ended] += 1
        self.slowest = max(self.slowest, (round(seconds, 1), f"{number} {how}"))
        if ended in BOUNDED:
            self.failures.append((number, how, ended, "; ".join(faults)))


class _Child:
    """A reading process and what is watched of it."""

    def __init__(self, seed: int) -> None:
        words = [sys.executable, "-m", "tests.reader_fuzz_child", str(seed)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()
        self.watched = psutil.Process(self.process.pid)
        self.files, self.base = 0, 0

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def ask(self, number: int) -> tuple[str, str, list[str], float]:
        """How the delivery was made, how it ended, what is wrong, and the seconds of reading it."""
        assert self.process.stdin is not None
        self.files += 1
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        # nobody is bound in making the file and in asking the other readers: that is not our reading
        how, trouble = self._answer(0)
        if trouble:
            return f"made of number {number}", trouble, [], 0.0
        self.base = self.base or self.watched.memory_info().rss
        began = time.monotonic()
        _, trouble = self._answer(self.base + MEMORY)
        seconds = time.monotonic() - began
        if trouble:
            return json.loads(how), trouble, [], seconds
        line, trouble = self._answer(0)
        said = json.loads(line) if line else {"ended": OTHERS_BROKE, "faults": []}
        return json.loads(how), said["ended"], said["faults"], seconds

    def _answer(self, memory: int) -> tuple[str, str]:
        """A line, or why there is none."""
        ends = time.monotonic() + (SECONDS if memory else UNBOUND_SECONDS)
        while True:
            try:
                line = self.lines.get(timeout=LOOK_EVERY)
                return line, "" if line else "process died"
            except queue.Empty:
                pass
            if memory and self._grown() > memory:
                return "", "too much memory"
            if time.monotonic() > ends:
                return "", "too slow"

    def _grown(self) -> int:
        try:
            return int(self.watched.memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> None:
        self.process.kill()
        self.listening.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


def fuzzed(
    seed: int, numbers: Iterable[int], workers: int = 2, told: Callable[[Report], None] = lambda _: None
) -> Report:
    """Reads the deliveries of these numbers; ``told`` hears of each that ended."""
    report, lock, left = Report(), threading.Lock(), iter(numbers)

    def work() -> None:
        child = _Child(seed)
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                break
            made, ended, faults, seconds = child.ask(number)
            with lock:
                report.add(number, made, ended, faults, seconds)
                told(report)
            if ended in (*BOUNDED[2:], OTHERS_BROKE) or child.files >= FILES_OF_A_PROCESS:
                child.end()
                child = _Child(seed)
        child.end()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report


def kept(seed: int, report: Report) -> Path:
    """The folder with the deliveries that failed, made again from their numbers."""
    folder = Path(tempfile.gettempdir()) / f"jpt-fuzz-{seed}"
    for number, *_ in report.failures:
        for name, content in mutant(seed, number).sent.items():
            (folder / str(number)).mkdir(parents=True, exist_ok=True)
            (folder / str(number) / name).write_bytes(content)
    return folder


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--files", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--first", type=int, default=0)
    asked = words.parse_args()
    began = time.monotonic()

    def told(report: Report) -> None:
        if report.failures and report.failures[-1][0] not in shown:
            shown.add(report.failures[-1][0])
            print(*report.failures[-1], flush=True)
        if report.files % 500 == 0:
            print(f"… {report.files:,} files, {time.monotonic() - began:,.0f} s", flush=True)

    shown: set[int] = set()
    report = fuzzed(asked.seed, range(asked.first, asked.first + asked.files), asked.workers, told)
    print(f"{report.files:,} files in {time.monotonic() - began:,.0f} s, slowest {report.slowest}")
    for ended, count in report.ended.most_common():
        print(f"{count:>7,}  {ended}")
    if report.failures:
        print(f"{len(report.failures)} failures, kept in {kept(asked.seed, report)}")
    sys.exit(bool(report.failures))


if __name__ == "__main__":
    main()
