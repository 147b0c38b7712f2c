"""A YAML file's content and where each key stands; keys written twice are refused (YAML keeps the last).

Deliberately not here: what the keys mean (reading.py).
"""

from __future__ import annotations

from typing import Any

import yaml

# libyaml's scanner, where PyYAML has it (as its wheels do): 300 rule files in half a second, not in eight.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lines(dict[str, int]):
    """Line of each top-level key, from 1."""

    # Line on which each value's text begins.
    starts: dict[str, int]

    def text_line(self, key: str, line: int) -> int:
        """The file's line of the given line of a key's text; exact for block texts, else the first line."""
        return self.starts.get(key, self.get(key, 1)) + line - 1


def parsed(text: str) -> tuple[Any, Lines]:
    """The content, and the lines of its top-level keys (none when it is no mapping), in one reading.

    Raises yaml.MarkedYAMLError.
    """
    loader = LOADER(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None, _lines(root)
        _refuse_twice(root)
        return loader.construct_document(root), _lines(root)
    finally:
        loader.dispose()


def _lines(root: yaml.Node | None) -> Lines:
    lines = Lines()
    lines.starts = {}
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            lines[key.value] = key.start_mark.line + 1
            is_block = isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"}
            lines.starts[key.value] = value.start_mark.line + 1 + is_block
    return lines


def _refuse_twice(node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value} is there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
            _refuse_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_twice(value)
