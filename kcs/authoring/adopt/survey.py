"""Reads every file of a repository that could be an article, and says which ones are."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kcs.article.front_matter import Document, read
from kcs.authoring.adopt.languages import plain
from kcs.kb.links import MARKDOWN_ENDING
from kcs.kb.walk import is_repository

# By whole name, whatever the ending: what every repository holds beside its articles.
_HOUSEKEEPING = re.compile(
    r"(?i)(?:readme|contributing|contributors|changelog|changes|history|licen[cs]e|code[-_]of[-_]conduct|security"
    r"|support_policy|pull_request_template|issue_template|maintainers|authors|todo|notes?[-_]to[-_]editors?"
    r"|style[-_]?guide)(?:[-_.][a-z]{2})?$"
)
_RESERVED = ("index", "log")
# What a site shows where there is no page; further down it is an article about such a page.
_NO_PAGE, _CODE = "404", re.compile(r"[1-5][0-9][0-9]")
_TEMPLATE_FOLDERS = {"templates", "_templates", "template", "_layouts", "_includes", "archetypes"}
_TEST_FOLDERS = {"__fixtures__", "testdata"}
_PROGRAM = re.compile(r"\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|php)$")
_TEMPLATE_NAME = re.compile(r"(?i)^_?template\b|[-_ ]template$")
# A place to be filled in: `{{ title }}`, `<name>`, `[title]`, `TODO`.
_BLANK = re.compile(r"\{\{|<%|<\w|\[[^\]]+\]$|TODO|XXX")
_FENCED = re.compile(r"(?ms)^(```|~~~).*?^\1|<%.*?%>|\{%.*?%\}|\{\{.*?\}\}")
_WORD = re.compile(r"\w{2,}")
_FEW_WORDS = 8
# As many pages alone in their folders are a habit.
_BUNDLES = 3
# Keys that say somebody looks after this very page.
_REVIEWED = (
    "last_reviewed_on",
    "audit_date",
    "last_reviewed",
    "reviewed",
    "review_in",
    "verified",
    "ms.date",
)
_PASSED_OVER = {".git", "node_modules", ".venv", "venv", "vendor", "__pycache__"}
_HIDDEN_BLOCK = re.compile(r"\A\s*<!--.{0,20}?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_TOML_BLOCK = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n")
_SHOUTING = re.compile(r"[A-Z0-9][A-Z0-9_.-]+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file. `no_article` says why it is none; empty for an article."""

    path: str
    document: Document
    no_article: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether its front matter cannot be understood."""
        return self.document.fatal is not None


@dataclass(frozen=True, slots=True)
class Survey:
    """All candidates, by path. `files`: the paths of all files, whatever they are."""

    candidates: Sequence[Candidate] = field(default_factory=tuple)
    files: Sequence[str] = ()

    @property
    def articles(self) -> list[Candidate]:
        """The files that are articles, unreadable ones among them."""
        return [one for one in self.candidates if not one.no_article]

    @property
    def readable(self) -> list[Candidate]:
        """The articles whose front matter can be understood."""
        return [one for one in self.articles if not one.unreadable]

    @property
    def others(self) -> list[Candidate]:
        """The files that are no articles."""
        return [one for one in self.candidates if one.no_article]


def survey(root: Path, progress: Callable[[int], None] = lambda _: None) -> Survey:
    """Read every candidate below `root`. `progress` is told how many files were read so far."""
    found = []
    files = sorted(_files(root))
    for number, path in enumerate(filter(MARKDOWN_ENDING.search, files), 1):
        try:
            raw = (root / path).read_bytes()
        except OSError:
            continue
        found.append((path, read(raw)))
        progress(number)
    shape = _Shape.of(found, files)
    return Survey(
        [Candidate(path, document, _why_none(path, document, shape)) for path, document in found], files
    )


def _files(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [
            name for name in folders if name not in _PASSED_OVER and not is_repository(f"{folder}/{name}")
        ]
        for name in files:
            file = Path(folder) / name
            if not file.is_symlink():
                yield file.relative_to(root).as_posix()


def stem(path: str) -> str:
    """The file's name without its endings: `faq` of `help/faq.html.md.erb`."""
    return MARKDOWN_ENDING.sub("", path.rpartition("/")[2])


