"""Folders of pictures that the repository does not hold: they are kept elsewhere, and a finding for each would say no more than one."""

from __future__ import annotations

import posixpath
from collections import Counter
from urllib.parse import unquote

from kcs.audit.page import Page, Scene
from kcs.audit.rules.links.nowhere import leads_nowhere
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import path_at, split_anchor

# As many in one folder, and none of them there.
MANY = 3
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def folder_of(spelt: str, source: str) -> str:
    """The folder that an image of the article at `source` would lie in."""
    path = path_at(unquote(split_anchor(spelt)[0]), source)
    return posixpath.dirname(path) if path else ".."


def is_kept_elsewhere(page: Page, spelt: str) -> bool:
    """Whether a link leads to a picture, as to a larger copy
    of the one shown, in a folder of which no picture is there.
    """
    if not split_anchor(spelt)[0].lower().endswith(_PICTURES):
        return False
    count, _ = page.shared(Gone).folders(page.scene).get(folder_of(spelt, page.path), (0, ""))
    return count >= MANY


class Gone:
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
                folder = folder_of(spelt, article.path)
                if self._kb.links.resolve(spelt, article.path):
                    here.add(folder)
                elif leads_nowhere(Page(scene, article), spelt):
                    lacking[folder] += 1
                    first.setdefault(folder, article.path)
        return {folder: (count, first[folder]) for folder, count in lacking.items() if folder not in here}
