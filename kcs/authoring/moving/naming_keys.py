"""Keys of front matter that name other articles, by id or by path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs.article.front_matter import read
from kcs.article.splice import flow_scalar, scalar, set_value
from kcs.article.splice_inner import set_inner
from kcs.kb.translated import named
from kcs.tuples import NamedTuple

_NAMING = ("superseded_by", "counterpart", "translation_of")


class Renamed(NamedTuple):
    """A key of front matter that names an article by its path; `line` in the file from 1."""

    key: str
    line: int
    before: str
    after: str


def renamed_keys(raw: bytes, paths: Mapping[str, str]) -> tuple[bytes, list[Renamed]]:
    """The file with each key that names an article by a path that moves naming it by its new one."""
    found = []
    for key in _NAMING:
        document = read(raw)
        value = document.meta.get(key)
        old = named(value)
        if old in paths:
            new = paths[old]
            if isinstance(value, dict):
                raw = set_inner(raw, key, "id", flow_scalar(new))
            else:
                raw = set_value(raw, key, scalar(new))
            found.append(Renamed(key, document.lines.get(key, 1), old, paths[old]))
    return raw, found


def names_any(meta: Mapping[str, Any], paths: Mapping[str, str]) -> bool:
    """Whether front matter names an article by one of these paths."""
    return any(named(meta.get(key)) in paths for key in _NAMING)
