"""A person's verification came in with a machine's commit.

## Why it matters

A stamp says that a person read the article. When a bot writes it, nobody knows whether that person ever saw it. What counts is
the commit's author, never its committer: hosts commit merges themselves.

## Example

A nightly job that writes `by: "human:jd"` into every article that is due.

## How to mend

JD runs `kcs verify ARTICLE`. If that address is a person's after all, name it in team.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.origins import origins, stamp_name
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, HISTORY, TEAM, Rule, Values
from kcs.audit.rules.verification import verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each stamp of a person whose commit has a machine as its author."""
    for stamp in page.article.stamps:
        if not stamp.content or stamp.person is None:
            continue
        email = page.shared(origins).get((page.path, stamp_name(stamp)))
        if email and page.kb.team.is_bot(email):
            yield Hit(
                f"the stamp of {stamp.by} came in with a commit of {email}, which is a machine",
                f"{stamp.person} runs {verify(page)}",
                page.line_of("verified"),
                subject=stamp.by,
            )


RULE = Rule(check, ERROR, (FRONT_MATTER, TEAM, HISTORY))
