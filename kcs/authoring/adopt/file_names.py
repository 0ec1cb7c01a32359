"""What names of files and folders say: which page it is, its endings, its language (`th/faq.md`, `faq.th.md`)."""

from __future__ import annotations

import re
from unicodedata import normalize

from kcs.kb.destinations import MARKDOWN_ENDING

_LANGUAGES = frozenset((
    "ar", "az", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "km",
    "ko", "lo", "lt", "lv", "ms", "my", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
))  # fmt: skip
# Languages whose writing adopting knows, by what people call their folders.
_CALLED = {
    "en": "english", "th": "thai", "vi": "vietnamese tieng-viet tiếng-việt", "ar": "arabic العربية", "fa": "persian farsi", "he": "hebrew",
    "hi": "hindi", "bn": "bengali", "km": "khmer", "ko": "korean", "ja": "japanese", "zh": "chinese", "el": "greek", "uk": "ukrainian",
    "ru": "russian", "de": "german deutsch", "fr": "french français francais", "es": "spanish español espanol",
    "pt": "portuguese português portugues", "it": "italian italiano", "nl": "dutch nederlands", "pl": "polish polski",
    "sv": "swedish svenska", "tr": "turkish türkçe turkce", "id": "indonesian bahasa",
}  # fmt: skip
_BY_NAME = {name: code for code, names in _CALLED.items() for name in names.split()}
_REGIONAL = re.compile(r"(?i)([a-z]{2})[-_](?:[a-z]{2}|hans|hant|latn|cyrl)$")


def is_language(name: str) -> bool:
    """Whether a folder or a file's suffix is named for a language: `th`, `pt-br`, `zh_Hant`."""
    regional = _REGIONAL.match(name)
    return (regional[1] if regional else name).lower() in _LANGUAGES


def language_called(name: str) -> str:
    """The code of the language that a folder is called after
    in words (`English`, `tieng-viet`); empty if after none.
    """
    return _BY_NAME.get(re.sub(r"[\s_]+", "-", normalize("NFC", name).casefold()), "")


def suffix_of(stem: str) -> str:
    """The language that a file's name ends in: `vi` of `index.vi`; empty if it ends in none."""
    name, dot, last = stem.rpartition(".")
    return last if dot and name and is_language(last) else ""


def plain(stem: str) -> str:
    """The name without its language, the same for a page and its translations."""
    return stem.rpartition(".")[0] if suffix_of(stem) else stem


def stem(path: str) -> str:
    """The file's name without its endings: `faq` of `help/faq.html.md.erb`."""
    return MARKDOWN_ENDING.sub("", path.rpartition("/")[2])


def ending(path: str) -> str:
    """The endings that `stem` takes off: `.html.md.erb`."""
    found = MARKDOWN_ENDING.search(path)
    return found[0] if found else ""
