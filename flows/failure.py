"""Failures of the program itself, told by type and place: a library's own text may quote a person's data."""

import errno
import traceback
from collections.abc import Iterator
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
# How libraries that hide the number say it: Rust's (Polars, typst) on Linux and Windows, SQLite's.
_FULL_TEXTS = ("no space left", "(os error 28)", "(os error 112)", "(os error 122)", "disk is full")
_HOME = Path(__file__).resolve().parent.parent


class DistrictFailed(RuntimeError):  # noqa: N818  (the field's word for a state)
    """A district's check broke for a reason that is not what its files say. Holds no data of them.

    `is_passing`: the cause is outside the program (a share, a lock), so that trying again may help.
    `file`: the sent file that could not be opened, when it was that.
    """

    def __init__(self, told: str, is_passing: bool = False, file: str = "") -> None:
        super().__init__(told)
        self.is_passing = is_passing
        self.file = file


class NightFailed(RuntimeError):  # noqa: N818
    """The night broke after its districts were examined; the last results stand."""


def place(error: BaseException) -> str:
    """Type of an error and the innermost line of ours it came through: "KeyError, tables.py:40"."""
    places = traceback.extract_tb(error.__traceback__)
    ours = [each for each in places if Path(each.filename).is_relative_to(_HOME)]
    where = (ours or places)[-1]
    return f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"


def is_full_disk(error: BaseException | None) -> bool:
    """Whether there is no room left: nobody's delivery, and every district's trouble."""
    return any(_says_full(one) for one in _with_causes(error))


def full_disk() -> OSError:
    """The failure that ends a night without room, whichever library met it first."""
    return OSError(errno.ENOSPC, "No space left on device")


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in FULL
    text = str(error).lower()
    return any(words in text for words in _FULL_TEXTS)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
