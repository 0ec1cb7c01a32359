"""Where in an article the asked terms stand: the fields that have them, and the snippet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from kcs.article.body import internal_blocks
from kcs.article.front_matter import Document, body_of
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.search.analysis.identifiers import is_plain
from kcs.search.analysis.spans import marks
from kcs.search.snippets import WIDTH, Found, Snippet, cut
from kcs.search.text import Parts, parts
from kcs.tuples import NamedTuple

# What stands further down is found, and not shown.
_LOOKED_THROUGH = 60_000
# What may join the parts of a name: it is no sign of a term then.
_BETWEEN = dict.fromkeys(map(ord, "-_./:@+\\'"))
_AROUND = "\"'()[]{}<>.,;:!?*_`~|/\\-\u2013\u2014\u2018\u2019\u201c\u201d\u2026"


class Content:
    """An article's plain text."""

    def __init__(self, article: Article, raw: bytes) -> None:
        self.article = article
        self.raw = raw

    @classmethod
    def of(cls, kb: KnowledgeBase, article: Article) -> Content:
        """FileProblem where it cannot be read."""
        return cls(article, kb.raw(article))

    @cached_property
    def _body(self) -> str:
        return body_of(self.raw)

    @cached_property
    def has_internal(self) -> bool:
        """Whether parts of it are not for everybody who may read the rest."""
        return bool(internal_blocks(self._body))

    @cached_property
    def whole(self) -> Parts:
        """All of it."""
        return parts(Document({}, self._body, 1), self.article)

    @cached_property
    def open(self) -> Parts:
        """Without its internal blocks."""
        blocks = internal_blocks(self._body)
        if not blocks:
            return self.whole
        kept, at = "", 0
        for start, end in blocks:
            kept, at = kept + self._body[at:start] + "\n\n", end
        return parts(Document({}, kept + self._body[at:], 1), self.article)


class Shown(NamedTuple):
    """What is shown of a hit: the snippet, whether it is from an internal block, and the fields with asked words."""

    snippet: Snippet
    private: bool
    fields: tuple[str, ...]


def show(content: Content, terms: Collection[str], width: int = WIDTH, *, fields: bool = True) -> Shown:
    """Find `terms` in an article, and unless told otherwise in which fields they stand.

    What may be sent on is shown rather than what may not.
    """
    find = finder(frozenset(terms))
    snippet, private = _snippet(content.open, find, width), False
    if not snippet.marks and content.has_internal:
        inside = _snippet(content.whole, find, width)
        snippet, private = (inside, True) if inside.marks else (snippet, False)
    return Shown(snippet, private, tuple(_fields(content.whole, find)) if fields else ())


def _snippet(text: Parts, find: Finder, width: int) -> Snippet:
    body = text.body[:_LOOKED_THROUGH]
    found = find(body)
    if not found and text.description:
        return cut(text.description, find(text.description), width)
    return cut(body or text.description, found, width)


def _fields(text: Parts, find: Finder) -> Iterator[str]:
    """In the order of an article."""
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
    """Finds some terms in texts. What was seen of a word is kept: most words come again, in one article and in the next."""

    def __init__(self, terms: Collection[str]) -> None:
        self._wanted = frozenset(terms)
        self._starts = tuple({term[:2] for term in self._wanted})
        # An ASCII word without the first two signs of a term has it not. Those of a name stand together where what joins
        # its parts is left out, and where a term is "die" the word may be "dying".
        dying = {f"{term[0]}y" for term in self._wanted if term[1:] == "ie"}
        self._anywhere = {start.translate(_BETWEEN) for start in {*self._starts, *dying}}
        self._seen: dict[str, Sequence[tuple[int, int]]] = {}

    def __call__(self, text: str) -> list[Found]:
        """Where they stand. The rarer one is in it, the more it weighs there."""
        found = [(start, end, text[start:end].casefold()) for start, end in self._places(text)]
        often = Counter([key for _, _, key in found])
        return [Found(start, end, key, 1 + 1 / often[key]) for start, end, key in found]

    def stands_in(self, text: str) -> bool:
        """Whether any does."""
        return bool(self._found(text.split()))

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        words = text.split()
        wanted = self._found(words)
        at, find = 0, text.find
        for word in words if wanted else ():
            at = find(word, at)
            if word in wanted:
                for start, end in wanted[word]:
                    yield at + start, at + end
            at += len(word)

    def _found(self, words: Iterable[str]) -> dict[str, Sequence[tuple[int, int]]]:
        """Those of the words that have any, with the characters."""
        distinct, seen = set(words), self._seen
        if new := [word for word in distinct if word not in seen]:
            self._look_at(new)
        return {word: places for word in distinct if (places := seen[word])}

    def _look_at(self, words: Sequence[str]) -> None:
        """Once. What cannot have any is told of all together: to look closely at each word of ten articles takes too long."""
        told = " ".join(words).lower().translate(_BETWEEN).split(" ")
        may = {one for start in self._anywhere for one in told if start in one}
        for word, one in zip(words, told, strict=True):
            self._seen[word] = self._marks(word) if one in may or not word.isascii() else ()

    def _marks(self, spelt: str) -> Sequence[tuple[int, int]]:
        # A plain English word begins as its stem does.
        if spelt.isascii() and not spelt.startswith(self._starts):
            plain = spelt.strip(_AROUND).lower()
            if plain.isalpha() and is_plain(spelt.strip(_AROUND)) and not plain.startswith(self._starts):
                return ()
        return marks(spelt, self._wanted)


@lru_cache(2)
def finder(terms: frozenset[str]) -> Finder:
    """One for all hits of a question."""
    return Finder(terms)
