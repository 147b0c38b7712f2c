from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rules import below_line, engine
from rules.below_line import COMPONENTS
from rules.bounds import bounds
from tests.bounds_worlds import LINE, ROUND, SETTINGS, World, frames, rule

SUM = " + ".join(COMPONENTS)
# Of the whole income or of one amount, equalities and limits, to be fixed or to be explained.
RULES = (
    rule("SUM", f"income_total_baht = {SUM}"),
    rule("EVEN", f"{SUM} in (0, 2, 4, 6, 8, 10)"),
    rule("AT_LEAST", f"{SUM} >= 2 * count(members)", applies="member_count >= 1"),
    rule("STRICT", f"3 * ({SUM}) > 7 and {SUM} < 6"),
    rule("MAIN", "2 * income_main_baht <= income_secondary_baht + 5"),
    rule("OTHER", "not (income_other_baht between 2 and 3)"),
    rule("SPENT", f"expense_total_baht <= {SUM}", "must_explain"),
    rule("HIGH", f"{SUM} <= 5 * count(members)", "must_explain"),
    rule("ONE", "income_main_baht != 1", "must_explain"),
)
OF_SUM = {"SUM", "EVEN", "STRICT", "AT_LEAST", "SPENT", "HIGH"}
amount = st.one_of(st.none(), st.integers(0, 4))


@st.composite
def worlds(draw):
    rules = tuple(draw(st.lists(st.sampled_from(RULES), unique=True, max_size=4)))
    made = []
    for _ in range(8):
        amounts = {name: draw(amount) for name in COMPONENTS}
        amounts["income_total_baht"] = draw(st.one_of(st.none(), st.integers(0, 12)))
        amounts["expense_total_baht"] = draw(st.one_of(st.none(), st.integers(0, 6)))
        made.append(World(amounts | {"member_count": 1}, draw(st.integers(1, 2)), rules))
    return made


def fast(made):
    homes, people = frames(*((world.amounts, world.members) for world in made))
    findings = engine.check(homes, people, made[0].rules, ROUND).findings
    judged = below_line.judge(homes, people, ROUND)
    found = bounds(judged, homes, people, findings, made[0].rules, ROUND, settings=SETTINGS)
    return found.to_dicts()


# Without shrinking: it would list every possible income some thousand times more.
@settings(max_examples=60, deadline=None, phases=(Phase.generate,))
@given(worlds())
def test_ranges_and_flags_are_those_of_every_possible_income_listed_one_by_one(made):
    for world, found in zip(made, fast(made), strict=True):
        unknown = [name for name in COMPONENTS if world.amounts[name] is None]
        slipped = world.slipped()
        possible = world.missing() if unknown else {world.recorded} | world.repaired() | slipped
        least, most = found["income_low_baht"], found["income_high_baht"]
        of_sum = len(unknown) == 1 or {one.id for one in world.rules} <= OF_SUM
        if not unknown or (of_sum and not slipped):
            assert (least, most) == (min(possible), max(possible))
        # Where rules look closer at one of several unknown amounts, more may be thought possible; never less.
        elif possible != {world.recorded, world.most}:
            assert least <= min(possible) <= max(possible) <= most
        passing = {income >= LINE * world.members for income in (least, most)}
        flag = "open" if len(passing) == 2 else "certain_above" if True in passing else "certain_below"
        assert found["flag"] == flag
