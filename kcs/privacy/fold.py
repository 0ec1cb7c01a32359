"""Digits and punctuation of any script as ASCII, character for character, so that places stay the same."""

from __future__ import annotations

from functools import lru_cache

from kcs.foreign import foreign

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\u00ad", "-"),
        # Phones and editors write O'Brien with another apostrophe than keyboards.
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'"),
        # An em dash stands between words, with no blank in English.
        **dict.fromkeys("\u2014\u2015\u00a0\u2000\u2002\u2003\u2007\u2009\u202f\u3000", " "),
        # Marks of direction and invisible joiners must not hide a number in Arabic text.
        **dict.fromkeys("\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u061c\ufeff", " "),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    }
)
_LIKE = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")


def fold(text: str) -> str:
    """`text`, as long as it was, with `๐-๙`, `٠-٩`, full-width forms, dashes and blanks as ASCII writes them."""
    for sign in set(foreign(text)):  # few different ones: replacing them one by one is quicker
        if (folded := _folded(sign)) != sign:
            text = text.replace(sign, folded)
    return text


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    sign = sign.translate(_SIGNS)
    return str(int(sign)) if sign.isdecimal() else sign


def plainly(text: str) -> str:
    """`text` with one form of each letter, as in patterns that ignore case: for looking whether it may hold a word."""
    return text.lower() if text.isascii() else text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def lower(text: str) -> str:
    """`text` in lower case, at its length: the one letter without a single lower-case form is among those replaced.

    They are the letters that count as ASCII ones in patterns that ignore case.
    """
    if not text.isascii() and any(
        chr(sign) in text for sign in _LIKE
    ):  # looking costs a hundredth of replacing
        text = text.translate(_LIKE)
    return text.lower()
