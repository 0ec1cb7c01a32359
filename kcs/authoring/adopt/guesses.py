"""What else a base shows of itself: its folders, its languages, how its articles link, what its site generator adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kcs.article.body import parse
from kcs.authoring.adopt.survey import Candidate, Survey, ending, stem

_RETIRED = re.compile(
    r"(?i)(?:retired|archived?|deprecated|obsolete|old)(?:[-_ ](?:articles?|content|docs|pages))?$"
)
_LANGUAGES = {
    "en",
    "th",
    "vi",
    "ar",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pt-br",
    "nl",
    "ja",
    "ko",
    "zh",
    "zh-cn",
    "zh-tw",
    "id",
    "ms",
}
_TYPES = {
    "faq": "Question and answer",
    "faqs": "Question and answer",
    "question": "Question and answer",
    "how-to": "How-to",
    "howto": "How-to",
    "guide": "How-to",
    "tutorial": "How-to",
    "troubleshooting": "Solution",
    "known-issue": "Known error",
    "known issue": "Known error",
    "reference": "Reference",
    "policy": "Policy",
    "process": "Process",
}
_MARKUP = {
    "Liquid": re.compile(r"\{%-?\s|\{\{(?![<%])"),
    "Hugo shortcodes": re.compile(r"\{\{[<%]"),
    "ERB": re.compile(r"<%"),
}
_SCRIPTS = {"th": re.compile("[\u0e01-\u0e5b]"), "ar": re.compile("[\u0620-\u06ff]")}
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Globs:
    """`include` and `exclude` as kcs.toml has them."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkGuess:
    """Rooted links such as `/how-to/<permalink>/`: how many there are below `root`, how many name a permalink."""

    root: str
    resolved: int
    total: int


def guess_globs(survey: Survey) -> Globs:
    """Globs that give exactly the surveyed articles."""
    places = Counter((_top(one.path), ending(one.path)) for one in survey.articles)
    include = tuple(sorted(f"{top}**/*{last}" for top, last in places))
    exclude = []
    for one in survey.others:
        if (_top(one.path), ending(one.path)) in places:
            name, last = stem(one.path), ending(one.path)
            general = name.lower() in ("readme", "index", "log", "contributing", "changelog")
            exclude.append(f"**/{name}{last}" if general else one.path)
    return Globs(include, tuple(dict.fromkeys(exclude)))


def _top(path: str) -> str:
    first, slash, _ = path.partition("/")
    return first + slash if slash else ""


def guess_retired(articles: Sequence[Candidate]) -> dict[str, int]:
    """Folders whose name says that what lies there is archived -> number of articles."""
    found: Counter[str] = Counter()
    for article in articles:
        folders = article.path.split("/")[:-1]
        for depth, name in enumerate(folders, 1):
            if _RETIRED.match(name):
                found["/".join(folders[:depth])] += 1
                break
    return dict(found)


def guess_language_folders(articles: Sequence[Candidate]) -> dict[str, tuple[str, int]]:
    """Folders named for a language -> (the language, number of articles); empty unless there are two or more."""
    found: Counter[str] = Counter()
    for article in articles:
        folders = article.path.split("/")[:-1]
        for depth, name in enumerate(folders, 1):
            if name.lower() in _LANGUAGES:
                found["/".join(folders[:depth])] += 1
                break
    languages = {folder.rpartition("/")[2].lower() for folder in found}
    return (
        {folder: (folder.rpartition("/")[2], count) for folder, count in found.items()}
        if len(languages) > 1
        else {}
    )


def guess_languages(articles: Iterable[Candidate]) -> dict[str, int]:
    """Language by the writing itself -> number of articles: Thai and Arabic by script, Vietnamese by its letters."""
    found: Counter[str] = Counter()
    for article in articles:
        found[_language(article.document.body[:4000])] += 1
    return dict(found.most_common())


def _language(text: str) -> str:
    letters = sum(map(str.isalpha, text)) or 1
    for language, script in _SCRIPTS.items():
        if len(script.findall(text)) > letters * 0.2:
            return language
    return "vi" if len(_VIETNAMESE.findall(text)) > letters * 0.05 else "en"


def guess_types(articles: Sequence[Candidate], key: str) -> tuple[dict[str, str], dict[str, int]]:
    """(their type -> ours, their type -> number of articles); a type we have no name for is left as it is."""
    counts = Counter(value for one in articles if isinstance(value := one.document.meta.get(key), str))
    return {name: _TYPES[name.lower()] for name in counts if name.lower() in _TYPES}, dict(
        counts.most_common()
    )


def guess_links(articles: Sequence[Candidate], key: str) -> LinkGuess | None:
    """The address below which links name permalinks; None where they do not."""
    permalinks = {
        value.strip("/")
        for one in articles
        if isinstance(value := one.document.meta.get(key), str) and value.strip("/")
    }
    rooted: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    for article in articles:
        for link in parse(article.document.body).links:
            destination = re.split(r"[#?]", link.destination, maxsplit=1)[0]
            if not destination.startswith("/") or destination.startswith("//"):
                continue
            for root, rest in _splits(destination):
                rooted[root] += 1
                resolved[root] += rest.strip("/") in permalinks
    best = max(resolved, key=lambda root: (resolved[root], -len(root)), default=None)
    if best is None or resolved[best] < 3 or resolved[best] * 3 < rooted[best]:
        return None
    return LinkGuess(best, resolved[best], rooted[best])


def _splits(destination: str) -> Iterable[tuple[str, str]]:
    parts = destination.split("/")
    for cut in range(1, len(parts)):
        if rest := "/".join(parts[cut:]).strip("/"):
            yield "/".join(parts[:cut]) + "/", rest


def guess_markup(articles: Iterable[Candidate]) -> Mapping[str, int]:
    """Site generators' markup -> number of articles that hold it."""
    found: Counter[str] = Counter()
    for article in articles:
        for name, pattern in _MARKUP.items():
            found[name] += pattern.search(article.document.body) is not None
    return +found
