"""The day an article last changed: Git's answer, worked out once per commit and kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.stored import is_stored_as

if TYPE_CHECKING:
    from kcs.kb.past.facts import Facts


class Changed:
    """The days of one base's articles."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def day(self, article: Article) -> date | None:
        """The day, in the base's time zone, of the commit that introduced its bytes; today for uncommitted bytes.

        Outside Git, the day its file was written; None if unknown.
        """
        if self._kb.repo is None:
            return self._written(article)
        last = self._facts.last(self._kb.prefix + article.path) if self._facts else None
        if last is None or not is_stored_as(self._kb, article, last.blob):
            return self._kb.today
        return datetime.fromtimestamp(last.committer_time, UTC).astimezone(self._kb.config.timezone).date()

    def _written(self, article: Article) -> date | None:
        try:
            seconds = (self._kb.root / article.path).stat().st_mtime
        except OSError:
            return None
        return datetime.fromtimestamp(seconds, self._kb.config.timezone).date()

    @cached_property
    def _facts(self) -> Facts | None:
        from kcs.kb.past.facts import Facts

        repo, head = self._kb.repo, self._kb.head
        return Facts.of(repo, head, self._kb.cache) if repo and head else None
