"""Who approved an article under compliance governance, and whether that is for what it says today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kcs.article.days import parse_day
from kcs.article.stamps import entries_of
from kcs.kb.articles import Article
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


class Approval(NamedTuple):
    """One entry of `approved`. `listed`: whether they might publish it on that day, and may
    by today's kcs.toml. `same`: its content is today's. Without a readable day `day` is None.
    """

    by: str
    at: str
    day: date | None
    content: str
    note: str
    listed: bool
    same: bool

    @property
    def counts(self) -> bool:
        """Whether it is an approval of what the article says today."""
        return self.listed and self.same


def approvals(kb: KnowledgeBase, article: Article) -> list[Approval]:
    """The entries, in the order of the file."""
    entries = entries_of(article.record.meta.get("approved"))
    today = kb.fingerprints.of(article) if entries and not article.unreadable else None
    publishers = kb.team.expand(article.settings.publishers)
    found = []
    for one in entries:
        by, at, content, note = (str(one.get(key) or "") for key in ("by", "at", "content", "note"))
        person, day = by.removeprefix("human:"), parse_day(at, kb.config.timezone)
        listed = (
            by.startswith("human:")
            and person in publishers
            and day is not None
            and article.settings.terms.here(person, day)
        )
        found.append(Approval(by, at, day, content, note, listed, today is not None and content == today))
    return found
