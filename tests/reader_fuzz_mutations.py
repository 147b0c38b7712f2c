"""Which mutated delivery a seed and a number give: the same at every call, here and on every machine."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from tests.reader_fuzz_books import in_parts
from tests.reader_fuzz_bytes import HEAVY_OF_TEXT, OF_TEXT, Change, of_any_file
from tests.reader_fuzz_containers import (
    HEAVY_OF_PARQUET,
    HEAVY_OF_ZIPS,
    OF_PARQUET,
    OF_XLS,
    OF_ZIPS,
)
from tests.reader_fuzz_seeds import Sent, seeds, unzipped, zip_of

# Files of fifty megabytes and more take a second each to make.
HEAVY = 0.01


@dataclass(frozen=True)
class Mutant:
    """A delivery of which one file was changed: from which seed, how, and which file."""

    seed: str
    how: str
    file: str
    sent: Sent

    @property
    def name(self) -> str:
        return f"{self.seed}/{self.how}"


def mutant(seed: int, number: int) -> Mutant:
    """The delivery of that number."""
    chosen = random.Random(f"{seed}/{number}")
    name = chosen.choice(sorted(seeds()))
    sent = seeds()[name]
    file = chosen.choice(list(sent))
    inside = name.startswith("zip-") and chosen.random() < 0.5
    if inside:
        # the damage was there before the file was packed
        members = unzipped(sent[file])
        member = chosen.choice(list(members))
        how, content = _changed(chosen, name.removeprefix("zip-"), members[member])
        return Mutant(name, f"inside-{how}", file, {file: zip_of(members | {member: content})})
    how, content = _changed(chosen, name, sent[file])
    return Mutant(name, how, file, sent | {file: content})


def _changed(chosen: random.Random, name: str, content: bytes) -> tuple[str, bytes]:
    heavy = _heavy(name)
    if heavy and chosen.random() < HEAVY:
        how = chosen.choice(list(heavy))
        return how, heavy[how](chosen, content)
    changes = _changes(chosen, name)
    how = chosen.choice(list(changes))
    return how, changes[how](chosen, content)


def _changes(chosen: random.Random, name: str) -> Mapping[str, Change]:
    other = chosen.choice([one for files in seeds().values() for one in files.values()])
    own: Mapping[str, Change] = {}
    if name.startswith(("csv", "flat")):
        own = dict(OF_TEXT) | {f"{how}-again": change for how, change in OF_TEXT.items()}
    elif name.startswith("zip-"):
        own = OF_ZIPS
    elif name == "xls":
        own = OF_XLS
    elif name == "parquet":
        own = OF_PARQUET
    elif name in ("xlsx", "ods"):
        # a changed byte of the packed parts is seen by its sum: mostly the parts themselves are changed
        own = dict(in_parts(other)) | dict(OF_ZIPS)
        return own if chosen.random() < 0.9 else of_any_file(other)
    return dict(of_any_file(other)) | dict(own)


def _heavy(name: str) -> Mapping[str, Change]:
    if name.startswith(("csv", "flat")):
        return HEAVY_OF_TEXT
    if name.startswith("zip-") or name in ("xlsx", "ods"):
        return HEAVY_OF_ZIPS
    return HEAVY_OF_PARQUET if name == "parquet" else {}
