"""Which committed file an article is that the working tree has under another path: a move that is in no commit yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from kcs.kb.articles import Article
from kcs.kb.git import Repository
from kcs.kb.links import MARKDOWN_ENDING
from kcs.kb.source import CommitTree


class Moved:
    """Called with an article, gives the path that the commit has it under; its own where it has none there.

    As Git sees a rename: the file it was is gone, and at least half of the bytes are the same.
    """

    def __init__(
        self,
        repo: Repository,
        commit: str,
        prefix: str,
        articles: Sequence[Article],
        raw: Callable[[Article], bytes],
    ) -> None:
        self._repo = repo
        self._where = (commit, prefix)
        self._articles = articles
        self._raw = raw

    @cached_property
    def _oids(self) -> dict[str, str]:
        return CommitTree(self._repo, *self._where).oids

    @cached_property
    def _gone(self) -> dict[str, bytes]:
        here = {article.path for article in self._articles}
        gone = {
            path: oid for path, oid in self._oids.items() if path not in here and MARKDOWN_ENDING.search(path)
        }
        found = dict(self._repo.blobs(dict.fromkeys(gone.values())))
        return {path: found[oid] for path, oid in gone.items()}

    def __call__(self, article: Article) -> str:
        """The article's path in the commit."""
        if article.path in self._oids or not self._gone:
            return article.path
        raw = self._raw(article)
        likeness, former = max((_likeness(raw, old), path) for path, old in self._gone.items())
        return former if likeness >= 0.5 else article.path


def _likeness(one: bytes, other: bytes) -> float:
    """The share of the larger one's bytes that stand, by whole lines, in both."""
    if one == other:
        return 1.0
    lines, others = Counter(one.splitlines(keepends=True)), Counter(other.splitlines(keepends=True))
    same = sum(len(line) * count for line, count in (lines & others).items())
    return same / max(len(one), len(other), 1)
