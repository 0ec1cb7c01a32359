"""A change to one of two counterparts leaves the other one as it was.

## Why it matters

The internal and the external article tell the same thing to different readers. Fixing one does not fix what the other readers
see, and nobody looks at both again until one falls due.

## Example

    counterpart: kb-4c7mhx0q     # in kb-7f3q9xk2, whose text this change touches; kb-4c7mhx0q is not in it

## How to mend

Carry over what its readers need. If they need nothing, `kcs verify ARTICLE` on the counterpart records that somebody looked.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.past import as_before, before
from kcs.audit.rule import FRONT_MATTER, HISTORY, OTHERS, TEXT, Rule, Values
from kcs.kb.translated import by_any_name


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether its text is another than before the change, and the counterpart's file is what it was."""
    name = page.meta.get("counterpart")
    if not isinstance(name, str) or not name or page.article.unreadable:
        return
    then = before(page)
    if then is None or then.record.skeleton == page.article.record.skeleton:
        return
    known = page.shared(by_any_name)
    other = page.kb.by_path.get(known.get(name) or known.get(name.strip("/"), ""))
    if other is None or not as_before(Page(page.scene, other)):
        return
    from shlex import quote

    yield Hit(
        f"this change leaves its counterpart {other.name} ({other.settings.audience}) as it was",
        f"carry over what its readers need, or kcs verify {quote(other.name)}",
        page.line_of("counterpart"),
        subject=name,
    )


RULE = Rule(check, INFO, (FRONT_MATTER, TEXT, OTHERS, HISTORY))
