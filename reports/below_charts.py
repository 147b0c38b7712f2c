"""The bars of the page about households below the line: drawn here, as small SVGs without a letter in them.

Every number stands beside its bar as text, so nothing shrinks on a phone and nothing is lost without colours:
dark is certain or a total, pale with an edge is open, ink and edge differ where colours might not print.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

WHOLE = 1000  # thousandths of a bar's room
LEAST = 6  # of what is more than nothing


def interval(bounds: Mapping[str, int], most: int, spoken: str = "") -> Markup:
    """Certain, then open households on a scale from 0 to ``most``; a tick where the record stands.

    ``spoken`` says the same for those who do not see it; without it the numbers are in the text around.
    """
    certain = _length(bounds["below_min"], most)
    end = max(_length(bounds["below_max"], most), certain)
    if bounds["open"] and end - certain < LEAST:
        end = min(certain + LEAST, WHOLE)
        certain = end - LEAST
    tick = min(_length(bounds["below"], most), end)
    bars = [_bar("certain", 0, certain), _bar("open", certain, end - certain)]
    if bounds["below_max"]:
        bars.append(f'<rect class="tick" x="{_percent(tick)}"/>')
    return _drawn(bars, spoken)


def step(kind: str, start: int, end: int, most: int) -> Markup:
    """One step of a change: a ``total``, or what goes ``up`` or ``down``, between two counts."""
    low, high = sorted((_length(start, most), _length(end, most)))
    if start != end and high - low < LEAST:
        high = min(low + LEAST, WHOLE)
        low = high - LEAST
    return _drawn([_bar(kind, low, high - low)])


def share(millionths: int) -> Markup:
    """A part of a whole."""
    return _drawn([_bar("total", 0, _length(millionths, 1_000_000))])


def _length(count: int, most: int) -> int:
    length = WHOLE * max(count, 0) // most if most > 0 else 0
    return min(max(length, LEAST if count > 0 else 0), WHOLE)


def _bar(name: str, start: int, width: int) -> str:
    place = f'x="{_percent(start)}" width="{_percent(width)}"'
    return f'<rect class="{name}" {place}/>' if width else ""


def _percent(thousandths: int) -> str:
    whole, tenth = divmod(thousandths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def _drawn(bars: list[str], spoken: str = "") -> Markup:
    told = f'role="img" aria-label="{escape(spoken)}"' if spoken else 'aria-hidden="true"'
    return Markup(f'<svg class="drawn" {told}>{"".join(bars)}</svg>')
