"""Short questions, made of what real articles are called: one to three words, their truth known by how they were made.

Nobody types whole questions all day: `dns`, `mx record`, `outlook password`. A base *answers* such words
where the title, the product or a tag of an article says them all. It does not where these articles are taken
out, or where the words are those of another base's titles, and what is left has them all in no title,
product, tag or heading and says one of them twice at most: in passing. What lies between is not asked.
Nothing of the data is kept here.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bench.coverage_tickets import mistyped

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis.scripts import Run
    from kcs.search.text import Parts

# An article that says a word more often is not known to say it in passing.
IN_PASSING = 2
# Letters of a stretch of Thai that is one to three words.
_THAI = (3, 24)
# Titles of a language, at most.
_DRAWN = 700
_LEAST_MISTYPED = 4


class Short(NamedTuple):
    """`there`: some article is called so, `taken_out` are all that are; else they are another base's words.

    `unanswered`: whether nothing answers it without these.
    """

    group: str
    text: str
    there: bool
    taken_out: frozenset[str]
    unanswered: bool
    half: int


@dataclass(frozen=True, slots=True)
class Called:
    """What an article is called, a set of words for each of title, product and tags; its headings; how often it says a
    word. `thai`: names, names and headings, all of it, as they are written."""

    path: str
    title: str
    names: tuple[frozenset[str], ...]
    headings: tuple[frozenset[str], ...]
    times: Counter[str]
    thai: tuple[str, str, str]

    @classmethod
    def of(cls, path: str, parts: Parts) -> Called:
        """An article by its parts."""
        named = [one for one in (parts.title, parts.product, *parts.tags) if one]
        headings = [part.heading for part in parts.sections if part.heading]
        return cls(
            path,
            parts.title,
            tuple(frozenset(words_of(one)) for one in named),
            tuple(frozenset(words_of(one)) for one in headings),
            Counter(words_of(parts.text)),
            (" ".join(named), " ".join(named + headings), parts.text),
        )

    def is_called(self, words: Sequence[str], *, headed: bool = False) -> bool:
        """`headed`: or one of its sections is."""
        if _is_thai(words):
            return words[0] in self.thai[headed]
        asked = frozenset(words)
        return any(asked <= one for one in (*self.names, *(self.headings if headed else ())))

    def is_about(self, words: Sequence[str]) -> bool:
        """Whether it may be: it says all of them more often than in passing, or has a heading of them."""
        if _is_thai(words):
            often = self.thai[2].count(words[0]) > IN_PASSING
        else:
            often = all(self.times[one] > IN_PASSING for one in words)
        return often or self.is_called(words, headed=True)


def _is_thai(words: Sequence[str]) -> bool:
    return len(words) == 1 and "\u0e00" <= words[0][:1] <= "\u0e7f"


def words_of(text: str) -> list[str]:
    """The words that say something, each in one form for all of its own; a stretch of Thai is as it is written."""
    from kcs.search.analysis.words import folded_run, stem_of

    return [stem_of(folded_run(one)) if one.script in ("word", "arabic") else one.text for one in _runs(text)]


def _runs(text: str) -> list[Run]:
    from kcs.article.letters import normal
    from kcs.search.analysis.meaning import meaningful
    from kcs.search.analysis.scripts import runs

    return meaningful(list(runs(normal(text))))


def called(kb: KnowledgeBase) -> list[Called]:
    """What all articles of a base are called."""
    from kcs.search.text import parts

    return [Called.of(one.path, parts(kb.read(one), one)) for one in kb.articles]


def questions(
    articles: Sequence[Called], group: Callable[[str], str], others: Sequence[str], seed: int = 1
) -> Iterator[Short]:
    """Of the titles of a base, and of another's (`others`, English). `group` says a title's language by its path."""
    draw = random.Random(seed)
    titles: dict[str, list[str]] = {}
    holding: dict[str, list[Called]] = {}
    for one in articles:
        for word in one.times:
            holding.setdefault(word, []).append(one)
        if one.title and (name := group(one.path)):
            titles.setdefault(name, []).append(one.title)
    for name, some in titles.items():
        for text in _drawn(some, draw):
            yield from _asked(name, text, _saying(text, articles, holding), draw, there=True)
    for text in _drawn(others, draw):
        yield from _asked("en", text, _saying(text, articles, holding), draw, there=False)


def _saying(text: str, articles: Sequence[Called], holding: dict[str, list[Called]]) -> Sequence[Called]:
    """Those that may say all of it: only what says a word is called so."""
    words = words_of(text)
    return articles if _is_thai(words) else min((holding.get(one, []) for one in words), key=len, default=[])


def _drawn(titles: Sequence[str], draw: random.Random) -> Iterator[str]:
    """One to three words of a title each, in its order; none twice."""
    some = (_some(title, draw) for title in draw.sample(titles, min(len(titles), _DRAWN)))
    yield from filter(None, dict.fromkeys(some))


def _some(title: str, draw: random.Random) -> str:
    found = _runs(title)
    if thai := [one.text for one in found if one.script == "thai"]:
        text = draw.choice(thai)
        return text if _THAI[0] <= len(text) <= _THAI[1] else ""
    words = list(dict.fromkeys(one.text for one in found if len(one.text) > 1 and not one.text.isdigit()))
    number = min(draw.randint(1, 3), len(words))
    return " ".join(words[at] for at in sorted(draw.sample(range(len(words)), number)))


def _asked(
    group: str, text: str, articles: Sequence[Called], draw: random.Random, *, there: bool
) -> Iterator[Short]:
    """As it is, mistyped, and without accents."""
    from kcs.article.letters import latin

    words = words_of(text)
    if not words or there != any(one.is_called(words) for one in articles):
        return
    out = (
        frozenset(one.path for one in articles if one.is_called(words, headed=True)) if there else frozenset()
    )
    unanswered = not any(one.is_about(words) for one in articles if one.path not in out)
    digest = hashlib.md5(" ".join(sorted(words)).encode(), usedforsecurity=False).digest()
    said = text.split()
    longest = max(range(len(said)), key=lambda at: len(said[at]))
    said[longest] = mistyped(said[longest], draw)
    ways = {group: text}
    if len(said[longest]) >= _LEAST_MISTYPED:
        ways[f"{group}-typo"] = " ".join(said)
    if group == "vi":
        ways["vi-plain"] = latin(text)
    for name, way in ways.items():
        if there or unanswered:
            yield Short(name, way, there, out, unanswered, digest[-1] % 2)
