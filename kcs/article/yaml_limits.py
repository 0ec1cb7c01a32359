"""Limits of a YAML block: not nested so deep that reading it crashes, nor so full of aliases that it explodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import ScalarNode, SequenceNode

from kcs.article.yaml_block import BlockError

if TYPE_CHECKING:
    from yaml.nodes import Node

    BaseLoader = yaml.SafeLoader
else:
    BaseLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 64
MAX_EXPANDED = 10_000
_BREAK = "\n\r\x85\u2028\u2029"
# Only a line that starts like this can open more block levels than its width shows.
_DEEP_LINE = re.compile(rf"(?:\A|[{_BREAK}])(?:[-?: \t]{{20}}|[-?: \t]*[&!])")
_DEEP_SIGNS = ("  ", "- ", "? ", ": :", "\t", "&", "!")


def may_be_deep(text: str) -> bool:
    """Cheap, and never misses a deep block: 20 brackets and 20 columns stay below the limit."""
    if text.count("[") + text.count("{") > 20:
        return True
    return any(sign in text for sign in _DEEP_SIGNS) and _DEEP_LINE.search(text) is not None


def check_depth(text: str) -> None:
    """Events come from a loop; composing them recurses in C, where too deep is a crash and not an exception."""
    depth = 0
    for event in yaml.parse(text, Loader=BaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise BlockError("too-deep", f"nested deeper than {MAX_DEPTH} levels", _index(event))


def check_expansion(root: Node) -> None:
    """Refuses aliases that would unfold to too many nodes, too many levels, or without end."""
    sizes: dict[int, tuple[int, int]] = {}

    def measure(node: Node) -> tuple[int, int]:
        if type(node) is ScalarNode:
            return 1, 1
        known = sizes.get(id(node))
        if known is None:
            # An alias inside its own anchor finds this and is refused for its size.
            sizes[id(node)] = (MAX_EXPANDED, 1)
            children = (
                node.value if type(node) is SequenceNode else [part for pair in node.value for part in pair]
            )
            below = [measure(child) for child in children]
            known = 1 + sum(size for size, _ in below), 1 + max((depth for _, depth in below), default=0)
            sizes[id(node)] = known
        return known

    size, depth = measure(root)
    if size > MAX_EXPANDED:
        raise BlockError("alias-limit", f"aliases unfold to more than {MAX_EXPANDED} values", None)
    if depth > MAX_DEPTH:
        raise BlockError("too-deep", f"aliases unfold to more than {MAX_DEPTH} levels", None)


def _index(event: yaml.Event) -> int | None:
    return event.start_mark.index if event.start_mark else None
