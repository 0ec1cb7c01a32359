"""A text as numbers, few of which are compared: its phrases and its sketch.

A text is the set of its phrases of three words (of six letters in scripts without blanks), each as a number. Its sketch is the
`SIZE` smallest of these numbers (bottom-k MinHash: one number a phrase, where the usual kind takes a hundred and wants numpy).
Two texts that are 70% alike share most of their smallest numbers; those that share a few are
compared phrase by phrase (`kcs.audit.alike`).
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.article.front_matter import body_of
from kcs.digest import md5, sha256
from kcs.errors import FileProblem
from kcs.foreign import foreign
from kcs.kb.source import title_key

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

SIZE = 64
_VERSION = f"likeness/4/{sys.byteorder}"
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_WIDTH = 6
# All but ASCII and signs that are never part of a word: quotes, dashes, arrows, trade marks.
_FOREIGN = re.compile(
    r"[^\x00-\x7f\u00a0-\u00a9\u00ab-\u00b1\u00b6-\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u203b\u20ac\u2122\u2190-\u2199\ufeff\ufffd]"
)
_SMALL_AND_BLANKED = bytes(
    ord(chr(one).lower()) if chr(one).isalnum() or one == 95 else 32 for one in range(128)
).ljust(256)
_REMEMBERED = 200_000


def phrases(text: str) -> frozenset[int]:
    """The phrases of a text, each as a number of 32 bits; blanks, case and punctuation have no say."""
    return frozenset(_told(text))


def _told(text: str) -> array[int]:
    """The same, each as often as it occurs."""
    words: list[bytes] = []
    letters: list[str] = []
    if _FOREIGN.search(foreign(text)) is None:
        # Signs that are no part of a word are as good as blanks.
        words = [
            *map(_NUMBERS.__getitem__, text.encode("ascii", "replace").translate(_SMALL_AND_BLANKED).split())
        ]
    else:
        for token in _TOKEN.findall(normalize("NFC", text).casefold()):
            if token[0] < "\u0e00" or not "\u0e00" <= token[0] <= "\u9fff" or token.isascii():
                words.append(_NUMBERS[token.encode("utf-8", "surrogatepass")])
            else:
                letters.append(token)
    found = _joined(words, 3)
    if letters:
        found += _joined([*map(_LETTERS.__getitem__, "".join(letters))], _WIDTH)
    return found


def _joined(values: Sequence[bytes], width: int) -> array[int]:
    """The numbers of all phrases of `width` words or letters, whose values as its first,
    second and so on are `values`, each in one piece. All at once, in as many long numbers.
    """
    count = len(values) - width + 1
    if count < 1:
        return array("I")
    numbers = array("I", b"".join(values))
    places = (slice(at * (width + 1), at * (width + 1) + width * count, width) for at in range(width))
    phrase = reduce(xor, (int.from_bytes(numbers[one].tobytes(), "little") for one in places))
    return array("I", phrase.to_bytes(4 * count, "little"))


class _Numbers(dict[bytes, bytes]):
    """A word's values as the first, second and third of a phrase, in one piece; computed once.
    The same in every process, and spread as evenly as the smallest numbers of many ask for.
    """

    def __missing__(self, word: bytes) -> bytes:
        if len(self) > _REMEMBERED:
            self.clear()
        numbers = self[word] = md5(word, usedforsecurity=False).digest()[:12]
        return numbers


class _Letters(dict[str, bytes]):
    """The same of a letter, for phrases of six."""

    def __missing__(self, letter: str) -> bytes:
        numbers = self[letter] = sha256(letter.encode("utf-8", "surrogatepass")).digest()[: 4 * _WIDTH]
        return numbers


_NUMBERS, _LETTERS = _Numbers(), _Letters()


def sketch(found: Collection[int]) -> array[int]:
    """The smallest numbers of a text's phrases, in order; `found` may hold some more than once."""
    if len(found) > 2 * SIZE:
        # They are spread evenly, so that these are nearly always among
        # few: to sort all, and make a set of them, took half the time.
        bound = (1 << 32) * 3 * SIZE // (2 * len(found))
        few = {number for number in found if number < bound}
        if len(few) >= SIZE:
            return array("I", sorted(few)[:SIZE])
    return array("I", sorted(set(found))[:SIZE])


class Sketches:
    """The sketches of articles; those of texts that did not change come from the cache."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._kept = _read(kb)
        self._made: dict[str, array[int]] = {}

    def see(self, article: Article, body: str) -> None:
        """Make that of a text which is at hand."""
        if not self._kb.unsteady and article.oid and article.oid not in self._kept:
            self._made[article.oid] = sketch(_told(f"{article.own_title}\n{body}"))

    def of(self, articles: Iterable[Article]) -> Iterator[tuple[Article, array[int]]]:
        """Each article with its sketch; those of these, and no others, are kept."""
        used: dict[str, array[int]] = {}
        for article in articles:
            found = self._kept.get(article.oid, self._made.get(article.oid))
            if found is None:
                found = sketch(phrases_of(self._kb, article))
            if article.oid and not self._kb.unsteady:
                used[article.oid] = found
            yield article, found
        if used.keys() != self._kept.keys() and not self._kb.unsteady:
            _write(self._kb, used)


def phrases_of(kb: KnowledgeBase, article: Article, *, comments: bool = True) -> frozenset[int]:
    """Those of an article: its title's and its text's; of one that cannot be read now the title's alone.

    Without `comments` only what a reader sees: those of a template are the same in all that was begun from it.
    """
    try:
        raw = kb.source.read_many([article.path])[article.path]
    except FileProblem:
        return phrases(f"{article.own_title}\n")
    kb.is_as_listed(article, raw)
    body = body_of(raw)
    return phrases(f"{article.own_title}\n{body if comments else _without_comments(body)}")


def _without_comments(body: str) -> str:
    first, *others = body.split("<!--")
    return " ".join((first, *(one.partition("-->")[2] if "-->" in one else one for one in others)))


def _key(kb: KnowledgeBase) -> str:
    return f"{_VERSION} {title_key(kb.config)}"


def _read(kb: KnowledgeBase) -> Mapping[str, array[int]]:
    """Sketches by Git's name for the file's bytes; title and text are all in these."""
    raw = kb.cache.read_bytes("likeness", _key(kb)) or b""
    lines = (line.partition(b" ") for line in raw.split(b"\n") if line)
    return {oid.decode(): array("I", bytes.fromhex(numbers.decode())) for oid, _, numbers in lines}


def _write(kb: KnowledgeBase, sketches: Mapping[str, array[int]]) -> None:
    lines = [f"{oid} {numbers.tobytes().hex()}" for oid, numbers in sketches.items()]
    kb.cache.write_bytes("likeness", "\n".join(lines).encode(), _key(kb))
