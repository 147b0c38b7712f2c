import dataclasses
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows import nightly
from flows.district_reporting import write_district
from flows.examination import check, examine
from flows.intake import Extract
from flows.judgement import Judged, judge
from flows.province_reporting import province_report, write_province
from flows.run import Run
from flows.settings import SettingsError
from flows.tables import told_while_reading
from rules import catalogue
from rules.rule import Rule, Sentence
from schemas import rounds
from schemas.finding import Finding
from schemas.frames import empty, from_rows
from schemas.household import Household
from schemas.person import Person
from schemas.rounds import RuleOff
from tests.nights import copied_province

RULES = catalogue.load()
DISTRICT = "3425"
TRIED = Rule(
    id="PE999",
    name="older_than_anyone",
    level="person",
    severity="must_fix",
    message=Sentence("อายุ {age} ปี", "Age {age}"),
    fix=Sentence("แก้อายุ", "Correct the age."),
    why=Sentence("ทดลอง", "A trial."),
    basis="PER-25",
    title=Sentence("ทดลองอายุเกินใคร", "Trial of an age beyond anyone's"),
    must="age > 140",
    good=({"age": 141},),
    bad=({"age": 9},),
    since=2569,
    status="trial",
    fields=("age",),
    path=Path("age/PE999_older_than_anyone.yaml"),
)


@dataclasses.dataclass(frozen=True)
class Seen:
    run: Run
    judged: Judged

    def text(self, name: str) -> str:
        return (self.run.staging / name).read_text(encoding="utf-8")

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.run.data / f"{name}.parquet")


def one_night(root: Path, monkeypatch: pytest.MonkeyPatch, rules: tuple[Rule, ...]) -> Seen:
    """A night of one district, step by step, without the scheduler around it."""
    root.mkdir()
    monkeypatch.setattr("rules.catalogue.load", lambda: rules)
    settings = copied_province(root) / "jpt.toml"
    run = nightly.start(str(settings), date(2026, 11, 24), [DISTRICT], None)
    run.begin()
    judged = judge(run, [examine(run, district) for district in run.districts])
    for district in judged.districts:
        write_district(run, district)
    write_province(run, judged, province_report(run, judged, ()))
    return Seen(run, judged)


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    off = {"AG001": RuleOff("วันนับอายุยังไม่ยืนยัน", "The day ages are counted is not confirmed.", "สพจ.", None)}
    changed = dataclasses.replace(rounds.load(2569), rules_off=off)
    monkeypatch.setattr("flows.run.load", lambda _year: changed)


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Seen, Seen]:
    """The night without the rule on trial, and with it."""
    without = one_night(tmp_path / "without", monkeypatch, RULES)
    return without, one_night(tmp_path / "with", monkeypatch, (*RULES, TRIED))


def test_a_rule_on_trial_is_run_and_told_apart_and_moves_nothing_else(nights: tuple[Seen, Seen]) -> None:
    without, tried = nights
    people = tried.judged.districts[0].row.persons
    counted = tried.table("trial_outcomes").row(0, named=True)
    assert (counted["rule_id"], counted["violated"]) == ("PE999", people)
    assert people > 100
    assert tried.table("trial_findings").height == people
    assert without.table("trial_findings").height == 0
    for name in ("findings", "outcomes", "quality"):
        assert tried.table(name).equals(without.table(name)), name
    assert tried.judged.acceptance["districts"] == without.judged.acceptance["districts"]
    assert tried.judged.districts[0].row == without.judged.districts[0].row


def test_a_rule_on_trial_is_shown_to_the_province_and_never_to_a_district(nights: tuple[Seen, Seen]) -> None:
    without, tried = nights
    for page in ("acceptance.html", "index.html"):
        assert "กฎที่กำลังทดลอง" in tried.text(page)
        assert "ทดลองอายุเกินใคร" in tried.text(page)
        assert "กฎที่กำลังทดลอง" not in without.text(page)
    assert "PE999" in tried.text("rules.html")
    own = [path for path in (tried.run.staging / "districts").rglob("*") if path.is_file()]
    assert own
    for path in own:
        other = without.run.staging / path.relative_to(tried.run.staging)
        assert path.read_bytes() == other.read_bytes(), path.name


@pytest.mark.usefixtures("switched_off")
def test_a_rule_that_is_off_is_not_run_and_listed_as_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = one_night(tmp_path / "off", monkeypatch, RULES)
    for name in ("outcomes", "findings"):
        assert "AG001" not in set(seen.table(name)["rule_id"])
        assert "AG002" in set(seen.table("outcomes")["rule_id"])
    for page in ("acceptance.html", "index.html", "rules.html"):
        for said in ("AG001", "วันนับอายุยังไม่ยืนยัน", "สพจ.", "ไม่ถือว่าผ่าน"):
            assert said in seen.text(page), (page, said)


def test_what_reading_tells_by_a_rule_that_is_off_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = {"PL001": RuleOff("รหัสพื้นที่ยังไม่ยืนยัน", "Area codes are not confirmed.", "สพจ.", None)}
    changed = dataclasses.replace(rounds.load(2569), rules_off=off)
    monkeypatch.setattr("flows.run.load", lambda _year: changed)
    run = nightly.start(str(copied_province(tmp_path) / "jpt.toml"), date(2026, 11, 24), [DISTRICT], None)
    told = from_rows(
        Finding, [{"rule_id": rule_id, "district_code": DISTRICT} for rule_id in ("PL001", "ST006")]
    )
    frames, _ = check(run, Extract(empty(Household), empty(Person), pl.DataFrame(), told, []))
    assert frames["findings"]["rule_id"].to_list() == ["ST006"]
    counted = told_while_reading(frames["findings"], [DISTRICT], run.round)
    assert "PL001" not in set(counted["rule_id"])


def test_a_round_that_switches_off_an_unknown_rule_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = {"XX999": RuleOff("ก", "A.", "สพจ.", None)}
    monkeypatch.setattr("flows.run.load", lambda year: dataclasses.replace(rounds.load(year), rules_off=off))
    settings = copied_province(tmp_path) / "jpt.toml"
    with pytest.raises(SettingsError, match=r"rules_off.XX999.*no such rule"):
        nightly.start(str(settings), date(2026, 11, 24), [DISTRICT], None)
