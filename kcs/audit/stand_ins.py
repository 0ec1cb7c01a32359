"""Former articles that a change replaces with something else: moved away, a link, a page, a submodule.

No rule sees such a file, so a text that nobody vouches for would be served in place of a verified one.
What is deleted is gone, and what goes on elsewhere as an article is judged there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.article.front_matter import body_of
from kcs.article.states import VALIDATED
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.git import index as git_index
from kcs.kb.globs import chooser
from kcs.kb.records import Record, make_record
from kcs.kb.source import title_key
from kcs.kb.staged import StagedTree
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.change import Change
    from kcs.kb.articles import Article
    from kcs.kb.git.index import Brought

# What a site serves at the address of `vpn.md`: `vpn.html`, `vpn/index.html`, `vpn.MD`.
_PAGE_ENDING = later(r"(?i)\.(?:x?html?|rst|adoc|asciidoc|org|textile|txt|ipynb)$")
_FOLDER_PAGES = ("/index", "/_index", "/readme")
# Nobody writes a page this long, and a change may bring files of any size.
_MOST_BYTES = 1 << 20


class StandIn(NamedTuple):
    """The replacement of `article`, given as it was. `place` is from the repository's root.

    `file`: neither a link nor a submodule. `same`: its title and text are the article's.
    """

    article: Article
    place: str
    file: bool
    same: bool


def stand_ins(change: Change) -> list[StandIn]:
    """The validated articles that are no longer articles, and what replaces each; deleted ones are left out."""
    gone = _gone(change)
    return list(_Search(change, gone).found()) if gone else []


def _gone(change: Change) -> list[Article]:
    """Former articles, by path and key: found by names first, so that most changes read nothing."""
    kb, prefix = change.kb, change.kb.prefix
    assert kb.repo is not None, "only Git knows what was before"
    config = change.before.config if change.settings_changed else kb.config
    chosen = chooser(config.include, config.exclude)
    names = (path[len(prefix) :] for path in kb.repo.tree(change.commit) if path.startswith(prefix))
    lost = {path for path in names if path not in kb.by_path and chosen(path)}
    if not lost:
        return []
    before = change.before
    return [
        one
        for one in before.articles
        if one.path in lost and one.confidence == VALIDATED and not change.goes_on(before.key(one))
    ]


class _Search:
    """What the change put in place of these articles."""

    def __init__(self, change: Change, gone: list[Article]) -> None:
        assert change.kb.repo is not None, "only Git knows what was before"
        self._kb, self._before, self._repo = change.kb, change.before, change.kb.repo
        self._commit, self._gone = change.commit, gone
        self._staged = isinstance(self._kb.source, StagedTree)

    def found(self) -> Iterator[StandIn]:
        """By path of the article."""
        for article in self._gone:
            path = self._kb.prefix + article.path
            if (other := self._instead(path)) is not None:
                if not self._is_article(path):
                    yield StandIn(article, other.path, file=False, same=False)
            elif (place := self._place(article, path)) is not None:
                record = self._records[place]
                own = self._before.reader.fields.facts(record).own.confidence
                if own in (None, VALIDATED):  # else the promise is taken back, as anybody may
                    yield StandIn(article, place, True, _same(article, record))

    @cached_property
    def _brought(self) -> dict[str, Brought]:
        """Non-articles, by path from the repository's root."""
        prefix, articles = self._kb.prefix, self._kb.by_path
        return {
            one.path: one
            for one in git_index.brought(self._repo, self._commit, staged=self._staged)
            if not (one.path.startswith(prefix) and one.path[len(prefix) :] in articles)
        }

    def _instead(self, path: str) -> Brought | None:
        """The link or submodule at its path, or at a folder above it."""
        places = [path, *map(str, PurePosixPath(path).parents)]
        found = (self._brought.get(place) for place in places)
        return next((one for one in found if one and not one.regular), None)

    def _is_article(self, path: str) -> bool:
        """Whether a link in its place leads to one."""
        real = os.path.realpath(self._repo.root / path)
        root = os.path.realpath(self._kb.root) + os.sep
        return real.startswith(root) and real[len(root) :].replace(os.sep, "/") in self._kb.by_path

    def _place(self, article: Article, path: str) -> str | None:
        """Its present file: by address, id or permalink, else by content."""
        if path in self._records:
            return path  # kcs.toml alone has made it none
        named = self._by_stem.get(_stem(path))
        named = named or next((self._named[one] for one in _names(article) if one in self._named), None)
        return named or self._like(article)

    def _like(self, article: Article) -> str | None:
        """The file that holds most of its text, line by line, and at least half of it."""
        body = body_of(self._before.raw(article))
        lines = {line.strip() for line in body.encode().splitlines()} - {b""}
        held = Counter[str]()
        for line in lines:
            for place in self._by_line.get(line, ()):
                held[place] += len(line)
        most = max(held, key=lambda place: (held[place], place), default=None)
        return most if most and held[most] * 2 >= sum(map(len, lines)) else None

    @cached_property
    def _by_line(self) -> dict[bytes, set[str]]:
        found: dict[bytes, set[str]] = {}
        for place, raw in self._raws.items():
            for line in raw.splitlines():
                found.setdefault(line.strip(), set()).add(place)
        return found

    @cached_property
    def _records(self) -> dict[str, Record]:
        """The content of each file, read as an article; nothing for an unreadable one."""
        key = title_key(self._before.config)
        return {path: make_record(raw, "", key) for path, raw in self._raws.items()}

    @cached_property
    def _raws(self) -> dict[str, bytes]:
        oids = git_index.index(self._repo) if self._staged else {}
        return {path: self._read(path, oids) for path, one in sorted(self._brought.items()) if one.regular}

    def _read(self, path: str, oids: dict[str, str]) -> bytes:
        if self._staged:
            return next(raw for _, raw in self._repo.blobs([oids[path]]))[:_MOST_BYTES]
        try:
            with (self._repo.root / path).open("rb") as file:
                return file.read(_MOST_BYTES)
        except OSError:
            return b""

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        return {_stem(one): one for one in self._records}

    @cached_property
    def _named(self) -> dict[tuple[str, str], str]:
        reader = self._before.reader
        made = {place: reader.article(place, record) for place, record in self._records.items()}
        return {name: place for place, one in made.items() for name in _names(one)}


def _names(article: Article) -> list[tuple[str, str]]:
    """Its names for links and sites, besides its path."""
    named = ("id", article.id), ("permalink", article.permalink.strip("/"))
    return [name for name in named if name[1]]


def _same(article: Article, now: Record) -> bool:
    then = article.record.skeleton
    return then is not None and now.skeleton == then


def _stem(path: str) -> str:
    """What a site's address has of it, whatever its case."""
    stem = _without_ending(normalize("NFC", path).casefold())
    for page in _FOLDER_PAGES:
        stem = stem.removesuffix(page)
    return _without_ending(stem)  # a folder may be called vpn.md


def _without_ending(path: str) -> str:
    return _PAGE_ENDING.sub("", MARKDOWN_ENDING.sub("", path))
