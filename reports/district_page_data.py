"""The findings of a district packed small for its page: columns, each text once, deflated, as base64.

The page carries all findings in one file that must open over a slow line. Texts are kept in sorted tables, so
that alike sentences lie side by side and deflate well; rows hold numbers. district_page.js unpacks it.
"""

import base64
import json
import zlib
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from reports.district_rows import ListRow
from reports.words import SEVERITY_ORDER

_T = TypeVar("_T", bound=Hashable)


def packed(rows: Sequence[ListRow]) -> str:
    """All `rows` as URL-safe base64 of deflated JSON; the same rows give the same text.

    URL-safe, so that no "//" in it looks like an address to whoever searches the page for one.
    """
    text = json.dumps(_content(rows), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def _content(rows: Sequence[ListRow]) -> dict[str, Any]:
    """Tables of distinct things, then columns of places in them.

    `villages` are their parts; `kinds` are [rule, severity, fix, labels]; `step` is 1 where a finding begins
    the next visit, else 0; `member` is 0 for none; `value` runs on through the values of all findings.
    """
    steps = [0, *(int(a.visit != b.visit) for a, b in pairwise(rows))][: len(rows)]
    visits = [row for place, row in enumerate(rows) if place == 0 or steps[place]]
    villages = _table(row.village.parts for row in visits)
    kinds = _table(_kind(row) for row in rows)
    people = _sorted_table(row.person for row in rows)
    messages = _sorted_table(row.told for row in rows)
    values = _sorted_table(value for row in rows for value in row.values)
    return {
        "villages": list(villages),
        "visits": {
            "village": [villages[row.village.parts] for row in visits],
            "door": [row.door for row in visits],
            "key": [row.household_id for row in visits],
        },
        "kinds": list(kinds),
        "people": list(people),
        "messages": list(messages),
        "values": list(values),
        "rows": {
            "step": steps,
            "kind": [kinds[_kind(row)] for row in rows],
            "member": [row.member_no or 0 for row in rows],
            "person": [people[row.person] for row in rows],
            "message": [messages[row.told] for row in rows],
            "value": [values[value] for row in rows for value in row.values],
        },
    }


def _kind(row: ListRow) -> tuple[str, int, str, tuple[str, ...]]:
    return row.rule_id, SEVERITY_ORDER.index(row.severity), row.fix, row.labels


def _table(things: Iterable[_T]) -> dict[_T, int]:
    return {thing: place for place, thing in enumerate(dict.fromkeys(things))}


def _sorted_table(texts: Iterable[str]) -> dict[str, int]:
    return {text: place for place, text in enumerate(sorted(set(texts)))}
