"""Date-only claims and the commits that brought them in: who made each claim, and of which content.

A mapped date says nothing of content by itself. Git knows which commit brought the present value in, hence who set it
and what the article said then. That is a function of the commit, so it is kept by the commit's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kcs.article.front_matter import read
from kcs.kb.articles import MAPPED_DATE, Article, ArticleReader
from kcs.kb.cache import Cache
from kcs.kb.config import Config
from kcs.kb.git import Repository
from kcs.kb.globs import matcher
from kcs.kb.source import CommitTree
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.history import Reference

UNCOMMITTED = "uncommitted"
KNOWN = "known"
UNKNOWN = "unknown"


# What was kept by an earlier way of reading is not read.
_FORMAT = 2
# A value that goes on below its key: a list, an indented line. What comes before the next key may be part of it.
_ENDED = re.compile(rb"[\r\n]+(?:[\w\"']|---)")


class Origin(NamedTuple):
    """Where a claim came in. `status`: known; uncommitted (the file as it lies there vouches); or unknown.

    `path` is what the file was called then, from the base's root; `at` is the author's time in epoch seconds.
    """

    status: str
    commit: str = ""
    blob: str = ""
    path: str = ""
    author: str = ""
    email: str = ""
    at: int = 0


class References:
    """The origins of all claims as of one commit.

    `former`: what the commit calls an article that was moved since; its own path where it was not. `texts`: bytes of
    versions that claims came in with, by blob, as far as they were read on the way.
    """

    def __init__(
        self,
        claims: Mapping[str, Mapping[str, str]],
        origins: Mapping[str, Mapping[str, Origin]],
        former: Callable[[Article], str] = lambda article: article.path,
        texts: dict[str, bytes] | None = None,
    ) -> None:
        self.texts = texts or {}
        self._claims = claims
        self._origins = origins
        self._former = former

    def origin(self, article: Article, claim: str) -> Origin:
        """Where `article`'s present claim of this name came in."""
        path = article.path if article.path in self._claims else self._former(article)
        committed = self._claims.get(path, {}).get(claim)
        if committed is None or committed != article.claims[claim]:
            return Origin(UNCOMMITTED)
        return self._origins.get(path, {}).get(claim, Origin(UNKNOWN))

    def to_json(self) -> dict[str, Any]:
        """As plain lists, for the cache."""
        return {
            path: [
                [name, value, *_origin_list(self._origins.get(path, {}).get(name))]
                for name, value in claims.items()
            ]
            for path, claims in self._claims.items()
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], former: Callable[[Article], str]) -> References:
        """Back from `to_json`."""
        claims = {path: {one[0]: one[1] for one in entries} for path, entries in value.items()}
        origins = {path: {one[0]: Origin(*one[2:]) for one in entries} for path, entries in value.items()}
        return cls(claims, origins, former)


def _origin_list(origin: Origin | None) -> list[Any]:
    one = origin or Origin(UNKNOWN)
    return [one.status, one.commit, one.blob, one.path, one.author, one.email, one.at]


class _Former:
    """As Moved, which few articles need: they, and all that is asked about them, are loaded for those."""

    def __init__(
        self,
        repo: Repository,
        commit: str,
        prefix: str,
        articles: Callable[[], Sequence[Article]],
        raw: Callable[[Article], bytes],
    ) -> None:
        self._given = repo, commit, prefix, articles, raw

    @cached_property
    def _moved(self) -> Callable[[Article], str]:
        from kcs.kb.moved import Moved

        repo, commit, prefix, articles, raw = self._given
        return Moved(repo, commit, prefix, articles(), raw)

    def __call__(self, article: Article) -> str:
        return self._moved(article)


