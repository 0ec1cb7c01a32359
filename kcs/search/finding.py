"""Finds the query's terms in an article: the fields that have them, and the snippet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from kcs.article.front_matter import Document, body_of
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.spans import marks
from kcs.search.analysis.words import LONGEST_WORD, word_terms
from kcs.search.snippets import WIDTH, Found, Snippet, cut
from kcs.search.text import Parts, parts
from kcs.tuples import NamedTuple

# Text beyond this many characters is found but not shown.
_LOOKED_THROUGH = 60_000
# Signs that may join a name's parts are not part of a term. Nor are signs around words that comparing leaves unchanged.
_BESIDE = "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u00a9\u00ae\u00ab\u00bb"
_BETWEEN = dict.fromkeys(map(ord, "-_./:@+\\'" + _BESIDE))
# Around a plain word, none of these makes it another term.
_AROUND = "\"'()[]{}<>.,;:!?*`~|/\\" + _BESIDE


class Content:
    """An article's plain text."""

    def __init__(self, article: Article, raw: bytes) -> None:
        self.article = article
        self.raw = raw

    @classmethod
    def of(cls, kb: KnowledgeBase, article: Article) -> Content:
        """FileProblem if it is unreadable."""
        return cls(article, kb.raw(article))

    @cached_property
    def _body(self) -> str:
        return body_of(self.raw)

    @cached_property
    def has_internal(self) -> bool:
        """Whether some readers of the article may not read all of it."""
        if "<!--" not in self._body:
            return False
        from kcs.article.internal import internal_blocks  # few articles have a comment

        return bool(internal_blocks(self._body))

    @cached_property
    def whole(self) -> Parts:
        """All of it."""
        return parts(Document({}, self._body, 1), self.article)

    @cached_property
    def open(self) -> Parts:
        """All but its internal blocks."""
        if not self.has_internal:
            return self.whole
        from kcs.article.internal import without_internal

        return parts(Document({}, without_internal(self._body), 1), self.article)


class Shown(NamedTuple):
    """What is shown of a hit: the snippet, whether it is from an internal block, and the fields with asked words."""

    snippet: Snippet
    private: bool
    fields: tuple[str, ...]


def show(content: Content, terms: Collection[str], width: int = WIDTH, *, fields: bool = True) -> Shown:
    """Find `terms` in an article and, by default, the fields that have them. Prefers text that may be sent on."""
    find = finder(frozenset(terms))
    snippet, private = _snippet(content.open, find, width), False
    if not snippet.marks and content.has_internal:
        inside = _snippet(content.whole, find, width)
        snippet, private = (inside, True) if inside.marks else (snippet, False)
    return Shown(snippet, private, tuple(_fields(content, find)) if fields else ())


def _snippet(text: Parts, find: Finder, width: int) -> Snippet:
    body = text.body[:_LOOKED_THROUGH]
    found = find(body)
    if not found and text.description:
        return cut(text.description, find(text.description), width)
    return cut(body or text.description, found, width)


def _fields(content: Content, find: Finder) -> Iterator[str]:
    """In an article's order."""
    text = content.whole
    if not text.title.strip():
        from kcs.search.file_name import file_name  # few articles have none

        if find.stands_in(file_name(content.article.path)):
            yield "name"
    singles = {
        "title": text.title,
        "tags": " ".join(text.tags),
        "product": text.product,
        "description": text.description,
    }
    yield from (name for name, value in singles.items() if value and find.stands_in(value))
    kinds: dict[str, list[str]] = {}
    for part in text.sections:
        kinds.setdefault("text" if part.kind == "other" else part.kind, []).append(
            f"{part.heading}\n{part.text}"
        )
    for kind, texts in kinds.items():
        if any(find.stands_in(one[:_LOOKED_THROUGH]) for one in texts):
            yield kind


class Finder:
    """Finds terms in texts. Results are kept by word: most words recur within and between articles."""

    def __init__(self, terms: Collection[str]) -> None:
        self._wanted = frozenset(terms)
        # An ASCII word without a term's beginning does not have the term. Stems of up to three letters may end
        # differently from their words: "die" may be "dying".
        starts = {term[:3] if len(term) > 3 else term[:2] for term in self._wanted}
        starts |= {f"{term[0]}y" for term in self._wanted if term[1:] == "ie"}
        self._starts = tuple(starts)
        # Without their joints, the parts of a name are adjacent.
        self._anywhere = {start.translate(_BETWEEN) for start in starts}
        self._seen: dict[str, Sequence[tuple[int, int]]] = {}

    def __call__(self, text: str) -> list[Found]:
        """Where they are. The rarer a term is in the text, the more it weighs there."""
        found = [(start, end, text[start:end].casefold()) for start, end in self._places(text)]
        often = Counter([key for _, _, key in found])
        return [Found(start, end, key, 1 + 1 / often[key]) for start, end, key in found]

    def stands_in(self, text: str) -> bool:
        """Whether any term is in the text."""
        return bool(self._found(text.split()))

    def _places(self, text: str) -> list[tuple[int, int]]:
        found = []
        for word, places in self._found(text.split()).items():
            at, size = text.find(word), len(word)
            while at >= 0:
                end = at + size
                if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
                    found += [(at + first, at + last) for first, last in places]
                at = text.find(word, end)
        return sorted(found)

    def _found(self, words: Iterable[str]) -> dict[str, Sequence[tuple[int, int]]]:
        """The words that have any, with the characters."""
        distinct, seen = set(words), self._seen
        if new := [word for word in distinct if word not in seen]:
            self._look_at(new)
        return {word: places for word in distinct if (places := seen[word])}

    def _look_at(self, words: Sequence[str]) -> None:
        """Look at new words.
        Hopeless ones are ruled out together: a close look at each word of ten articles is too slow.
        """
        told = " ".join(words).lower().translate(_BETWEEN).split(" ")
        may = {one for start in self._anywhere for one in told if start in one}
        for word, one in zip(words, told, strict=True):
            self._seen[word] = self._marks(word) if not one.isascii() or one in may else ()

    def _marks(self, spelt: str) -> Sequence[tuple[int, int]]:
        bare = spelt.strip(_AROUND)
        # Letters alone, not a name of several words: one term or none.
        if not (bare.isascii() and bare.isalpha() and (bare[1:].islower() or bare.isupper())):
            return marks(spelt, self._wanted)
        lower = bare.lower()
        if not lower.startswith(self._starts) or self._wanted.isdisjoint(word_terms(lower[:LONGEST_WORD])):
            return ()
        start = spelt.index(bare)
        return ((start, start + len(bare)),)


@lru_cache(2)
def finder(terms: frozenset[str]) -> Finder:
    """One finder for all hits of a question."""
    return Finder(terms)
