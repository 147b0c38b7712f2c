"""One entry of a district's `deliveries`, understood: in which source, and which files or table there.

    "arrived/3401/*.csv"              files of a folder, as ever
    "sftp://host/jpt/3401/*.csv"      files elsewhere; [sources.…] with this address lends its credentials
    "dopa:3401/*.csv"                 the same below the address of [sources.dopa]
    "central:jpt.household_3401"      a table or a named query of a database
    "inbox:" or "inbox:*.xlsx"        what the inbox holds of the district

``{district}`` stands for the district's code everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from flows.settings_values import SettingsError, wrong
from flows.sources.source import NAME, Kind, Source, kind_of

INBOX = "inbox"
_PREFIX = re.compile(rf"({NAME.pattern}):(?!\\)(.*)", re.DOTALL)
_TABLE = re.compile(r"[\w{}]+(\.[\w{}]+)?")


@dataclass(frozen=True)
class Place:
    """``pattern``: of a folder and the inbox a glob, of files elsewhere a whole address, of a database a
    table or the name of a query.
    """

    kind: Kind | Literal["folder", "inbox"]
    pattern: str
    source: Source | None = None
    district_code: str = ""

    def of(self, district_code: str) -> "Place":
        """The place of one district."""
        pattern = self.pattern.replace("{district}", district_code)
        return replace(self, pattern=pattern, district_code=district_code)

    @property
    def parts(self) -> tuple[str, str, str]:
        """Of an address: scheme and host, path, query. Only on the web ? begins a query; elsewhere it is any
        sign.
        """
        scheme, rest = self.pattern.split("://", 1)
        host, slash, path = rest.partition("/")
        query = ""
        if self.kind == "web":
            path, _, query = path.partition("?")
        return f"{scheme}://{host.rpartition('@')[2]}", slash + path, query

    @property
    def said(self) -> str:
        """The place as it may be shown: no user, no query."""
        if self.source is None:
            return self.pattern
        if self.kind == "database":
            return f"{self.source.name}:{self.pattern}"
        return "".join(self.parts[:2])


def parse(text: str, sources: Mapping[str, Source], has_inbox: bool, key: str, path: Path) -> Place:
    """Understand one entry. Raises SettingsError naming ``key`` when nothing can be meant by it."""
    if "://" in text:
        return _address(text, sources, key, path)
    named = _PREFIX.fullmatch(text)
    if not named:
        return Place("folder", text)
    name, rest = named.groups()
    if name == INBOX:
        return _inbox(rest, has_inbox, key, path)
    if name not in sources:
        listed = ", ".join(f"[sources.{one}]" for one in sources) or "-"
        raise SettingsError(
            f"{path.name}: ค่า {key} อ้างถึง [sources.{name}] ซึ่งไม่มี (มี {listed})",
            f"{path.name}: {key} names [sources.{name}], which is not there (there are {listed})",
        )
    source = sources[name]
    if source.kind == "database":
        return Place("database", _table(rest, source, key, path), source)
    return Place(source.kind, f"{source.url.rstrip('/')}/{rest.lstrip('/')}" if rest else source.url, source)


def _address(text: str, sources: Mapping[str, Source], key: str, path: Path) -> Place:
    kind = kind_of(text, key, path)
    if kind == "database":
        raise wrong(
            key,
            'ชื่อแหล่งกับตาราง เช่น "central:jpt.household" โดยระบุที่อยู่ไว้ใน [sources.central]',
            'a source and a table, "central:jpt.household", with the address in [sources.central]',
            path,
        )
    lending = [source for source in sources.values() if _is_below(text, source.url)]
    # The longest path is the nearest: a folder of a server may have credentials of its own.
    lent = max(lending, key=lambda source: len(urlsplit(source.url).path), default=None)
    return Place(kind, text, lent or Source(name=urlsplit(text).hostname or "", url=text, kind=kind))


def _is_below(text: str, url: str) -> bool:
    wanted, there = urlsplit(url), urlsplit(text)
    same_host = (wanted.scheme, wanted.hostname, wanted.port) == (there.scheme, there.hostname, there.port)
    folder = wanted.path.rstrip("/")
    return same_host and (there.path == wanted.path or there.path.startswith(f"{folder}/"))


def _inbox(rest: str, has_inbox: bool, key: str, path: Path) -> Place:
    if not has_inbox:
        raise SettingsError(
            f'{path.name}: ค่า {key} ใช้ inbox: แต่หมวด [night] ไม่ได้ระบุ inbox = "โฟลเดอร์รับไฟล์"',
            f'{path.name}: {key} uses inbox: but [night] does not say inbox = "a folder"',
        )
    if "/" in rest or "\\" in rest:
        raise wrong(key, 'ชื่อไฟล์ เช่น "inbox:*.xlsx"', 'names of files, such as "inbox:*.xlsx"', path)
    return Place("inbox", rest or "*")


def _table(rest: str, source: Source, key: str, path: Path) -> str:
    if rest not in source.queries and not _TABLE.fullmatch(rest):
        raise wrong(
            key,
            f"ชื่อตาราง เช่น {source.name}:jpt.household หรือชื่อในหมวด [sources.{source.name}.queries]",
            f"a table such as {source.name}:jpt.household or a name of [sources.{source.name}.queries]",
            path,
        )
    return rest
