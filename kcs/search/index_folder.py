"""The folder of an index: in the user's private cache, one for each combination that decides its content."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.digest import sha256

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

# Raise it when the files of an index change their format.
_FORMAT = 12
# Kept indexes for a base's other engines, configurations and versions: branches may differ in kcs.toml.
_KEPT = 3
_SEARCH = "search"


def index_folder(kb: KnowledgeBase, engine: str) -> Path:
    """The folder of this base's index, which may not exist yet."""
    from kcs.search.analysis import VERSION

    config = kb.config
    rests_on = (
        _FORMAT,
        VERSION,
        sys.byteorder,
        config.include,
        config.exclude,
        sorted(config.fields.items()),
        sorted(config.types.items()),
        config.link_root,
        config.link_by,
        config.link_folders,
        config.link_relative,
    )
    key = sha256(repr(rests_on).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return kb.cache.folder / _SEARCH / f"{engine}-{key}"


def make_private(folder: Path) -> bool:
    """Make the folder, for its owner alone. Whether its content could be somebody else's and must go.

    OSError if it cannot be made or written, or belongs to somebody else.
    """
    top = folder.parent.parent
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    foreign = False
    for one in (top, folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
        foreign = foreign or not is_private(one)
        if foreign:
            one.chmod(0o700)
    if not os.access(folder, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(folder))
    return foreign


def is_private(folder: Path) -> bool:
    """Whether only we can have written there; True if it does not exist. PermissionError if it is another's."""
    if os.name != "posix":
        return True
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    if status.st_uid != os.geteuid() or not stat.S_ISDIR(status.st_mode):
        raise PermissionError(13, "belongs to somebody else", str(folder))
    return not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def empty(folder: Path, keep: Collection[str] = ()) -> None:
    """Empty the folder, except for names that begin with one of `keep`."""
    for path in folder.iterdir():
        if path.name.startswith(tuple(keep)):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def fresh_name() -> str:
    """A unique name."""
    return os.urandom(8).hex()


def sweep_others(folder: Path) -> None:
    """Remove the base's least recently used indexes."""
    with suppress(OSError):
        others = [one for one in folder.parent.iterdir() if one != folder and one.is_dir()]
        others.sort(key=lambda one: one.stat().st_mtime, reverse=True)
        for one in others[_KEPT:]:
            shutil.rmtree(one, ignore_errors=True)
