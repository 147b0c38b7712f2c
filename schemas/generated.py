"""Pages written from models or rules: are they current, write them, and the command that does either.

Deliberately not here: what is on a page.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

Pages = Mapping[Path, bytes]
"""What each file must hold."""


def stale(pages: Pages) -> list[Path]:
    """The files that are absent or hold something else."""
    return [path for path, text in pages.items() if not path.is_file() or path.read_bytes() != text]


def write(pages: Pages) -> list[Path]:
    """Write all of them; returns their paths."""
    for path, text in pages.items():
        path.write_bytes(text)
    return list(pages)


def command(module: str, about: str | None, pages: Callable[[], Pages]) -> int:
    """`python -m module [--check]`. 0: written, or current; 1: --check found a page that is not current."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a page is not current")
    if not parser.parse_args().check:
        write(pages())
        return 0
    outdated = stale(pages())
    for path in outdated:
        print(f"{path.name} ไม่เป็นปัจจุบัน / is not current: python -m {module}")
    return 1 if outdated else 0
