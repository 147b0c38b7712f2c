"""Small counts suppressed, and others with them, until published totals do not give them back.

A table is a tree of areas times the answers of one item. Every area's answers add up to a total that is
published, and every area's answer is the sum of its parts'. So what is suppressed can still lie in a range,
and the widths of these ranges are exact: the table is a network (L. Cox, "Network models for complementary
cell suppression", JASA 90 (1995), 1453-1462) in which a cell is an arc from its area to its answer one level
up, and how far a cell can move is how much can flow around it. A cell needs a range at least as wide as the
threshold; where it has not, the cheapest other cells on a way around are suppressed too.
Deliberately not here: what is counted and of which areas (profile.py).
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Cell = tuple[str, int]
"""An area and the place of an answer."""
ROOT = ""
# What is read most is spared most: an answer all items share, and counts of larger areas.
_COSTLY, _SPARED = 10**9, 100


@dataclass(frozen=True)
class Rules:
    """Counts from ``small_from`` (1: zeros are shown; 0: they are not) to below ``threshold`` are small; the
    range of a suppressed cell is at least ``threshold`` wide.
    """

    threshold: int
    small_from: int = 1

    def least_base(self, answers: int) -> int:
        """How many an area must have for every table of so many answers to have a way around.

        All of its cells suppressed and at least 1 each, a cell can be from 1 to what the others leave.
        """
        return self.threshold + answers


@dataclass(frozen=True)
class Table:
    """``counts``: of every area its answers; ``parents``: of every area the one it is part of, ROOT of the
    topmost. Where an area has parts, its counts are their sums.
    """

    counts: Mapping[str, Sequence[int]]
    parents: Mapping[str, str]

    @property
    def leaves(self) -> list[str]:
        """Areas without parts."""
        return sorted(set(self.counts) - set(self.parents.values()))


class NotProtectedError(Exception):
    """A small cell with no way around: its area counts too few for the threshold."""


def suppressed(table: Table, rules: Rules, costly: Collection[int] = ()) -> frozenset[Cell]:
    """The cells to suppress. Raises NotProtectedError where an area has fewer than ``rules.least_base``.

    ``costly``: answers that are suppressed beside a small one only where no others do.
    """
    network = _Network(table, rules, frozenset(costly))
    hidden = {
        (area, answer)
        for area, counts in table.counts.items()
        for answer, count in enumerate(counts)
        if rules.small_from <= count < rules.threshold
    }
    waiting = sorted(hidden)
    while waiting:
        cell = waiting.pop(0)
        added = network.protect(cell, hidden)
        if added:
            # What more is suppressed can only widen the ranges of those that were wide enough.
            hidden |= added
            waiting += sorted(added)
    return frozenset(hidden)


@dataclass
class _Network:
    """The arcs of the cells of a table; nodes are the leaves, each answer of each area above, and one end."""

    table: Table
    rules: Rules
    costly: frozenset[int]
    ends: dict[Cell, tuple[object, object]] = field(init=False)
    at: dict[object, list[Cell]] = field(init=False)
    depths: dict[str, int] = field(init=False)
    levels: int = field(init=False)

    def __post_init__(self) -> None:
        leaves = set(self.table.leaves)
        self.ends, self.at = {}, {}
        self.depths = {area: _depth(area, self.table.parents) for area in self.table.parents}
        self.levels = max(self.depths.values())
        for area, counts in sorted(self.table.counts.items()):
            parent = self.table.parents[area]
            for answer, count in enumerate(counts):
                if count < self.rules.small_from:
                    continue  # a zero that is always shown is known
                tail = area if area in leaves else (area, answer)
                head = ROOT if parent == ROOT else (parent, answer)
                cell = (area, answer)
                self.ends[cell] = (tail, head)
                for node in (tail, head):
                    self.at.setdefault(node, []).append(cell)

    def protect(self, cell: Cell, hidden: Iterable[Cell]) -> set[Cell]:
        """The cells to suppress beside ``hidden`` so that ``cell`` has its range; none when it has."""
        known, needed = set(hidden), self.rules.threshold
        tail, head = self.ends[cell]
        up = self._flow(head, tail, cell, known, needed, may_add=False)[0]
        down = self._down(cell, known, needed, may_add=False)[0]
        if up + down >= needed:
            return set()
        up, added = self._flow(head, tail, cell, known, needed - down, may_add=True)
        if up + down < needed:
            down, more = self._down(cell, known | added, needed - up, may_add=True)
            added |= more
        if up + down < needed:
            raise NotProtectedError(f"area {cell[0]}: a range of {up + down}, not {needed}")
        return added

    def _down(self, cell: Cell, hidden: set[Cell], wanted: int, may_add: bool) -> tuple[int, set[Cell]]:
        area, answer = cell
        room = self.table.counts[area][answer] - self.rules.small_from
        tail, head = self.ends[cell]
        return self._flow(tail, head, cell, hidden, min(wanted, room), may_add)

    def _flow(
        self, start: object, goal: object, but: Cell, hidden: set[Cell], wanted: int, may_add: bool
    ) -> tuple[int, set[Cell]]:
        """How much of ``wanted`` can flow without ``but``, and which cells are to be suppressed for it."""
        moved: dict[Cell, int] = {}
        added: set[Cell] = set()
        total = 0
        while total < wanted:
            way = self._way(start, goal, but, hidden | added, moved, may_add)
            if way is None:
                break
            room = [self._room(one, moved) for one, sign in way if sign < 0]
            part = min([wanted - total, *room])
            for one, sign in way:
                moved[one] = moved.get(one, 0) + sign * part
            added |= {one for one, _ in way} - hidden
            total += part
        return total, added

    def _room(self, cell: Cell, moved: Mapping[Cell, int]) -> int:
        area, answer = cell
        return self.table.counts[area][answer] - self.rules.small_from + moved.get(cell, 0)

    def _price(self, cell: Cell) -> int:
        area, answer = cell
        above = _SPARED ** (self.levels - self.depths[area])
        return (1 + self.table.counts[area][answer]) * above * (_COSTLY if answer in self.costly else 1)

    def _way(
        self,
        start: object,
        goal: object,
        but: Cell,
        hidden: set[Cell],
        moved: Mapping[Cell, int],
        may_add: bool,
    ) -> list[tuple[Cell, int]] | None:
        """The cheapest way by what has to be suppressed for it, of cells and whether they rise or fall."""
        best: dict[object, tuple[int, int]] = {start: (0, 0)}
        came: dict[object, tuple[object, Cell, int]] = {}
        queue: list[tuple[int, int, int, object]] = [(0, 0, 0, start)]
        turn = 0
        while queue:
            cost, steps, _, node = heapq.heappop(queue)
            if node == goal:
                return _walked(came, start, goal)
            if (cost, steps) > best[node]:
                continue
            for cell in self.at.get(node, ()):
                if cell == but or not (may_add or cell in hidden):
                    continue
                tail, head = self.ends[cell]
                other, sign = (head, 1) if node == tail else (tail, -1)
                if sign < 0 and self._room(cell, moved) <= 0:
                    continue
                price = 0 if cell in hidden else self._price(cell)
                reached = (cost + price, steps + 1)
                if other not in best or reached < best[other]:
                    best[other], came[other] = reached, (node, cell, sign)
                    turn += 1
                    heapq.heappush(queue, (*reached, turn, other))
        return None


def _depth(area: str, parents: Mapping[str, str]) -> int:
    return 0 if area == ROOT else 1 + _depth(parents[area], parents)


def _walked(
    came: Mapping[object, tuple[object, Cell, int]], start: object, goal: object
) -> list[tuple[Cell, int]]:
    way, node = [], goal
    while node != start:
        node, cell, sign = came[node]
        way.append((cell, sign))
    return way
