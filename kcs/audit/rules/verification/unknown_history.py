"""It is unknown whether what was verified is what it says today.

## Why it matters

If the clone's history ends before the commit that brought in a date, or a stamp was made by a newer kcs, the answer is unknown.
The same goes for a date in a repository of its own below the base (a submodule that `include` names), or behind a symbolic link to a
folder: the base's history does not hold what was dated, or not at that path. Nor does it where Git takes in no change of the file, as
.gitignore says, or a filter of .gitattributes that encrypts it. What is unknown is not trusted: a gate never fails open.

## Example

A CI job that checks out with `fetch-depth: 1`, on a base that is verified by dates.

## How to mend

`git fetch --unshallow` (in CI: `fetch-depth: 0`), or update kcs; or `kcs verify ARTICLE`, which needs no history.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.fingerprint import version_of
from kcs.article.trust import UNKNOWN_HISTORY
from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import HISTORY, VERDICT, Rule, Values
from kcs.audit.rules.verification import expected, verify
from kcs.kb.past.references import UNCOMMITTED


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether that is among the reasons."""
    if UNKNOWN_HISTORY not in page.verdict.reasons or not expected(page):
        return
    newer = [one for one in page.article.stamps if one.content and version_of(one.content) is None]
    if newer:
        what, mend = "a stamp was made by a normalisation that this kcs does not know", "update kcs, or "
    elif page.kb.apart(page.article):
        what, mend = (
            "it lies in another repository, or behind a link: no commit says what its date is for",
            "",
        )
    elif any(page.kb.judge.origin(page.article, one).status == UNCOMMITTED for one in page.article.claims):
        what, mend = (
            "Git takes in no change of it (.gitignore, or a filter): no commit says what its date is for",
            "",
        )
    else:
        what, mend = "history is cut off before its verification", "git fetch --unshallow, or "
    yield Hit(what, mend + verify(page), page.line_of(page.dated_key))


RULE = Rule(check, ERROR, (VERDICT, HISTORY), ignorable=False)
