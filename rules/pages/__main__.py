"""`python -m rules.pages`: writes the catalogue's pages, or says with --check whether they are current."""

import argparse

from rules.pages import stale, write


def main() -> int:
    """0: written, or current; 1: --check found a page that is not current."""
    parser = argparse.ArgumentParser(prog="python -m rules.pages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a page is not current")
    if not parser.parse_args().check:
        write()
        return 0
    outdated = stale()
    for path in outdated:
        print(f"{path.name} ไม่เป็นปัจจุบัน / is not current: python -m rules.pages")
    return 1 if outdated else 0


if __name__ == "__main__":
    raise SystemExit(main())
