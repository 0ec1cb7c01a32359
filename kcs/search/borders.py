"""Where a text may be cut and stay readable, in every script. Pure."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

# Vowels and marks written before their consonant; after, above or below it.
_THAI_BEFORE = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44")
_THAI_AFTER = frozenset("\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e45\u0e46\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0e2f")  # fmt: skip
_LAO_BEFORE = frozenset("\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_LAO_AFTER = frozenset("\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6")
_NOT_FIRST = frozenset("、。，．・：；？！ー」』】）〕〉》〟’”…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ々%‰℃")
_NOT_LAST = frozenset("「『【（〔〈《〝‘“$¥￥＄")
# Letters with more marks than this are decoration, and may be cut.
_LONGEST_SIGN = 40
_GLUE = frozenset("\u200c\u200d\u2060\ufe0e\ufe0f\u20e3\u00ad")


def is_border(text: str, at: int) -> bool:
    """Whether `text` may be cut before the character at `at`: at blanks, and in scripts without blanks."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before.isspace() or after.isspace():
        return True
    if not (_is_unspaced(before) or _is_unspaced(after)):
        return False
    return _is_whole(text, at) and before not in _NOT_LAST and after not in _NOT_FIRST


def _is_whole(text: str, at: int) -> bool:
    """Whether a cut here splits no character as a reader sees it."""
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii():
        return True
    if before in _THAI_BEFORE or after in _THAI_AFTER or before in _LAO_BEFORE or after in _LAO_AFTER:
        return False
    if before in _GLUE or after in _GLUE or combining(after) or category(after) in ("Mn", "Mc", "Me", "Lm"):
        return False
    if combining(before) == 9:  # a virama joins the next consonant
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    return not (_is_flag(before) and _is_flag(after) and _flags_before(text, at) % 2)


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag(text[start - 1]):
        start -= 1
    return at - start


def _is_unspaced(sign: str) -> bool:
    """Whether the sign's script is written without blanks: Thai, Lao, Myanmar, Khmer, Chinese, Japanese."""
    return (
        "\u0e01" <= sign <= "\u0eff"
        or "\u1000" <= sign <= "\u109f"
        or "\u1780" <= sign <= "\u17ff"
        or "\u3000" <= sign <= "\u30ff"
        or "\u3400" <= sign <= "\u9fff"
        or "\uf900" <= sign <= "\ufaff"
        or "\uff00" <= sign <= "\uffef"
        or "\U00020000" <= sign <= "\U0003ffff"
    )


def border_before(text: str, at: int, most: int) -> int:
    """The nearest border at or before `at`, at most `most` characters away; else a place that splits no sign."""
    return _nearest(text, at, -1, most)


def border_after(text: str, at: int, most: int) -> int:
    """The same at or after `at`."""
    return _nearest(text, at, 1, most)


def whole(text: str, at: int, step: int) -> int:
    """The nearest place from `at`, backwards (`step` -1) or forwards (1), that splits no sign."""
    places = range(at, min(max(at + step * _LONGEST_SIGN, -1), len(text) + 1), step)
    return next((one for one in places if _is_whole_or_end(text, one)), at)


def _nearest(text: str, at: int, step: int, most: int) -> int:
    at = min(max(at, 0), len(text))
    steps = range(at, min(max(at + step * most, -1), len(text) + 1), step)
    blank = next((one for one in steps if _at_blank(text, one)), None)
    # In scripts without blanks between words, a blank is still the better place, if near.
    if blank is not None and abs(blank - at) <= most // 3:
        return blank
    found = next((one for one in steps if is_border(text, one)), None)
    return whole(text, at, step) if found is None else found


def _at_blank(text: str, at: int) -> bool:
    return at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace()


def _is_whole_or_end(text: str, at: int) -> bool:
    return at <= 0 or at >= len(text) or _is_whole(text, at)


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if sign.isascii():
        return 1
    if combining(sign) or category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1
