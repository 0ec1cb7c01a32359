"""When articles were created."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.article.days import parse_day

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.past.facts import Facts


class Created:
    """Answers for one base; each article is looked up once. Git is asked only if an article gives no day itself."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        theirs = kb.config.fields.get("created", "created")
        # Ours first, as for every other key.
        self._keys = (theirs,) if kb.config.apart("created") else ("created", theirs)
        self._known: dict[str, datetime | None] = {}

    def before(self, article: Article, moment: datetime | None) -> bool:
        """Whether the article is older than `moment`; if either is unknown, it counts as older."""
        created = self.at(article)
        return created is None or moment is None or created <= moment

    def at(self, article: Article) -> datetime | None:
        """The start of its day, or the moment of its first commit; None if unknown."""
        if article.path not in self._known:
            self._known[article.path] = self._of(article)
        return self._known[article.path]

    def day(self, article: Article) -> date | None:
        """The same as a day in the base's time zone."""
        created = self.at(article)
        return created.astimezone(self._kb.config.timezone).date() if created else None

    def _of(self, article: Article) -> datetime | None:
        meta = article.record.meta
        given = next((value for key in self._keys if (value := meta.get(key)) is not None), None)
        zone = self._kb.config.timezone
        order = self._kb.config.date_order
        day = (
            given
            if isinstance(given, date)
            else parse_day(given, zone, order)
            if isinstance(given, str)
            else None
        )
        if day is not None:
            return datetime.combine(day, time.min, zone)
        version = self._facts.created(self._kb.prefix + article.path) if self._facts else None
        return datetime.fromtimestamp(version.committer_time, UTC) if version else None

    @cached_property
    def _facts(self) -> Facts | None:
        """Git's facts; None outside a repository and before the first commit."""
        from kcs.kb.past.facts import Facts

        repo, head = self._kb.repo, self._kb.head
        return Facts.of(repo, head, self._kb.cache) if repo and head else None
