"""``[notices]`` of jpt.toml: who is told of a night, when, and by which of three channels.

Addresses that are secrets (a webhook's URL, tokens, passwords) stand in no file: the settings name the
environment variables that hold them, and they are read when a notice is sent (flows.operation.channels).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.settings_values import SettingsError, environment_name, positive, refuse_unknown, wrong

EVENTS = ("failure", "change", "always")
LINE_PUSH = "https://api.line.me/v2/bot/message/push"
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Webhook:
    """A JSON POST. ``url_env``: the variable that holds the whole address, which is a secret itself."""

    url_env: str


@dataclass(frozen=True)
class Email:
    """A letter by SMTP. Without ``user_env`` nobody signs in, as inside an office's network."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    user_env: str | None = None
    password_env: str | None = None
    starttls: bool = True


@dataclass(frozen=True)
class Line:
    """A push message by the LINE Messaging API, or by a service that speaks like it."""

    token_env: str
    to_env: str
    url: str = LINE_PUSH


@dataclass(frozen=True)
class Notices:
    """Who is told and when. ``on``: some of EVENTS. ``link``: where ``out`` is served, ending in "/"."""

    on: tuple[str, ...] = ("failure", "change")
    link: str = ""
    webhook: Webhook | None = None
    email: Email | None = None
    line: Line | None = None

    @property
    def has_channel(self) -> bool:
        return any((self.webhook, self.email, self.line))


def read_notices(table: Any, path: Path) -> Notices:
    """What ``[notices]`` says. Raises SettingsError."""
    if not isinstance(table, dict):
        raise wrong("notices", "หมวด [notices]", "a table [notices]", path)
    refuse_unknown(table, ("on", "link", "webhook", "email", "line"), "notices.", path)
    return Notices(
        on=_events(table.get("on", ["failure", "change"]), path),
        link=_link(table.get("link", ""), path),
        webhook=_webhook(table["webhook"], path) if "webhook" in table else None,
        email=_email(table["email"], path) if "email" in table else None,
        line=_line(table["line"], path) if "line" in table else None,
    )


def safe_address(url: str) -> bool:
    """Whether a secret may be sent there: https, or this very machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    )


def is_here(host: str) -> bool:
    return host in _HERE


def _events(value: Any, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(one in EVENTS for one in value):
        raise wrong("notices.on", f"รายการที่เลือกจาก {', '.join(EVENTS)}", f"some of {', '.join(EVENTS)}", path)
    return tuple(value)


def _link(value: Any, path: Path) -> str:
    if value == "":
        return ""
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and not (parts.username or parts.query)
    if not is_plain:
        raise wrong(
            "notices.link",
            "ที่อยู่เว็บของโฟลเดอร์ผลลัพธ์ ไม่มีรหัสผ่าน เช่น https://intranet.example.go.th/jpt/",
            "the web address of the results' folder, such as https://intranet.example.go.th/jpt/",
            path,
        )
    return value if value.endswith("/") else f"{value}/"


def _webhook(table: Any, path: Path) -> Webhook:
    entry = _entry(table, "webhook", ("url_env",), path)
    return Webhook(_variable(entry, "webhook", "url_env", path))


def _line(table: Any, path: Path) -> Line:
    entry = _entry(table, "line", ("url", "token_env", "to_env"), path)
    url = entry.get("url", LINE_PUSH)
    if not isinstance(url, str) or not safe_address(url) or urlsplit(url).username:
        raise wrong("notices.line.url", "ที่อยู่ที่ขึ้นต้นด้วย https://", "an address that begins with https://", path)
    return Line(
        token_env=_variable(entry, "line", "token_env", path),
        to_env=_variable(entry, "line", "to_env", path),
        url=url,
    )


def _email(table: Any, path: Path) -> Email:
    known = ("host", "port", "from", "to", "user_env", "password_env", "starttls")
    entry = _entry(table, "email", known, path)
    given = entry.get("to", [])
    to = given if isinstance(given, list) else [given]
    secrets = [
        environment_name(entry.get(name), f"notices.email.{name}", path)
        for name in ("user_env", "password_env")
    ]
    email = Email(
        host=_text(entry, "host", path),
        port=positive(entry.get("port", 587), "notices.email.port", path),
        sender=_address(entry.get("from"), "from", path),
        to=tuple(_address(one, "to", path) for one in to),
        user_env=secrets[0],
        password_env=secrets[1],
        starttls=_yes_or_no(entry.get("starttls", True), path),
    )
    if not email.to:
        raise wrong("notices.email.to", "ที่อยู่อีเมลผู้รับ", "the addresses of who is told", path)
    if bool(email.user_env) != bool(email.password_env):
        raise wrong("notices.email.password_env", "ค่าที่ใส่คู่กับ user_env", "a key that goes with user_env", path)
    if email.user_env and not email.starttls and not is_here(email.host):
        raise wrong("notices.email.starttls", "true เมื่อส่งรหัสผ่าน", "true where a password is sent", path)
    return email


def _entry(table: Any, name: str, known: tuple[str, ...], path: Path) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise wrong(f"notices.{name}", f"หมวด [notices.{name}]", f"a table [notices.{name}]", path)
    refuse_unknown(table, known, f"notices.{name}.", path)
    return table


def _variable(entry: Mapping[str, Any], table: str, key: str, path: Path) -> str:
    named = environment_name(entry.get(key), f"notices.{table}.{key}", path)
    if named is None:
        raise SettingsError(
            f"{path.name} หมวด [notices.{table}] ขาดค่า {key}", f"{path.name}: [notices.{table}] lacks {key}"
        )
    return named


def _text(entry: Mapping[str, Any], key: str, path: Path) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip() or "://" in value:
        raise wrong(f"notices.email.{key}", "ชื่อเครื่องแม่ข่าย เช่น smtp.example.go.th", "a host's name", path)
    return value


def _address(value: Any, key: str, path: Path) -> str:
    is_one = isinstance(value, str) and value.count("@") == 1 and not set(value) & set("\r\n,;")
    if not is_one:
        raise wrong(f"notices.email.{key}", "ที่อยู่อีเมล", "an e-mail address", path)
    return str(value)


def _yes_or_no(value: Any, path: Path) -> bool:
    if not isinstance(value, bool):
        raise wrong("notices.email.starttls", "true หรือ false", "true or false", path)
    return value
