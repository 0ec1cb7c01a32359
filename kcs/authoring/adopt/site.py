"""Where links from the site's root lead: to permalinks below
an address, or to files below a folder of the repository.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kcs.authoring.adopt.file_names import is_language
from kcs.authoring.adopt.survey import Candidate
from kcs.kb.destinations import MARKDOWN_ENDING

_SERVED_ENDING = re.compile(r"(?i)\.html?$")
_LEAST = 3
_MOST_FOLDERS = 4
# Names in a path: a site may be deep in a repository (`docs/src/content/docs/guide.md`).
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class LinkGuess:
    """Rooted links such as `/how-to/<permalink>/`: how many there are below `root`, how many name a permalink."""

    root: str
    resolved: int
    total: int


@dataclass(frozen=True, slots=True)
class FolderGuess:
    """The folders that the site serves at its root; `resolved`
    of all `total` links from the root lead to a file this way.
    """

    folders: tuple[str, ...]
    resolved: int
    total: int


def rooted_links(written: Iterable[str]) -> list[str]:
    """The destinations that count from the root, as often as written; `~/x` (DocFX) as `/x`."""
    spelt = (one.removeprefix("~") for one in written)
    return [one for one in spelt if one.startswith("/") and not one.startswith("//")]


def guess_permalinks(articles: Sequence[Candidate], key: str, links: Iterable[str]) -> LinkGuess | None:
    """The address below which links name permalinks; None if they do not."""
    permalinks = {
        value.strip("/")
        for one in articles
        if isinstance(value := one.document.meta.get(key), str) and value.strip("/")
    }
    rooted: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    for link in links:
        for root, rest in _splits(link):
            rooted[root] += 1
            resolved[root] += rest.strip("/") in permalinks
    best = max(resolved, key=lambda root: (resolved[root], -len(root)), default=None)
    if best is None or resolved[best] < _LEAST or resolved[best] * 3 < rooted[best]:
        return None
    return LinkGuess(best, resolved[best], rooted[best])


def _splits(destination: str) -> Iterator[tuple[str, str]]:
    parts = destination.split("/")
    for cut in range(1, len(parts)):
        if rest := "/".join(parts[cut:]).strip("/"):
            yield "/".join(parts[:cut]) + "/", rest


def guess_folders(tree: Tree, links: Sequence[str]) -> FolderGuess | None:
    """The folders below which most links from the root lead to
    a file; None if the repository's root serves them as well.
    """
    asked = Counter(links)
    open_links = {link: count for link, count in asked.items() if not tree.holds("", link)}
    folders: list[str] = []
    while len(folders) < _MOST_FOLDERS:
        gains: Counter[str] = Counter()
        names: Counter[str] = Counter()
        for link, count in open_links.items():
            for folder in tree.above(link):
                gains[folder] += count
                names[folder] += 1
        # One page of another part of the site, linked again and
        # again, that happens to be named like one here is no proof.
        told = [folder for folder in gains if names[folder] > 1 or gains[folder] == len(links)]
        best = max(told, key=lambda folder: (gains[folder], -len(folder), folder), default="")
        if gains[best] < max(_LEAST, len(links) // 50):
            break
        folders.append(best)
        open_links = {link: count for link, count in open_links.items() if not tree.holds(best, link)}
    if not folders:
        return None
    resolved = len(links) - sum(open_links.values())
    return FolderGuess(tuple(_with_languages(folders, tree)), resolved, len(links))


def _with_languages(folders: Sequence[str], tree: Tree) -> Iterator[str]:
    """The folder of a language, and those of other languages
    beside it: an article's links are looked up in its own first.
    """
    for folder in folders:
        parent, _, name = folder.rpartition("/")
        yield folder
        if is_language(name):
            for other in sorted(tree.folders_in(parent)):
                if is_language(other.rpartition("/")[2]) and other not in folders:
                    yield other


class Tree:
    """The files of the repository by the names a site serves them under: without Markdown endings, in lower case."""

    def __init__(self, files: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        self._folders: set[str] = set()
        for path in files:
            name = MARKDOWN_ENDING.sub("", path).casefold()
            self._names.add(name)
            self._names.add(re.sub(r"/_?index$", "", name))
            self._note(path)

    def _note(self, path: str) -> None:
        parts = MARKDOWN_ENDING.sub("", path).split("/")
        for depth in range(1, min(len(parts), _DEEPEST)):
            parent = "/".join(parts[:depth])
            self._folders.add(parent)
            self._parents[parts[depth].casefold()].add(parent)

    def folders_in(self, parent: str) -> list[str]:
        """The folders in this one."""
        return [folder for folder in self._folders if folder.rpartition("/")[0] == parent]

    def above(self, link: str) -> Iterator[str]:
        """The folders below which the link leads to a file."""
        first = _SERVED_ENDING.sub("", link.strip("/").partition("/")[0]).casefold()
        first = MARKDOWN_ENDING.sub("", first)
        return (folder for folder in self._parents.get(first, ()) if self.holds(folder, link))

    def holds(self, folder: str, link: str) -> bool:
        """Whether it leads to a file there."""
        name = posixpath.normpath(posixpath.join(folder, link.strip("/"))).casefold()
        return name in self._names or MARKDOWN_ENDING.sub("", _SERVED_ENDING.sub("", name)) in self._names
