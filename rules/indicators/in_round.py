"""Whether a round's list of indicators can be used: what `jpt rules check` tells who edits it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rules.compiled import round_params
from rules.indicators.reading import Indicator
from rules.language import RuleError

if TYPE_CHECKING:
    from schemas.rounds import Round


def round_faults(indicators: Iterable[Indicator], round_: Round) -> list[str]:
    """What is wrong with the enabled indicators of a round, a Thai and an English line each; or nothing.

    An enabled indicator needs a file whose texts the round's parameters complete, is no placeholder, and
    shares neither slot nor official number with another.
    """
    known = {indicator.slug: indicator for indicator in indicators}
    found = []
    for slug in round_.enabled_indicators:
        if round_.indicators[slug].status == "placeholder":
            found.append((f"{slug} ยังไม่ทราบว่าเป็นตัวชี้วัดใด ห้ามเปิดใช้", f"{slug} is a placeholder, disable it"))
        elif slug not in known:
            found.append((f"ไม่มีไฟล์ indicators/{slug}.yaml", f"there is no file indicators/{slug}.yaml"))
        else:
            found += _untyped(known[slug], round_)
    found += [*_shared(round_, "slot", "ลำดับ"), *_shared(round_, "number", "เลขทางการ")]
    return [f"rounds/{round_.year_be}.toml\n{th}\n{en}" for th, en in found]


def _untyped(indicator: Indicator, round_: Round) -> list[tuple[str, str]]:
    try:
        indicator.expressions(round_params(round_))
    except RuleError as error:
        return [(f"{indicator.slug}: {error.th}", f"{indicator.slug}: {error.en}")]
    return []


def _shared(round_: Round, key: str, th: str) -> list[tuple[str, str]]:
    holders = defaultdict(list)
    for slug in round_.enabled_indicators:
        holders[getattr(round_.indicators[slug], key)].append(slug)
    return [
        (f"{th} {value} ใช้ซ้ำ: {' '.join(slugs)}", f"{key} {value} is used by {' and '.join(slugs)}")
        for value, slugs in holders.items()
        if value is not None and len(slugs) > 1
    ]
