"""The value of one YAML block, and what may be odd about it. The parser itself is loaded for a block that needs it."""

from __future__ import annotations

from typing import Any

from kcs.tuples import NamedTuple


class BlockError(Exception):
    """The block cannot be used; `index` is a character offset in it, or None."""

    def __init__(self, code: str, message: str, index: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.index = index


class Note(NamedTuple):
    """Something odd that does not make the block unusable; `first` is where a repeated key stood before."""

    code: str
    key: str
    place: int
    first: int = 0


class Parsed(NamedTuple):
    """The value of a block (None, str, bool, list, dict), its top-level keys with their character offsets."""

    data: Any
    keys: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()


def parse(text: str) -> Parsed:
    """The value of one YAML text; raises BlockError, whatever is wrong with it."""
    from kcs.article.yaml_plain import read_plain

    if (plain := read_plain(text)) is not None:
        return plain
    from kcs.article.yaml_loader import parse_yaml

    return parse_yaml(text)
