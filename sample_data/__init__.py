"""An invented province: its maker, small committed extracts of two rounds, what a night must find.

Real are only the district and tambon names; people, homes, answers and ids are made up. See `make`.
"""

from sample_data.make import make

__all__ = ["make"]
