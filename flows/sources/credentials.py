"""Credentials of a source, read at the moment of use: from the environment, or from a Prefect block.

They live in memory only while a connection is made; neither their text form nor any failure holds them.
A block is a Prefect ``Secret``: its value is the password alone, or a table of user, password and token.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.sources.failed import SourceFailed
from flows.sources.source import Source


@dataclass(frozen=True)
class Credentials:
    """Who we are to a source; empty texts where it does not ask."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def credentials(source: Source) -> Credentials:
    """What jpt.toml says by name. Raises SourceFailed: a variable not set, a block that is not there."""
    block = _block(source) if source.block else {}
    found = {
        "user": _variable(source.user_env, source) or block.get("user", ""),
        "password": _variable(source.password_env, source) or block.get("password", ""),
        "token": _variable(source.token_env, source) or block.get("token", ""),
    }
    return Credentials(**found)


def _variable(name: str, source: Source) -> str:
    if not name:
        return ""
    value = os.environ.get(name, "")
    if not value:
        raise SourceFailed("source_no_variable", source.host, variable=name)
    return value


def _block(source: Source) -> Mapping[str, str]:
    # Only here: whoever uses no block needs no Prefect to fetch a file.
    from prefect.blocks.system import Secret

    try:
        value = Secret.load(source.block, _sync=True).get()  # type: ignore[call-arg]
    except ValueError:
        raise SourceFailed("source_no_block", source.host, block=source.block) from None
    return {"password": value} if isinstance(value, str) else {key: str(each) for key, each in value.items()}
