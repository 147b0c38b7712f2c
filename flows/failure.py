"""Failures of the program itself, told by type and place: a library's own text may quote a person's data."""

import errno
import traceback
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
_HOME = Path(__file__).resolve().parent.parent


class DistrictFailed(RuntimeError):  # noqa: N818  (the field's word for a state)
    """A district's check broke for a reason that is not what its files say. Holds no data of them.

    `is_passing`: the cause is outside the program (a share, a lock), so that trying again may help.
    """

    def __init__(self, told: str, is_passing: bool = False) -> None:
        super().__init__(told)
        self.is_passing = is_passing


class NightFailed(RuntimeError):  # noqa: N818
    """The night broke after its districts were examined; the last results stand."""


def place(error: BaseException) -> str:
    """Type of an error and the innermost line of ours it came through: "KeyError, tables.py:40"."""
    places = traceback.extract_tb(error.__traceback__)
    ours = [each for each in places if Path(each.filename).is_relative_to(_HOME)]
    where = (ours or places)[-1]
    return f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"


def is_full_disk(error: BaseException) -> bool:
    """Whether there is no room left: nobody's delivery, and every district's trouble."""
    return isinstance(error, OSError) and error.errno in FULL
