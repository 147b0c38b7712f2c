"""What names an expression may use: the columns of both tables and the round's named numbers and dates.

Deliberately not here: reading rounds; the caller hands over the parameters of the round it judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from rules.language.kinds import Codes, Kind, Type

# Only these lists are levels; the file order of the others (religion, sex) means nothing.
ORDERED_LISTS = frozenset({"education"})

Table = Literal["person", "household"]
Columns = Mapping[str, Mapping[str, Type]]
Params = Mapping[str, int | dt.date]


@dataclass(frozen=True)
class Scope:
    """Everything a name can mean in one expression. ``inside`` is true within ``(members …)``."""

    table: Table
    columns: Columns
    params: Params = field(default_factory=dict)
    inside: bool = False

    @property
    def here(self) -> Table:
        """The table that a bare name belongs to."""
        return "person" if self.inside else self.table


@cache
def dictionary_columns() -> Columns:
    """The columns of the data dictionary, typed for rules, by table."""
    from schemas import dictionary
    from schemas.household import Household
    from schemas.person import Person

    models = {"household": Household, "person": Person}
    return MappingProxyType(
        {
            table: MappingProxyType(
                {
                    name: column_type(str(column.kind), column.code_list, str(column.dtype))
                    for name, column in dictionary.columns(model).items()
                }
            )
            for table, model in models.items()
        }
    )


def column_type(kind: str, code_list: str | None, dtype: str) -> Type:
    """The type a rule sees for a column of the data dictionary."""
    return Type(Kind(kind), codes(code_list) if code_list else None, is_whole="Float" not in dtype)


@cache
def codes(name: str) -> Codes:
    """A code list of schemas/codes as rules see it."""
    from schemas import code_lists

    loaded = code_lists.load(name)
    return Codes(name, tuple(loaded.slugs), dict(loaded.groups), is_ordered=name in ORDERED_LISTS)
