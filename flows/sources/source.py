"""One ``[sources.NAME]`` of jpt.toml: an address, and the names of what holds its credentials.

Never a credential itself: those are read when they are needed (flows.sources.credentials), from the
environment or a Prefect block. What looks like a secret in the file is refused, without repeating it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import parse_qsl, urlsplit

from flows.settings_values import SettingsError, positive, refuse_unknown, wrong

Kind = Literal["sftp", "s3", "web", "database"]
KINDS: Mapping[str, Kind] = {
    "sftp": "sftp",
    "s3": "s3",
    "http": "web",
    "https": "web",
    "postgresql": "database",
}
_ANY = ("url", "user_env", "password_env", "block", "timeout_seconds")
KEYS: Mapping[Kind, tuple[str, ...]] = {
    "sftp": (*_ANY, "known_hosts", "fingerprint", "key_file"),
    "s3": (*_ANY, "endpoint", "region"),
    "web": (*_ANY, "token_env"),
    "database": (*_ANY, "queries"),
}
NAME = re.compile(r"[a-z][a-z0-9_-]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET_WORDS = re.compile(r"pass|token|secret|sig|key|credential", re.IGNORECASE)
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Source:
    """Where files or tables are fetched, and by which names its credentials are found.

    ``url`` holds no password. ``timeout_seconds``: how long one answer may take. ``fingerprint`` and
    ``known_hosts``: how an SFTP server proves who it is. ``queries``: of a database, by name.
    """

    name: str
    url: str
    kind: Kind
    user_env: str = ""
    password_env: str = ""
    token_env: str = ""
    block: str = ""
    timeout_seconds: int = 60
    known_hosts: Path | None = None
    fingerprint: str = ""
    key_file: Path | None = None
    endpoint: str = ""
    region: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_credentials(self) -> bool:
        return bool(self.user_env or self.password_env or self.token_env or self.block)

    @property
    def host(self) -> str:
        """What is named when the source is spoken of: no user, no path, no query."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname or ''}{port}"


def read_sources(table: Any, path: Path) -> Mapping[str, Source]:
    """All sources of jpt.toml by name. Raises SettingsError."""
    if not isinstance(table, dict) or not all(isinstance(entry, dict) for entry in table.values()):
        raise wrong(
            "sources", "หมวดเช่น [sources.dopa] ที่มี url", "tables such as [sources.dopa] with a url", path
        )
    return {name: _source(name, entry, path) for name, entry in table.items()}


def kind_of(url: str, key: str, path: Path) -> Kind:
    """What an address leads to; refused when nothing here can go there, or when it carries a secret."""
    kind = KINDS.get(urlsplit(url).scheme)
    if kind is None:
        known = ", ".join(f"{scheme}://" for scheme in KINDS)
        raise wrong(key, f"ที่อยู่ที่ขึ้นต้นด้วย {known}", f"an address that begins with {known}", path)
    refuse_secret(url, key, path)
    return kind


def refuse_secret(url: str, key: str, path: Path) -> None:
    """A password or token inside an address would be in a file that is copied around, and in every log."""
    parts = urlsplit(url)
    in_query = any(_SECRET_WORDS.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    if parts.password is not None or in_query:
        raise SettingsError(
            f"{path.name}: ค่า {key} มีรหัสผ่านหรือโทเคนอยู่ในที่อยู่ ให้ลบออก เปลี่ยนรหัสนั้นใหม่ แล้วระบุใน [sources.ชื่อ] ว่า "
            'password_env = "ชื่อตัวแปรสภาพแวดล้อม"',
            f"{path.name}: {key} holds a password or token inside the address; take it out, change that "
            'password, and say in [sources.NAME] password_env = "NAME_OF_A_VARIABLE"',
        )


def _source(name: str, entry: Mapping[str, Any], path: Path) -> Source:
    where = f"sources.{name}"
    if not NAME.fullmatch(name) or name in KINDS or name == "inbox":
        raise wrong(where, "ชื่ออังกฤษตัวเล็กอย่างน้อย 2 ตัว", "a name of two or more small letters", path)
    url = entry.get("url")
    if not isinstance(url, str):
        raise wrong(
            f"{where}.url", "ที่อยู่ เช่น sftp://host/folder", "an address such as sftp://host/folder", path
        )
    kind = kind_of(url, f"{where}.url", path)
    refuse_unknown(entry, KEYS[kind], f"{where}.", path)
    texts = {key: _text(entry[key], f"{where}.{key}", path) for key in entry if key in _TEXTS}
    files = {key: path.parent / _text(entry[key], f"{where}.{key}", path) for key in entry if key in _FILES}
    for key, value in texts.items():
        if key.endswith("_env") and not _VARIABLE.fullmatch(value):
            raise wrong(
                f"{where}.{key}", "ชื่อตัวแปรสภาพแวดล้อม ไม่ใช่รหัส", "the NAME of a variable, not a secret", path
            )
    timeout = positive(entry.get("timeout_seconds", 60), f"{where}.timeout_seconds", path)
    source = Source(
        name=name, kind=kind, timeout_seconds=timeout, queries=_queries(entry, where, path), **texts, **files
    )
    _refuse_clear_text(source, where, path)
    return source


_TEXTS = ("url", "user_env", "password_env", "token_env", "block", "fingerprint", "endpoint", "region")
_FILES = ("known_hosts", "key_file")


def _text(value: Any, key: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong(key, "ข้อความที่ไม่ว่าง", "a text that is not empty", path)
    return value.strip()


def _queries(entry: Mapping[str, Any], where: str, path: Path) -> Mapping[str, str]:
    queries = entry.get("queries", {})
    is_named = isinstance(queries, dict) and all(
        isinstance(one, str) and one.strip() for one in queries.values()
    )
    if not is_named:
        raise wrong(f"{where}.queries", "ชื่อและคำสั่ง SQL", "names and SQL queries", path)
    return cast(Mapping[str, str], queries)


def _refuse_clear_text(source: Source, where: str, path: Path) -> None:
    """A password over plain http is anyone's on the way."""
    for url in (source.url, source.endpoint):
        parts = urlsplit(url)
        if parts.scheme == "http" and source.has_credentials and parts.hostname not in _HERE:
            raise wrong(
                where, "ที่อยู่ https:// เมื่อใช้รหัสผ่าน", "an https:// address when a password is used", path
            )
    if source.endpoint:
        refuse_secret(source.endpoint, f"{where}.endpoint", path)
