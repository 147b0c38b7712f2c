"""Invented identity numbers: national ids with a right check digit, and house ids.

No number repeats in the province: serials are spread by a multiplication that visits every value
once, and each district keeps to its own residue class. A number drawn here may by chance be a real
person's; names, birth dates and homes around it are all invented.
"""

import numpy as np
from numpy.typing import NDArray

from sample_data.draw import Ints

SERIALS = 10_000_000
SPREAD = 6_180_339
"""Coprime with SERIALS (odd, not a multiple of five): i * SPREAD mod SERIALS visits every serial."""

CLASSES = 32
"""Residue classes of serials: one per district of the province (25), so that districts never collide."""

MUNICIPAL_OFFICES = {"3401": 3499, "3415": 3498}
"""Registration offices of the two towns: municipalities are numbered from 99 downward."""

PERSONS = SERIALS // CLASSES - 1
"""Numbers of persons that have a serial of their own in a district."""

SPARE_FROM = 240_000
"""From here on they are kept for planted members; the largest district has far fewer people than this."""

PAIRS = 200_000
"""Ids that two planted members of the province can share."""


def national_ids(first_digit: Ints, office: Ints, person: Ints, district_index: int) -> NDArray[np.str_]:
    """Thirteen digits as text: first digit, office (4), serial (7), check digit.

    `person` is a number unique in the district, below PERSONS.
    """
    serial = ((person * CLASSES + district_index + 1) * SPREAD) % SERIALS
    body = first_digit * 10**11 + office * 10**7 + serial
    return as_text(body * 10 + check_digit(body), 13)


def national_id(first_digit: int, office: int, person: int, district_index: int) -> str:
    """One of them."""
    parts = (np.array([part], dtype=np.int64) for part in (first_digit, office, person))
    return str(national_ids(*parts, district_index=district_index)[0])


def check_digit(body: Ints) -> Ints:
    """Weights 13..2 over the first twelve digits; check = (11 - sum mod 11) mod 10."""
    total = np.zeros_like(body)
    for position in range(12):
        total += (body // 10 ** (11 - position)) % 10 * (13 - position)
    return (11 - total % 11) % 10


def house_ids(office: Ints, house: Ints) -> NDArray[np.str_]:
    """Eleven digits as text: office (4), serial (6), a last digit (its real algorithm is not known)."""
    serial = (house * 618_033) % 1_000_000
    body = office * 10**6 + serial
    return as_text(body * 10 + (body % 97) % 10, 11)


def as_text(numbers: Ints, width: int) -> NDArray[np.str_]:
    return np.char.zfill(numbers.astype(f"U{width}"), width)


def with_check_digit(twelve_digits: str) -> str:
    """The thirteen digits of a national id from its first twelve."""
    return twelve_digits + str(int(check_digit(np.array([int(twelve_digits)]))[0]))
