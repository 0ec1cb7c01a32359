"""How a person's name may be written: without its accents, hamzas
and vowel signs, in another case, in any Unicode form. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from kcs.foreign import foreign

# What no decomposition takes apart.
_LIKE = str.maketrans("đĐłŁøØıٱیک", "dDlLoOiايك")
# Arabic letters that people exchange: `علي` is a name, `على` a word of every other sentence.
_EXCHANGED = {"ى": "ي", "ي": "ى", "ة": "ه", "ه": "ة"}
# The marks of Latin and Arabic letters, and the sign that stretches a word.
_MARKS = "\u0300-\u036f\u0640\u064b-\u065f\u0670"
# What is longer is nobody's name: a pattern of every letter's forms would take seconds to compile.
_LONGEST = 200
ANY_MARKS = f"[{_MARKS}]*"
_MARK = re.compile(f"[{_MARKS}]")
_ARABIC = re.compile("[\u0620-\u06ff]")
# The first word of Abdullah, Abdulrahman: people write them as one word and as two.
_SERVANT = "عبد"


class NameLetters:
    """The letters of one text."""

    def __init__(self, text: str) -> None:
        """`plain`: no Latin letter of it has an accent, so names in it have none either."""
        self._like: dict[str, set[str]] = {}
        self.plain = True
        for sign in set(foreign(text)):
            bare = _bare(sign)
            if bare != sign:
                self._like.setdefault(bare, set()).add(sign)
            if (bare.isascii() and bare != sign) or "\u0300" <= sign <= "\u036f":
                self.plain = False

    def pattern(self, name: str, *, whole: bool) -> str:
        """A pattern for the name. If it is `whole`, with or without accents; else only where the text has
        none: `Thanh` is another word than `Thành`. Hamzas and vowel signs may always be missing: hardly
        anybody types all of them.
        """
        if len(name) > _LONGEST:
            return r"\s+".join(map(re.escape, name.split()))
        return r"\s+".join(self._word(word, whole) for word in name.split())

    def _word(self, word: str, whole: bool) -> str:
        first, second = word[: len(_SERVANT)], word[len(_SERVANT) :]
        if first != _SERVANT or not second.startswith("ال"):
            return "".join(self._letters(word, whole))
        return r"\s*".join("".join(self._letters(one, whole)) for one in (first, second))

    def _letters(self, word: str, whole: bool) -> Iterator[str]:
        for sign in normalize("NFC", word):
            if not (whole or self.plain or _ARABIC.match(sign)):
                yield _any({sign, normalize("NFD", sign)})
            elif not _MARK.match(sign):  # as many as there are follow a letter
                bare = _bare(sign)
                alike = {bare, _EXCHANGED.get(bare, bare)} if whole else {bare}
                yield _any({sign}.union(alike, *(self._like.get(one, ()) for one in alike))) + ANY_MARKS


def joined(name: str) -> str:
    """`عبد الله` as one word: apart they are words of every other sentence, as in "God willing"."""
    return re.sub(rf"(?<!\w){_SERVANT} (?=ال)", _SERVANT, name)


def spellings(part: str) -> set[str]:
    """A part of a name as given; and as names are written, if it was given in capitals or in small letters alone."""
    in_one_case = part.islower() or part.isupper()
    return {part, part.capitalize(), part.title()} if in_one_case else {part}


def _any(letters: set[str]) -> str:
    return "|".join(map(re.escape, sorted(letters))).join(("(?:", ")") if len(letters) > 1 else ("", ""))


@cache
def _bare(sign: str) -> str:
    """The letter without accents, of any script: the first sign of its decomposition."""
    return normalize("NFD", sign)[0].translate(_LIKE)
