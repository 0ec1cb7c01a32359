"""An article has been work-in-progress for too long.

## Why it matters

Work-in-progress is a note on a case that somebody is working on. After a month nobody is, and whoever finds it hopes in vain.

## Example

An article that was created on 3 May and is `confidence: work-in-progress` in September.

## How to mend

Write the resolution and run `kcs state ARTICLE not-validated`; or `kcs archive ARTICLE` if the case ended without one. `days`
in kcs.toml sets the limit, counted from `created`, else from Git's first commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from kcs.article.days import parse_day
from kcs.article.states import WORK_IN_PROGRESS
from kcs.audit.changes import history
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, HISTORY, TODAY, Parameter, Rule, Values

_DAYS = 30


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Whether it was begun long ago."""
    # A call review is never validated; `kcs pairs status` says which ones are late.
    if page.article.confidence != WORK_IN_PROGRESS or "review" in page.meta:
        return
    begun = _begun(page)
    days = (page.kb.today - begun).days if begun else 0
    if days > values["days"]:
        from shlex import quote

        name = quote(page.article.name)
        yield Hit(
            f"work-in-progress for {days} days, since {begun}",
            f"kcs state {name} not-validated once it has a resolution, or kcs archive {name}",
            page.line_of(key if (key := page.key_of("confidence")) in page.meta else page.key_of("status")),
        )


def _begun(page: Page) -> date | None:
    said = page.meta.get(page.key_of("created"))
    config = page.kb.config
    if isinstance(said, str) and (day := parse_day(said, config.timezone, config.date_order)):
        return day
    past = page.shared(history)
    version = past.created(page.kb.prefix + page.path) if past else None
    if version is None:
        return None
    return datetime.fromtimestamp(version.author_time, UTC).astimezone(config.timezone).date()


RULE = Rule(
    check,
    WARNING,
    (FRONT_MATTER, HISTORY, TODAY),
    by_time=True,
    parameters=(Parameter("days", "integer", _DAYS, "How many days an article may be work-in-progress."),),
)
