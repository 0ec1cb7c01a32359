"""Which files of a folder are articles. Symbolic links that leave the knowledge base are not followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kcs.kb.config import Config
from kcs.kb.globs import matcher, roots_of


@dataclass(frozen=True, slots=True)
class Found:
    """One article file: its path from the root with `/`, and what tells whether its bytes changed."""

    path: str
    mark: tuple[int, int, int, int]

    @classmethod
    def of(cls, path: str, status: os.stat_result) -> Found:
        """From what the file system says."""
        return cls(path, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def walk(root: Path, config: Config) -> Iterator[Found]:
    """The article files below `root`, in no order worth naming. A folder that cannot be listed is passed over."""
    include, exclude = matcher(config.include), matcher(config.exclude)
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
                elif include(path) and not exclude(path) and (found := _found(root, path, entry)):
                    yield found


def _found(root: Path, path: str, entry: os.DirEntry[str]) -> Found | None:
    try:
        if entry.is_symlink() and not inside(root, Path(entry.path)):
            return None
        status = entry.stat()
    except OSError:
        return None
    return Found.of(path, status) if entry.is_file() else None


def inside(root: Path, path: Path) -> bool:
    """Whether `path`, with every link followed, lies below `root`."""
    return path.resolve().is_relative_to(root.resolve())
