"""This terminal's last search or queue, so that `kcs show 2` is the second article on it.
Private, in the cache, for half a day.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kcs.digest import sha256
from kcs.kb.kept.cache import Cache
from kcs.tuples import NamedTuple

_LASTS = 12 * 3600
_PREFIX = "recent-"


class Recent(NamedTuple):
    """`query` as typed, empty for a queue; the `paths` listed, in order; the ledger's id of the last search,
    who searched, and the `found` paths, which are no longer those listed once a queue came after it.

    Unknown values are empty.
    """

    query: str
    paths: tuple[str, ...]
    search: str = ""
    actor: str = ""
    found: tuple[str, ...] = ()


def remember(cache: Cache, recent: Recent) -> bool:
    """Keep it for this terminal; False if the cache cannot be written.

    Then no earlier search stands in for it, unless it cannot even be emptied, as
    on a file system that became read-only: it stays until it is half a day old.
    """
    name = _name()
    if not os.path.exists(cache.folder / name):  # noqa: PTH110 - never raises, whosever folder it is
        _forget_old(cache)
    kept = cache.write(name, [int(time.time()), *recent], _key())
    if not kept:
        cache.drop(name)
    return kept


def keep_list(cache: Cache, paths: Sequence[str]) -> None:
    """Articles with numbers before them that no search found: from now on these are what the numbers stand for."""
    before = recall(cache)
    kept = before._replace(query="", paths=tuple(paths)) if before else Recent("", tuple(paths))
    remember(cache, kept)


def recall(cache: Cache) -> Recent | None:
    """What is kept for this terminal; None if there is nothing or it is too old."""
    stored: Any = cache.read(_name(), _key())
    try:
        at, query, paths, search, actor, found = stored
        fresh = 0 <= time.time() - at < _LASTS
    except (TypeError, ValueError):
        return None
    return Recent(query, tuple(paths), search, actor, tuple(found)) if fresh else None


def _name() -> str:
    # All that runs in a terminal is one session. Elsewhere, use the shell that started us.
    session = os.getsid(0) if hasattr(os, "getsid") else os.getppid()
    # An agent may run in somebody's terminal: what it finds must not change what that person's numbers stand for.
    agent = " agent" if os.environ.get("KCS_ORIGIN") == "agent" else ""
    told = f"{session} {os.environ.get('KCS_SESSION', '')}{agent}"
    return _PREFIX + sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _key() -> str:
    """Another user name in the same terminal is another person."""
    return repr(
        [os.environ.get(name, "") for name in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL", "EMAIL", "HOME")]
    )


def _forget_old(cache: Cache) -> None:
    with suppress(OSError):
        for file in cache.folder.glob(f"{_PREFIX}*"):
            if time.time() - file.stat().st_mtime > _LASTS:
                file.unlink()


def article_path(recent: Recent | None, number: int) -> str | None:
    """The path of a hit by its number, from 1."""
    paths: Sequence[str] = recent.paths if recent else ()
    return paths[number - 1] if 1 <= number <= len(paths) else None
