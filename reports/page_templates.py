"""The one Jinja environment of the province's pages: everything escaped, an unknown name is an error.

Pages are single files that ask the network for nothing: style inside, no script, no font, no image. What a
page says is decided by its own module, not here.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports.unbroken import pattern
from reports.words import VERDICTS

# Nothing may be fetched and nothing sent, whatever a text in the page contains.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["held"] = held
    environment.globals.update(policy=POLICY, looks=VERDICTS)
    return environment


def held(text: str, names: Iterable[str] = ()) -> Markup:
    """`text` for a page, with all that must stay on one line marked so, `names` of places too."""
    return Markup(_unbroken(tuple(names)).sub(r"<span class=nb>\g<0></span>", str(escape(text))))


@cache
def _unbroken(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(pattern(names))


def render(template: str, **values: Any) -> str:
    """The template of that file name, filled in. Raises jinja2.UndefinedError for a value not given."""
    return _environment().get_template(template).render(**values)
