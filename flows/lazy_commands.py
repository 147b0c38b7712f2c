"""Groups of commands that are read only when they are asked for.

Rules and layouts bring Polars, Pandera and the compiler with them: three seconds that `jpt status`, asked
from a phone at seven in the morning, should not wait for.
"""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group


def group_of(*modules: str, help_text: str) -> typer.Typer:
    """A group made of the `app` of each module, imported when a command of it is used or listed."""

    class Lazy(TyperGroup):
        _own: dict[str, Any] | None = None

        @property
        def commands(self) -> Any:
            if self._own is None:
                apps = [get_group(import_module(module).app) for module in modules]
                self._own = {name: each for app in apps for name, each in app.commands.items()}
            return self._own

        @commands.setter
        def commands(self, given: Any) -> None:
            """What typer found before: nothing, as the group is declared empty."""

    lazy = typer.Typer(cls=Lazy, help=help_text, no_args_is_help=True, add_completion=False)
    lazy.callback()(_nothing)
    return lazy


def _nothing() -> None:
    """Typer asks a group without commands for a callback."""
