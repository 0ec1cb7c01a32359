"""A picture is named where no verification covers it: in a link reference definition, `srcset` or `poster`.

## Why it matters

With `images = true` a verification vouches for the pictures that it showed. What a definition, `srcset` or `poster` names is covered
as it is spelt, and not by its bytes: somebody may put another picture in its place, and the article stays verified.

## Example

    ![The switch][s]

    [s]: img/switch.png

## How to mend

Name the file where it is shown: `![The switch](img/switch.png)`, or as the `src` of an `<img>`. The rule asks nothing of articles
without `images = true`, and of pictures that the article also shows so.
"""

from __future__ import annotations

from collections.abc import Iterator

from kcs.article.inline import label_key
from kcs.article.leaves import Block
from kcs.article.tags import attributes, opening_tags
from kcs.audit.finding import WARNING, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, FRONT_MATTER, OTHERS, PATH, TEXT, Rule, Values
from kcs.patterns import later

# `![a][p]`, `![p][]`, `![p]`; not `![a](p.png)`.
_SHOWN = later(r"!\[((?:[^\[\]\\]|\\.){0,500})\](?:\[((?:[^\[\]\\]|\\.){0,500})\]|(?!\())")

_ATTRIBUTES = ("srcset", "poster")


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each local picture that the text shows by a definition or such an attribute alone."""
    if not page.article.settings.images:
        return
    found = [*(_by_definitions(page) if "![" in page.text else ()), *_by_attributes(page)]
    if found:
        covered = {_place(page, link.destination) for link in page.body.links if link.kind == "image"}
        yield from (one for one in found if _place(page, one.subject) not in covered)


def _place(page: Page, destination: str) -> str | None:
    target = page.leads_to(destination)
    return target.path if target else None


def _by_definitions(page: Page) -> Iterator[Hit]:
    shown = set(_labels(page))
    told = set()
    for link in page.body.links:
        label = label_key(link.text)
        # Of two with one label the first counts.
        if link.kind == "reference" and label in shown and label not in told:
            told.add(label)
            if _place(page, link.destination):
                yield _hit(page, link.destination, "a definition", link.line)


def _hit(page: Page, destination: str, what: str, line: int) -> Hit:
    words = f"no verification covers the picture {destination!r}: {what} names it"
    mend = f"write ![...]({destination}) where it is shown"
    return Hit(words, mend, page.file_line(line), subject=destination)


def _by_attributes(page: Page) -> Iterator[Hit]:
    """Those of tags that show a picture besides `src`: browsers prefer what `srcset` names."""
    low = page.text.lower()
    if not any(name in low for name in _ATTRIBUTES):
        return
    for block in page.body.blocks:
        if block.kind in ("text", "heading", "table", "html"):
            for name, value, place in _named(page, block):
                line = block.start + block.text.count("\n", 0, place)
                for spelt in dict.fromkeys(one.split()[0] for one in value.split(",") if one.strip()):
                    if _place(page, spelt):
                        yield _hit(page, spelt, f"`{name}`", line)


def _named(page: Page, block: Block) -> Iterator[tuple[str, str, int]]:
    """Such attributes outside code: name, value, and where that is in the block."""
    code = _code(page, block)
    for start, end in opening_tags(block.text):
        if not any(first <= start < last for first, last in code):
            for name, first, last in attributes(block.text, start, end):
                if name in _ATTRIBUTES:
                    yield name, block.text[first:last], first


def _labels(page: Page) -> Iterator[str]:
    """Those by which pictures are shown, outside code."""
    for block in page.body.blocks:
        if block.kind in ("text", "heading", "table") and "![" in block.text:
            code = _code(page, block)
            for found in _SHOWN.finditer(block.text):
                if not any(start <= found.start() < end for start, end in code):
                    yield label_key(found[2] or found[1])


def _code(page: Page, block: Block) -> list[tuple[int, int]]:
    spans = page.body.spans(block.kind, block.text)
    return [(one.start, one.end) for one in spans if one.kind == "code"]


RULE = Rule(check, WARNING, (FRONT_MATTER, PATH, TEXT, OTHERS, FILES))
