"""The XPath target run by JavaRosa, the engine of ODK Collect, out of the jar that comes with pyxform.

The form is made by pyxform and filled in as Collect saves it, so answers have the types they have on a phone.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyxform
from lxml import etree
from pyxform.xls2xform import convert

from rules.language import Kind
from rules.language.kinds import DECIMAL
from rules.language.to_xpath import Carried
from tests.language_engines import Batch
from tests.language_forms import (
    AskedOf,
    FilledIn,
    carried,
    conditions,
    document,
    everything,
    forms,
    outcome_of,
)
from tests.language_worlds import World

JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
PROGRAM = Path(__file__).parent / "FormVerdicts.java"
LARGEST = 10**9 - 1
YES_NO = "yes_no"


def is_here() -> bool:
    """Whether there is a Java that can compile the program."""
    return shutil.which("javac") is not None


def askable_in_collect(world: World) -> World:
    """The same without what Collect itself never saves: more than nine digits, white space around a text."""

    def answer(cell: Any) -> Any:
        if isinstance(cell, str):
            return cell.strip() or None
        return None if isinstance(cell, int) and abs(cell) > LARGEST else cell

    return World(
        *([{name: answer(cell) for name, cell in row.items()} for row in rows] for rows in world[:2])
    )


def by_javarosa(batch: Batch, asked_of: AskedOf = everything) -> dict[str, list[int | None]]:
    """Outcome codes as language_forms.by_libxml2 gives them."""
    ready = carried(batch)[0]
    filled = [(form, asked_of(form, list(ready))) for form in forms(batch.world)]
    records = batch.world[batch.table == "person"]
    found: dict[str, list[int | None]] = {rule_id: [None] * len(records) for rule_id in ready}
    said = iter(_said(list(ready.values()), list(ready), batch, filled))
    for form, rule_ids in filled:
        for place in form.places if batch.table == "person" else [form.place]:
            line = next(said)
            for n, rule_id in enumerate(rule_ids):
                found[rule_id][place] = outcome_of([sign == "1" for sign in line[3 * n : 3 * n + 3]])
    assert next(said, None) is None
    return found


def _said(
    rules: list[Carried], rule_ids: list[str], batch: Batch, filled: list[tuple[FilledIn, list[str]]]
) -> list[str]:
    asked = [each for rule in rules for each in conditions(rule)]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("form.xml", "conditions", "filled")]
        form = convert(workbook(batch.tables), form_name="data").xform
        lines = [
            f"{3 * rule_ids.index(own[0]) if own else 0}\t{3 * len(own)}\t"
            + etree.tostring(document(each, batch.tables), encoding="unicode").replace("\n", "&#10;")
            for each, own in filled
        ]
        for path, text in zip(paths, (form, "\n".join(asked), "\n".join(lines)), strict=True):
            path.write_text(text, encoding="utf-8")
        question = next(iter(batch.tables[batch.table]))
        question = f"person/{question}" if batch.table == "person" else question
        command = ["java", "-cp", str(JAR), str(PROGRAM), *map(str, paths), question]
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "E" not in done.stdout, done.stderr
    return done.stdout.splitlines()


def workbook(tables: Any, extra: Iterable[dict[str, str]] = ()) -> dict[str, list[dict[str, str]]]:
    """An XLSForm with a question per column, the members in a repeat, and the ``extra`` questions of each.

    An extra question with ``table`` person stands in the repeat.
    """
    extra = list(extra)
    own, of_member = (
        [{**row, "table": ""} for row in extra if (row["table"] == "person") is is_person]
        for is_person in (False, True)
    )
    survey = [
        *_questions(tables["household"]),
        {"type": "begin repeat", "name": "person", "label": "person"},
        *_questions(tables["person"]),
        *of_member,
        {"type": "end repeat"},
        *own,
    ]
    lists = {
        kind.codes.name: kind.codes.slugs
        for table in tables.values()
        for kind in table.values()
        if kind.codes
    }
    choices = [
        {"list_name": name, "name": slug, "label": slug}
        for name, slugs in {**lists, YES_NO: ("yes", "no")}.items()
        for slug in slugs
    ]
    rows = [{key: text for key, text in row.items() if key != "table"} for row in survey]
    # Of a column that its first rows do not have, pyxform knows nothing.
    rows[0] |= {"constraint": "true()"}
    return {"survey": rows, "choices": choices}


def _questions(columns: Any) -> Iterator[dict[str, str]]:
    types = {Kind.NUMBER: "integer", Kind.TEXT: "text", Kind.DATE: "date", Kind.BOOL: f"select_one {YES_NO}"}
    for name, kind in columns.items():
        type_ = f"select_one {kind.codes.name}" if kind.codes else types[kind.kind]
        yield {"type": "decimal" if kind == DECIMAL else type_, "name": name, "label": name}


def constraints(xform: str) -> dict[str, str]:
    """The constraint of each question of a compiled form, by the last part of its path."""
    binds = re.findall(r"<bind [^>]*>", xform)
    found = {}
    for bind in binds:
        element = etree.fromstring(re.sub(r"\b(jr|orx|odk):", "", bind))
        if element.attrib.get("constraint", "true()") != "true()":
            found[element.attrib["nodeset"].rsplit("/", 1)[1]] = element.attrib["constraint"]
    return found
