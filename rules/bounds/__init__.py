"""How sure the list of households below the income line is: certain below, certain above, or open.

``bounds`` per household, ``of_areas`` the least and most of every area, ``matters`` which findings decide.
"""

from rules.bounds.areas import AREAS, of_areas
from rules.bounds.certainty import BOUNDS, FLAGS, REASONS, bounds
from rules.bounds.doubts import doubtful
from rules.bounds.matters import MATTERS, Failed, matters

__all__ = [
    "AREAS",
    "BOUNDS",
    "FLAGS",
    "MATTERS",
    "REASONS",
    "Failed",
    "bounds",
    "doubtful",
    "matters",
    "of_areas",
]
