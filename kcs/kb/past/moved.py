"""The committed file that an article was before an uncommitted move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from kcs.kb.articles import Article
from kcs.kb.commit_tree import CommitTree
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.git.repository import Repository


class Moved:
    """Maps an article to its path in the commit; to its own path if the commit lacks it.

    A rename as Git sees it: the old file is gone, and at least half of the bytes are the same.
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
    def _gone_oids(self) -> dict[str, str]:
        """Files in the commit but not in the working tree: path -> oid."""
        here = {article.path for article in self._articles}
        return {
            path: oid for path, oid in self._oids.items() if path not in here and MARKDOWN_ENDING.search(path)
        }

    @cached_property
    def _by_oid(self) -> dict[str, str]:
        return {oid: path for path, oid in sorted(self._gone_oids.items())}

    @cached_property
    def _gone(self) -> dict[str, tuple[bytes, Counter[bytes]]]:
        """Their bytes, and how often each line occurs."""
        found = dict(self._repo.blobs(dict.fromkeys(self._gone_oids.values())))
        read = {oid: (raw, Counter(raw.splitlines(keepends=True))) for oid, raw in found.items()}
        return {path: read[oid] for path, oid in self._gone_oids.items()}

    def __call__(self, article: Article) -> str:
        """The article's path in the commit."""
        if article.path in self._oids or not self._gone_oids:
            return article.path
        # Nearly always the case; comparing the lines of a thousand files with a thousand takes minutes.
        if same := self._by_oid.get(article.oid):
            return same
        raw = self._raw(article)
        lines = Counter(raw.splitlines(keepends=True))
        likeness, former = max((_likeness(raw, lines, *old), path) for path, old in self._gone.items())
        return former if likeness >= 0.5 else article.path


def _likeness(one: bytes, lines: Counter[bytes], other: bytes, others: Counter[bytes]) -> float:
    """The share of the larger text's bytes that both have, by whole lines."""
    larger, smaller = max(len(one), len(other), 1), min(len(one), len(other))
    if smaller / larger < 0.5:
        return 0.0
    return sum(len(line) * count for line, count in (lines & others).items()) / larger
