import re
from pathlib import Path

import polars as pl
import pytest

from flows import below
from rules.exits import INCOME, INDICATOR
from rules.exits.tallies import broken
from tests.nights import NIGHT, copied_province, night_here

# Districts with households that are open.
CODES = ("3402", "3410", "3419")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night of a small province: where its results are."""
    root = copied_province(tmp_path_factory.mktemp("province"), *CODES)
    return night_here(root, NIGHT).folder


def table(results: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(results / "data" / f"{name}.parquet")


def of_province(results: Path, name: str) -> pl.DataFrame:
    return table(results, name).filter(pl.col("level").cast(pl.String) == "province")


def text_of(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def test_every_table_is_published(results):
    there = {path.stem for path in (results / "data").glob("*.parquet")}
    assert {*below.OF_HOUSEHOLDS, *below.OF_AREAS, *below.OF_EXITS, *below.OF_EXITED, below.MATTERS} <= there


def test_a_list_has_the_same_number_wherever_it_is_counted(results):
    judged, bounded = table(results, "below_line"), table(results, "bounds")
    count = judged.filter(pl.col("state") == "below").height
    (area,) = of_province(results, "bounds_areas").to_dicts()
    tally = of_province(results, "income_tally").filter(pl.col("unit") == "households").to_dicts()[0]
    sizes = of_province(results, "list_sizes").filter(
        (pl.col("list") == "below_line") & (pl.col("unit") == "household")
    )
    counts = [
        bounded.filter(pl.col("state") == "below").height,
        area["below"],
        tally["below_now"],
        sizes.get_column("listed").item(),
        table(results, "quality").get_column("below_line").sum(),
    ]
    assert counts == [count] * 5
    assert area["below_min"] <= count <= area["below_max"]
    # The headline of the page, by the words around it.
    assert f"{count} ครัวเรือน จาก {judged.height} ครัวเรือน" in text_of(results / "below.html")


def test_failing_households_are_the_same_in_the_official_table_and_the_list(results):
    official = of_province(results, "official_table").filter(pl.col("unit") == "household")
    sizes = of_province(results, "list_sizes").filter(
        (pl.col("list") == "fails_indicator") & (pl.col("unit") == "household")
    )
    both = official.join(sizes, on="slug")
    assert both.height == official.height > 0
    assert both.get_column("failed").to_list() == both.get_column("listed").to_list()


def test_the_identity_of_exits_holds_on_every_published_table(results):
    assert broken(table(results, "income_tally"), INCOME).is_empty()
    assert broken(table(results, "indicator_tally"), INDICATOR).is_empty()
    assert table(results, "indicator_tally").height > 0


def test_every_finding_says_whether_it_matters(results):
    findings, matters = table(results, "findings"), table(results, "matters")
    assert matters.get_column("finding_id").to_list() == findings.get_column("finding_id").to_list()
    open_ = table(results, "bounds").filter(pl.col("flag") == "open").get_column("household_id")
    flipping = findings.filter(matters.get_column("can_flip_line"))
    assert flipping.height > 0
    assert set(flipping.get_column("household_id")) <= set(open_)


def test_each_district_has_its_page_and_the_provinces_page_leads_there(results):
    page = (results / "below.html").read_text("utf-8")
    for code in CODES:
        path = f"districts/{code}/{code}-below.html"
        assert (results / path).is_file()
        assert f'href="{path}"' in page


def test_the_pages_hold_no_household(results):
    ids = table(results, "below_line").get_column("household_id").to_list()
    for page in [results / "below.html", *results.glob("districts/*/*-below.html")]:
        text = page.read_text("utf-8")
        assert not [one for one in ids if one in text]
