import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from schemas.thai import foreign_letters
from tests.test_architecture import tracked_files

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {".py", ".toml", ".yaml", ".csv", ".jinja", ".html", ".typ", ".js", ".css", ".md", ".txt"}
# These hold other letters on purpose: what to refuse, how garbled Thai looks, ticks as people type them.
ROOMS_ON_PURPOSE = {"tests", "sample_data"}
FILES_ON_PURPOSE = {"flows/intake/read_text.py", "flows/intake/words.toml", "schemas/thai.py"}


def thai_texts(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.search("[ก-๙]", line):
            yield line


def test_no_letter_of_another_script_hides_in_a_thai_text() -> None:
    strange: dict[str, list[str]] = {}
    for path in tracked_files():
        name = path.relative_to(ROOT)
        if path.suffix not in TEXTS or not path.is_file() or name.parts[0] in ROOMS_ON_PURPOSE:
            continue
        if name.as_posix() in FILES_ON_PURPOSE:
            continue
        letters = [letter for line in thai_texts(path) for letter in foreign_letters(line)]
        if letters:
            strange[str(name)] = sorted(set(letters))
    assert strange == {}


def pairs() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "rules" / "catalogue").rglob("*.yaml")):
        rule = yaml.safe_load(path.read_text(encoding="utf-8"))
        for part in ("title", "message", "fix"):
            yield f"{rule['id']} {part}", rule[part]["th"], rule[part]["en"]
    quarantine = ROOT / "flows" / "intake" / "quarantine.toml"
    for reason, text in tomllib.loads(quarantine.read_text(encoding="utf-8")).items():
        yield f"{reason} text", text["th"], text["en"]
        yield f"{reason} action", text["action_th"], text["action_en"]


PAIRS = list(pairs())


@pytest.mark.parametrize(("name", "th", "en"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_both_languages_fill_the_same_places(name: str, th: str, en: str) -> None:
    del name
    assert holes(th, "th") == holes(en, "en")


def holes(text: str, lang: str) -> set[str]:
    """What is filled in, a value that is itself worded per language counted as one."""
    return {hole.removesuffix(f"_{lang}") for hole in re.findall(r"\{([^{}]+)\}", text)}


@pytest.mark.parametrize(("name", "th", "en"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_thai_is_thai_and_english_is_english(name: str, th: str, en: str) -> None:
    del name
    assert re.search("[ก-๙]", th)
    # An English sentence may quote a Thai word of the form; it is not made of them.
    assert len(re.findall("[A-Za-z]+", en)) > len(re.findall("[ก-๙]+", en))