def ending(path: str) -> str:
    """The endings that `stem` takes off: `.html.md.erb`."""
    found = MARKDOWN_ENDING.search(path)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What one file alone does not tell.

    `mostly`: at least half of all files have front matter. `loose`: folders at the top in which some have, and fewer than half.
    `pages`: Markdown pages below each folder, all depths, a page and its translations beside it being one. `book`: whether a SUMMARY.md says that READMEs are pages.
    `bundles`: articles lie in folders of their own, as index.md. `reviewed`: most index pages have a day of review.
    `programs`: folders that hold a program's source. `codes`: folders with pages about several status codes.
    """

    mostly: bool
    loose: frozenset[str]
    pages: Counter[str]
    book: bool
    bundles: bool
    reviewed: bool
    programs: frozenset[str]
    codes: frozenset[str]

    @classmethod
    def of(cls, found: Sequence[tuple[str, Document]], paths: Sequence[str]) -> _Shape:
        blocks: Counter[str] = Counter()
        files: Counter[str] = Counter()
        pages: Counter[str] = Counter()
        for path, document in found:
            top = path.partition("/")[0] if "/" in path else ""
            files[top] += 1
            blocks[top] += document.block is not None
        # A page and its translations beside it are one.
        for folder in [
            folder for folder, _ in {(path.rpartition("/")[0], plain(stem(path))) for path, _ in found}
        ]:
            parts = folder.split("/") if folder else []
            pages.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        codes = Counter(
            folder
            for folder, name in {(path.rpartition("/")[0], plain(stem(path))) for path, _ in found}
            if _CODE.fullmatch(name)
        )
        indexes = [one for one in found if plain(stem(one[0])) == "index"]
        alone = [path for path, _ in indexes if "/" in path and pages[path.rpartition("/")[0]] == 1]
        return cls(
            mostly=blocks.total() * 2 >= len(found),
            loose=frozenset(top for top, count in blocks.items() if top and 0 < count * 2 < files[top]),
            pages=pages,
            book=any(path.rpartition("/")[2] == "SUMMARY.md" for path, _ in found),
            bundles=len(alone) >= _BUNDLES,
            reviewed=sum(_is_reviewed(document) for _, document in indexes) * 2 > len(indexes),
            programs=frozenset(path.rpartition("/")[0] for path in paths if _PROGRAM.search(path)),
            codes=frozenset(folder for folder, count in codes.items() if count > 1),
        )

    def plain_is_article(self, path: str) -> bool:
        """Whether a file without front matter is an article where this one lies."""
        return not self.mostly or path.partition("/")[0] in self.loose


def _why_none(path: str, document: Document, shape: _Shape) -> str:
    name, folders = stem(path), path.split("/")[:-1]
    if _is_index(name, "/".join(folders), document, shape):
        return "index or log page"
    if plain(name) == _NO_PAGE and len(folders) < 2 and "/".join(folders) not in shape.codes:
        return "page of the site"
    if _is_housekeeping(name, folders, document, shape):
        return "note about the repository"
    if _is_template(name, folders, document):
        return "template"
    if _is_test_data(folders, shape):
        return "test data"
    if any(folder.startswith(".") for folder in folders):
        return "note about the repository"
    if _TOML_BLOCK.match(document.body):
        return "front matter in TOML (+++), which is not read: write it as YAML (---) to have it counted"
    if document.block is not None or document.fatal or _HIDDEN_BLOCK.match(document.body):
        return ""
    if _SHOUTING.match(name) and name.upper() == name and name != "README":
        return "note to editors"
    return "" if shape.plain_is_article(path) else "no front matter"


def _is_index(name: str, folder: str, document: Document, shape: _Shape) -> bool:
    page = plain(name)
    reserved = page.lower().removeprefix("_")  # Hugo writes the page of a folder as _index.md
    if reserved not in _RESERVED:
        return name == "SUMMARY" and shape.book
    if document.block is None:
        return True
    if reserved == "log":
        return False
    # Where a base has such pages as a habit, one alone in its folder, or one that is reviewed, is an article like others.
    if shape.bundles and page == "index" and folder and shape.pages[folder] == 1:
        return False
    return not (shape.reviewed and _is_reviewed(document))


def _is_reviewed(document: Document) -> bool:
    return any(document.meta.get(key) for key in _REVIEWED)


def _is_housekeeping(name: str, folders: Sequence[str], document: Document, shape: _Shape) -> bool:
    if not _HOUSEKEEPING.match(name):
        return False
    if name.lower().startswith("readme"):
        return not folders or not (shape.book or document.block is not None)
    # security.md and todo.md are subjects too, where they have front matter or are not shouted.
    return not folders or (document.block is None and name.upper() == name)


def _is_test_data(folders: Sequence[str], shape: _Shape) -> bool:
    """Whether it lies in a folder of test data; `fixtures` are such beside a program, and else may be matches or lamps."""
    return any(
        name in _TEST_FOLDERS or (name == "fixtures" and "/".join(folders[:depth]) in shape.programs)
        for depth, name in enumerate(folders)
    )


def _is_template(name: str, folders: Sequence[str], document: Document) -> bool:
    lower = [folder.lower() for folder in folders]
    if not (_TEMPLATE_NAME.search(name) or any(folder in _TEMPLATE_FOLDERS for folder in lower)):
        return False
    in_folder = any(folder in _TEMPLATE_FOLDERS for folder in lower)
    if (
        lower[:1] == ["templates"]
        or (in_folder and _TEMPLATE_NAME.search(name))
        or any(folder in _TEMPLATE_FOLDERS - {"templates", "template"} for folder in lower)
    ):
        return True
    # Articles about templates lie in such folders too; a template says little of its own.
    title = document.meta.get("title")
    blank = isinstance(title, str) and _BLANK.search(title) is not None
    return blank or len(_WORD.findall(_FENCED.sub("", document.body))) < _FEW_WORDS
