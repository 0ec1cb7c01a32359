"""A hit's translation in the language of the query, if there is one: that is the one to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from kcs.article.letters import normal
from kcs.errors import FileProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.meaning import meaningful
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.words import folded_run, stem_of

# Letters of Vietnamese that other languages in Latin script lack.
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_LATIN = ("latin",)
_OTHER_SCRIPTS = (
    "th",
    "ar",
    "fa",
    "ur",
    "lo",
    "km",
    "my",
    "zh",
    "ja",
    "ko",
    "hi",
    "ru",
    "he",
    "el",
    "bg",
    "uk",
)


def languages_of(words: str) -> tuple[str, ...]:
    """The languages that a query may be in, by its letters alone; empty if they do not tell.

    Latin letters without accents may be English or hastily typed Vietnamese: `latin` stands for any of those.
    """
    words = normal(words)
    thai = sum("\u0e01" <= sign <= "\u0e4e" for sign in words)
    arabic = sum("\u0621" <= sign <= "\u06ff" for sign in words)
    latin = sum(sign.isascii() and sign.isalpha() for sign in words)
    # A product's name among Thai words does not make a question English.
    if thai or arabic:
        return ("th",) if thai >= arabic else ("ar", "fa", "ur")
    if any(sign in _VIETNAMESE for sign in words):
        return ("vi",)
    return ("latin",) if latin > 2 else ()


class Translations:
    """The translations in one base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def first(self, articles: Iterable[Article], words: str) -> Iterator[tuple[Article, Article | None]]:
        """Each article once, with the hit it replaces: a translation in the query's language precedes the hit."""
        wanted = languages_of(words)
        # Latin letters do not tell languages apart, but words do.
        asked = _words(words) if wanted == _LATIN else frozenset()
        seen: set[str] = set()
        for article in articles:
            other = None
            if wanted and article.path not in seen:
                other = self._in(article, wanted) or (self._saying(article, asked) if asked else None)
            if other is not None and other.path not in seen:
                seen.add(other.path)
                yield other, article
            if article.path not in seen:
                seen.add(article.path)
                yield article, None

    def in_language(self, paths: Iterable[str], words: str) -> Iterator[Article]:
        """The translations of these articles in the language that the query's letters tell."""
        if wanted := languages_of(words):
            others = (self._in(self._kb.by_path[path], wanted) for path in paths)
            yield from (one for one in others if one is not None)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The articles that are, or have, a translation."""
        translated = self._kb.translated
        return frozenset(translated) | (self._kb.by_path.keys() & translated.values())

    def _in(self, article: Article, wanted: tuple[str, ...]) -> Article | None:
        language = _language(article)
        # Only if we know that it is in another language and that a translation is in the wanted one.
        if not language or _fits(language, wanted) or len(self._languages) < 2:
            return None
        others = [one for one in self._group(article) if _fits(_language(one), wanted)]
        return min(others, key=lambda one: (_language(one) != "en", one.path), default=None)

    def _saying(self, article: Article, asked: frozenset[str]) -> Article | None:
        """A translation in Latin script with more of the query's exact words: so it is in the query's language."""
        language = _language(article)
        others = [
            one
            for one in self._group(article)
            if _language(one) != language and _fits(_language(one), _LATIN)
        ]
        if not language or not _fits(language, _LATIN) or not others:
            return None
        held = {one.path: len(asked & self._words_of(one)) for one in others}
        best = min(others, key=lambda one: (-held[one.path], one.path))
        return best if held[best.path] > len(asked & self._words_of(article)) else None

    def _words_of(self, article: Article) -> frozenset[str]:
        from kcs.search.finding import Content

        try:
            return _words(Content.of(self._kb, article).whole.text)
        except FileProblem:
            return frozenset()

    @cached_property
    def _languages(self) -> set[str]:
        return {_language(one) for one in self._kb.articles}

    def _group(self, article: Article) -> list[Article]:
        """The article's original and its other translations."""
        origin = self._kb.translated.get(article.path, article.path)
        original = self._kb.by_path.get(origin)
        return [*self._members.get(origin, ()), *([original] if original else [])]

    @cached_property
    def _members(self) -> dict[str, list[Article]]:
        """Path of an original, or the name of one that is not there -> its translations."""
        found: dict[str, list[Article]] = {}
        for path, origin in self._kb.translated.items():
            found.setdefault(origin, []).append(self._kb.by_path[path])
        return found


def _words(text: str) -> frozenset[str]:
    """Words as compared, without stop words."""
    return frozenset(stem_of(folded_run(one)) for one in meaningful(list(runs(normal(text)))))


def _language(article: Article) -> str:
    return article.settings.language.casefold().partition("-")[0]


def _fits(language: str, wanted: tuple[str, ...]) -> bool:
    if wanted == _LATIN:
        return bool(language) and language not in _OTHER_SCRIPTS
    return language in wanted
