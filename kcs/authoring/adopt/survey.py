"""Reads every file of a repository that could be an article, and says which ones are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kcs.article.front_matter import Document, read
from kcs.kb.links import MARKDOWN_ENDING

# By whole name, whatever the ending: what every repository holds beside its articles.
_HOUSEKEEPING = re.compile(
    r"(?i)(?:readme|contributing|contributors|changelog|changes|history|licen[cs]e|code[-_]of[-_]conduct|security"
    r"|support_policy|pull_request_template|issue_template|maintainers|authors|todo|notes?[-_]to[-_]editors?"
    r"|style[-_]?guide)(?:[-_.][a-z]{2})?$"
)
_RESERVED = ("index", "log")
_TEMPLATE_FOLDERS = {"templates", "_templates", "template", "_layouts", "_includes", "archetypes"}
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
    """All candidates, by path."""

    candidates: Sequence[Candidate] = field(default_factory=tuple)

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
    for number, path in enumerate(sorted(_candidates(root)), 1):
        try:
            raw = (root / path).read_bytes()
        except OSError:
            continue
        found.append((path, read(raw)))
        progress(number)
    mostly_with = sum(document.block is not None for _, document in found) * 2 >= len(found)
    return Survey(
        [Candidate(path, document, _why_none(path, document, mostly_with)) for path, document in found]
    )


def _candidates(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name not in _PASSED_OVER and not (Path(folder) / name / ".git").exists()
        ]
        for name in files:
            if MARKDOWN_ENDING.search(name):
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


def _why_none(path: str, document: Document, mostly_with_front_matter: bool) -> str:
    name, folders = stem(path), path.split("/")[:-1]
    # Hugo writes the page of a folder as _index.md.
    if name.lower().removeprefix("_") in _RESERVED:
        return "index or log page"
    if _HOUSEKEEPING.match(name):
        return "note about the repository"
    if any(folder.lower() in _TEMPLATE_FOLDERS for folder in folders) or re.match(r"(?i)_?template\b", name):
        return "template"
    if any(folder.startswith(".") for folder in folders):
        return "note about the repository"
    if _TOML_BLOCK.match(document.body):
        return "front matter in TOML (+++), which is not read: write it as YAML (---) to have it counted"
    if document.block is not None or document.fatal or _HIDDEN_BLOCK.match(document.body):
        return ""
    if _SHOUTING.match(name) and name.upper() == name:
        return "note to editors"
    return "no front matter" if mostly_with_front_matter else ""
