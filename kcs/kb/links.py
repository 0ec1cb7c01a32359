"""What a link names: the article or file inside the knowledge base, and the key it is counted by in a fingerprint."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

# Site generators stack endings: help/faq.html.md.erb is Markdown, and served and linked as help/faq.html.
MARKDOWN_ENDING = re.compile(r"(?i)(?:\.html?)?\.(?:md|markdown|mdown|mdx)(?:\.(?:erb|liquid|j2|jinja))?$")
_SERVED_ENDING = re.compile(r"(?i)\.html?$")


@dataclass(frozen=True, slots=True)
class Name:
    """What an article can be linked by."""

    path: str
    id: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a destination resolved to. `anchor` keeps its `#`, a query its `?`; both are as spelt."""

    path: str
    key: str
    anchor: str


def key_of(name: Name, moves: Mapping[str, str], *, by_permalink: bool = False) -> str:
    """What the article is counted by: what `moves` recorded, else its permalink where these name articles, its id, its path."""
    permalink = name.permalink.strip("/") if by_permalink else ""
    return (name.id and moves.get(name.id)) or moves.get(name.path) or permalink or name.id or name.path


class LinkTable:
    """All names of one state of a knowledge base. `exists` says whether another file (an image) is there."""

    def __init__(
        self,
        names: Iterable[Name],
        moves: Mapping[str, str],
        *,
        root: str = "",
        by_permalink: bool = False,
        exists: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._root = root.rstrip("/")
        self._by_permalink = by_permalink
        self._exists = exists
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
        return self._keys.get(path, path)

    def epoch(self) -> str:
        """Changes when any destination could resolve to another article or key than before."""
        digest = sha256(f"{self._root}\0{self._by_permalink}\0".encode())
        for table in (self._keys, self._by_id, self._by_permalink_name):
            digest.update(repr(sorted(table.items())).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:32]

    def resolve(self, destination: str, source: str) -> Target | None:
        """What `destination`, written in the article at path `source`, names inside the base; None if nothing."""
        spelt, anchor = _split_anchor(destination)
        if not spelt or "\x00" in spelt:
            return None
        if spelt in self._by_id:
            path: str | None = self._by_id[spelt]
        elif self._root and (spelt + "/").startswith(self._root + "/"):
            path = self._below_root(unquote(spelt[len(self._root) :]))
        elif "://" in spelt or spelt.startswith(("//", "mailto:", "tel:", "{", "<")):
            return None
        else:
            path = self._at_path(unquote(spelt), source)
        return None if path is None else Target(path, self.key(path), anchor)

    def _below_root(self, rest: str) -> str | None:
        name = rest.strip("/")
        if self._by_permalink:
            return self._by_permalink_name.get(name) or self._by_permalink_name.get(
                name.removesuffix(".html")
            )
        return self._file(name)

    def _at_path(self, spelt: str, source: str) -> str | None:
        if spelt.startswith("/"):
            path = posixpath.normpath(spelt.lstrip("/")) if spelt.strip("/") else ""
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), spelt))
        return None if path.startswith("../") or path in ("..", ".", "") else self._file(path)

    def _file(self, path: str) -> str | None:
        if path in self._keys:
            return path
        stem = _SERVED_ENDING.sub("", path)
        return (
            self._by_stem.get(stem)
            or self._by_stem.get(f"{stem}/index")
            or (path if self._exists(path) else None)
        )


def _split_anchor(destination: str) -> tuple[str, str]:
    cut = min(
        (at for at in (destination.find("#"), destination.find("?")) if at >= 0), default=len(destination)
    )
    return destination[:cut], destination[cut:]
