"""Where in an article's text personal data was found: kept by content, since looking takes longer than all else of an audit.

Only kinds and places are kept, never what stands there.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kcs.privacy import Finding, Kind, find

if TYPE_CHECKING:
    from kcs.audit.page import Page
    from kcs.kb.base import KnowledgeBase

_NAME = "personal"
# Raised whenever kcs.privacy finds something else in the same text.
_VERSION = "personal/21"
_FEW = 8


class Kept:
    """What was found in each text, by Git's name for the file's bytes and the language."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._asked = 0
        self._fresh: dict[str, list[list[int | str]]] = {}

    @cached_property
    def _kept(self) -> dict[str, list[list[int | str]]]:
        found = self._kb.cache.read(_NAME, _VERSION)
        return found if isinstance(found, dict) else {}

    def _spans(self, name: str) -> list[list[int | str]] | None:
        # To read what is kept of a whole base costs more than to look at a few texts, as before a commit.
        self._asked += 1
        few = self._asked <= _FEW and not self._kb.articles_read
        return self._fresh[name] if name in self._fresh else None if few else self._kept.get(name)

    def found(self, page: Page) -> list[Finding]:
        """The findings in the article's body, examples and roles left out."""
        text, language = page.text, page.article.settings.language
        name = f"{page.article.oid} {language}"
        # Who was written to since it was listed bears the name of what it was.
        named = bool(page.article.oid) and not page.failed
        spans = self._spans(name) if named else None
        if spans is None:
            fresh = find(text, examples=False, language=language)
            if not named:
                return fresh
            self._fresh[name] = [[one.kind.value, one.start, one.end] for one in fresh]
            return fresh
        return [
            Finding(Kind(str(kind)), int(start), int(end), text[int(start) : int(end)])
            for kind, start, end in spans
        ]

    def save(self) -> None:
        """Keep those of the articles there are; where nobody
        read them, as before a commit, looking again costs less.
        """
        if self._fresh and self._kb.articles_read:
            there = {one.oid for one in self._kb.articles}
            kept = {
                name: spans
                for name, spans in (self._kept | self._fresh).items()
                if name.partition(" ")[0] in there
            }
            self._kb.cache.write(_NAME, kept, _VERSION)
