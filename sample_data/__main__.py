"""python -m sample_data --households 1500 --seed 1 --out DIR [--settings jpt.toml]"""

import argparse
from pathlib import Path

from sample_data.make import make

if __name__ == "__main__":
    words = argparse.ArgumentParser(prog="python -m sample_data", description="Make an invented province.")
    words.add_argument("--households", type=int, default=1500)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path, required=True)
    words.add_argument("--settings", type=Path, help="where jpt.toml goes; default: into the folder")
    given = words.parse_args()
    make(given.out, given.households, given.seed, progress=print, settings=given.settings)
