"""What a link names: the article or file inside the knowledge base, and its key in a fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from kcs.kb.destinations import (
    MARKDOWN_ENDING,
    SERVED_ENDING,
    leads_out,
    places_at,
    served_places,
    split_anchor,
    unescaped,
    unquoted,
)
from kcs.kb.keys import Name, key_of
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.moves import Moves
    from kcs.kb.settings.config import Config

# Text that no browser takes for an address of its own or for another folder.
_PLAIN_ID = later(r"[^:/\\?#]+")


class Target(NamedTuple):
    """A resolved destination. `anchor` keeps its `#`, a query its `?`; both as spelt."""

    path: str
    key: str
    anchor: str


class LinkTable:
    """All names in one state of a knowledge base. `exists` tells whether another file (an image) exists.

    `moves` and `former` come from moves.tsv (kcs.kb.moves.Moves); `root`, `folders`, `by_permalink`, `by_address` from
    [links].
    """

    def __init__(
        self,
        names: Iterable[Name],
        moves: Mapping[str, str],
        *,
        former: Mapping[str, str] = MappingProxyType({}),
        root: str = "",
        folders: Sequence[str] = (),
        by_permalink: bool = False,
        by_address: bool = False,
        exists: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._root = root.rstrip("/")
        # Permalinks right below the host: any link from the root may be one, and files are served beside them.
        self._permalinks_at_top = by_permalink and root == "/"
        self._folders = tuple(folder.strip("/") for folder in folders)
        self._by_permalink = by_permalink
        self._by_address = by_address
        self._exists = exists
        self._moves = moves
        self._former = former
        # If two articles claim one name, the first path wins, on every machine: tables are filled from the last one on,
        # and on demand, as few links need more than one way of naming.
        self._names = sorted(names, key=itemgetter(0), reverse=True)

    @classmethod
    def under(
        cls, config: Config, moves: Moves, names: Iterable[Name], exists: Callable[[str], bool]
    ) -> LinkTable:
        """The table of a base with this kcs.toml and these moves."""
        return cls(
            names,
            moves.keys,
            former=moves.former,
            root=config.link_root,
            folders=config.link_folders,
            by_permalink=config.link_by == "permalink",
            by_address=config.links_by_address,
            exists=exists,
        )

    @cached_property
    def _by_path(self) -> dict[str, Name]:
        return {name.path: name for name in self._names}

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        return {_stem(name.path): name.path for name in self._names}

    @cached_property
    def _by_id(self) -> dict[str, str]:
        return {name.id: name.path for name in self._names if name.id}

    @cached_property
    def _by_permalink_name(self) -> dict[str, str]:
        named = ((name.permalink.strip("/"), name.path) for name in self._names if name.permalink)
        return {permalink: path for permalink, path in named if permalink}

    def key(self, path: str) -> str:
        """The key of the article or file at `path`."""
        name = self._by_path.get(path)
        if name is None:
            return self._moves.get(path, path)
        return key_of(name, self._moves, by_permalink=self._by_permalink)

    def resolve(self, destination: str, source: str) -> Target | None:
        """What `destination` in the article at `source` names inside the base; None if nothing."""
        found = self._resolve(destination, source, self._file)
        return Target(found[0], self.key(found[0]), found[1]) if found else None

    def leads_straight(self, destination: str, source: str) -> str | None:
        """The path it leads to on the site: relative links count from addresses, and nothing else is tried."""
        found = self._resolve(destination, source, self._file, most=1)
        return found[0] if found else None

    def resolve_past(self, destination: str, source: str) -> Target | None:
        """The same for a past text, when `source` and its target may have been elsewhere."""
        found = self.resolve(destination, source)
        if found or not self._former:
            return found
        moved = self._resolve(destination, source, self._former_file)
        return Target(moved[0], self._former[moved[0]], moved[1]) if moved else None

    def lost(self, destination: str, source: str, was: Callable[[str], bool]) -> str | None:
        """The file that `destination` named when `was` told that it was there, if it names nothing today."""
        found = self._resolve(destination, source, lambda path: path if was(path) else None)
        return found[0] if found else None

    def _resolve(
        self, destination: str, source: str, file: Callable[[str], str | None], most: int = 2
    ) -> tuple[str, str] | None:
        spelt, anchor = split_anchor(destination)
        if not spelt or "\x00" in spelt:
            return None
        path = self._named(spelt, source, file, most)
        if path is None and (plain := unescaped(spelt)) != spelt:
            path = self._named(plain, source, file, most)
        return (path, anchor) if path else None

    def _named(self, spelt: str, source: str, file: Callable[[str], str | None], most: int) -> str | None:
        if spelt in self._by_id and (path := self._meant_by_id(spelt, source)):
            return path
        if self._root and (spelt + "/").startswith(self._root + "/"):
            return self._below_root(unquoted(spelt[len(self._root) :]), source, file)
        if leads_out(spelt):
            return None
        spelt = unquoted(spelt)
        if self._permalinks_at_top and spelt.startswith("/") and (path := self._permalinked(spelt)):
            return path
        if self._folders and spelt.startswith(("/", "~/")):
            return self._served(spelt.removeprefix("~"), source, file)
        places = places_at(spelt, source, by_address=self._by_address)
        if self._by_address:
            return self._first(places[:most], file)
        return file(places[0]) if places else None

    def _below_root(self, rest: str, source: str, file: Callable[[str], str | None]) -> str | None:
        name = rest.strip("/")
        if self._by_permalink:
            found = self._permalinked(name)
            return found or (self._served(name, source, file) if self._folders else None)
        return self._served(name, source, file) if self._folders else file(name)

    def _permalinked(self, rest: str) -> str | None:
        name = rest.strip("/")
        named = self._by_permalink_name
        return named.get(name) or named.get(name.removesuffix(".html"))

    def _served(self, rest: str, source: str, file: Callable[[str], str | None]) -> str | None:
        return self._first(served_places(rest, source, self._folders), file)

    def _first(self, places: Sequence[str], file: Callable[[str], str | None]) -> str | None:
        """The target of the first of these addresses that has one."""
        found = next((path for place in places if (path := file(place))), None)
        if found is None and file == self._file:
            # Site generators serve names in lower case, however files are named.
            names = (MARKDOWN_ENDING.sub("", SERVED_ENDING.sub("", place)).casefold() for place in places)
            found = next((path for name in names if (path := self._folded_stems.get(name))), None)
        return found

    def _meant_by_id(self, spelt: str, source: str) -> str | None:
        """The article with this id, unless a browser would go elsewhere: then a link could be silently redirected."""
        if not _PLAIN_ID.fullmatch(spelt):
            return None
        places = places_at(spelt, source, by_address=self._by_address)
        beside = (
            place if place in self._by_path else self._by_stem.get(SERVED_ENDING.sub("", place))
            for place in places
        )
        return next(filter(None, beside), self._by_id[spelt])

    def _file(self, path: str) -> str | None:
        if path in self._by_path:
            return path
        stem = SERVED_ENDING.sub("", path)
        return (
            self._by_stem.get(stem)
            or self._by_stem.get(f"{stem}/index")
            or (path if self._exists(path) else None)
        )

    def _former_file(self, path: str) -> str | None:
        if path in self._former:
            return path
        stem = SERVED_ENDING.sub("", path)
        return self._former_stems.get(stem) or self._former_stems.get(f"{stem}/index")

    @cached_property
    def _folded_stems(self) -> dict[str, str]:
        return {stem.casefold(): path for stem, path in sorted(self._by_stem.items(), reverse=True)}

    @cached_property
    def _former_stems(self) -> dict[str, str]:
        return {MARKDOWN_ENDING.sub("", path): path for path in sorted(self._former, reverse=True)}


def _stem(path: str) -> str:
    """The path without its ending. Nearly all end in .md, and matching a pattern against ten thousand is slow."""
    name = path[path.rfind("/") + 1 :]
    return path[:-3] if name.endswith(".md") and name.count(".") == 1 else MARKDOWN_ENDING.sub("", path)
