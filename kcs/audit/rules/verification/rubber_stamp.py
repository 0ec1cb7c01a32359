"""Verified faster than anybody reads, or without anything having been shown.

## Why it matters

Trust is worth as much as the check behind it. This is a hint to talk about how verifying goes, and does not measure anybody.

## Example

Two long articles, verified by one person four seconds apart; or `unseen: true`, which `kcs verify --yes` in a script writes.

## How to mend

Read it, and `kcs verify ARTICLE` in a terminal. How fast one can read: `[rules.KCS106]` with `words_per_minute`.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kcs.article.days import parse_moment
from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, TEXT, Parameter, Rule, Values
from kcs.audit.rules.verification import verify
from kcs.kb.base import KnowledgeBase

# Beyond this nobody is too fast, however long the text.
_LONGEST = timedelta(minutes=10)
# A word with its blank; Thai has none, and this holds for it about as well.
_SIGNS = 6


def before(kb: KnowledgeBase) -> dict[tuple[str, str], timedelta]:
    """(path, person) -> how long after that person's stamp before this one was given; only where that is short."""
    given: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for article in kb.articles:
        for stamp in article.stamps:
            at = parse_moment(stamp.at) if stamp.person and stamp.content and not stamp.unseen else None
            if at is not None and stamp.person:
                given[stamp.person].append((at if at.tzinfo else at.replace(tzinfo=UTC), article.path))
    found = {}
    for person, moments in given.items():
        moments.sort()
        for (then, other), (now, path) in itertools.pairwise(moments):
            if path != other and now - then < _LONGEST:
                found[path, person] = now - then
    return found


def check(page: Page, values: Values) -> Iterator[Hit]:
    """Each stamp that nobody can have looked for, or hardly."""
    for stamp in page.article.stamps:
        if stamp.person is None or not stamp.content:
            continue
        gap = page.shared(before).get((page.path, stamp.person))
        if stamp.unseen:
            yield _hit(page, stamp.by, "nothing had been shown when it was given")
        elif gap is not None:
            words = len(page.text) / _SIGNS
            if gap.total_seconds() < words * 60 / values["words_per_minute"]:
                seconds = int(gap.total_seconds())
                yield _hit(
                    page,
                    stamp.by,
                    f"given {seconds} s after the one before, for about {words:.0f} words",
                )


def _hit(page: Page, by: str, what: str) -> Hit:
    return Hit(
        f"the stamp of {by}: {what}", f"read it, then {verify(page)}", page.line_of("verified"), subject=by
    )


RULE = Rule(
    check,
    INFO,
    (FRONT_MATTER, TEXT, OTHERS),
    parameters=(Parameter("words_per_minute", "integer", 1000, "Faster than this is no reading."),),
)
