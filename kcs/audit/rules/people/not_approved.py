"""An article under compliance governance is not approved as it stands.

## Why it matters

What binds by law or contract is read and approved, word for word, by somebody who may publish it, before anybody relies on it.
An approval of another text does not count.

## Example

    governance: compliance
    approved:
      - {by: "human:lea", at: 2026-04-02T10:00:00Z, content: "kcs1:..."}   # of what it said in April

## How to mend

A publisher runs `kcs approve ARTICLE -m WHY`, which shows what changed since. Publishers are named by `publishers` in a policy
of kcs.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from shlex import quote
from typing import Any

from kcs.article.days import parse_day
from kcs.article.stamps import entries_of
from kcs.article.states import VALIDATED
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, TEAM, TEXT, TODAY, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether a listed publisher approved exactly today's content."""
    article = page.article
    if article.settings.governance != "compliance" or article.confidence != VALIDATED:
        return
    publishers = page.kb.team.expand(article.settings.publishers)
    here = sorted(one for one in publishers if article.settings.terms.here(one, page.kb.today))
    mend = f"{', '.join(here)}: kcs approve {quote(article.name)} -m WHY"
    if not here:
        mend = f"all who may publish it have left ({', '.join(sorted(publishers))}): name others in kcs.toml"
    line = page.line_of("approved" if "approved" in page.meta else page.key_of("governance"))
    if not publishers:
        yield Hit(
            "it needs approval, and kcs.toml lists nobody who may publish it",
            'publishers = ["..."] in a policy that matches it',
            line,
        )
        return
    entries = entries_of(page.meta.get("approved"))
    today = page.kb.fingerprints.of(article)
    counting = [one for one in entries if _counts(page, one, publishers)]
    if any(one.get("content") == today for one in counting):
        return
    if counting:
        what = "approved for what it said before"
    elif entries:
        what = f"approved by {', '.join(str(one.get('by', '?')) for one in entries)}, who may not publish it"
    else:
        what = "nobody approved it"
    yield Hit(f"under compliance, and {what}", mend, line)


def _counts(page: Page, entry: Mapping[str, Any], publishers: frozenset[str]) -> bool:
    by = str(entry.get("by") or "")
    person = by.removeprefix("human:") if by.startswith("human:") else ""
    day = parse_day(str(entry.get("at") or ""), page.kb.config.timezone)
    return person in publishers and day is not None and page.article.settings.terms.here(person, day)


RULE = Rule(check, ERROR, (FRONT_MATTER, TEXT, TEAM, OTHERS, TODAY), ignorable=False)
