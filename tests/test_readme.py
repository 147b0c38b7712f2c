import re
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from tests.nights import ROOT, Ran

PAGES = ("README.md", "README.th.md")


def blocks(name: str) -> list[str]:
    return re.findall(r"```console\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_the_output_in_the_readme_is_what_the_night_prints(name: str, night: Ran) -> None:
    (shown,) = [block for block in blocks(name) if block.startswith("$ make night")]
    printed = {line.strip() for line in night.stdout.splitlines()}
    rows = [line.strip() for line in shown.splitlines() if re.match(r"34\d\d ", line) or "อำเภอ ได้แก่" in line]
    assert len(rows) >= 26
    assert [row for row in rows if row not in printed] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_the_readme_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = set(re.findall(r"`jpt ((?:rules |layout |ledger |notices )?[a-z-]+)", text))
    assert {"night", "sample", "schedule", "rules list", "rules show", "rules check"} <= named
    for words in named:
        first, *rest = words.split()
        assert first in commands
        assert not rest or rest[0] in commands[first].commands


def test_every_command_is_in_the_readme_and_helps_in_thai_and_english() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {"": command})
        for sub, one in inner.items():
            assert f"jpt {name} {sub}".strip() in text, (name, sub)
            assert re.search("[ก-๙]", one.help or command.help), (name, sub)
            assert re.search("[A-Za-z]{3}", one.help or command.help), (name, sub)


@pytest.mark.parametrize("name", PAGES)
def test_links_of_the_readme_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert len(links) > 8
    assert [link for link in links if not (ROOT / Path(link)).exists()] == []
