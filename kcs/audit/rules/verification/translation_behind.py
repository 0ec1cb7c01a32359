"""The article that it translates now says something else.

## Why it matters

Readers of one language get last year's answer. The translation's own verification says that it correctly translates what the
source said then.

## Example

    translation_of: {id: kb-7f3q9xk2, content: "kcs1:9f2c..."}
    # and kb-7f3q9xk2 has another fingerprint today

## How to mend

Carry the change over and run `kcs verify ARTICLE`: it shows what changed in the source, and renews `content`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FRONT_MATTER, OTHERS, Rule, Values
from kcs.audit.rules.verification import verify


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Whether the source's fingerprint is still the one it was made from."""
    said = page.meta.get("translation_of")
    if not isinstance(said, Mapping):
        return
    source = page.kb.by_path.get(page.kb.translated.get(page.path, ""))
    if source is None or source.unreadable:
        return
    content, line = said.get("content"), page.line_of("translation_of")
    if not content:
        words = f"it translates {source.name}, and nothing records what that said then"
        yield Hit(words, f"compare the two, then {verify(page)}", line)
    elif content != page.kb.fingerprints.of(source):
        words = f"it translates {source.name}, which says something else by now"
        yield Hit(words, f"carry the change over, then {verify(page)}", line)


RULE = Rule(check, WARNING, (FRONT_MATTER, OTHERS))
