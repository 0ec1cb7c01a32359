"""The permalink of a new article, in a base whose articles link to each other by theirs: without one, none could link to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kcs.article.front_matter import read
from kcs.authoring.placing import Folder
from kcs.errors import FileProblem
from kcs.kb.config import Config
from kcs.kb.files import read_file
from kcs.kb.walk import walk

_MOST_READ = 20


def permalink_for(root: Path, config: Config, folder: Folder, file_name: str) -> str:
    """The file's name in the shape that its neighbours' permalinks have: `/` before or after, `.html`, their folders."""
    name = file_name.removesuffix(".md")
    for path, theirs in _known(root, config, folder):
        beside = path.rpartition("/")[0] == folder.name
        return _before(theirs, config.link_root, beside=beside) + name + _ending(theirs)
    return name


def _known(root: Path, config: Config, folder: Folder) -> Iterator[tuple[str, str]]:
    """Articles and their permalinks, those of the same folder first; only a few files are read."""
    key = config.fields.get("permalink", "permalink")
    paths = sorted(walk(root, config), key=lambda one: (one.rpartition("/")[0] != folder.name, one))
    for path in islice(paths, _MOST_READ):
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
