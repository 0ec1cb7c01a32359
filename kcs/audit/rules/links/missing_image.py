"""An image is not there.

## Why it matters

"Click the button shown below" helps nobody who sees a broken picture.

## Example

    ![The settings dialog](img/setings.png)

## How to mend

Correct its name, or put the picture back. If a base keeps its pictures elsewhere, so that no image below a folder exists, this
is reported once for the folder, in the first article that shows one of them, and links to pictures there are no broken links;
`paths` and `severity` of this rule in kcs.toml switch it off.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page
from kcs.audit.rule import FILES, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.audit.rules.links.kept_elsewhere import MANY, Gone, folder_of
from kcs.audit.rules.links.nowhere import leads_nowhere, led_nowhere
from kcs.kb.destinations import split_anchor


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each image that is not there."""
    told = set()
    gone = page.shared(Gone).folders(page.scene)

    def wanted(spelt: str, image: bool) -> bool:
        return image and leads_nowhere(page, spelt) and not led_nowhere(page, spelt)

    for one in found(page, wanted):
        spelt = one.link.destination
        folder = folder_of(spelt, page.path)
        count, first = gone.get(folder, (0, ""))
        if count < MANY:
            words = f"the image {spelt!r} is not there" if spelt else "an image without a source"
            yield Hit(words, _help(page, spelt), one.line, one.column, spelt)
        elif first == page.path and folder not in told:
            told.add(folder)
            yield Hit(
                f"none of the {count} images below {folder or '/'} is there",
                "bring them in; or, if they are kept elsewhere, switch this rule off for these paths in kcs.toml",
                one.line,
                one.column,
                folder,
            )


def _help(page: Page, spelt: str) -> str:
    """Cameras and old systems write `.JPG`: on their disks the link works, and on most sites it does not."""
    name, rest = split_anchor(spelt)
    stem, ending = posixpath.splitext(name)
    for other in (ending.lower(), ending.upper()):
        if other != ending and page.leads_to(stem + other + rest):
            return f"did you mean {stem + other}? most sites tell capitals from small letters"
    return "spell its name right, or put the picture back"


RULE = Rule(check, ERROR, (TEXT, FILES))
