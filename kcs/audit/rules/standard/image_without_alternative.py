"""An image has no alternative text.

## Why it matters

People who listen to the article, read it in a terminal or wait for the picture learn nothing from it; nor does search.

## Example

    ![](img/settings.png)

## How to mend

Say what the picture shows: `![The menu Settings, with Sync switched off](img/settings.png)`. In HTML an `alt=""` says that the
picture is mere decoration, and is fine. An article with several such images is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kcs.audit.finding import INFO, Hit
from kcs.audit.page import Page
from kcs.audit.rule import TEXT, Rule, Values
from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.article.body import Link

_WORDLESS = later(r"!\[\s*\]")
_IMAGE = later(r"<img(?=[\s/>])", re.IGNORECASE)


def check(page: Page, _: Values) -> Iterator[Hit]:
    """The first image without words, and how many there are."""
    text = page.text
    if not _WORDLESS.search(text) and "src" not in text.lower():
        return
    lacking = [one for one in page.body.links if one.kind == "image" and not _has_words(text, one)]
    if lacking:
        count = len(lacking)
        words = (
            "an image has no alternative text" if count == 1 else f"{count} images have no alternative text"
        )
        yield Hit(words, "say what is to be seen, between [ and ]", page.file_line(lacking[0].line))


def _has_words(body: str, image: Link) -> bool:
    if image.text.strip():
        return True
    start = body.rfind("<", 0, image.start)
    if body[image.start - 1 : image.start] == "(" or body[image.start - 2 : image.start] == "(<" or start < 0:
        return False
    if not _IMAGE.match(body, start):
        return True  # a video, a script, a frame
    from kcs.article.tags import attributes

    end = body.find(">", image.end)
    return any(name == "alt" for name, _, _ in attributes(body, start, end if end >= 0 else len(body)))


RULE = Rule(check, INFO, (TEXT,))
