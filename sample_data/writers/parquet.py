"""Parquet files with English column names and real types, as a database export gives them."""

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from sample_data.writers.tables import EXTRA_COLUMN, Extract

FEW = 1_000
"""Fewer rows than this are pressed hard: the committed province must be small, a large one quick."""


def write(extract: Extract, folder: Path) -> list[Path]:
    """Two files; codes as slugs, dates as dates, yes/no as booleans, ids as text."""
    homes = extract.homes
    if "extra_column" in extract.extras:
        homes = homes.with_columns(pl.lit("ตรวจแล้ว").alias(EXTRA_COLUMN))
    return [_file(homes, extract, folder, "household"), _file(extract.people, extract, folder, "member")]


def write_small(extract: Extract, folder: Path) -> list[Path]:
    """The archive of last year: without stated results and columns in which nobody has a value."""
    return [
        _file(
            frame.select(
                name
                for name in frame.columns
                if frame[name].null_count() < len(frame) and not name.startswith("result_")
            ),
            extract,
            folder,
            word,
        )
        for frame, word in ((extract.homes, "household"), (extract.people, "member"))
    ]


def _file(frame: pl.DataFrame, extract: Extract, folder: Path, word: str) -> Path:
    path = folder / f"jpt{extract.year}_{extract.district_code}_{word}.parquet"
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    # no statistics, dictionaries or schema copy: in a small district they outweigh the data
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=15 if len(frame) < FEW else 3,
        use_dictionary=False,
        write_statistics=False,
        store_schema=False,
    )
    return path
