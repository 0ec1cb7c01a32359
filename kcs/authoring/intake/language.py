"""Which of four languages a text is in, by its letters alone."""

from __future__ import annotations

import re

_THAI = re.compile(r"[\u0e01-\u0e4f]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PERSIAN_URDU = re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc\u0679\u0688\u0691\u06d2]")
# Letters that Vietnamese has and its neighbours in Latin script have not.
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def guess_language(text: str) -> str:
    """th, vi, ar or en; empty where there are too few letters to tell or the script says another language."""
    text = text[:20_000]
    thai, arabic = len(_THAI.findall(text)), len(_ARABIC.findall(text))
    latin, vietnamese = len(_LATIN.findall(text)), len(_VIETNAMESE.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    if max(thai, arabic) * 4 >= letters > 3:
        if thai >= arabic:
            return "th"
        return "" if len(_PERSIAN_URDU.findall(text)) * 10 > arabic else "ar"
    if vietnamese * 25 >= latin + vietnamese > 3:
        return "vi"
    return "en" if latin * 10 >= letters * 9 and letters > 3 else ""
