"""What a link names: the article or file inside the knowledge base, and the key it is counted by in a fingerprint."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from kcs.digest import sha256
from kcs.tuples import NamedTuple

# Site generators stack endings: help/faq.html.md.erb is Markdown, and served and linked as help/faq.html.
MARKDOWN_ENDING = re.compile(r"(?i)(?:\.html?)?\.(?:md|markdown|mdown|mdx)(?:\.(?:erb|liquid|j2|jinja))?$")
_SERVED_ENDING = re.compile(r"(?i)\.html?$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Name(NamedTuple):
    """What an article can be linked by."""

    path: str
    id: str = ""
    permalink: str = ""


class Target(NamedTuple):
    """What a destination resolved to. `anchor` keeps its `#`, a query its `?`; both are as spelt."""

    path: str
    key: str
    anchor: str


def key_of(name: Name, moves: Mapping[str, str], *, by_permalink: bool = False) -> str:
    """What the article is counted by: what `moves` recorded, else its permalink where these name articles, its id, its path."""
    permalink = name.permalink.strip("/") if by_permalink else ""
    return (name.id and moves.get(name.id)) or moves.get(name.path) or permalink or name.id or name.path


class LinkTable:
    """All names of one state of a knowledge base. `exists` says whether another file (an image) is there.

    `moves` and `former` are what moves.tsv says (kcs.kb.moves.Moves).
    """

    def __init__(
        self,
        names: Iterable[Name],
        moves: Mapping[str, str],
        *,
        former: Mapping[str, str] = MappingProxyType({}),
        root: str = "",
        by_permalink: bool = False,
        exists: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._root = root.rstrip("/")
        self._by_permalink = by_permalink
        self._exists = exists
        self._moves = moves
        self._former = former
        self._keys: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._by_permalink_name: dict[str, str] = {}
        # Where two articles claim one name the first path wins, on every machine the same.
        for name in sorted(names, key=lambda one: one.path):
            permalink = name.permalink.strip("/") if by_permalink else ""
            self._keys[name.path] = key_of(name, moves, by_permalink=by_permalink)
            self._by_stem.setdefault(MARKDOWN_ENDING.sub("", name.path), name.path)
            if name.id:
                self._by_id.setdefault(name.id, name.path)
            if permalink:
                self._by_permalink_name.setdefault(permalink, name.path)

    def key(self, path: str) -> str:
        """The key of the article or file at `path`."""
        return self._keys.get(path) or self._moves.get(path, path)

    def epoch(self) -> str:
        """Changes when any destination could resolve to another article or key than before."""
        digest = sha256(f"{self._root}\0{self._by_permalink}\0".encode())
        for table in (self._keys, self._by_id, self._by_permalink_name, self._moves, self._former):
            digest.update(repr(sorted(table.items())).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:32]

    def resolve(self, destination: str, source: str) -> Target | None:
        """What `destination`, written in the article at path `source`, names inside the base; None if nothing."""
        found = self._resolve(destination, source, self._file)
        return Target(found[0], self.key(found[0]), found[1]) if found else None

    def resolve_past(self, destination: str, source: str) -> Target | None:
        """The same for what was written in the past, when `source` and its target may have lain elsewhere."""
        found = self.resolve(destination, source)
        if found or not self._former:
            return found
        moved = self._resolve(destination, source, self._former_file)
        return Target(moved[0], self._former[moved[0]], moved[1]) if moved else None

    def _resolve(
        self, destination: str, source: str, file: Callable[[str], str | None]
    ) -> tuple[str, str] | None:
        spelt, anchor = split_anchor(destination)
        if not spelt or "\x00" in spelt:
            return None
        path = self._named(spelt, source, file)
        if path is None and (plain := unescaped(spelt)) != spelt:
            path = self._named(plain, source, file)
        return (path, anchor) if path else None

    def _named(self, spelt: str, source: str, file: Callable[[str], str | None]) -> str | None:
        if spelt in self._by_id:
            return self._by_id[spelt]
        if self._root and (spelt + "/").startswith(self._root + "/"):
            return self._below_root(unquote(spelt[len(self._root) :]), file)
        if leads_out(spelt):
            return None
        path = path_at(unquote(spelt), source)
        return file(path) if path else None

    def _below_root(self, rest: str, file: Callable[[str], str | None]) -> str | None:
        name = rest.strip("/")
        if self._by_permalink:
            return self._by_permalink_name.get(name) or self._by_permalink_name.get(
                name.removesuffix(".html")
            )
        return file(name)

    def _file(self, path: str) -> str | None:
        if path in self._keys:
            return path
        stem = _SERVED_ENDING.sub("", path)
        return (
            self._by_stem.get(stem)
            or self._by_stem.get(f"{stem}/index")
            or (path if self._exists(path) else None)
        )

    def _former_file(self, path: str) -> str | None:
        if path in self._former:
            return path
        stem = _SERVED_ENDING.sub("", path)
        return self._former_stems.get(stem) or self._former_stems.get(f"{stem}/index")

    @cached_property
    def _former_stems(self) -> dict[str, str]:
        return {MARKDOWN_ENDING.sub("", path): path for path in sorted(self._former, reverse=True)}


def leads_out(spelt: str) -> bool:
    """Whether what is spelt so can name nothing in the base but by an id or below the root."""
    return "://" in spelt or spelt.startswith(("//", "mailto:", "tel:", "{", "<"))


def path_at(spelt: str, source: str) -> str | None:
    """The path from the root that a destination without anchor and escapes leads to; None where it leads out of the base."""
    if spelt.startswith("/"):
        path = posixpath.normpath(spelt.lstrip("/")) if spelt.strip("/") else ""
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), spelt))
    return None if path.startswith("../") or path in ("..", ".", "") else path


def unescaped(spelt: str) -> str:
    """A destination without the backslashes and entities that Markdown takes out of it."""
    if "&" in spelt:
        from html import unescape

        spelt = unescape(spelt)
    return _ESCAPED.sub(r"\1", spelt) if "\\" in spelt else spelt


def split_anchor(destination: str) -> tuple[str, str]:
    """What stands before `#` or `?`, and from there on."""
    cut = min(
        (at for at in (destination.find("#"), destination.find("?")) if at >= 0), default=len(destination)
    )
    return destination[:cut], destination[cut:]
