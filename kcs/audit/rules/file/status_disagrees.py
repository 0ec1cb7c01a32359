"""`status` and `confidence` disagree.

## Why it matters

kcs goes by `confidence`, other OKF readers go by `status`: for one of them a draft is published.

## Example

    confidence: not-validated
    status: stable

## How to mend

`kcs audit --fix` makes `status` follow, as `kcs state` does: work-in-progress and not-validated are draft, validated is stable,
archived is deprecated.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.states import CONFIDENCES, STATUS_OF
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, Rule, Values


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the two say the same."""
    confidence, status = (page.meta.get(page.key_of(name)) for name in ("confidence", "status"))
    if confidence not in CONFIDENCES or status not in STATUS_OF.values() or STATUS_OF[confidence] == status:
        return
    yield Hit(
        f"confidence is {confidence}, and status is {status}, which stands for another one",
        f"kcs audit --fix writes status: {STATUS_OF[confidence]}",
        page.line_of(page.key_of("status")),
    )


def fix(page: Page, raw: bytes, _hits: list[Hit]) -> bytes:
    """`status` as it follows from `confidence`."""
    from kcs.article.splice import set_value

    return set_value(raw, page.key_of("status"), STATUS_OF[str(page.meta[page.key_of("confidence")])])


RULE = Rule(check, WARNING, (FRONT_MATTER,), archived=True, fix=fix)
