"""Writing a district's extract in the shape its office uses, and the settings file of the province."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sample_data.writers import csv_files, parquet, workbook
from sample_data.writers.tables import Extract

WRITERS: dict[str, Callable[[Extract, Path], list[Path]]] = {
    "csv_utf8": csv_files.write_utf8,
    "csv_cp874": csv_files.write_cp874,
    "csv_2560": csv_files.write_2560,
    "flat_csv": csv_files.write_flat,
    "workbook": workbook.write,
    "parquet": parquet.write,
}


def write(extract: Extract, layout: str, folder: Path) -> list[Path]:
    """The district's files in `folder` (made if need be)."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = WRITERS[layout](extract, folder)
    if "same_file_twice" in extract.extras:
        twin = paths[-1].with_stem(paths[-1].stem + "_copy")
        shutil.copyfile(paths[-1], twin)
        paths.append(twin)
    return paths
