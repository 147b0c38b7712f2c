"""The files of an SFTP server, S3 storage or web server, through fsspec: which there are.

A file is listed with a mark (size, time, ETag) that tells an unchanged one without fetching it. Listing is
our own walk: fsspec's skips a folder that it could not read, and half a delivery would look like a whole one.
Deliberately not here: connecting (file_systems), reading (remote_reader).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, unquote

from fsspec import AbstractFileSystem

from flows.sources.failed import VANISHED, reason_of, telling
from flows.sources.place import Place

UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload", ".uploading")
_MAGIC = ("*", "[", "?")


@dataclass(frozen=True)
class Listed:
    """One file there. ``mark`` is empty when the server tells nothing by which a change could be seen."""

    path: str
    name: str
    size: int | None
    mark: str


def listed(system: AbstractFileSystem, place: Place) -> list[Listed]:
    """The files of a place by name. A folder that is not there has none; hidden and unfinished ones are
    left out.
    """
    with telling(place.said):
        start, segments = _split(place)
        found = [entry(system, info) for info in _matching(system, place, start, segments)]
    wanted = [one for one in found if not is_left_out(one.name)]
    return sorted(wanted, key=lambda one: (one.name, one.path))


def is_left_out(name: str) -> bool:
    """Hidden, a lock of an office program, or an upload that has not ended."""
    return not name or name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED)


def _split(place: Place) -> tuple[str, list[str]]:
    """Where the walk begins, as the file system names it, and the rest of the path by folders."""
    host, path, query = place.parts
    begin = {"sftp": "", "s3": host.removeprefix("s3://"), "web": host}[place.kind]
    segments = [one for one in path.split("/") if one]
    if place.kind == "web":
        segments = [one if _is_pattern(one, on_web=True) else quote(one, safe="%") for one in segments]
        segments[-1:] = [segments[-1] + (f"?{query}" if query else "")]
    return begin, segments


def _is_pattern(segment: str, *, on_web: bool = False) -> bool:
    return any(sign in segment for sign in (_MAGIC[:2] if on_web else _MAGIC))


def _matching(
    system: AbstractFileSystem, place: Place, folder: str, segments: list[str], *, is_seen: bool = False
) -> Iterator[Mapping[str, Any]]:
    """What ``segments`` mean below ``folder``: names, patterns, and ** for any folders or none.

    ``is_seen``: the folder was listed, so that it cannot just be missing.
    """
    first, rest = segments[0], segments[1:]
    if not _is_pattern(first, on_web=place.kind == "web"):
        path = f"{folder}/{first}"
        if rest:
            yield from _matching(system, place, path, rest)
        else:
            yield from (info for info in _there(lambda: [system.info(path)]) if info["type"] != "directory")
        return
    if first == "**" and rest:
        yield from _matching(system, place, folder, rest, is_seen=is_seen)
    path = f"{folder}/" if place.kind == "web" else folder
    for info in system.ls(path, detail=True) if is_seen else _there(lambda: system.ls(path, detail=True)):
        name, is_folder = _name(info["name"]), info["type"] == "directory"
        if is_folder and first == "**":
            yield from _matching(system, place, info["name"].rstrip("/"), segments, is_seen=True)
        elif is_folder and rest and fnmatchcase(name, first):
            yield from _matching(system, place, info["name"].rstrip("/"), rest, is_seen=True)
        elif not is_folder and not rest and fnmatchcase(name, first):
            yield info


def _there(ask: Callable[[], list[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """What a server answers, nothing when nothing is there: a sender who has not sent yet is no failure."""
    try:
        return ask()
    except FileNotFoundError as error:
        if reason_of(error) != VANISHED:
            raise
        return []


def entry(system: AbstractFileSystem, info: Mapping[str, Any]) -> Listed:
    """A listing's entry with its size and mark; web servers tell these only when asked for the file."""
    if info["name"].startswith("http") and "ETag" not in info and "Last-Modified" not in info:
        info = system.info(info["name"])
    times = ("ETag", "mtime", "LastModified", "Last-Modified")
    told = [f"{key}={info[key]}" for key in times if info.get(key)]
    size = info.get("size")
    mark = " ".join([f"size={size}", *told]) if told and size is not None else ""
    return Listed(info["name"], _name(info["name"]), size, mark)


def _name(path: str) -> str:
    last = path.rstrip("/").rsplit("/", 1)[-1]
    if not path.startswith("http"):
        return last
    # A server's own listing links to itself in other orders: "?C=N;O=D" is no file.
    return unquote(last.partition("?")[0])
