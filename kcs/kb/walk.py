"""Which files of a folder are articles. A symbolic link is none: to Git it is no file, and it has no history."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from kcs.kb.config import Config
from kcs.kb.globs import matcher, roots_of

# Size, time of change, time of change of the entry (both in nanoseconds), inode.
Mark = tuple[int, int, int, int]
mark_of = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_NOTHING: Mapping[str, Mark] = {}


def walk(root: Path, config: Config, known: Mapping[str, Mark] = _NOTHING) -> Mapping[str, Mark]:
    """The article files below `root`: path from there with `/` -> what tells whether its bytes changed.

    `known` are paths and marks of articles by this configuration, and is what is given back where nothing changed.
    A folder that cannot be listed is passed over.
    """
    top = str(root)
    found = list(_listed(top, config, known))
    if len(found) == len(known) and all(map(known.__contains__, found)):
        try:
            # In one sweep, which takes half the time of asking each entry what it is and how it is.
            marks = list(map(mark_of, map(os.lstat, [f"{top}/{path}" for path in known])))
        except OSError:
            marks = []
        # An equal mark is the same inode unchanged, hence still a file.
        if marks == list(known.values()):
            return known
    marked = {path: mark for path in found if (mark := _mark(f"{top}/{path}", known.get(path)))}
    # What was an article may be a folder now, with articles in it.
    return marked if len(marked) == len(found) or not known else walk(root, config)


def _listed(top: str, config: Config, known: Mapping[str, Mark]) -> Iterator[str]:
    pending = roots_of(config.include)
    while pending:
        folder = pending.pop()
        try:
            entries = os.scandir(f"{top}/{folder}" if folder else top)
        except OSError:
            continue
        prefix = f"{folder}/" if folder else ""
        with entries:
            for entry in entries:
                path = prefix + entry.name
                if path in known:
                    yield path
                elif entry.is_dir(follow_symlinks=False):
                    if entry.name != ".git":
                        pending.append(path)
                elif _fits(config, path):
                    yield path


def _fits(config: Config, path: str) -> bool:
    # Not made beforehand: where all is known no pattern has to be compiled.
    return matcher(config.include)(path) and not matcher(config.exclude)(path)


def _mark(file: str, known: Mark | None) -> Mark | None:
    try:
        status = os.lstat(file)
    except OSError:
        return None
    mark: Mark = mark_of(status)
    return mark if mark == known or stat.S_ISREG(status.st_mode) else None


def inside(root: Path, path: Path) -> bool:
    """Whether `path`, with every link followed, lies below `root`."""
    # realpath, not resolve(): that one raises for a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
