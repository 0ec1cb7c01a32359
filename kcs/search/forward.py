"""What precedes the ranked articles: those pinned for the query, and translations in its language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kcs.kb.base import KnowledgeBase
from kcs.search.answer import LIMIT, Placed, Request

if TYPE_CHECKING:
    from kcs.search.translations import Translations


class Forward:
    """What one request brings forward. `within`: the paths that fit, None for all; `translations`: None if the base has
    one language."""

    def __init__(
        self,
        kb: KnowledgeBase,
        request: Request,
        within: Collection[str] | None,
        translations: Translations | None,
    ) -> None:
        self._kb = kb
        self._request = request
        self._within = within
        self._translations = translations

    def order(self, placed: Sequence[Placed]) -> list[Placed]:
        """`placed` as pins and translations have it."""
        first = self._pinned(placed)
        pins = [pin.article for pin in first]
        order = first + [one for one in placed if one.article not in pins]
        return self._translated(order, self._translations) if self._translations else order

    def added(self, found: Callable[[], Collection[str]]) -> int:
        """How many articles it adds to those that hold anything asked for (`found`), however few hits are wanted."""
        moved = self._translations.paths if self._translations else frozenset[str]()
        if not moved and not self._pins:
            return 0
        held = set(found())
        added = set(self._pins) - held
        if self._translations:
            # A translation in the same script has some of the query's words, and is among them.
            others = self._translations.in_language(moved & (held | added), self._request.query.words)
            added |= {one.path for one in others if self._fits(one.path)}
        return len(added - held)

    def _fits(self, path: str) -> bool:
        return self._within is None or path in self._within

    @cached_property
    def _pins(self) -> dict[str, str]:
        """Path -> the pin."""
        if not self._kb.config.pins:
            return {}
        from kcs.search.pins import pinned

        pins = pinned(self._kb.config.pins, self._request.query.words, self._kb.articles)
        return {path: pin for path, pin in pins.items() if self._fits(path)}

    def _pinned(self, placed: Sequence[Placed]) -> list[Placed]:
        known = {one.article.path: one for one in placed}
        top = placed[0].score if placed else 1.0
        first = []
        for path, pin in self._pins.items():
            article = self._kb.by_path[path]
            own = known.get(path) or Placed(article, self._kb.verdicts_of([article])[path], 0.0, 0.0)
            # Pinning it means that it answers the query.
            why = (*own.why, f"pinned for {pin!r} in kcs.toml")
            first.append(own._replace(score=max(top, own.score), match=1.0, why=why))
        return first

    def _translated(self, placed: Sequence[Placed], translations: Translations) -> list[Placed]:
        known = {one.article.path: one for one in placed}
        found: list[Placed] = []
        leading = placed[: max(self._request.limit, LIMIT)]
        words = self._request.query.words
        for article, hit in translations.first((one.article for one in leading), words):
            if hit is None:
                found.append(known[article.path])
            elif self._fits(article.path):
                asked = known[hit.path]
                own = known.get(article.path)
                verdict = own.verdict if own else self._kb.verdicts_of([article])[article.path]
                match = max(asked.match, own.match if own else 0.0)
                why = f"in the language of the query: a translation of {hit.name}, or its original"
                found.append(Placed(article, verdict, asked.score, match, (*(own.why if own else ()), why)))
        return found
