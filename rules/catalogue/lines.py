"""Where each key of a YAML file stands, and a refusal of keys written twice (YAML silently keeps the last).

Deliberately not here: what the keys mean (reading.py).
"""

from __future__ import annotations

import yaml


class Lines(dict[str, int]):
    """Line of each top-level key, from 1."""

    # Line on which each value's text begins.
    starts: dict[str, int]

    def text_line(self, key: str, line: int) -> int:
        """The file's line of the given line of a key's text; exact for block texts, else the first line."""
        return self.starts.get(key, self.get(key, 1)) + line - 1


def line_numbers(text: str) -> Lines:
    """The lines of the top-level keys; empty when the text is not a mapping. Raises yaml.MarkedYAMLError."""
    lines = Lines()
    lines.starts = {}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return lines
    _refuse_twice(root)
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
