"""Finding where all date-only claims of a commit came in: what is kept, else what is
kept of an earlier commit and what came since, else all of it from the whole history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kcs.errors import RepositoryProblem
from kcs.kb.articles import Article, ArticleReader
from kcs.kb.git.folder import is_oid
from kcs.kb.git.repository import Repository
from kcs.kb.kept.by_path import ByPath, NotWrittenSo, encoded, joined
from kcs.kb.kept.cache import Cache
from kcs.kb.past.references import Claimed, Here, Origin, References, claim_fields
from kcs.kb.settings.config import Config

if TYPE_CHECKING:
    from kcs.kb.past.formerly import Formerly

# Data kept by an earlier way of reading are not read.
_FORMAT = 18


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

    `here` is asked for articles only to compute them, and for those that were moved.
    No `commit`: nothing was ever committed.
    """
    if commit is None:
        return References(lambda _: None)
    found = _Found(repo, commit, prefix, reader, cache, config, name)
    claimed, told, texts = found.kept() or found.anew(here)
    fields = claim_fields(config)
    moved = _Moved(here.rested, repo, commit, prefix, here, claimed, reader, fields, cache)
    return References(claimed, moved, texts, told)


# The claims of a path, by name; None if it has none.
_Claims = Callable[[str], Mapping[str, Claimed] | None]
# These; all that is known of a path, in bytes; and the texts that were read.
_Told = tuple[_Claims, Callable[[str], bytes | None], dict[str, bytes]]


class _Found:
    """The claims of one commit."""

    def __init__(
        self,
        repo: Repository,
        commit: str,
        prefix: str,
        reader: ArticleReader,
        cache: Cache,
        config: Config,
        name: str,
    ) -> None:
        self._repo, self._commit, self._prefix, self._config = repo, commit, prefix, config
        self._cache, self._name = cache, name
        self._reader, self._fields = reader, claim_fields(config)
        shape = (config.zone, config.date_order, config.include, config.exclude)
        # Deepening a clone adds answers while HEAD stays.
        self._key = repr((_FORMAT, prefix, self._fields, *shape, sorted(repo.shallow_commits())))

    @cached_property
    def _values(self) -> Callable[[bytes], Mapping[str, str]]:
        from kcs.kb.past.claims import claims_reader

        return claims_reader(self._reader, self._fields)

    def kept(self) -> _Told | None:
        """What is kept of this commit, or follows from what is kept of an earlier one."""
        raw = self._cache.read_bytes(self._name, self._key) or b""
        earlier, _, lines = raw.partition(b"\n")
        # A checksum guards against damage, not against another shape.
        with suppress(NotWrittenSo):
            known = ByPath(lines)
            if earlier == self._commit.encode("ascii"):
                return _reading(known), known.line, {}
            return self._carried(earlier.decode("ascii", "replace"), known)
        return None

    def _carried(self, earlier: str, known: ByPath) -> _Told | None:
        if not is_oid(earlier):
            return None
        from kcs.kb.past.carried import carried

        try:
            found = carried(
                self._repo, self._commit, earlier, self._prefix, self._config, _reading(known), self._values
            )
        except RepositoryProblem:
            return None  # that commit may be gone; if there is more to it, the whole history tells
        if found is None:
            return None
        newer = ByPath(
            self._save(
                known.replaced({path: None if one is None else _to_keep(one) for path, one in found.items()})
            )
        )
        return _reading(newer), newer.line, {}

    def anew(self, here: Here) -> _Told:
        """By the whole history."""
        from kcs.kb.commit_tree import CommitTree
        from kcs.kb.past.claims import committed_claims
        from kcs.kb.past.history import History
        from kcs.kb.past.introduced import introduced

        oids = CommitTree(self._repo, self._commit, self._prefix).oids
        claims = committed_claims(self._repo, oids, self._config, here.articles(), self._values)
        history = History(self._repo, self._commit)
        found = introduced(history, self._prefix, oids, claims, self._values)
        lines = {path: _to_keep(claims) for path, claims in found.items()}
        self._save(joined(lines))
        return found.get, lines.get, history.texts

    def _save(self, packed: bytes) -> bytes:
        self._cache.write_bytes(self._name, self._commit.encode("ascii") + b"\n" + packed, self._key)
        return packed


def _reading(kept: ByPath) -> _Claims:
    """Kept claims, each path's read on demand. NotWrittenSo for anything else."""

    def claimed(path: str) -> Mapping[str, Claimed] | None:
        found = kept.get(path)
        try:
            return None if found is None else {one[0]: Claimed(one[1], Origin(*one[2:])) for one in found}
        except (TypeError, LookupError) as error:
            raise NotWrittenSo from error

    return claimed


def _to_keep(claims: Mapping[str, Claimed]) -> bytes:
    """What `_reading` reads."""
    return encoded([[name, one.value, *one.origin] for name, one in claims.items()])


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
