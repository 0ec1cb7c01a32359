"""The permalink of a new article, in a base whose articles link
to each other by theirs: without one, none could link to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kcs.article.front_matter import read
from kcs.authoring.placing import Folder
from kcs.errors import FileProblem
from kcs.kb.files import read_file
from kcs.kb.settings.config import Config
from kcs.tuples import NamedTuple

_MOST_READ = 20


class Shape(NamedTuple):
    """What stands around a file's name in a permalink: `/` before or after, `.html`, folders."""

    before: str = ""
    after: str = ""

    def of(self, file_name: str) -> str:
        """The permalink of a file."""
        return self.before + file_name.removesuffix(".md") + self.after


def shape_of(root: Path, config: Config, folder: Folder, paths: Iterable[str]) -> Shape:
    """The shape that permalinks have in a folder, else elsewhere; `paths`: the articles."""
    for path, theirs in _known(root, config, folder, paths):
        beside = path.rpartition("/")[0] == folder.name
        return Shape(_before(theirs, config.link_root, beside=beside), _ending(theirs))
    return Shape()


def _known(root: Path, config: Config, folder: Folder, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Articles and their permalinks, those of the same folder first; only a few files are read."""
    key = config.fields.get("permalink", "permalink")
    nearest = sorted(paths, key=lambda one: (one.rpartition("/")[0] != folder.name, one))
    for path in islice(nearest, _MOST_READ):
        try:
            found = read(read_file(root / path, path)).meta.get(key)
        except FileProblem:
            continue
        if isinstance(found, str) and found.strip("/ "):
            yield path, found.strip()


def _before(theirs: str, link_root: str, *, beside: bool) -> str:
    if beside:
        return theirs.rstrip("/").rpartition("/")[0].rstrip("/") + "/" if "/" in theirs.rstrip("/") else ""
    if link_root.startswith("/") and theirs.startswith(link_root):
        return link_root.rstrip("/") + "/"
    return "/" if theirs.startswith("/") else ""


def _ending(theirs: str) -> str:
    return next((end for end in ("/", ".html", ".htm") if theirs.endswith(end)), "")
