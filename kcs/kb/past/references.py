"""Date-only claims and the commits that introduced them: who made each claim, about which content.

A mapped date alone says nothing about content. Git knows which commit introduced the present value, hence who set it and
what the article said then. This depends only on the commit, so we keep it by the commit's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.articles import MAPPED_DATE, Article, ArticleReader
from kcs.kb.git.repository import Repository
from kcs.kb.kept.by_path import ByPath, NotWrittenSo, packed
from kcs.kb.kept.cache import Cache
from kcs.kb.settings.config import Config
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.past.committed import Reference

UNCOMMITTED = "uncommitted"
KNOWN = "known"
UNKNOWN = "unknown"
# Data kept by an earlier way of reading are not read.
_FORMAT = 7


class Origin(NamedTuple):
    """Where a claim came in. `status`: known; uncommitted (the present file vouches); or unknown.

    `path` is the file's path then, from the base's root; `at` is the author's time in epoch seconds.
    """

    status: str
    commit: str = ""
    blob: str = ""
    path: str = ""
    author: str = ""
    email: str = ""
    at: int = 0


class Claimed(NamedTuple):
    """A claim in a commit: its value, and where that came in."""

    value: str
    origin: Origin


class References:
    """The origins of all claims as of one commit.

    `claimed`: the claims of a path there, by name; None if it has none. `former`: the commit's path of an article moved
    since; its own path if it was not. `texts`: bytes of versions that introduced claims, by blob, as far as they were
    read on the way.
    """

    def __init__(
        self,
        claimed: Callable[[str], Mapping[str, Claimed] | None],
        former: Callable[[Article], str] = lambda article: article.path,
        texts: dict[str, bytes] | None = None,
    ) -> None:
        self.texts = texts or {}
        self._claimed = claimed
        self._former = former

    def origin(self, article: Article, claim: str) -> Origin:
        """Where `article`'s present claim of this name came in."""
        try:
            claimed = self._claimed(article.path)
            if claimed is None:
                claimed = self._claimed(self._former(article))
        except NotWrittenSo:
            return Origin(UNKNOWN)  # kept data that are damaged vouch for nobody
        committed = claimed.get(claim) if claimed else None
        if committed is None or committed.value != article.claims[claim]:
            return Origin(UNCOMMITTED)
        return committed.origin


def _kept(raw: bytes) -> Callable[[str], Mapping[str, Claimed] | None]:
    """Kept claims, each path's read on demand. NotWrittenSo for anything else."""
    kept = ByPath(raw)

    def claimed(path: str) -> Mapping[str, Claimed] | None:
        found = kept.get(path)
        try:
            return None if found is None else {one[0]: Claimed(one[1], Origin(*one[2:])) for one in found}
        except (TypeError, LookupError) as error:
            raise NotWrittenSo from error

    return claimed


def _to_keep(claims: Mapping[str, Mapping[str, Claimed]]) -> bytes:
    """The bytes that `_kept` reads."""
    return packed(
        {
            path: [[name, one.value, *one.origin] for name, one in found.items()]
            for path, found in claims.items()
        }
    )


class _Former:
    """As Moved, loaded on demand, as few articles need it."""

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
        from kcs.kb.past.moved import Moved

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
    """The origins of the claims of `articles` as of `commit`; computed once per commit and kept.

    `articles` is called only to compute them; `raw` gives an article's bytes. No `commit`: nothing was ever committed.
    """
    if commit is None:
        return References(lambda _: None)
    former = _Former(repo, commit, prefix, articles, raw)
    fields = claim_fields(config)
    # Deepening a clone adds answers while HEAD stays.
    rest = (
        _FORMAT,
        prefix,
        fields,
        config.zone,
        config.date_order,
        config.include,
        config.exclude,
        sorted(repo.shallow_commits()),
    )
    key = f"{commit} {rest!r}"
    if (stored := cache.read_bytes("references", key)) is not None:
        # A checksum guards against damage, not against another shape.
        with suppress(NotWrittenSo):
            return References(_kept(stored), former)
    from kcs.kb.commit_tree import CommitTree
    from kcs.kb.past.claims import claims_reader, committed_claims
    from kcs.kb.past.history import History

    tree = CommitTree(repo, commit, prefix)
    values = claims_reader(reader, fields)
    claims = committed_claims(repo, tree, config, articles(), values)
    history = History(repo, commit)
    wanted = {prefix + path: found for path, found in claims.items()}
    known = {tree.oids[path]: found for path, found in claims.items()}
    origins = _origins(history.references(wanted, values, known), prefix)
    found = {path: _claimed(said, origins.get(path, {})) for path, said in claims.items()}
    cache.write_bytes("references", _to_keep(found), key)
    return References(found.get, former, history.texts)


def _claimed(said: Mapping[str, str], origins: Mapping[str, Origin]) -> dict[str, Claimed]:
    unknown = Origin(UNKNOWN)
    return {name: Claimed(value, origins.get(name, unknown)) for name, value in said.items()}


def unknown_references(articles: Iterable[Article]) -> References:
    """All origins unknown, as outside Git."""
    claims = {article.path: _claimed(article.claims, {}) for article in articles}
    return References(claims.get)


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


def claim_fields(config: Config) -> tuple[str, ...]:
    """The front matter keys that may hold a date-only claim."""
    mapped = config.fields.get(MAPPED_DATE)
    return (*((mapped,) if mapped else ()), "verified")
