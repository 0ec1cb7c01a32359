"""A date says that the article was checked, but nothing says what was checked.

## Why it matters

A date can be typed without looking. It vouches for whatever the file says in that commit; a stamp of `kcs verify` vouches
for exactly what somebody was shown.

## Example

    -audit_date: "2025-06-10"
    +audit_date: "2026-11-20"

## How to mend

`kcs verify ARTICLE` moves the date and writes a stamp beside it. Reported in runs that judge a change, of new articles too,
and in a base with `[adopt]` for dates from the day of adoption on. In an article with a stamp a date alone never counts: one that is newer
than every stamp, by more than the day that another `timezone` may make of it, is always reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.past import as_before, before
from kcs.audit.rule import FRONT_MATTER, HISTORY, Rule, Values
from kcs.audit.rules.verification import verify
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.references import KNOWN, UNCOMMITTED


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether a date is newer than every stamp, or the mapped one was
    moved forward, or came with the change, and no stamp stands beside it.
    """
    article, kb = page.article, page.kb
    if bound := [stamp for stamp in article.stamps if stamp.content]:
        yield from _newer(page, max((stamp.day for stamp in bound if stamp.day), default=date.max))
        return
    now = _day(article)
    if now is None:
        return
    adoption = kb.config.adoption
    if page.scene.before is not None:
        typed = not as_before(page) and _is_typed(page, page.scene.before, now)
    else:
        typed = adoption is not None and now >= adoption.on
    if typed:
        key = kb.config.fields[MAPPED_DATE]
        yield Hit(
            f"`{key}` says {now}, and nothing records what was checked then",
            f"{verify(page)} writes both",
            page.line_of(key),
        )


def _newer(page: Page, newest: date) -> Iterator[Hit]:
    for name in page.article.claims:
        # Since `kcs verify` wrote both, kcs.toml may name a time zone in which the stamp is of the day before.
        if ((day := _day(page.article, name) or date.min) - newest).days > 1:
            key = page.kb.config.fields[MAPPED_DATE] if name == MAPPED_DATE else "verified"
            yield Hit(
                f"`{key}` says {day}, later than every stamp: beside a stamp, a date alone does not count",
                f"{verify(page)} writes both",
                page.line_of(key),
                subject=name,
            )


def _is_typed(page: Page, then: KnowledgeBase, now: date) -> bool:
    """Whether the change brought the date: into a version that had an earlier one or none, or with a new article."""
    if (old := before(page)) is not None:
        return now > (_day(old) or date.min)
    origin = page.kb.judge.origin(page.article, MAPPED_DATE)
    if origin.status != KNOWN:
        return origin.status == UNCOMMITTED
    # A file that only moved brings along a date that was there before.
    return page.shared(_Brought).brings(origin.commit, then)


class _Brought:
    """Which commits belong to the change; each is asked for once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._repo = kb.repo
        self._known: dict[str, bool] = {}

    def brings(self, commit: str, then: KnowledgeBase) -> bool:
        """Whether this commit is no part of what was before."""
        if commit not in self._known:
            assert self._repo is not None, "only Git knows commits"
            self._known[commit] = (
                self._repo.run("rev-list", "--max-count=1", commit, f"^{then.commit}") != b""
            )
        return self._known[commit]


def _day(article: Article, claim: str = MAPPED_DATE) -> date | None:
    value = article.claims.get(claim, "?")
    return None if value.startswith("?") else date.fromisoformat(value)


RULE = Rule(check, WARNING, (FRONT_MATTER, HISTORY))
