import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.bounds import BOUNDS, of_areas

FLAGGED = {"b": ("below", "certain_below"), "a": ("above", "certain_above"), "o": ("below", "open"),
           "p": ("above", "open"), "n": ("not_assessable", "open")}  # fmt: skip


def bounded(areas):
    """Households by tambon, a letter each: of FLAGGED."""
    rows = [
        {"household_id": f"{code}{number}", "district_code": code[:4], "tambon_code": code,
         "state": FLAGGED[letter][0], "flag": FLAGGED[letter][1]}
        for code, letters in areas.items()
        for number, letter in enumerate(letters)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=BOUNDS)


def area(areas, code):
    return of_areas(bounded(areas), "34").row(by_predicate=pl.col("area_code") == code, named=True)


def test_an_area_has_at_least_the_certain_and_at_most_the_open_as_well():
    row = area({"340101": "bbaopn"}, "340101")
    assert [row[name] for name in ("households", "below_min", "below", "below_max", "open")] == [
        6,
        2,
        3,
        5,
        3,
    ]


def test_counts_add_up_from_tambon_to_province():
    areas = {"340101": "bba", "340102": "oop", "340201": "aan"}
    table = of_areas(bounded(areas), "34")
    for name in ("households", "below_min", "below", "below_max", "open"):
        sums = table.group_by("level").agg(pl.col(name).sum()).get_column(name)
        assert sums.n_unique() == 1


def test_a_district_is_placed_by_its_share_and_equals_share_a_place():
    areas = {"340101": "baaa", "340201": "bbaaaaaa", "340301": "bbba", "340401": "aaaa"}
    places = {code: area(areas, code)["place"] for code in ("3401", "3402", "3403", "3404")}
    assert places == {"3403": 1, "3401": 2, "3402": 2, "3404": 4}


def test_a_place_is_sure_when_no_open_household_can_change_it():
    sure = area({"340101": "bbbo", "340201": "aaaa"}, "3401")
    assert (sure["place_first"], sure["place_last"], sure["is_place_sure"]) == (1, 1, True)
    open_ = area({"340101": "baap", "340201": "bbaa"}, "3401")
    assert (open_["place"], open_["place_first"], open_["place_last"]) == (2, 1, 2)
    assert not open_["is_place_sure"]


def test_households_of_no_known_tambon_keep_a_row_of_their_district():
    frame = bounded({"340101": "b"}).with_columns(tambon_code=pl.lit(None, pl.String))
    rows = of_areas(frame, "34").filter(pl.col("level") == "tambon")
    assert rows.get_column("area_code").to_list() == ["3401"]


letters = st.text(alphabet="baopn", min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(["340101", "340201", "340301"]), letters, min_size=1), st.data())
def test_whatever_the_open_households_turn_out_to_be_the_area_is_within_its_bounds(areas, data):
    table = of_areas(bounded(areas), "34")
    closed = {
        code: "".join(data.draw(st.sampled_from("ba")) if letter in "opn" else letter for letter in text)
        for code, text in areas.items()
    }
    both = table.join(of_areas(bounded(closed), "34"), on=["level", "area_code"], suffix="_after")
    for row in both.to_dicts():
        assert row["below_min"] <= row["below_after"] <= row["below_max"]
        assert row["place_first"] <= row["place_after"] <= row["place_last"]
