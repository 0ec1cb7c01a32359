"""Which files of a folder are articles. A symbolic link is not: to Git it is no file, and it has no history.

Nor is anything in a nested repository (a submodule, another working tree): no commit of the base holds it. A folder
named in `include` always counts.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import attrgetter, eq, ne
from pathlib import Path

from kcs.kb.globs import chooser, roots_of
from kcs.kb.settings.config import Config

# Size, modification time, inode change time (both in nanoseconds), inode.
Mark = tuple[int, int, int, int]
mark_of = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
# As text, four numbers of nineteen digits take four times as long.
MARK = struct.Struct("<3qQ")
_NOTHING: Mapping[str, Mark] = {}
# If other files exceed a fourth of the articles, asking what each is takes longer than a walk.
_OTHERS = 4


class Listing:
    """The content of the walked folders, so that one look tells whether anything came or went.

    `text`: each folder's path, with a final `/`, and the names in it in the system's order; empty if such a look is
    impossible. `others`: paths of non-articles, and what each was: a link, say.
    """

    def __init__(self, text: str = "", others: Mapping[str, int] | None = None) -> None:
        self.text = text
        self.others = dict(others or {})
        self._parts: list[str] = []
        self._whole = True
        # The folders that are there and could not be listed, and why.
        self.unlisted: dict[str, str] = {}

    def add(self, folder: str, names: Sequence[str]) -> None:
        """Add a folder, from the root with `/`."""
        self._parts.append("\0".join([folder + "/", *names]))

    def miss(self, folder: str, error: OSError) -> None:
        """Note a folder that could not be listed: it may be next time."""
        self._whole = False
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            self.unlisted[folder] = error.strerror or str(error)

    def look_at(self, top: str, paths: Iterable[str]) -> None:
        """Note, of what turned out to be no file, the folders of which only the names may be read."""
        for path in paths:
            try:
                _kind(f"{top}/{path}")
            except OSError as error:
                self.miss(path.rpartition("/")[0], error)

    def finish(self, top: str, others: Sequence[str], articles: int) -> None:
        """End the listing; `others`: the paths of what is neither folder nor article."""
        try:
            if self._whole and len(others) * _OTHERS <= articles:
                self.others = {path: _kind(f"{top}/{path}") for path in others}
        except OSError:
            self._whole = False
        # One that became a folder since was not walked.
        folder = any(kind == stat.S_IFDIR and not _is_git(path) for path, kind in self.others.items())
        if self._whole and len(self.others) == len(others) and not folder:
            self.text = "\0\0".join(self._parts)


def _is_git(path: str) -> bool:
    return path.rpartition("/")[2] == ".git"


def _kind(file: str) -> int:
    return stat.S_IFMT(os.lstat(file).st_mode)


def written_to(
    root: Path, config: Config, listing: Listing, paths: Sequence[str], marks: bytes
) -> list[int] | None:
    """The places in `paths` of files possibly written to since the listing by this configuration.

    `paths` are the articles then, `marks` their packed marks. None if a file came, went or became something else, or if
    we cannot tell.
    """
    if not listing.text:
        return None
    top, roots = f"{root}/", {f"{one}/" for one in roots_of(config.include)}
    try:
        for part in listing.text.split("\0\0"):
            folder = part.partition("\0")[0]
            # A link to a folder is followed only as a starting folder.
            if folder not in roots and _kind(top + folder[:-1]) != stat.S_IFDIR:
                return None
            if "\0".join([folder, *os.listdir(top + folder)]) != part:  # noqa: PTH208 - hot
                return None
        if any(_kind(top + path) != kind for path, kind in listing.others.items()):
            return None
        # An equal mark is the same inode unchanged, hence still a file. Keep nothing: memory is what costs.
        found = map(mark_of, map(os.lstat, map(top.__add__, paths)))
        return list(compress(count(), map(ne, found, MARK.iter_unpack(marks))))
    except OSError:
        return None


def packed(marks: Iterable[Mark]) -> bytes:
    """Marks as `written_to` takes them."""
    return b"".join([MARK.pack(*mark) for mark in marks])


def walk(
    root: Path, config: Config, known: Mapping[str, Mark] = _NOTHING, listing: Listing | None = None
) -> Mapping[str, Mark]:
    """The article files below `root`: path from there with `/` -> its mark.

    `known` are paths and marks of articles by this configuration, returned as is if nothing changed.
    A folder that cannot be listed is skipped. `listing` records what was seen, and that.
    """
    top, seen, others = str(root), Listing(), list[str]()
    found = list(_listed(top, config, known, seen, others))
    marked = _swept(top, found, known)
    if marked is None:
        marked = {path: mark for path in found if (mark := mark_at(f"{top}/{path}", known.get(path)))}
        if len(marked) != len(found) and known:
            # A former article may now be a folder with articles.
            return walk(root, config, listing=listing)
        lost = [path for path in found if path not in marked]
        seen.look_at(top, lost)
        others += lost
    if listing is not None:
        seen.finish(top, others, len(marked))
        listing.text, listing.others, listing.unlisted = seen.text, seen.others, seen.unlisted
    return marked


def _swept(top: str, found: list[str], known: Mapping[str, Mark]) -> Mapping[str, Mark] | None:
    """`known` if exactly these were found and none changed."""
    if len(found) != len(known) or not all(map(known.__contains__, found)):
        return None
    try:
        # In one sweep: half the time of asking each entry for its type and its state.
        marks = map(mark_of, map(os.lstat, [f"{top}/{path}" for path in known]))
        # An equal mark is the same inode unchanged, hence still a file.
        return known if all(map(eq, marks, known.values())) else None
    except OSError:
        return None


def _listed(
    top: str, config: Config, known: Mapping[str, Mark], listing: Listing, others: list[str]
) -> Iterator[str]:
    roots = roots_of(config.include)
    pending = list(roots)
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(f"{top}/{folder}" if folder else top) as seen:
                entries = list(seen)
        except OSError as error:
            listing.miss(folder, error)
            continue
        names = [entry.name for entry in entries]
        listing.add(folder, names)
        if folder not in roots and ".git" in names and is_repository(f"{top}/{folder}"):
            continue
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            path = prefix + entry.name
            if path in known:
                yield path
            elif entry.is_dir(follow_symlinks=False):
                (others if _is_git(path) else pending).append(path)
            elif _fits(config, path):
                yield path
            else:
                others.append(path)


def is_repository(folder: str) -> bool:
    """Whether Git takes a folder for a repository, or a working tree of one. An empty `.git` does not make it one."""
    git = Path(folder, ".git")
    return git.is_file() or (git / "HEAD").is_file()


def _fits(config: Config, path: str) -> bool:
    # Not made beforehand: if all is known, no pattern has to be compiled.
    return chooser(config.include, config.exclude)(path)


def mark_at(file: str, known: Mark | None = None) -> Mark | None:
    """The mark of the file there; None if it is no file. `known`: the mark of something that is."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    mark: Mark = mark_of(status)
    return mark if mark == known or stat.S_ISREG(status.st_mode) else None


def inside(root: Path, path: Path) -> bool:
    """Whether `path`, with every link followed, is below `root`."""
    # Not resolve(), which raises for a link to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
