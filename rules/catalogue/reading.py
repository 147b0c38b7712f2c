"""One YAML file to one Rule; everything that can be wrong with the file is said with its line.

Deliberately not here: finding files and clashes between them (the package), types of examples (examples.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, cast, get_args

import yaml

from rules import compiled
from rules.catalogue.lines import Lines, parsed
from rules.language import RuleError
from rules.language.errors import nearest
from rules.rule import Level, Rule, Sentence, Severity, Status

REQUIRED = ("id", "name", "title", "level", "severity", "message", "fix", "why", "basis", "since")
OPTIONAL = ("applies", "must", "good", "bad", "unknown", "status", "structural")
CHOICES = {"level": get_args(Level), "severity": get_args(Severity), "status": get_args(Status)}
FIRST_YEAR_BE, LAST_YEAR_BE = 2500, 2700
EXAMPLES = ("good", "bad", "unknown")

Fail = Callable[[str, str, str], NoReturn]


class CatalogueError(Exception):
    """A rule file that cannot be used: where (``path``, ``line`` from 1) and what to do."""

    def __init__(self, path: Path, line: int, th: str, en: str) -> None:
        self.path, self.line, self.th, self.en = path, line, th, en
        super().__init__(f"{path.as_posix()}:{line}\n{th}\n{en}")


def read(path: Path, folder: Path) -> Rule:
    """The rule in the file at ``path``, which lies below ``folder``. Raises CatalogueError."""
    shown = path.relative_to(folder)
    text = path.read_text(encoding="utf-8")
    try:
        data, lines = parsed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(
            shown, line, f"อ่าน YAML ไม่ได้: {error.problem}", f"this is not valid YAML: {error.problem}"
        ) from None

    def fail(key: str, th: str, en: str) -> NoReturn:
        raise CatalogueError(shown, lines.get(key, 1), th, en)

    _refuse_wrong_keys(data, fail)
    rule = replace(_rule(data, fail), path=shown)
    _refuse_wrong_shape(rule, fail)
    return rule if rule.structural else replace(rule, fields=_fields(rule, shown, lines))


def _refuse_wrong_keys(data: Any, fail: Fail) -> None:
    if not isinstance(data, dict):
        fail("", "ไฟล์กฎต้องเป็นรายการแบบ คีย์: ค่า", "a rule file is a list of key: value")
    for key in data:
        if key not in REQUIRED + OPTIONAL:
            th, en = nearest(str(key), REQUIRED + OPTIONAL)
            fail(str(key), f"ไม่รู้จักคีย์ {key}{th}", f"unknown key {key}{en}")
    for key in REQUIRED:
        if not data.get(key):
            fail(key, f"ต้องมี {key}", f"{key} is needed")
    for key, choices in CHOICES.items():
        if key in data and data[key] not in choices:
            fail(key, f"{key} ต้องเป็น {' | '.join(choices)}", f"{key} must be {' | '.join(choices)}")


def _rule(data: Mapping[str, Any], fail: Fail) -> Rule:
    texts = {key: _text(data, key, fail) for key in ("id", "name", "basis", "applies", "must") if key in data}
    sentences = {key: _sentence(data, key, fail) for key in ("title", "message", "fix", "why")}
    examples = {key: _examples(data, key, fail) for key in EXAMPLES}
    if not isinstance(data.get("structural", False), bool):
        fail("structural", "structural ต้องเป็น true", "structural must be true")
    if not isinstance(data["since"], int) or not FIRST_YEAR_BE <= data["since"] <= LAST_YEAR_BE:
        th, en = "since ต้องเป็นปีสำรวจ พ.ศ. เช่น 2569", "since must be a survey year B.E. such as 2569"
        fail("since", th, en)
    plain = {key: data[key] for key in ("level", "severity", "since", "status", "structural") if key in data}
    return Rule(**cast(Any, texts | sentences | examples | plain))


def _text(data: Mapping[str, Any], key: str, fail: Fail) -> str:
    text = data[key]
    if not isinstance(text, str):
        fail(key, f"{key} ต้องเป็นข้อความ", f"{key} must be text")
    return text.strip()


def _sentence(data: Mapping[str, Any], key: str, fail: Fail) -> Sentence:
    both = data[key]
    if (
        not isinstance(both, dict)
        or set(both) != {"th", "en"}
        or not all(isinstance(t, str) for t in both.values())
    ):
        fail(key, f"{key} ต้องมีทั้ง th และ en", f"{key} needs both th and en")
    return Sentence(both["th"].strip(), both["en"].strip())


def _examples(data: Mapping[str, Any], key: str, fail: Fail) -> tuple[Mapping[str, Any], ...]:
    rows = data.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        fail(key, f"{key} ต้องเป็นรายการของตัวอย่าง {{ช่อง: ค่า}}", f"{key} must be a list of {{column: value}}")
    return tuple(rows)


def _refuse_wrong_shape(rule: Rule, fail: Fail) -> None:
    name = f"{rule.id}_{rule.name}.yaml"
    if rule.path.name != name:
        fail("id", f"ชื่อไฟล์ต้องเป็น {name}", f"the file must be called {name}")
    if rule.structural and rule.status == "trial":
        th = "กฎที่โปรแกรมตรวจเองทดลองไม่ได้ เพราะพบตั้งแต่ตอนอ่านไฟล์หรือเทียบหลายรายการ"
        fail("status", th, "a structural rule cannot be on trial: its program runs or does not")
    if rule.structural and (rule.must or rule.applies or rule.good or rule.bad or rule.unknown):
        th, en = "กฎโครงสร้างไม่มี applies must หรือตัวอย่าง", "a structural rule has no applies, must or examples"
        fail("structural", th, en)
    if rule.structural:
        return
    if rule.level == "delivery":
        fail("level", "ระดับ delivery ใช้กับกฎโครงสร้างเท่านั้น", "level delivery is for structural rules only")
    for key in ("must", "good", "bad"):
        if not getattr(rule, key):
            fail(key, f"ต้องมี {key}", f"{key} is needed")


def _fields(rule: Rule, shown: Path, lines: Lines) -> tuple[str, ...]:
    """What the rule reads of this year; typing every text of the rule on the way."""
    try:
        typed = compiled.compiled(rule, compiled.known_params())
    except compiled.TextError as error:
        wrong = error.error
        line = lines.text_line(error.key, wrong.line)
        raise CatalogueError(shown, line, f"{error.key}:\n{wrong.pointed()}\n{wrong.th}", wrong.en) from None
    read = compiled.cells(typed.table, typed.expressions)
    return tuple(name for name, cell in read.items() if not cell.is_last)


__all__ = ["CatalogueError", "RuleError", "read"]
