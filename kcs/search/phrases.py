"""Exact phrases: looked up in normalised plain text, in every script. The index knows nothing of them."""

from __future__ import annotations

import re
from functools import cache

from kcs.article.letters import normal
from kcs.search.analysis.scripts import runs
from kcs.search.analysis.words import folded_run

# A phrase does not cross paragraphs: in plain text each has a line.
_BLANKS = re.compile(r"[^\S\n]+")
# One sign for those that keyboards and editors write in several ways.
_SIGNS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)


def comparable(text: str) -> str:
    """A text ready for phrases: normalised, with one blank for several on a line."""
    return _BLANKS.sub(" ", normal(text).translate(_SIGNS)).strip()


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


# Signs beside which a word of another script ends, and a phrase may begin anywhere: Thai and Chinese are written without
# blanks. Of other scripts in these ranges, such as Georgian, a phrase is found inside words too.
_WITHOUT_BORDERS = r"[\u0e00-\u1dff\u2000-\uabff\ud7a4-\U0010ffff]"


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    before = rf"(?:(?<!\w)|(?<={_WITHOUT_BORDERS}))" if _has_borders(phrase[:1]) else ""
    after = rf"(?:(?!\w)|(?={_WITHOUT_BORDERS}))" if _has_borders(phrase[-1:]) else ""
    return re.compile(before + re.escape(phrase) + after)


def _has_borders(sign: str) -> bool:
    """Whether the sign's script separates words."""
    return sign.isalnum() and not re.match(_WITHOUT_BORDERS, sign)
