"""The households of a round with their members as rows, found by row number or by id."""

from collections.abc import Mapping

import numpy as np

from sample_data.planting.case import Row
from sample_data.province import Records

Household = tuple[Row, list[Row]]
"""A home and its members."""


class Lookup:
    """One round of a district; every household handed out is a fresh copy."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._first = np.searchsorted(records.people["hh"].to_numpy(), np.arange(len(records.homes) + 1))
        self._rows: Mapping[str, int] = {key: row for row, key in enumerate(records.homes["household_id"])}

    def has_members(self, row: int) -> bool:
        return bool(self._first[row] < self._first[row + 1])

    def at(self, row: int) -> Household:
        members = self._records.people[int(self._first[row]) : int(self._first[row + 1])].to_dicts()
        return self._records.homes.row(row, named=True), members

    def called(self, household_id: str) -> Household | None:
        """The household of that id; None when it was not surveyed, or nobody lived there."""
        row = self._rows.get(household_id)
        return None if row is None or not self.has_members(row) else self.at(row)
