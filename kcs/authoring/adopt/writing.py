"""The language of a text, by its script or by the small words of every sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import normalize

from kcs.authoring.adopt.survey import Candidate

# How much of an article's beginning we read, without its code.
_ENOUGH = 4000
_CODE = re.compile(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1|`[^`\n]+`|<[^<>\n]{1,300}>|\{[{%].*?[%}]\}")
# The `com` of an address is a small word of Portuguese, its `de` one of three languages.
_ADDRESS = re.compile(r"(?a)[\w%~+-]+(?:[./:@?=&#]+[\w%~+-]+)+")
# In this order: kana distinguishes Japanese from Chinese, with which it shares characters.
_SCRIPTS = {
    "th": re.compile("[\u0e01-\u0e5b]"),
    "fa": re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]"),
    "ar": re.compile("[\u0620-\u06ff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "km": re.compile("[\u1780-\u17d3]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ja": re.compile("[\u3041-\u30fa]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "el": re.compile("[\u0386-\u03ce]"),
    "uk": re.compile("[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]"),
    "ru": re.compile("[\u0410-\u044f]"),
}
_SHARES = {"fa": 0.05, "uk": 0.03, "ja": 0.1}
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_SMALL_WORDS = {
    "en": "the and of to is for with you that this are be or from your",
    "de": "der die und das ist nicht mit den sie ein eine auf für werden wird",
    "fr": "les des est une pour que dans vous pas sur avec votre qui aux cette",
    "es": "los las una para que con por del está más cómo este como su puede",
    "pt": "uma para com não que são você seu como dos das mais está pode ser",
    "it": "che per una con sono del della non gli nel questo come più può alla",
    "nl": "het een van voor met niet zijn wordt naar deze dat ook bij kan aan",
    "pl": "nie się jest dla oraz można jak aby przez lub tego które plik być po",
    "sv": "och att det som för med inte den till kan eller från ett du av",
    "tr": "bir için ile bu olarak veya daha gibi olan çok kullanarak değil ve",
    "id": "yang dan untuk dengan anda ini dari dalam pada tidak atau dapat adalah",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_languages(articles: Iterable[Candidate]) -> dict[str, int]:
    """Language -> number of articles; "" counts those whose language nothing told."""
    found: Counter[str] = Counter()
    for article in articles:
        found[language_of(article.document.body)] += 1
    return dict(found.most_common())


def language_of(text: str) -> str:
    """The language of a text, empty if nothing tells. A text with hardly any words counts as English."""
    text = normalize("NFC", text[:_ENOUGH])  # letters and their marks may be apart
    text = _ADDRESS.sub(" ", _CODE.sub(" ", text))
    letters = sum(map(str.isalpha, text)) or 1
    if not text.isascii():
        for language, script in _SCRIPTS.items():
            if len(script.findall(text)) > letters * _SHARES.get(language, 0.2):
                return language
        if len(_VIETNAMESE.findall(text)) > letters * 0.05:
            return "vi"
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {language: sum(word in small for word in words) for language, small in _WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    if len(words) < 20 or (best != "en" and counts[best] == counts["en"]):
        return "en"
    return best if counts[best] * 25 >= len(words) else ("en" if text.isascii() else "")
