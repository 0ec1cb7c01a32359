"""The claims that a commit holds of an article by the path it had before an uncommitted move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kcs.kb.commit_tree import CommitTree
from kcs.kb.past.claims import claims_reader
from kcs.kb.past.history import History
from kcs.kb.past.introduced import introduced
from kcs.kb.past.moved import Moved

if TYPE_CHECKING:
    from kcs.kb.articles import Article, ArticleReader
    from kcs.kb.git.repository import Repository
    from kcs.kb.past.references import Claimed, Here


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
    ) -> None:
        self._repo, self._commit, self._prefix = repo, commit, prefix
        self._claimed = claimed
        self._values = claims_reader(reader, fields)
        self._moved = Moved(repo, commit, prefix, here.articles(), here.raw, here.exists)
        self._read: dict[str, Mapping[str, Claimed]] = {}

    def claims(self, article: Article) -> Mapping[str, Claimed] | None:
        """Those of a moved article, by name; None if it was not moved."""
        path = self._moved(article)
        if path == article.path:
            return None
        found = self._claimed(path)
        return self._of_other(path) if found is None else found

    def _of_other(self, path: str) -> Mapping[str, Claimed]:
        if path not in self._read:
            oids = CommitTree(self._repo, self._commit, self._prefix).oids
            said = self._values(next(raw for _, raw in self._repo.blobs([oids[path]])))
            history = History(self._repo, self._commit)
            self._read[path] = introduced(history, self._prefix, oids, {path: said}, self._values)[path]
        return self._read[path]
