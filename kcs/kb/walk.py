"""Which files of a folder are articles. A symbolic link is none: to Git it is no file, and it has no history."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path

from kcs.kb.config import Config
from kcs.kb.globs import matcher, roots_of

# Size, time of change, time of change of the entry (both in nanoseconds), inode.
Mark = tuple[int, int, int, int]


def walk(root: Path, config: Config, known: Container[str] = ()) -> dict[str, Mark]:
    """The article files below `root`: path from there with `/` -> what tells whether its bytes changed.

    `known` are paths of articles by this configuration. A folder that cannot be listed is passed over.
    """
    include, exclude = matcher(config.include), matcher(config.exclude)
    found: dict[str, Mark] = {}
    pending = roots_of(config.include)
    while pending:
        folder = pending.pop()
        try:
            entries = os.scandir(os.path.join(root, folder) if folder else root)  # noqa: PTH118 - hot
        except OSError:
            continue
        prefix = f"{folder}/" if folder else ""
        with entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != ".git":
                        pending.append(path)
                elif (path in known or (include(path) and not exclude(path))) and (mark := _mark(entry)):
                    found[path] = mark
    return found


def _mark(entry: os.DirEntry[str]) -> Mark | None:
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def inside(root: Path, path: Path) -> bool:
    """Whether `path`, with every link followed, lies below `root`."""
    # realpath, not resolve(): that one raises for a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
