"""Which of four languages a text is in, by its letters, and in plain ones by its small words."""

from __future__ import annotations

import re
from unicodedata import normalize

_THAI = re.compile(r"[\u0e01-\u0e4f]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PERSIAN_URDU = re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc\u0679\u0688\u0691\u06d2]")
# Letters that Vietnamese has and its neighbours in Latin script have not.
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# As people type it on a telephone, without its marks; and what hardly any English sentence is without.
_SMALL_WORDS = {
    "vi": "khong duoc cua toi khach nguoi nhung khi bi trong lich dien thoai loi voi nhan giup hien",
    "en": "the a an to of in on at is are was i my we our we you your it and or not no when after for with from do does can"
    " cannot how what why where get gets have has this that there",
}
_UNMARKED, _ENGLISH = (frozenset(_SMALL_WORDS[one].split()) for one in ("vi", "en"))
_MANY_WORDS = 8
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def guess_language(text: str) -> str:
    """th, vi, ar or en; empty if there are too few letters to tell, or script or words say another language."""
    # As one sign each: a PDF or a Mac may have a letter and its marks apart.
    text = normalize("NFC", text[:20_000])
    thai, arabic = len(_THAI.findall(text)), len(_ARABIC.findall(text))
    latin, vietnamese = len(_LATIN.findall(text)), len(_VIETNAMESE.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    if max(thai, arabic) * 4 >= letters > 3:
        if thai >= arabic:
            return "th"
        return "" if len(_PERSIAN_URDU.findall(text)) * 10 > arabic else "ar"
    if vietnamese * 25 >= latin + vietnamese > 3:
        return "vi"
    return _by_words(text) if latin * 10 >= letters * 9 and letters > 3 else ""


def _by_words(text: str) -> str:
    """For plain letters: English, unless the words suggest Vietnamese, or many of them are not English."""
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    if len(_UNMARKED.intersection(words)) > max(1, english):
        return "vi"
    return "en" if english * 20 >= len(words) or len(words) < _MANY_WORDS else ""
