"""The person who wrote the text verified it, although the policy asks for a second pair of eyes.

## Why it matters

Nobody sees their own mistakes. `second_eyes = true` in a policy says that the author of a change may not be the one who
verifies it.

## Example

JD changes a step and runs `kcs verify` the same afternoon.

## How to mend

Somebody else who may runs `kcs verify ARTICLE`. Without `second_eyes` this rule finds nothing. Where a clone's history ends before the text
came in, nobody can say who wrote it: `git fetch --unshallow` (in CI: `fetch-depth: 0`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.changes import author_of_text, history
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import HISTORY, TEAM, VERDICT, Rule, Values
from kcs.audit.rules.verification import expected, verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether all who vouch for it are the author of what it says."""
    article, people = page.article, set(page.verdict.counting)
    if not article.settings.second_eyes or not people or not expected(page):
        return
    past = page.shared(history)
    wrote = author_of_text(page.kb, article, past) if past else None
    path = page.kb.prefix + page.path
    if wrote is None and past and past.holds(path, article.oid) and past.created(path) is None:
        what = "history is cut off before its text: nobody can say whether another one wrote it"
        yield Hit(
            what, f"git fetch --unshallow, or somebody else runs {verify(page)}", page.line_of(page.dated_key)
        )
    author = page.kb.team.person_of(wrote.author_email) if wrote else None
    if author is not None and people == {author}:
        yield Hit(
            f"{author} wrote what it says and is the only one who verified it",
            f"somebody else runs {verify(page)}",
            page.line_of(page.dated_key),
        )


RULE = Rule(check, WARNING, (VERDICT, TEAM, HISTORY), ignorable=False)