def find_references(
    repo: Repository,
    commit: str | None,
    prefix: str,
    articles: Callable[[], Sequence[Article]],
    reader: ArticleReader,
    cache: Cache,
    config: Config,
    raw: Callable[[Article], bytes],
) -> References:
    """The origins of what `articles` claim, as of `commit`; worked out once per commit and kept.

    `articles` are asked for where anything has to be worked out; `raw` gives the bytes of one. None as the commit: nothing
    was ever committed.
    """
    if commit is None:
        return References({}, {})
    former = _Former(repo, commit, prefix, articles, raw)
    fields = claim_fields(config)
    # Deepening a clone brings answers where there were none, and HEAD stays.
    rest = (
        _FORMAT,
        prefix,
        fields,
        config.zone,
        config.include,
        config.exclude,
        sorted(repo.shallow_commits()),
    )
    key = f"{commit} {rest!r}"
    if (stored := cache.read("references", key)) is not None:
        # A checksum guards against damage, not against another shape.
        with suppress(AttributeError, IndexError, TypeError):
            return References.from_json(stored, former)
    from kcs.kb.history import History

    tree = CommitTree(repo, commit, prefix)
    values = claims_reader(reader, fields)
    claims = _committed_claims(repo, tree, config, articles(), values)
    history = History(repo, commit)
    wanted = {prefix + path: found for path, found in claims.items()}
    known = {tree.oids[path]: found for path, found in claims.items()}
    origins = _origins(history.references(wanted, values, known), prefix)
    found = References(claims, origins, former, history.texts)
    cache.write("references", found.to_json(), key)
    return found


def _origins(references: Mapping[tuple[str, str], Reference], prefix: str) -> dict[str, dict[str, Origin]]:
    origins: dict[str, dict[str, Origin]] = {}
    for (path, name), reference in references.items():
        origin = Origin(UNKNOWN)
        if (version := reference.version) is not None:
            origin = Origin(
                KNOWN,
                version.commit,
                version.blob,
                version.path.removeprefix(prefix),
                version.author_name,
                version.author_email,
                version.author_time,
            )
        origins.setdefault(path.removeprefix(prefix), {})[name] = origin
    return origins


def _committed_claims(
    repo: Repository,
    tree: CommitTree,
    config: Config,
    articles: Iterable[Article],
    values: Callable[[bytes], Mapping[str, str]],
) -> dict[str, Mapping[str, str]]:
    """What every article of the commit claims; read only where the working tree does not hold the same bytes.

    Of those that the working tree lacks as well: it may have them again while HEAD, and what is kept for it, stays.
    """
    include, exclude = matcher(config.include), matcher(config.exclude)
    known = {(article.path, article.oid): article for article in articles}
    claims: dict[str, Mapping[str, str]] = {}
    differing: dict[str, list[str]] = {}
    for path, oid in tree.oids.items():
        if article := known.get((path, oid)):
            claims[path] = article.claims
        elif include(path) and not exclude(path):
            differing.setdefault(oid, []).append(path)
    for oid, raw in repo.blobs(differing):
        for path in differing[oid]:
            claims[path] = values(raw)
    return {path: found for path, found in claims.items() if found}


def claim_fields(config: Config) -> tuple[str, ...]:
    """The front matter keys that may hold a date-only claim."""
    mapped = config.fields.get(MAPPED_DATE)
    return (*((mapped,) if mapped else ()), "verified")


def claims_reader(reader: ArticleReader, fields: tuple[str, ...]) -> Callable[[bytes], Mapping[str, str]]:
    """Bytes of a version -> its claims, as `reader` has them. `fields`: the keys that may make one.

    Reads the whole front matter only where one look is not enough.
    """
    if not fields:
        return lambda _: {}
    # A name inside another's would be counted with it.
    names = [name.encode() for name in fields if not any(one != name and one in name for one in fields)]
    every = b"|".join(re.escape(name.encode()) for name in fields)
    plain = re.compile(rb"(" + every + rb"):(?:[ \t]+(['\"]?)(\d{4}-\d\d-\d\d)\2)?[ \t]*\r?$", re.MULTILINE)
    told: dict[tuple[bytes, bytes], Mapping[str, str]] = {}

    def values(raw: bytes) -> Mapping[str, str]:
        end = raw.find(b"\n---", 3)
        head = raw if end < 0 else raw[: end + 4]
        mentioned = [name for name in names if name in head]
        if not mentioned:
            return {}
        if len(mentioned) == 1 and head.count(mentioned[0]) == 1:
            at = head.find(mentioned[0])
            match = plain.match(head, head.rfind(b"\n", 0, at) + 1)
            if match and _ENDED.match(head, match.end()):
                said = match[1], match[3] or b""
                if said not in told:
                    told[said] = reader.claims({said[0].decode(): said[1].decode()})
                return told[said]
        return reader.claims(read(head + b"\n").meta)

    return values
