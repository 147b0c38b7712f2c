"""A share with its 95 % interval, after Wilson (1927): sensible at 0 % and 100 % and for few trials."""

from math import sqrt

Z = 1.959964
"""Of the standard normal distribution, for 95 %."""


def interval(hits: int, trials: int) -> tuple[float, float]:
    """Lower and upper end; nothing is known of no trials: (0, 1)."""
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is no share")
    if not trials:
        return 0.0, 1.0
    share = hits / trials
    middle = (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials)
    half = Z * sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials)) / (1 + Z * Z / trials)
    # Exactly 0 and 1 at the ends, where rounding would leave 1e-17.
    return (max(middle - half, 0.0) if hits else 0.0, min(middle + half, 1.0) if hits < trials else 1.0)
