"""The catalogue: one YAML file per rule, a folder per family, the ids that are retired, and their loader.

``load`` reads, refuses what is misspelt, and types every expression against the data dictionary and the
parameters that any round knows. Deliberately not here: running rules (engine.py) and examples (examples.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rules.catalogue import retired
from rules.catalogue.reading import CatalogueError, read
from rules.rule import Rule

__all__ = ["CatalogueError", "load"]

FOLDER = Path(__file__).parent


def load(folder: Path | None = None) -> tuple[Rule, ...]:
    """Every rule below ``folder`` (default: the catalogue), sorted by id.

    Raises CatalogueError, which names the file, the line and what to do in Thai and English.
    """
    return _load((folder or FOLDER).resolve())


def _taken_by_retired(rule: Rule, was: retired.Retired) -> CatalogueError:
    return CatalogueError(
        rule.path,
        1,
        f"รหัสกฎ {rule.id} เคยเป็นกฎ {was.name} ซึ่งเลิกใช้ในรอบปี {was.in_round} เพราะ{was.reason.th}"
        " รหัสที่เลิกใช้แล้วนำมาใช้อีกไม่ได้ ให้ใช้รหัสอื่น",
        f"rule id {rule.id} was {was.name}, retired in round {was.in_round}: {was.reason.en}"
        " A retired id is never used again; use another.",
    )


@cache
def _load(folder: Path) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    gone = retired.load(folder)
    for path in sorted(folder.rglob("*.yaml")):
        rule = read(path, folder)
        if rule.id in gone:
            raise _taken_by_retired(rule, gone[rule.id])
        if rule.id in rules:
            raise CatalogueError(
                path.relative_to(folder),
                1,
                f"รหัสกฎ {rule.id} ซ้ำกับ {rules[rule.id].path.as_posix()} ให้ใช้รหัสอื่น",
                f"rule id {rule.id} is taken by {rules[rule.id].path.as_posix()}; use another",
            )
        rules[rule.id] = rule
    return tuple(rules[rule_id] for rule_id in sorted(rules))
