import re
from pathlib import Path

import rules.language
from rules.language import parse_condition
from rules.language.habits import FUNCTIONS, WORDS
from rules.language.meaning import LARGEST

PAGE = (Path(rules.language.__file__).parent / "MEANING.md").read_text(encoding="utf-8")


def test_the_page_defines_every_word():
    fenced = re.findall(r"```.*?```", PAGE, re.DOTALL)
    quoted = " ".join(fenced + re.findall(r"`[^`]+`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))
    assert [word for word in (*WORDS, *FUNCTIONS) if not re.search(rf"\b{word}\b", quoted)] == []


def test_the_grammar_knows_no_other_word():
    grammar = (Path(rules.language.__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    assert set(re.findall(r'"([a-z_]+)"', grammar)) == {*WORDS, *FUNCTIONS}


def test_the_rules_on_the_page_are_rules():
    blocks = re.findall(r"```rule (\w+)\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 4
    for table, block in blocks:
        for text in block.strip().splitlines():
            parse_condition(text, table)


def test_the_page_names_the_largest_number():
    assert f"{LARGEST:,}" in PAGE


def test_the_public_names_are_these():
    assert rules.language.__all__ == [
        "Aggregates", "Codes", "Columns", "Expr", "Kind", "LastYear", "Outcome", "Params", "RuleError",
        "Table", "Type", "columns", "dictionary_columns", "evaluate", "last_year", "lazy_records", "outcome",
        "parse", "parse_condition", "shared_ids", "to_polars", "tree", "values",
    ]  # fmt: skip
