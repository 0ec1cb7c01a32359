"""Reads every file of a repository that could be an article, and says which ones are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kcs.article.front_matter import Document, read
from kcs.authoring.adopt.no_article import why_none
from kcs.authoring.adopt.shape import Shape
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.files import read_kept
from kcs.kb.walk import is_repository

_PASSED_OVER = {".git", "node_modules", ".venv", "venv", "vendor", "__pycache__"}


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
    """Read every candidate below `root`. `progress` gets the number of files read so far."""
    found = []
    files = sorted(_files(root))
    for number, path in enumerate(filter(MARKDOWN_ENDING.search, files), 1):
        try:
            raw = read_kept(root / path)
        except OSError:
            continue
        found.append((path, read(raw)))
        progress(number)
    shape = Shape.of(found, files)
    return Survey(
        [Candidate(path, document, why_none(path, document, shape)) for path, document in found], files
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
