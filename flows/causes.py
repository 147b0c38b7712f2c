"""What a stage's result is made of, as one hash: the same causes give the same bytes, and need no new making.

A night keeps what each stage made under the hash of its causes and takes it again while they are the same
(flows.kept_work). Every key holds the whole program, so a changed rule, round, code list or page makes
everything again. Deliberately not here: the night's date, unless the result changes with it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flows import fingerprint
from flows.intake import Delivery
from flows.run import Run


def key_of(what: str, **causes: Any) -> str:
    """sha256 over the name of a stage and its causes; dates and dataclasses as text."""
    text = json.dumps([what, causes], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def of_night(run: Run) -> dict[str, Any]:
    """What decides every result of a night beside its districts' files."""
    off = {rule_id: asdict(one) for rule_id, one in run.round.rules_off.items()}
    return {"program": fingerprint.of_program(), "round": run.settings.round_year_be, "rules_off": off}


def of_examination(run: Run, district_code: str, deliveries: Sequence[Delivery]) -> str:
    """Of what a district's records are and what the rules say of them."""
    sent = [(one.name, one.sha256, one.bytes) for one in deliveries]
    return key_of("examination", **of_night(run), district=district_code, sent=sent, last_year=of_last(run))


def of_last(run: Run) -> list[tuple[str, str]]:
    """Of the year before: people move, so every district is compared with the whole province."""
    return [(one.district.code, one.key) for one in run.last_read]


def of_province(run: Run, districts: Mapping[str, Sequence[Any]]) -> str:
    """Of what shows across districts and of the verdicts; ``districts``: by code what each brings to it."""
    return key_of(
        "province", **of_night(run), districts=districts, is_whole=run.is_whole, last_year=of_last(run)
    )


def of_documents(run: Run, district_code: str, facts: Iterable[Any]) -> str:
    """Of what a district's documents say; the night's date and name come with the ledger's ``since``."""
    office, deadline = run.settings.office_th, run.settings.deadline
    return key_of(
        "documents",
        **of_night(run),
        district=district_code,
        facts=list(facts),
        office=office,
        deadline=deadline,
        province=run.settings.province_code,
    )
