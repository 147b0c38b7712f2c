"""Column headings as each kind of office writes them, taken from the dictionary and its known synonyms."""

from functools import cache

from schemas.dictionary import columns
from schemas.layouts import MODELS, Table, flat_synonyms, headings, normalise_header

SYNONYMS, APP_KEYS = "thai_labels.toml", "app_keys.toml"


def official(table: Table, field: str) -> str:
    """The Thai label of the data dictionary."""
    return columns(MODELS[table])[field].th


@cache
def _first_of(file: str) -> dict[tuple[Table, str], str]:
    found: dict[tuple[Table, str], str] = {}
    for table in MODELS:
        for heading in headings(table):
            if heading.file == file:
                found.setdefault((table, heading.field), heading.text)
    return found


def everyday(table: Table, field: str) -> str:
    """The first synonym that offices use, the official label where there is none."""
    return _first_of(SYNONYMS).get((table, field), official(table, field))


def app_2560(table: Table, field: str) -> str:
    """The short key in the tablet app of the 2560-2564 form, the official label where there is none."""
    return _first_of(APP_KEYS).get((table, field), official(table, field))


def flat(table: Table, field: str) -> str:
    """The official label, if unmistakable in a file that holds both tables; else the field's own name."""
    label = official(table, field)
    return label if flat_synonyms()[normalise_header(label)] == (table, field) else field
