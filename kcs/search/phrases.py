"""Exact phrases: looked up in normalised plain text, in every script. The index knows nothing of them."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from kcs.article.letters import normal
from kcs.patterns import later
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.words import folded_run

# A phrase does not cross paragraphs: in plain text each has a line.
_BLANKS = re.compile(r"[^\S\n]+")
# One sign for those that keyboards and editors write in several
# ways; none for Arabic's vowel signs, and for what stretches a word.
_SIGNS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2013": "-"}
) | dict.fromkeys((0x640, *range(0x64B, 0x653), 0x670))

# Vietnamese puts a tone on either of two vowels: h\u00f2a is ho\u00e0.
_TONE_FIRST = later("[\u00f2\u00f3\u1ecf\u00f5\u1ecd][ae]|[\u00f9\u00fa\u1ee7\u0169\u1ee5]y")


def comparable(text: str) -> str:
    """A text ready for phrases: normalised, with one blank for several on a line."""
    text = normal(text).translate(_SIGNS)
    return _BLANKS.sub(" ", text if text.isascii() else _TONE_FIRST.sub(_tone_last, text)).strip()


def _tone_last(found: re.Match[str]) -> str:
    first = normalize("NFD", found[0][0])
    return normalize("NFC", f"{first[0]}{found[0][1]}{first[1:]}")


def holds(text: str, phrase: str) -> bool:
    """Whether a comparable text holds a phrase, not inside longer words."""
    return (wanted := comparable(phrase).replace("\n", " ")) in text and _pattern(wanted).search(
        text
    ) is not None


def folded(phrase: str) -> str:
    """What the words of every article with the phrase must hold: the phrase's words in order, with their borders.

    Weaker than the phrase, which minds punctuation and accents too; enough to rule out most articles.
    """
    words = " ".join(filter(None, map(folded_run, runs(normal(phrase)))))
    wanted = comparable(phrase)
    before, after = (" " if _has_borders(sign) else "" for sign in (wanted[:1], wanted[-1:]))
    return f"{before}{words}{after}" if words else ""


# Signs beside which a word of another script ends, and a phrase may begin anywhere: Thai and Chinese are
# written without blanks. Of other scripts in these ranges, such as Georgian, a phrase is found inside words
# too.
_WITHOUT_BORDERS = r"\u0e00-\u1dff\u2000-\uabff\ud7a4-\U0010ffff"
# Arabic writes its article and prepositions, and Korean its
# particles, onto a Latin word: this is the end of it as well.
_WRITTEN_ON = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\uac00-\ud7a3"


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    before = rf"(?:(?<!\w)|(?<=[{_beside(phrase[:1])}]))" if _has_borders(phrase[:1]) else ""
    after = rf"(?:(?!\w)|(?=[{_beside(phrase[-1:])}]))" if _has_borders(phrase[-1:]) else ""
    return re.compile(before + re.escape(phrase) + after)


def _beside(sign: str) -> str:
    """The letters beside which a word with this sign at its end is whole."""
    return _WITHOUT_BORDERS if re.match(f"[{_WRITTEN_ON}]", sign) else _WITHOUT_BORDERS + _WRITTEN_ON


def _has_borders(sign: str) -> bool:
    """Whether the sign's script separates words."""
    return sign.isalnum() and not re.match(f"[{_WITHOUT_BORDERS}]", sign)
