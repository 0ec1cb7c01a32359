"""A question typed with the keyboard still in another language:
`isylzjko` where รหัสผ่าน was meant, ยฟหหไนพก for password. Pure.

The layouts are those that Windows and most systems begin with: US, Thai Kedmanee, Arabic 101.
Vietnamese is typed on the US one.
"""

from __future__ import annotations

from collections.abc import Iterator

_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_US_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ"
_THAI_SHIFTED = '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_ARABIC = "ذ1234567890-=ضصثقفغعهخحجد\\شسيبلاتنمكطئءؤر\0ىةوزظ"
# Of the shifted ones only letters: vowel signs are seldom typed.
_MORE_ARABIC = {"H": "أ", "Y": "إ", "N": "آ", "T": "لإ", "G": "لأ", "B": "لآ", "b": "لا"}

_TO_THAI = str.maketrans(_US + _US_SHIFTED, _THAI + _THAI_SHIFTED)
_TO_ARABIC: dict[int, int | str] = {
    **str.maketrans(_US + _US.upper(), _ARABIC * 2),
    **{ord(key): written for key, written in _MORE_ARABIC.items()},
}
_FROM_THAI = str.maketrans(_THAI + _THAI_SHIFTED, _US + _US_SHIFTED)
_FROM_ARABIC = str.maketrans(_ARABIC + "أإآ", _US + "HYN")


def switched(words: str) -> Iterator[str]:
    """What may have been meant: each word as the same keys write it in another language, if that gives words."""
    if words.isascii():
        yield from (one for table in (_TO_THAI, _TO_ARABIC) if _is_said(one := words.translate(table)))
        return
    if any("\u0e01" <= sign <= "\u0e5b" for sign in words):
        ways = [words.translate(_FROM_THAI)]
    else:
        ways = [words.replace("لا", "b").translate(_FROM_ARABIC), words.translate(_FROM_ARABIC)]
    yield from (one for one in dict.fromkeys(ways) if one.isascii() and _is_said(one))


def _is_said(words: str) -> bool:
    """Whether these are letters, digits and marks, as a Thai or
    Arabic word is, or mostly, as `wi-fi`; no word begins with a mark.
    """
    signs = words.replace(" ", "")
    letters = sum(one.isalnum() or _is_mark(one) for one in signs)
    said = 2 * letters > len(signs) if words.isascii() else letters == len(signs)
    return said and len(signs) > 2 and not any(_is_mark(one[0]) for one in words.split())


def _is_mark(sign: str) -> bool:
    return "\u0e30" <= sign <= "\u0e3a" or "\u0e45" <= sign <= "\u0e4e"
