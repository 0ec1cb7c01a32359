"""The claims that a commit holds of an article by the path it had before an uncommitted move; or
its history, if the article was removed and somebody brought it back, or its date was set back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.commit_tree import CommitTree
from kcs.kb.past.claims import claims_reader
from kcs.kb.past.history import History
from kcs.kb.past.introduced import introduced, origins_of
from kcs.kb.past.introductions import likely
from kcs.kb.past.moved import Moved
from kcs.kb.past.references import Claimed, made

if TYPE_CHECKING:
    from kcs.kb.articles import Article, ArticleReader
    from kcs.kb.git.repository import Repository
    from kcs.kb.kept.cache import Cache
    from kcs.kb.past.references import Here


class Formerly:
    """`claimed`: the claims of what was an article in the commit,
    by path; of any other file, such as a draft, they are read here.
    """

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
        """Those of an article that was moved or brought back, or
        whose date was set back, by name; None if it is none of these.
        """
        path = self._moved(article)
        if path == article.path:
            return (self._removed if self._moved.lacks(path) else self._set_back).get(path)
        found = self._claimed(path)
        found = self._of_other(path) if found is None else found
        if all(made(found, name, value) for name, value in article.claims.items()):
            return found
        # What it looks like now is not what it was by that name.
        return {**found, **self._removed.get(article.path, {})}

    @cached_property
    def _removed(self) -> Mapping[str, Mapping[str, Claimed]]:
        """Those of all new articles whose names the history knows. As a rule it knows none, and is not read for it."""
        return self._once(
            {
                one.path: one.claims
                for one in self._here.articles()
                if self._moved.lacks(one.path) and one.claims
            }
        )

    @cached_property
    def _set_back(self) -> Mapping[str, Mapping[str, Claimed]]:
        """Those of all articles that have an older date than in the commit, or one where it has none, if
        the history knows it. It is read only if it touched such an article since the day of its date.
        """
        if self._repo.merge_heads():
            return {}  # it may be the other side's
        changed: dict[str, dict[str, str]] = {}
        for one in self._here.articles():
            if one.claims and not self._moved.is_same(one):
                had = self._claimed(one.path) or {}
                older = {
                    name: value
                    for name, value in one.claims.items()
                    if not made(had, name, value) and (name not in had or value < had[name].value)
                }
                if older:
                    changed[one.path] = older
        days = [likely(value) for claims in changed.values() for value in claims.values()]
        return self._once(changed, min((day for day in days if day is not None), default=None))

    def _once(
        self, claims: Mapping[str, Mapping[str, str]], since: int | None = None
    ) -> Mapping[str, Mapping[str, Claimed]]:
        """Those of these claims, by path, that the history knows;
        `since`: only if it touched one of these paths since then.
        """
        names = sorted(self._prefix + path for path in claims)
        key = f"2 {self._commit} {sorted(self._repo.shallow_commits())} {since} {names!r}"
        known, history = self._cache.read("removed", key), History(self._repo, self._commit)
        if not isinstance(known, bool):
            known = self._repo.ever_held(self._commit, names, since)
            known = history.ever_held(names) if known is None else known
            self._cache.write("removed", known, key)
        if not known:
            return {}
        wanted = {self._prefix + path: found for path, found in claims.items()}
        found = origins_of(history.references(wanted, self._values), self._prefix)
        return {
            path: {name: Claimed(claims[path][name], origin) for name, origin in origins.items()}
            for path, origins in found.items()
        }

    def _of_other(self, path: str) -> Mapping[str, Claimed]:
        if path not in self._read:
            oids = CommitTree(self._repo, self._commit, self._prefix).oids
            said = self._values(next(raw for _, raw in self._repo.blobs([oids[path]])))
            history = History(self._repo, self._commit)
            self._read[path] = introduced(history, self._prefix, oids, {path: said}, self._values)[path]
        return self._read[path]
