"""What hands and eyes do to digits: a neighbouring key, two digits the other way round."""

from itertools import pairwise
from random import Random

# The row of digits on a keyboard: 0 lies beside 9.
BESIDE = {"0": "9", "1": "2", "9": "80", **{str(d): f"{d - 1}{d + 1}" for d in range(2, 9)}}


def one_slip(text: str, dice: Random) -> str | None:
    """The text with one digit replaced by the key beside it; None without digits."""
    places = [place for place, sign in enumerate(text) if sign in BESIDE]
    if not places:
        return None
    place = dice.choice(places)
    return text[:place] + dice.choice(BESIDE[text[place]]) + text[place + 1 :]


def two_swapped(text: str, dice: Random) -> str | None:
    """The text with two neighbouring digits in the other order; None when no two neighbours differ.

    A number keeps its first digit away from zero: nobody types 0500.
    """
    pairs = [
        place
        for place, (one, other) in enumerate(pairwise(text))
        if one in BESIDE and other in BESIDE and one != other and not (place == 0 and other == "0")
    ]
    if not pairs:
        return None
    place = dice.choice(pairs)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
