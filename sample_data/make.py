"""Making the whole province: both rounds, district after district, and the files that say what is in it.

<out>/2569/<district>/…   this round as the offices send it      <out>/planted.csv    what the night must find
<out>/2568/<district>/…   last round as Parquet                 <out>/expected.json  counts the tests compare
jpt.toml                  the settings of a night over it
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sample_data import expected, province, writers
from sample_data.planting import plan
from sample_data.planting.choice import Planned
from sample_data.planting.sow import Sown, sow
from sample_data.province import District
from sample_data.writers import parquet, settings_file, workbook
from sample_data.writers.tables import extract

PLANTED = ("rule_id", "district_code", "household_id", "member_no", "fields", "note")
Progress = Callable[[str], object]

TRIES = 40
"""So many districts are made anew at most, and none where more plants than FEW found no household: a province
of a few hundred households has no room for all.
"""
FEW = 8


def make(
    out: Path,
    households: int,
    seed: int,
    years: tuple[int, int] = (2568, 2569),
    progress: Progress | None = None,
    settings: Path | None = None,
) -> None:
    """Writes an invented province of `households` households into the folder `out`.

    The same seed gives the same bytes. `settings` is where jpt.toml goes: in `out` (default) or in a folder
    above it. `progress` is told a line per district. Needs memory for one district only.
    """
    out.mkdir(parents=True, exist_ok=True)
    districts = province.districts(households)
    planned = plan.plan(districts)
    counts = expected.Counts(years[1])
    planted: dict[str, list[dict[str, Any]]] = {}

    def deal(district: District) -> Sown:
        sown = _district(out, seed, district, years, planned[district.code])
        planted[district.code] = sown.planted
        counts.add(district.code, sown.homes, sown.people)
        return sown

    left: list[Planned] = []
    for district in districts:
        more = plan.carried(left, district)
        planned.setdefault(district.code, []).extend(more)
        sown = deal(district)
        left = [one for one in left if one not in more] + sown.left
        if progress:
            progress(f"{district.code}  {len(sown.homes):>7,}  {len(sown.people):>9,}  {district.layout}")
    _again(districts, left, planned, deal)
    write_planted(out / "planted.csv", [row for rows in planted.values() for row in rows])
    counts.write(out / "expected.json")
    targets = [(district, round(district.households / district.visited)) for district in districts]
    settings_file.write(settings or out / "jpt.toml", out, years, targets)


def _again(
    districts: list[District],
    left: list[Planned],
    planned: dict[str, list[Planned]],
    deal: Callable[[District], Sown],
) -> None:
    """Plants that found no household are tried in the districts made before them, which are made anew."""
    tries = 0
    for one in left if len(left) <= FEW else ():
        for district in districts:
            if tries == TRIES:
                return
            if one not in planned[district.code] and plan.carried([one], district):
                tries += 1
                planned[district.code].append(one)
                if one not in deal(district).left:
                    break


def _district(
    out: Path, seed: int, district: District, years: tuple[int, int], planned: list[Planned]
) -> Sown:
    """Both rounds of one district, written; gives back the later one."""
    records = province.visited(seed, district, years)
    earlier, later = years
    sown = sow(seed, district, records[later], planned, records[earlier])
    folder = out / str(earlier) / district.code
    folder.mkdir(parents=True, exist_ok=True)
    if sown.last:
        parquet.write_small(extract(sown.last, sown.last.ids, district.code, earlier), folder)
    if district.layout == "workbook":
        total = {"rule_id": "ST005", "district_code": district.code, "note": workbook.TOTAL_NOTE}
        sown.planted += [dict.fromkeys(PLANTED) | total for _sheet in workbook.SHEETS]
    writers.write(
        extract(sown, sown.ids, district.code, later), district.layout, out / str(later) / district.code
    )
    return sown


def write_planted(path: Path, planted: list[dict[str, Any]]) -> None:
    """What a night must find, a row per finding, in an order of its own."""
    rows = sorted(
        planted,
        key=lambda row: (
            row["rule_id"],
            row["district_code"],
            row["household_id"] or "",
            row["member_no"] or 0,
        ),
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLANTED, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
