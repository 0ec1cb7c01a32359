"""Which of the sections that an article should have are there, and whether they hold anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kcs.article.body import Body
from kcs.article.headings import section_key
from kcs.patterns import later

# What ends the matter, whatever the type calls it.
ANSWERS = ("resolution", "answer", "steps", "workaround")
_UNSEEN = later(r"<!--.*?(?:-->|\Z)|(?i:</?(?:br|p)\s*/?>|&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);)", re.DOTALL)
# Possessive: a rule of thousands of hyphens with a word behind it would be divided in every way.
_NOTHING = later(r"[\W_]*+(?:\d+[.)][\W_]*+)?(?:(?:todo|tbd|fixme|xxx|n/a)[\W_]*+)?", re.IGNORECASE)
_HEADING = later(r" {0,3}#{1,6}(?:\s|$)")


def filled(body: Body, asked: Collection[str] = ()) -> Mapping[str, bool]:
    """The keys (kcs.article.headings) of the existing sections, in any language, and whether each holds anything.

    If a question is `asked` for, a heading that asks one is that section, and the text under it the answer.
    """
    found: dict[str, bool] = {}
    for section in body.sections:
        key = section_key(section.heading)
        if key is not None:
            found[key] = found.get(key, False) or says_something(body.text[section.start : section.end])
        elif "question" in asked and section.heading.rstrip(" *_)").endswith(("?", "\u061f", "\uff1f")):
            answered = says_something(body.text[section.start : section.end])
            found |= {"question": True, "answer": found.get("answer", False) or answered}
    return found


def says_something(text: str) -> bool:
    """Whether there is more than headings, comments, blank space and placeholders."""
    lines = _UNSEEN.sub("", text).splitlines()
    return any(not _NOTHING.fullmatch(line) for line in lines if not _HEADING.match(line))
