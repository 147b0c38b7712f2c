"""The smallest rule and records on which an engine still disagrees with the reference."""

from collections.abc import Callable, Iterator

from rules.language import RuleError, parse_condition, tree
from tests.language_engines import Batch, Engine, a_rule, by_python
from tests.language_worlds import COLUMNS, World
from tests.language_writer import PARAMS

Texts = tuple[str | None, str]


def a_batch(table: str, texts: dict[str, Texts], world: World) -> Batch:
    """The texts typed, ready for any engine."""

    def typed(text: str | None):
        return None if text is None else parse_condition(text, table, COLUMNS, PARAMS)

    rules = {
        rule_id: a_rule(rule_id, table, typed(applies), typed(must))
        for rule_id, (applies, must) in texts.items()
    }
    return Batch(table, rules, world)


def minimised(engine: Engine, table: str, texts: Texts, world: World) -> tuple[Texts, World]:
    """Shorter texts, fewer rows and fewer cells, as long as the two disagree; no rows if alone they agree."""

    def still(candidate: Texts, records: World) -> bool:
        try:
            batch = a_batch(table, {"R": candidate}, records)
        except RuleError:
            return False
        try:
            return engine(batch) != by_python(batch)
        except Exception:
            return True

    if not still(texts, world):
        return texts, World()
    world = _smaller(world, _fewer_rows, lambda records: still(texts, records))
    texts = _smaller(texts, _shorter, lambda candidate: still(candidate, world))
    for change in (_fewer_rows, _fewer_cells):
        world = _smaller(world, change, lambda records: still(texts, records))
    return texts, world


def _smaller(thing, changes: Callable, still: Callable):
    while (found := next((smaller for smaller in changes(thing) if still(smaller)), None)) is not None:
        thing = found
    return thing


def _shorter(texts: Texts) -> Iterator[Texts]:
    applies, must = texts
    if applies is not None:
        yield None, must
        yield from ((shorter, must) for shorter in _parts_only(applies))
    yield from ((applies, shorter) for shorter in _parts_only(must))


def _parts_only(text: str) -> Iterator[str]:
    """The text with one of its parts put in the place of a larger one."""
    for node in sorted(tree(text).iter_subtrees(), key=_size, reverse=True):
        for part in sorted(node.iter_subtrees(), key=_size):
            if not node.meta.empty and not part.meta.empty and _size(part) < _size(node):
                inside = text[part.meta.start_pos : part.meta.end_pos]
                for written in (inside, f"({inside})"):
                    shorter = text[: node.meta.start_pos] + written + text[node.meta.end_pos :]
                    if len(shorter) < len(text):
                        yield shorter


def _size(node) -> int:
    return 0 if node.meta.empty else node.meta.end_pos - node.meta.start_pos


def _fewer_rows(world: World) -> Iterator[World]:
    for place in range(len(world)):
        size = len(world[place])
        while size >= 1:
            for start in range(0, len(world[place]), size):
                yield _replaced(world, place, [*world[place][:start], *world[place][start + size :]])
            size //= 2


def _fewer_cells(world: World) -> Iterator[World]:
    for place in range(len(world)):
        for n, row in enumerate(world[place]):
            for name in (name for name, cell in row.items() if cell is not None):
                rows = [*world[place][:n], row | {name: None}, *world[place][n + 1 :]]
                yield _replaced(world, place, rows)


def _replaced(world: World, place: int, rows) -> World:
    return World(*world[:place], rows, *world[place + 1 :])
