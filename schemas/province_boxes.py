"""The box a province lies in, from `codes/province_boxes.json`: wide enough that no home of it is outside.

A box is no border: a position inside may still lie in a neighbouring province. Recalled, to be calibrated by
each province with its own homes.
"""

import json
from dataclasses import dataclass
from functools import cache

from schemas.code_lists import FOLDER, Status, as_status


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees north and east, both ends included."""

    south: float
    north: float
    west: float
    east: float
    status: Status


@cache
def box(province_code: str) -> Box | None:
    """The box of that province; None where nobody has written one down."""
    boxes = json.loads((FOLDER / "province_boxes.json").read_text(encoding="utf-8"))
    entry = boxes.get(province_code)
    if entry is None:
        return None
    return Box(**{**entry, "status": as_status(entry["status"])})
