"""An image is not there.

## Why it matters

"Click the button shown below" helps nobody who sees a broken picture.

## Example

    ![The settings dialog](img/setings.png)

## How to mend

Correct its name, or put the picture back. If a base keeps its pictures elsewhere, so that no image below a folder exists, this
is reported once for the folder, in the first article that shows one of them; `paths` and `severity` of this rule in kcs.toml
switch it off.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from kcs.audit.finding import ERROR, Hit
from kcs.audit.page import Page, Scene
from kcs.audit.rule import FILES, TEXT, Rule, Values
from kcs.audit.rules.links import found
from kcs.audit.rules.links.nowhere import leads_nowhere, led_nowhere
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import path_at, split_anchor

# As many in one folder, and none of them there: they are kept elsewhere.
_MANY = 3


def check(page: Page, _: Values) -> Iterator[Hit]:
    """Each image that is not there."""
    told = set()
    gone = page.shared(_Gone).folders(page.scene)

    def wanted(spelt: str, image: bool) -> bool:
        return image and leads_nowhere(page, spelt) and not led_nowhere(page, spelt)

    for one in found(page, wanted):
        spelt = one.link.destination
        folder = _folder(spelt, page.path)
        count, first = gone.get(folder, (0, ""))
        if count < _MANY:
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


def _folder(spelt: str, source: str) -> str:
    path = path_at(unquote(split_anchor(spelt)[0]), source)
    return posixpath.dirname(path) if path else ".."


class _Gone:
    """Folders that articles show images of and that hold none of them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._folders: dict[str, tuple[int, str]] | None = None

    def folders(self, scene: Scene) -> dict[str, tuple[int, str]]:
        """Each with (how many images, the first article that shows one); found once a run."""
        if self._folders is None:
            self._folders = self._find(scene)
        return self._folders

    def _find(self, scene: Scene) -> dict[str, tuple[int, str]]:
        here: set[str] = set()
        lacking: Counter[str] = Counter()
        first: dict[str, str] = {}
        for article in self._kb.articles:
            for spelt, image in self._kb.destinations(article):
                if not image or "://" in spelt:
                    continue
                folder = _folder(spelt, article.path)
                if self._kb.links.resolve(spelt, article.path):
                    here.add(folder)
                elif leads_nowhere(Page(scene, article), spelt):
                    lacking[folder] += 1
                    first.setdefault(folder, article.path)
        return {folder: (count, first[folder]) for folder, count in lacking.items() if folder not in here}


RULE = Rule(check, ERROR, (TEXT, FILES))
