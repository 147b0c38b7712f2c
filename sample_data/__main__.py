"""python -m sample_data --households 1500 --seed 1 --out DIR [--settings jpt.toml], or --earlier --out DIR"""

import argparse
from pathlib import Path

from sample_data.earlier_form import make_earlier
from sample_data.make import make

if __name__ == "__main__":
    words = argparse.ArgumentParser(prog="python -m sample_data", description="Make an invented province.")
    words.add_argument("--households", type=int, default=1500)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path, required=True)
    words.add_argument("--settings", type=Path, help="where jpt.toml goes; default: into the folder")
    words.add_argument("--earlier", action="store_true", help="the small round of 2565 instead")
    given = words.parse_args()
    if given.earlier:
        make_earlier(given.out, given.seed)
    else:
        make(given.out, given.households, given.seed, progress=print, settings=given.settings)
