"""Finding the section of an article that a user names."""

from __future__ import annotations

from collections.abc import Sequence

from kcs.article.body import Section
from kcs.article.headings import section_key


def find_section(sections: Sequence[Section], wanted: str) -> Section | None:
    """By its heading, its anchor, what such a section is called in any language, or the beginning of one heading alone.

    None if none fits, or the beginnings of several do.
    """
    folded = wanted.casefold().strip()
    if not folded:
        return None
    for one in sections:
        if folded in (one.heading.casefold(), one.anchor.casefold()):
            return one
    key = section_key(wanted)
    for one in sections:
        if key is not None and section_key(one.heading) == key:
            return one
    begun = [
        one
        for one in sections
        if one.heading.casefold().startswith(folded) or one.anchor.casefold().startswith(folded)
    ]
    return begun[0] if len({one.heading for one in begun}) == 1 else None
