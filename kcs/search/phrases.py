"""Exact phrases: looked up in the plain text as it is compared, in every script. The index knows nothing of them."""

from __future__ import annotations

import re
from functools import cache

from kcs.search.analysis.scripts import normal

_BLANKS = re.compile(r"\s+")
# One sign for what keyboards and editors write in several ways.
_SIGNS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2013": "-"})


def comparable(text: str) -> str:
    """A text as phrases are looked up in it: normalised, with one blank where any blanks stand."""
    return _BLANKS.sub(" ", normal(text).translate(_SIGNS)).strip()


def holds(text: str, phrase: str) -> bool:
    """Whether a comparable text holds a phrase, not as a part of longer words."""
    return (wanted := comparable(phrase)) in text and _pattern(wanted).search(text) is not None


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if _has_borders(phrase[:1]) else ""
    after = r"(?!\w)" if _has_borders(phrase[-1:]) else ""
    return re.compile(before + re.escape(phrase) + after)


def _has_borders(sign: str) -> bool:
    """Whether words are written apart in the sign's script: in Thai or Chinese a phrase may begin anywhere."""
    return sign.isalnum() and sign < "\u0e00" or "\u1e00" <= sign <= "\u1fff" or "\uac00" <= sign <= "\ud7a3"
