"""The data dictionary, read from the models: every column with its labels, kind, unit and source.

`columns` is what intake, rules and reports ask. `python -m schemas.dictionary` writes it as two Markdown
pages (`schemas.dictionary_pages`), with --check it only says whether they are current. No column is described
here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pandera.polars as pa
import polars as pl

from schemas import generated
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


def pages(folder: Path = Path(__file__).parent) -> generated.Pages:
    """The dictionary's pages in `folder`: what each file must hold."""
    # Imported here: the pages need the models, and the models need no dictionary.
    from schemas.dictionary_pages import FILES, page

    return {folder / name: page(lang).encode() for lang, name in FILES.items()}


if __name__ == "__main__":
    raise SystemExit(generated.command("schemas.dictionary", __doc__, pages))
