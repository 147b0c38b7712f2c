"""What made a result, as one hash: the files of code and data that decide it, and the libraries' versions.

Deliberately not here: the hash of a run, which adds its inputs (flows.run_record).
"""

import hashlib
from collections.abc import Collection
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement

import flows.intake
import reports
import rules
import schemas

# What decides an outcome: code, grammar, rules, codes, rounds, synonyms, thresholds. Pages of text do not.
_DECIDING = {".py", ".yaml", ".toml", ".csv", ".json", ".lark"}
# Said about the rules, and measured of them: no record's outcome hangs on it.
_ABOUT_RULES = ("candidates.csv", "coverage.csv", "coverage.json")
_READERS = ("polars", "pyarrow", "fastexcel")
# What a page of a report is made of beside those.
_SHOWING = {".jinja", ".html", ".css", ".js", ".typ", ".ttf", ".txt", ".svg"}


@cache
def of_outcomes() -> str:
    """sha256 over every file of schemas/ and rules/ that can change an outcome."""
    about = [_folder(rules) / "catalogue" / name for name in _ABOUT_RULES]
    return _of((_folder(schemas), _folder(rules)), about)


@cache
def of_reading(year_be: int) -> str:
    """sha256 over all that can change how a delivery of that survey year is read: intake, schemas, its round.

    Rules and the rounds of other years are left out: a changed threshold must not cost a second reading.
    """
    folder = _folder(schemas)
    other_rounds = [file for file in (folder / "rounds").glob("*.toml") if file.stem != str(year_be)]
    libraries = " ".join(f"{name}={version(name)}" for name in _READERS)
    code = _of((folder, _folder(flows.intake)), other_rounds)
    return hashlib.sha256(f"{libraries} {code}".encode()).hexdigest()


@cache
def of_program() -> str:
    """sha256 over the whole program and its libraries: what was made by another is made again."""
    folders = [_folder(package) for package in (schemas, rules, flows, reports)]
    named = sorted({Requirement(line).name for line in requires("jpt") or () if "extra ==" not in line})
    libraries = " ".join(f"{name}={version(name)}" for name in ("jpt", *named))
    return hashlib.sha256(f"{libraries} {_of(folders, (), _DECIDING | _SHOWING)}".encode()).hexdigest()


def _folder(package: object) -> Path:
    return Path(package.__path__[0])  # type: ignore[attr-defined]  # every package has one


def _of(
    roots: Collection[Path], but: Collection[Path] = (), suffixes: Collection[str] = frozenset(_DECIDING)
) -> str:
    digest = hashlib.sha256()
    for root in roots:
        files = (file for file in root.rglob("*") if file.suffix in suffixes and file not in but)
        for file in sorted(files, key=lambda file: file.relative_to(root).as_posix()):
            digest.update(f"{root.name}/{file.relative_to(root).as_posix()}\0".encode())
            # Line ends differ between checkouts on Windows and elsewhere; the rules do not.
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
