"""An invented province: its maker, small committed extracts of three rounds, what a night must find.

Real are only the district and tambon names; people, homes, answers and ids are made up. See `make`, and
`make_earlier` for the round of the questionnaire before.
"""

from sample_data.earlier_form import make_earlier
from sample_data.make import make

__all__ = ["make", "make_earlier"]
