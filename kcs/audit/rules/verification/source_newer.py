"""A source changed, or came into force, after the article was verified.

## Why it matters

The article says what its source said then. When a price list or release note is new, or a law takes effect, somebody has to
compare the two.

## Example

    verified: [{by: "human:jd", at: 2026-08-02, content: "kcs1:..."}]
    sources: [{id: prices, resource: "https://acme.example/prices", last_modified: 2026-11-19}]

## How to mend

Compare it with the source, update what differs, and run `kcs verify ARTICLE`. A source may have `last_modified`, the day it
changed, and `effective`, the day from which it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.days import parse_day
from kcs.article.stamps import entries_of
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, TODAY, VERDICT, Rule, Values
from kcs.audit.rules.verification import expected, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each source that is younger than the verification."""
    verified = page.verdict.verified_at
    if verified is None or not expected(page) or "sources" not in page.meta:
        return
    zone = page.kb.config.timezone
    for source in entries_of(page.meta.get("sources")):
        name = str(source.get("id") or source.get("resource") or "a source")
        changed = parse_day(str(source.get("last_modified") or ""), zone)
        effective = parse_day(str(source.get("effective") or ""), zone)
        if changed and verified < changed:
            what = f"{name} changed on {changed}, after it was verified on {verified}"
        elif effective and verified < effective <= page.kb.today:
            what = f"{name} holds since {effective}, and it was verified before, on {verified}"
        else:
            continue
        yield Hit(what, f"compare the two, then {verify(page)}", page.line_of("sources"), subject=name)


RULE = Rule(check, WARNING, (FRONT_MATTER, VERDICT, TODAY), by_time=True)
