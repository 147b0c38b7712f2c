import re
import tomllib
from pathlib import Path

import pytest

from flows.intake import structure
from rules import acceptance, across, indicators
from rules.catalogue import load
from rules.compiled import HOLE
from schemas.thai import foreign_letters

RULES = load()
ROOT = Path(acceptance.__file__).parent
FAMILIES = {
    "identity": "ID",
    "age": "AG",
    "title": "TI",
    "education": "ED",
    "work": "WK",
    "health": "HE",
    "relation": "RE",
    "household": "HH",
    "income": "IN",
    "spending": "EX",
    "debt": "DB",
    "saving": "SV",
    "interview": "IV",
    "marriage": "MA",
    "name": "NM",
    "welfare": "WF",
    "indicator_health": "IX",
    "indicator_living": "IX",
    "indicator_education": "IX",
    "indicator_work": "IX",
    "indicator_access": "IX",
    "structure": "ST",
    "across": "DU",
    "years": "YR",
    "place": "PL",
    "collection": "CO",
}
TOLD_BY_INTAKE = {
    rule_id for rule_id in vars(structure).values() if re.fullmatch("[A-Z]{2}[0-9]{3}", str(rule_id))
}
THAI = re.compile("[\u0e00-\u0e7f]")
LATIN = re.compile("[A-Za-z]")
# Thai words that English sentences may quote, because they are the thing spoken of.
QUOTED = {"TI002", "TI004", "TI006", "ST022"}


def by_id(rule):
    return rule.id


def holes(rule):
    texts = (rule.message.th, rule.message.en, rule.fix.th, rule.fix.en)
    return {hole for text in texts for hole in HOLE.findall(text)}


def shown(text):
    return HOLE.sub("0", text)


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_a_rule_lies_in_the_folder_of_its_family(rule):
    assert rule.id[:2] in FAMILIES[rule.path.parts[0]].split()
    assert re.fullmatch("[a-z0-9_]+", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_texts_are_in_their_own_letters(rule):
    for sentence in (rule.title, rule.message, rule.fix, rule.why):
        assert foreign_letters(shown(sentence.th)) == []
        assert THAI.search(sentence.th)
        # A reason may explain a Thai word.
        if rule.id not in QUOTED and sentence is not rule.why:
            assert not THAI.search(sentence.en)


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_english_messages_and_fixes_are_whole_sentences(rule):
    for text in (rule.message.en, rule.fix.en, rule.why.en):
        assert text.endswith("."), text
        assert shown(text)[0].isupper() or text[0] == "{" or THAI.match(text), text
    assert not rule.title.en.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_titles_are_short_and_without_values(rule):
    assert len(rule.title.th) <= 70
    assert not HOLE.search(rule.title.th + rule.title.en)


@pytest.mark.parametrize("rule", RULES, ids=by_id)
def test_both_languages_show_the_same_values(rule):
    in_thai, in_english = (set(HOLE.findall(text)) for text in (rule.message.th, rule.message.en))
    assert in_thai == {name.removesuffix("_en") for name in in_english}


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.structural], ids=by_id)
def test_a_rule_has_examples_of_every_kind_where_there_can_be_one(rule):
    assert rule.good
    assert rule.bad
    # Counting members, and whether a cell is filled, can always be told.
    assert rule.unknown or rule.id in {"HH007", "HH010", "IN003", "IX022", "IX060", "IX061"}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id in across.RULES], ids=by_id)
def test_holes_of_checks_across_records_are_those_they_fill(rule):
    filled = {"other_members", "other_households", "other_households_en", *across.PERSON_COLUMNS}
    filled |= {"households", "members", "people", "lost", "count", "missing", "missing_en", "village_no"}
    filled |= {"tambon", "tambon_en"}
    assert holes(rule) <= filled


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id in TOLD_BY_INTAKE], ids=by_id)
def test_holes_of_structural_rules_are_those_that_intake_fills(rule):
    of_cells = {"column", "value", "value_en", "part", "part_en", "successor", "successor_en"}
    of_files = {"column", "file", "file_en", "row", "same_as"}
    assert holes(rule) <= of_cells or holes(rule) <= of_files


def test_every_rule_that_intake_tells_of_has_its_texts():
    assert {rule.id for rule in RULES if rule.structural} >= TOLD_BY_INTAKE


def test_titles_and_names_are_unique():
    for texts in (
        [rule.name for rule in RULES],
        [rule.title.th for rule in RULES],
        [rule.title.en for rule in RULES],
    ):
        assert sorted(texts) == sorted(set(texts))


def test_every_basis_is_an_item_of_the_domain_notes():
    for rule in RULES:
        assert re.match("(STR|DOM|PER|HH|INC|IND|XHH|REG|YR|INT)-[0-9]{2}", rule.basis), rule.id


def test_no_message_shows_a_name_or_an_id_unmasked():
    for rule in RULES:
        for hole in holes(rule):
            assert not re.search("first_name|last_name|house_no", hole), rule.id


def test_texts_of_indicators_and_gates_are_in_their_own_letters():
    for indicator in indicators.load():
        assert foreign_letters(indicator.name.th) == []
    for gate in acceptance.gates():
        assert foreign_letters(gate.th) == []
        assert not LATIN.search(gate.th)
        assert not THAI.search(gate.en)


def test_data_files_name_no_machine_and_no_host():
    for path in [*ROOT.rglob("*.yaml"), *ROOT.rglob("*.toml")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search("https?:|/work/|/tmp/|/home/", text), path.name
    assert tomllib.loads(acceptance.FILE.read_text(encoding="utf-8"))
