"""On which day an article last changed: Git's answer, worked out once per commit and kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase


class Changed:
    """The days of one base's articles."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def day(self, article: Article) -> date | None:
        """The day, in the base's timezone, of the commit that brought its bytes in; of bytes in no commit, today.

        Outside Git the day its file was written; None where nobody can say.
        """
        if self._kb.repo is None:
            return self._written(article)
        known = self._committed.get(article.path)
        if known is None or known[0] != article.oid:
            return self._kb.today
        return datetime.fromtimestamp(known[1], UTC).astimezone(self._kb.config.timezone).date()

    def _written(self, article: Article) -> date | None:
        try:
            seconds = (self._kb.root / article.path).stat().st_mtime
        except OSError:
            return None
        return datetime.fromtimestamp(seconds, self._kb.config.timezone).date()

    @cached_property
    def _committed(self) -> dict[str, Any]:
        """Path -> [blob, seconds since 1970]."""
        repo = self._kb.repo
        head = self._kb.commit or (repo.head() if repo else None)
        if repo is None or head is None:
            return {}
        # Another kcs.toml, or a file that came back, asks for others.
        paths = "\0".join(self._kb.articles.paths)
        key = f"{head} {self._kb.prefix} {sorted(repo.shallow_commits())} {paths}"
        kept = self._kb.cache.read("changed", key)
        if isinstance(kept, dict):
            return kept
        from kcs.kb.history import History

        history = History.read(repo, head)
        found = {}
        for article in self._kb.articles:
            if version := history.last(self._kb.prefix + article.path):
                found[article.path] = [version.blob, version.committer_time]
        self._kb.cache.write("changed", found, key)
        return found
