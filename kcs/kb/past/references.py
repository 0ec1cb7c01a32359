"""Date-only claims and the commits that introduced them: who made each claim, about which content.

A mapped date alone says nothing about content. Git knows which commit introduced the present value, hence who set it and
what the article said then. This depends only on the commit, so we keep it by the commit's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kcs.kb.articles import MAPPED_DATE, Article, ArticleReader
from kcs.kb.git.repository import Repository
from kcs.kb.kept.by_path import ByPath, NotWrittenSo, packed
from kcs.kb.kept.cache import Cache
from kcs.kb.past.versions import another
from kcs.kb.settings.config import Config
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.past.formerly import Formerly

UNCOMMITTED = "uncommitted"
KNOWN = "known"
UNKNOWN = "unknown"
# Data kept by an earlier way of reading are not read.
_FORMAT = 13


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


class Here(NamedTuple):
    """What lies in the folder, or is staged: the articles, the bytes of one, and whether a file is there. `rested` is called where
    an answer rests on the bytes of other articles, so that it is not kept for this one's."""

    articles: Callable[[], Sequence[Article]]
    raw: Callable[[Article], bytes]
    exists: Callable[[str], bool]
    rested: Callable[[], None]


class References:
    """The origins of all claims as of one commit.

    `claimed`: the claims of a path there, by name; None if it has none. `moved`: those of an article that was moved since;
    None if it was not. `texts`: bytes of versions that introduced claims, by blob, as far as they were read on the way.
    """

    def __init__(
        self,
        claimed: Callable[[str], Mapping[str, Claimed] | None],
        moved: Callable[[Article], Mapping[str, Claimed] | None] = lambda _: None,
        texts: dict[str, bytes] | None = None,
    ) -> None:
        self.texts = texts or {}
        self._claimed = claimed
        self._moved = moved

    def origin(self, article: Article, claim: str) -> Origin:
        """Where `article`'s present claim of this name came in."""
        try:
            for look in (lambda one: self._claimed(one.path), self._moved):
                if found := _made(look(article), claim, article.claims[claim]):
                    return found
        except NotWrittenSo:
            return Origin(UNKNOWN)  # kept data that are damaged vouch for nobody
        return Origin(UNCOMMITTED)


def _made(claimed: Mapping[str, Claimed] | None, claim: str, value: str) -> Origin | None:
    """Where such a claim came in, if it is among these."""
    found = [(claimed or {}).get(name) for name in (claim, another(claim, value))]
    return next((one.origin for one in found if one and one.value == value), None)


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


class _Moved:
    """As Formerly, loaded on demand, as few articles need it."""

    def __init__(self, rested: Callable[[], None], *given: Any) -> None:
        self._rested, self._given = rested, given

    @cached_property
    def _formerly(self) -> Formerly:
        from kcs.kb.past.formerly import Formerly

        return Formerly(*self._given)

    def __call__(self, article: Article) -> Mapping[str, Claimed] | None:
        found = self._formerly.claims(article)
        if found is not None:
            self._rested()
        return found


def find_references(
    repo: Repository,
    commit: str | None,
    prefix: str,
    here: Here,
    reader: ArticleReader,
    cache: Cache,
    config: Config,
    name: str = "references",
) -> References:
    """The origins of all claims as of `commit`; computed once per commit and kept as `name`.

    `here` is asked for articles only to compute them, and for those that were moved. No `commit`: nothing was ever committed.
    """
    if commit is None:
        return References(lambda _: None)
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

    def told(
        claimed: Callable[[str], Mapping[str, Claimed] | None], texts: dict[str, bytes] | None = None
    ) -> References:
        return References(
            claimed, _Moved(here.rested, repo, commit, prefix, here, claimed, reader, fields), texts
        )

    if (stored := cache.read_bytes(name, key)) is not None:
        # A checksum guards against damage, not against another shape.
        with suppress(NotWrittenSo):
            return told(_kept(stored))
    from kcs.kb.commit_tree import CommitTree
    from kcs.kb.past.claims import claims_reader, committed_claims
    from kcs.kb.past.history import History
    from kcs.kb.past.introduced import introduced

    tree = CommitTree(repo, commit, prefix)
    values = claims_reader(reader, fields)
    claims = committed_claims(repo, tree, config, here.articles(), values)
    history = History(repo, commit)
    found = introduced(history, prefix, tree.oids, claims, values)
    cache.write_bytes(name, _to_keep(found), key)
    return told(found.get, history.texts)


def claimed_by(said: Mapping[str, str], origins: Mapping[str, Origin]) -> dict[str, Claimed]:
    """A file's claims, each with its origin by name; unknown where none is given."""
    unknown = Origin(UNKNOWN)
    return {name: Claimed(value, origins.get(name, unknown)) for name, value in said.items()}


def unknown_references(articles: Iterable[Article]) -> References:
    """All origins unknown, as outside Git."""
    claims = {article.path: claimed_by(article.claims, {}) for article in articles}
    return References(claims.get)


def claim_fields(config: Config) -> tuple[str, ...]:
    """The front matter keys that may hold a date-only claim."""
    mapped = config.fields.get(MAPPED_DATE)
    return (*((mapped,) if mapped else ()), "verified")
