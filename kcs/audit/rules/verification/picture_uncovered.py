"""A picture is named by a link reference definition, so that no verification covers it.

## Why it matters

With `images = true` a verification vouches for the pictures that it showed. What a definition names is covered as it is spelt, and
not by its bytes: somebody may put another picture in its place, and the article stays verified.

## Example

    ![The switch][s]

    [s]: img/switch.png

## How to mend

Name the file where it is shown: `![The switch](img/switch.png)`. The rule asks nothing of articles without `images = true`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.inline import label_key
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, OTHERS, PATH, TEXT, Rule, Values
from kcs.patterns import later

# `![a][p]`, `![p][]`, `![p]`; not `![a](p.png)`.
_SHOWN = later(r"!\[((?:[^\[\]\\]|\\.){0,500})\](?:\[((?:[^\[\]\\]|\\.){0,500})\]|(?!\())")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each definition of a local picture that the text shows."""
    if not page.article.settings.images or "![" not in page.text:
        return
    shown = set(_labels(page))
    told = set()
    for link in page.body.links:
        label = label_key(link.text)
        # Of two with one label the first counts.
        if link.kind == "reference" and label in shown and label not in told:
            told.add(label)
            if page.leads_to(link.destination) is not None:
                words = f"no verification covers the picture {link.destination!r}: a definition names it"
                mend = f"write ![...]({link.destination}) where it is shown"
                yield Hit(words, mend, page.file_line(link.line), subject=link.destination)


def _labels(page: Page) -> Iterator[str]:
    """Those by which pictures are shown, outside code."""
    for block in page.body.blocks:
        if block.kind in ("text", "heading", "table") and "![" in block.text:
            spans = page.body.spans(block.kind, block.text)
            code = [(one.start, one.end) for one in spans if one.kind == "code"]
            for found in _SHOWN.finditer(block.text):
                if not any(start <= found.start() < end for start, end in code):
                    yield label_key(found[2] or found[1])


RULE = Rule(check, WARNING, (FRONT_MATTER, PATH, TEXT, OTHERS, FILES))
