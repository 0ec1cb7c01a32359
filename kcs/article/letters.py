"""How letters of a text are compared, in every script: without what people leave out, mix up or cannot see."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import digit, normalize

from kcs.patterns import later

# Zero-width, bidirectional and soft-hyphen characters: seen by nobody, and each would split a word.
_UNSEEN = later("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# They say whose a name is.
# NFKC would write out two of them, and `Outlook\u2122` would be no Outlook but an `outlooktm`.
_RIGHTS = "\u2122\u2120\u00ae"
# NFKC breaks SARA AM into NIKHAHIT and SARA AA and sorts a tone mark between or before them.
_SARA_AM = later("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32")
# A key held too long, or a tone typed before its vowel: what is on the screen is the same.
_ANY_THAI = later("[\u0e31-\u0e4e]")
_THAI_MARKS = later("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+|([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39\u0e47])")
_OTHER_DIGIT = later(r"[^\D0-9]")

# What no decomposition takes apart.
_LATIN = str.maketrans({"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"})
_ACCENTS = later("[\u0300-\u036f]")

# Vowel signs, tatweel and Quranic marks.
_ARABIC_MARKS = later("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ی": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ک": "ك",
        "گ": "ك",
    }
)


def normal(text: str) -> str:
    """Normalised: NFKC, nothing invisible, no marks of rights,
    Thai vowels in one spelling, ASCII digits, lower case.
    """
    return text.lower() if text.isascii() else in_one_form(text).lower()


def in_one_form(text: str) -> str:
    """The same with its capitals."""
    if text.isascii():
        return text
    for sign in _RIGHTS:
        if sign in text:
            text = text.replace(sign, "")
    text = normalize("NFKC", text)
    if not text.isprintable():  # which none of them is, and most pieces of text are
        text = _UNSEEN.sub("", text)
    if _ANY_THAI.search(text):
        text = _THAI_MARKS.sub("\\1\\3\\2", text)
    if "\u0e32" in text or "\u0e40" in text:
        text = _SARA_AM.sub("\\1\\2\u0e33", text).replace("\u0e40\u0e40", "\u0e41")
    return _OTHER_DIGIT.sub(_ascii_digit, text)


def _ascii_digit(found: re.Match[str]) -> str:
    return str(digit(found.group()))


@lru_cache(100_000)
def latin(word: str) -> str:
    """Without accents, in whatever script has them: đặt is dat, Straße is strasse."""
    if word.isascii():
        return word
    return _ACCENTS.sub("", normalize("NFD", word)).translate(_LATIN)


def arabic(word: str) -> str:
    """Without vowel signs, and with one letter for those that people interchange."""
    return _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
