"""The data dictionary, read from the models: every column with its labels, kind, unit and source.

`columns` is what intake, rules and reports ask. `python -m schemas.dictionary` writes it as two Markdown
pages (`schemas.dictionary_pages`), with --check it only says whether they are current. No column is described
here.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pandera.polars as pa
import polars as pl

from schemas.code_lists import Lang, Status
from schemas.fields import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a model. `stand_in` may be sent instead of a required column."""

    name: str
    dtype: pl.DataType
    th: str
    en: str
    kind: Kind
    unit: str | None
    personal: bool
    required: bool
    stand_in: str | None
    status: Status
    source: str
    code_list: str | None
    indicator: str | None
    low: float | None
    high: float | None
    pattern: str | None

    def label(self, lang: Lang) -> str:
        return self.th if lang == "th" else self.en


@cache
def columns(model: type[pa.DataFrameModel]) -> Mapping[str, Column]:
    """Every column of `model` by name, in frame order."""
    schema = model.to_schema()
    return MappingProxyType(
        {
            name: Column(name=name, dtype=column.dtype.type, **(column.metadata or {}))
            for name, column in schema.columns.items()
        }
    )


def stale(folder: Path = Path(__file__).parent) -> list[Path]:
    """The pages in `folder` that are absent or differ from what the models say."""
    return [path for path, text in _pages(folder).items() if not path.is_file() or path.read_bytes() != text]


def write(folder: Path = Path(__file__).parent) -> list[Path]:
    """Write both pages into `folder`; returns their paths."""
    pages = _pages(folder)
    for path, text in pages.items():
        path.write_bytes(text)
    return list(pages)


def _pages(folder: Path) -> dict[Path, bytes]:
    # Imported here: the pages need the models, and the models need no dictionary.
    from schemas.dictionary_pages import FILES, page

    return {folder / name: page(lang).encode() for lang, name in FILES.items()}


def main() -> int:
    """0: written, or current; 1: --check found a page that is not current."""
    parser = argparse.ArgumentParser(prog="python -m schemas.dictionary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a page is not current")
    if not parser.parse_args().check:
        write()
        return 0
    outdated = stale()
    for path in outdated:
        print(f"{path.name} ไม่เป็นปัจจุบัน / is not current: python -m schemas.dictionary")
    return 1 if outdated else 0


if __name__ == "__main__":
    raise SystemExit(main())
