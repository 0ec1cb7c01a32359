"""The shape of a repository as a whole, which no single file shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kcs.article.first_heading import first_heading
from kcs.article.front_matter import Document
from kcs.authoring.adopt.file_names import plain, stem
from kcs.authoring.adopt.says import says_much, says_something
from kcs.kb.destinations import MARKDOWN_ENDING

_CODE = re.compile(r"[1-5][0-9][0-9]")
# Files beside pages that are not pages: pictures and their sources.
_BESIDE_PAGES = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|pdf|drawio|mmd|puml|txt|html?)$")
# Nor are a folder's settings: its title and order (`.pages`, `.order`, `_category_.json`, `toc.yml`).
_SETTINGS = re.compile(r"(?:^|/)(?:\.[^/]+|(?:_category_|_?meta|toc|TOC)\.(?:json|ya?ml))$")
_PROGRAM = re.compile(r"\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|php)$")
# This many pages alone in their folders are a habit.
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


@dataclass(frozen=True, slots=True)
class Shape:
    """`mostly`: at least half of all files have front matter. `loose`: folders at the top in which some have, and fewer than half.
    `pages`: how many Markdown pages lie below each folder, at any depth; a page and its translations beside it count as one.
    `book`: a SUMMARY.md says that READMEs are pages. `bundles`: articles lie in folders of their own, as index.md.
    `branches`: most _index.md do, and have a text. `telling`: most index pages say much themselves. `reviewed`: most of them have
    a day of review. `sites`: folders that hold a page with front matter. `docusaurus`: that generator is set up here.
    `programs`: folders that hold a program's source. `codes`: folders with pages about several status codes.
    `guides`: folders of nothing but pages and pictures, where several such have a README that says much: their writers mean it as a page.
    `loud`: folders in which most pages have names in capitals.
    """

    mostly: bool
    loose: frozenset[str]
    pages: Counter[str]
    book: bool
    bundles: bool
    branches: bool
    telling: bool
    reviewed: bool
    sites: frozenset[str]
    docusaurus: bool
    programs: frozenset[str]
    codes: frozenset[str]
    guides: frozenset[str]
    loud: frozenset[str]

    @classmethod
    def of(cls, found: Sequence[tuple[str, Document]], paths: Sequence[str]) -> Shape:
        """The shape, from all Markdown files and the paths of all files."""
        # A page and its translations beside it are one.
        named = {(_folder(path), plain(stem(path))) for path, _ in found}
        pages = _pages_below(folder for folder, _ in named)
        codes = Counter(folder for folder, name in named if _CODE.fullmatch(name))
        indexes = [one for one in found if plain(stem(one[0])) == "index"]
        alone = [path for path, _ in indexes if "/" in path and pages[_folder(path)] == 1]
        with_block = [path for path, document in found if document.block is not None]
        return cls(
            mostly=len(with_block) * 2 >= len(found),
            loose=_loose([path for path, _ in found], with_block),
            pages=pages,
            book=any(path.rpartition("/")[2] == "SUMMARY.md" for path, _ in found),
            bundles=len(alone) >= _BUNDLES,
            branches=_branches(found, pages),
            telling=_telling(found),
            reviewed=sum(is_reviewed(document) for _, document in indexes) * 2 > len(indexes),
            sites=frozenset(map(_folder, with_block)),
            docusaurus=any(path.rpartition("/")[2].startswith("docusaurus.config.") for path in paths),
            programs=frozenset(_folder(path) for path in paths if _PROGRAM.search(path)),
            codes=frozenset(folder for folder, count in codes.items() if count > 1),
            guides=_guides(found, paths),
            loud=_loud(path for path, _ in found),
        )

    def plain_is_article(self, path: str, document: Document) -> bool:
        """Whether a file without front matter is an article in this folder.

        It also is where most files have some, if it has a heading, says much, and lies beside pages with
        front matter: a generator shows it as it shows them, while parts of pages lie in folders of their own.
        """
        top = path.partition("/")[0]
        if not self.mostly or top in self.loose:
            return True
        if self.docusaurus and "/" in path and any(one.partition("/")[0] == top for one in self.sites):
            return True  # it shows every file there except those that it takes for parts
        beside = _folder(path)
        return beside in self.sites and bool(first_heading(document.body)) and says_much(document)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _loose(paths: Iterable[str], with_block: Iterable[str]) -> frozenset[str]:
    """The folders at the top in which some files have front matter, and fewer than half."""
    files, blocks = (
        Counter(path.partition("/")[0] for path in some if "/" in path) for some in (paths, with_block)
    )
    return frozenset(top for top, count in blocks.items() if count * 2 < files[top])


def _branches(found: Sequence[tuple[str, Document]], pages: Mapping[str, int]) -> bool:
    """Whether most _index.md are alone in their folder and say something: then they are articles."""
    branches = [one for one in found if plain(stem(one[0])).lower() == "_index"]
    leaves = sum(pages[_folder(path)] == 1 and says_something(document) for path, document in branches)
    return leaves >= _BUNDLES and leaves * 2 >= len(branches)


def _telling(found: Sequence[tuple[str, Document]]) -> bool:
    """Whether most index pages say much themselves."""
    indexes = [document for path, document in found if plain(stem(path)).lower() in ("index", "_index")]
    telling = sum(document.block is not None and says_much(document) for document in indexes)
    return telling >= _BUNDLES and telling * 2 >= len(indexes)


def _guides(found: Sequence[tuple[str, Document]], paths: Iterable[str]) -> frozenset[str]:
    other = {
        _folder(path)
        for path in paths
        if not (MARKDOWN_ENDING.search(path) or _BESIDE_PAGES.search(path) or _SETTINGS.search(path))
    }
    guides = {
        folder
        for path, document in found
        if (folder := _folder(path)) not in ("", *other)
        and stem(path).lower() == "readme"
        and says_much(document)
    }
    return frozenset(guides if len(guides) >= _BUNDLES else ())


def _loud(paths: Iterable[str]) -> frozenset[str]:
    """The folders below the top in which most pages have names in
    capitals, and more than a few do: there such a name says nothing.
    """
    all_names: Counter[str] = Counter()
    loud: Counter[str] = Counter()
    for path in paths:
        if stem(path).lower() not in ("readme", "index"):
            all_names[_folder(path)] += 1
            loud[_folder(path)] += len(stem(path)) > 4 and stem(path).isupper()
    return frozenset(
        folder
        for folder, count in loud.items()
        if folder and count >= _BUNDLES and count * 2 > all_names[folder]
    )


def _pages_below(folders: Iterable[str]) -> Counter[str]:
    """The number of pages below each folder, from the folder of each page."""
    pages: Counter[str] = Counter()
    for folder in folders:
        parts = folder.split("/") if folder else []
        pages.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return pages


def is_reviewed(document: Document) -> bool:
    """Whether its front matter says that somebody looked after this very page."""
    return any(document.meta.get(key) for key in _REVIEWED)
