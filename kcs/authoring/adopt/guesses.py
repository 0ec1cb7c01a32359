"""What else a base reveals: its folders, its types, its site generator's additions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kcs.authoring.adopt.file_names import ending, plain, stem
from kcs.authoring.adopt.survey import Candidate, Survey
from kcs.kb.globs import matcher

_RETIRED = re.compile(
    r"(?i)(?:retired|archived?|deprecated|obsolete|old)(?:[-_ ](?:articles?|content|docs|pages))?$"
)
_DRAFTS = re.compile(r"(?i)_?drafts$")
# Names that are enough to show that a file is no article.
_GENERAL = re.compile(r"(?i)readme|_?index|log|contributing|changelog|summary|toc|licen[cs]e")
# With more top folders than these, take the whole repository and exclude what is no article.
_MOST_TOPS = 8
# From this many files without an article, exclude the whole folder.
_A_FOLDER = 3
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
    "Liquid or Jinja": re.compile(r"\{%-?\s|\{\{(?![<%])"),
    "Hugo shortcodes": re.compile(r"\{\{[<%]"),
    "ERB": re.compile(r"<%"),
}
_CODE = re.compile(r"(?ms)^[ \t]*(```|~~~).*?^[ \t]*\1|`[^`\n]+`")


@dataclass(frozen=True, slots=True)
class Globs:
    """`include` and `exclude` as kcs.toml has them."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]


def guess_globs(survey: Survey) -> Globs:
    """Globs for exactly the surveyed articles, the largest first: new articles go there."""
    places = Counter((_top(one.path), ending(one.path)) for one in survey.articles)
    if len({top for top, _ in places}) > _MOST_TOPS:
        places = Counter(("**/", ending(one.path)) for one in survey.articles)
    globs = {_glob(top, last): count for (top, last), count in places.items()}
    include = tuple(sorted(globs, key=lambda glob: (-globs[glob], glob)))
    included = matcher(include)
    articles = [one.path for one in survey.articles]
    exclude = list(_excludes([one.path for one in survey.others if included(one.path)], articles))
    if included("node_modules/x.md") and "package.json" in survey.files:
        exclude.append("**/node_modules/**")
    return Globs(include, tuple(exclude))


def _excludes(others: Sequence[str], articles: Sequence[str]) -> Iterator[str]:
    """Globs for exactly the other files: by name, if no article there
    or below that folder has it; by folder, if it holds no article.
    """
    names = {path.rpartition("/")[2] for path in articles}
    folders = {folder for path in articles for folder in _folders(path)}
    called = {(folder, path.rpartition("/")[2]) for path in articles for folder in _folders(path)}
    left: dict[str, list[str]] = {}
    for path in others:
        name = path.rpartition("/")[2]
        general = _GENERAL.fullmatch(plain(stem(path)))
        if general and name not in names:
            left.setdefault(f"**/{name}", [])
            continue
        whole = next((folder for folder in _folders(path) if folder not in folders), "")
        so = next((one for one in _folders(path) if general and (one, name) not in called), "")
        glob = f"{whole}/**" if whole else f"{so}/**/{name}" if so else path
        left.setdefault(glob, []).append(path)
    for glob, paths in left.items():
        yield from [glob] if not paths or len(paths) >= _A_FOLDER else paths


def _folders(path: str) -> list[str]:
    """The folders above it, the topmost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _glob(top: str, ending: str) -> str:
    return f"{top}{'**/' if top and top != '**/' else ''}*{ending}"


def _top(path: str) -> str:
    first, slash, _ = path.partition("/")
    return first + slash if slash else ""


def guess_retired(articles: Sequence[Candidate]) -> dict[str, int]:
    """Folders named as archives -> number of articles."""
    found: Counter[str] = Counter()
    for article in articles:
        folders = article.path.split("/")[:-1]
        for depth, name in enumerate(folders, 1):
            if _RETIRED.match(name):
                found["/".join(folders[:depth])] += 1
                break
    return dict(found)


def guess_drafts(articles: Sequence[Candidate]) -> dict[str, int]:
    """Folders whose name says that their articles are not published yet -> number of articles."""
    found = Counter(
        "/".join(folders[: depth + 1])
        for article in articles
        for folders in [article.path.split("/")[:-1]]
        for depth in [next((at for at, name in enumerate(folders) if _DRAFTS.match(name)), None)]
        if depth is not None
    )
    return dict(found)


def guess_types(articles: Sequence[Candidate], key: str) -> tuple[dict[str, str], dict[str, int]]:
    """(their type -> ours, their type -> number of articles); an unknown type is kept."""
    said = (one.document.meta.get(key) for one in articles)
    counts = Counter(value for value in said if isinstance(value, str) and value.strip())
    return {name: _TYPES[name.lower()] for name in counts if name.lower() in _TYPES}, dict(
        counts.most_common()
    )


def guess_markup(articles: Iterable[Candidate]) -> Mapping[str, int]:
    """Site generators' markup -> number of articles that hold it."""
    found: Counter[str] = Counter()
    for article in articles:
        text = article.document.body
        if any(sign in text for sign in ("{{", "{%", "<%")):
            text = _CODE.sub("", text)  # examples of markup are no markup, except for Hugo's own in them
            for name, pattern in _MARKUP.items():
                found[name] += pattern.search(text) is not None
    return +found
