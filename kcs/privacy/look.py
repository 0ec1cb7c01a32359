"""One look at a text, before any pattern is searched in it: what is not there is found by no pattern that needs it.

Asked of bytes, where it costs a hundredth of a search. Each answer is cheap, and never No where a pattern would match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kcs.patterns import later

_DIGITS = b"0123456789"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Letters that patterns which pass over case take for ASCII ones.
_LIKE = {"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K"}
_BLANK = later(r"\s")


def _only(kept: bytes, sign: bytes) -> bytes:
    """A table that makes `sign` of what is kept, and a blank of all else."""
    return bytes(sign[0] if one in kept else 32 for one in range(256))


_NUMBERS = _only(_DIGITS, b"9")
_TOKENS = _only(_LETTERS + _DIGITS + b"+", b"a")
_SHAPES = bytes(
    97 if one in _LETTERS else 57 if one in _DIGITS else one if one in b"_-" else 32 for one in range(256)
)


class Look:
    """What stands in a folded text."""

    def __init__(self, text: str) -> None:
        for sign, letter in _LIKE.items() if not text.isascii() else ():
            text = text.replace(sign, letter)
        self._raw = text.encode("utf-8", "surrogatepass")
        self._joined: dict[bytes, bytes] = {}

    def digits(self, number: int, between: bytes = b" -") -> bool:
        """Whether so many digits may stand one after the other with nothing but these signs between."""
        if between not in self._joined:
            self._joined[between] = self._raw.translate(_NUMBERS, between)
        return b"9" * number in self._joined[between]

    def shape(self, wanted: bytes, between: bytes = b"") -> bool:
        """Whether something like this stands there: `a` for a letter, `9` for a digit, a blank for what is no part of a word.

        `between` does not count, wherever it stands.
        """
        return wanted in (b" " + self._raw).translate(_SHAPES, between)

    def token(self, length: int) -> bool:
        """Whether so many ASCII letters, digits and `+` stand one after the other."""
        return b"a" * length in self._raw.translate(_TOKENS)


def places(text: str, words: Iterable[str]) -> Iterator[int]:
    """Where any of the words begins."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + 1)


def windows(text: str, around: Iterable[int], before: int, after: int) -> Iterator[tuple[int, int]]:
    """The stretches around these places, joined where they overlap, each to the end of its last word."""
    start = end = -1
    for place in sorted(around):
        if place - before > end:
            if end >= 0:
                yield start, _word_end(text, end)
            start = max(0, place - before)
        end = place + after
    if end >= 0:
        yield start, _word_end(text, end)


def _word_end(text: str, at: int) -> int:
    found = _BLANK.search(text, at)
    return found.start() if found else len(text)
