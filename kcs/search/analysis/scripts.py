"""Cuts raw text into runs of one script each, with one normalisation for articles and questions alike.

No dictionary, no language flag. Anything between runs (blanks, punctuation of any script) belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal
from unicodedata import category

from kcs.patterns import later
from kcs.tuples import NamedTuple

Script = Literal["thai", "cjk", "sea", "arabic", "word"]


class Run(NamedTuple):
    """Neighbouring letters of one script, normalised. "sea": Lao, Khmer, Myanmar; "word": all that has blanks."""

    script: Script
    text: str
    start: int
    end: int


# Only letters, marks and vowels: Thai and Arabic punctuation is excluded. The Arabic question mark inside a
# word cost nine points of a hundred.
THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
SEA = "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
ARABIC = "\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ff\u0750-\u077f\u08a0-\u08ff"

_SCRIPTS: tuple[Script, ...] = ("thai", "cjk", "sea", "arabic", "word")
_PLAIN = re.compile(r"\w+")
# These neither combine nor need a script of their own: Latin with accents composed by NFKC, and punctuation.
# Latin Extended Additional (Vietnamese) is higher and as plain.
_NOT_PLAIN = later("[^\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u20cf\u2100-\u2bff]")
# Most texts have none of these, and the pattern compiles in a twentieth of the time.
_NOT_LATIN = later("[^\x00-\u02ff\u1e00-\u20cf]")


def runs(text: str) -> Iterator[Run]:
    """The runs of a normalised text, in order."""
    if text.isascii() or not _NOT_LATIN.search(text) or not _NOT_PLAIN.search(text):
        for found in _PLAIN.finditer(text):
            yield Run("word", found.group(), *found.span())
        return
    for found in _runs().finditer(text):
        yield Run(_SCRIPTS[(found.lastindex or 1) - 1], found.group(), *found.span())


@cache
def _runs() -> re.Pattern[str]:
    """One group per script. `\\w` omits combining marks, without which Hindi falls apart."""
    own = THAI + CJK + SEA + ARABIC
    first = rf"[^\W{own}\u0e2f\u0e46]"  # Thai's signs of abbreviation and repetition are no words
    return re.compile(f"([{THAI}]+)|([{CJK}]+)|([{SEA}]+)|([{ARABIC}]+)|({first}(?:{first}|[{_marks()}])*)")


def _marks() -> str:
    """The combining marks of the other scripts that are written in words, as a character class."""
    own = re.compile(f"[{THAI}{CJK}{SEA}{ARABIC}]")
    found: list[list[int]] = []
    for code in range(0x250, 0x10000):
        if category(chr(code))[0] != "M" or own.match(chr(code)):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in found)
