"""Which articles there are, since when, from which ticket, and who wrote them: from front matter and Git."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.article.states import WORK_IN_PROGRESS
from kcs.kb.past.created import Created

if TYPE_CHECKING:
    from kcs.insight.metric import Period
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.past.history import History


class Content:
    """Facts of one base's articles, each looked up on demand."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self.since = Created(kb)

    @cached_property
    def created(self) -> Mapping[str, date]:
        """Path -> day: the article's own `created`, else its first commit's. Without both it has none."""
        days = {article.path: self.since.day(article) for article in self._kb.articles}
        return {path: day for path, day in days.items() if day is not None}

    def made_in(self, period: Period) -> list[Article]:
        """The articles that were created in this period."""
        return [
            one
            for one in self._kb.articles
            if one.path in self.created and period.holds(self.created[one.path])
        ]

    @cached_property
    def from_ticket(self) -> Mapping[str, Sequence[Article]]:
        """Ticket -> the articles that were made for it: their `sources` name the ticket."""
        from kcs.coverage import made_for

        return made_for(self._kb)

    @cached_property
    def by_key(self) -> Mapping[str, Article]:
        """Key, as in the ledger -> article."""
        return {self._kb.key(article): article for article in self._kb.articles}

    def writers(self, period: Period) -> set[str]:
        """The people, by id, whose commits changed something in the base's folder in this period; bots are left out."""
        kb = self._kb
        if kb.repo is None or kb.head is None:
            return set()
        begin = datetime.combine(period.first, time.min, kb.config.timezone).timestamp()
        end = datetime.combine(period.last, time.max, kb.config.timezone).timestamp()
        where = [kb.prefix] if kb.prefix else []
        told = kb.repo.run("log", "-z", "--no-merges", "--format=%at%x00%aE", kb.head, "--", *where).split(
            b"\0"
        )
        found = {
            kb.team.person_of(email.decode("utf-8", "replace"))
            for moment, email in zip(told[0::2], told[1::2], strict=False)
            if moment.isdigit() and begin <= int(moment) <= end
        }
        return {one for one in found if one}

    @cached_property
    def _history(self) -> History | None:
        from kcs.kb.past.history import History

        return History.of(self._kb)

    def visible_since(self, article: Article) -> datetime | None:
        """When people outside could first read it: once its audience was
        not the most closed one, and it was no longer work in progress.
        """
        kb, history = self._kb, self._history
        if history is None or kb.repo is None:
            return None
        versions = history.versions(kb.prefix + article.path)[::-1]
        for version, (oid, raw) in zip(versions, kb.repo.blobs(one.blob for one in versions), strict=True):
            then = kb.version(version.path.removeprefix(kb.prefix), raw, oid)
            closed = then.settings.audience == kb.config.audiences[0]
            if not closed and not then.unreadable and then.confidence != WORK_IN_PROGRESS:
                return datetime.fromtimestamp(version.committer_time, UTC)
        return None
