"""The claims that a commit holds of an article by the path it had before an uncommitted move; or its history, if the article was removed
and somebody brought it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.commit_tree import CommitTree
from kcs.kb.past.claims import claims_reader
from kcs.kb.past.history import History
from kcs.kb.past.introduced import introduced, origins_of
from kcs.kb.past.moved import Moved
from kcs.kb.past.references import Claimed, made

if TYPE_CHECKING:
    from kcs.kb.articles import Article, ArticleReader
    from kcs.kb.git.repository import Repository
    from kcs.kb.kept.cache import Cache
    from kcs.kb.past.references import Here


class Formerly:
    """`claimed`: the claims of what was an article in the commit, by path; of any other file, such as a draft, they are read here."""

    def __init__(
        self,
        repo: Repository,
        commit: str,
        prefix: str,
        here: Here,
        claimed: Callable[[str], Mapping[str, Claimed] | None],
        reader: ArticleReader,
        fields: tuple[str, ...],
        cache: Cache,
    ) -> None:
        self._here, self._cache = here, cache
        self._repo, self._commit, self._prefix = repo, commit, prefix
        self._claimed = claimed
        self._values = claims_reader(reader, fields)
        self._moved = Moved(repo, commit, prefix, here.articles(), here.raw, here.exists)
        self._read: dict[str, Mapping[str, Claimed]] = {}

    def claims(self, article: Article) -> Mapping[str, Claimed] | None:
        """Those of an article that was moved or brought back, by name; None if it is neither."""
        path = self._moved(article)
        if path == article.path:
            return self._removed.get(path)
        found = self._claimed(path)
        found = self._of_other(path) if found is None else found
        if all(made(found, name, value) for name, value in article.claims.items()):
            return found
        # What it looks like now is not what it was by that name.
        return {**found, **self._removed.get(article.path, {})}

    @cached_property
    def _removed(self) -> dict[str, dict[str, Claimed]]:
        """Those of all new articles whose names the history knows. As a rule it knows none, and is not read for it."""
        new = {
            one.path: one.claims
            for one in self._here.articles()
            if self._moved.lacks(one.path) and one.claims
        }
        names = sorted(self._prefix + path for path in new)
        key = f"1 {self._commit} {sorted(self._repo.shallow_commits())} {names!r}"
        known, history = self._cache.read("removed", key), History(self._repo, self._commit)
        if not isinstance(known, bool):
            known = self._repo.ever_held(self._commit, names)
            known = history.ever_held(names) if known is None else known
            self._cache.write("removed", known, key)
        if not known:
            return {}
        wanted = {self._prefix + path: claims for path, claims in new.items()}
        found = origins_of(history.references(wanted, self._values), self._prefix)
        return {
            path: {name: Claimed(new[path][name], origin) for name, origin in origins.items()}
            for path, origins in found.items()
        }

    def _of_other(self, path: str) -> Mapping[str, Claimed]:
        if path not in self._read:
            oids = CommitTree(self._repo, self._commit, self._prefix).oids
            said = self._values(next(raw for _, raw in self._repo.blobs([oids[path]])))
            history = History(self._repo, self._commit)
            self._read[path] = introduced(history, self._prefix, oids, {path: said}, self._values)[path]
        return self._read[path]
