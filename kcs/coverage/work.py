"""What another process needs to judge tickets like this one."""

from __future__ import annotations

import os
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kcs import __version__
from kcs.kb.moves import MOVES_NAME
from kcs.kb.settings.config import CONFIG_NAME, config_bytes
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

# All code behind a verdict.
_ROOMS = ("coverage", "search", "authoring/intake", "article", "kb", "privacy")


class Work(NamedTuple):
    """What a worker has to open. `state`: of articles and settings;
    if they changed since, it judges nothing. `today`: the base's day.
    """

    root: Path
    engine: str | None
    floor: float
    state: str
    today: date | None = None


def work_of(kb: KnowledgeBase, engine: str | None, floor: float) -> Work | None:
    """None if one process must do: on one core, or for a base at a commit."""
    if not kb.state or (os.cpu_count() or 1) < 2:
        return None
    return Work(kb.root, engine, floor, state_of(kb), kb.today)


def state_of(kb: KnowledgeBase) -> str:
    """The state of the articles and settings."""
    return f"{kb.state} {settings_of(kb)}"


def settings_of(kb: KnowledgeBase) -> str:
    """A digest of kcs.toml, which decides what is archived, what things are also called, and
    since when an article exists; and of moves.tsv, by which links name articles that were moved.
    """
    moves = (kb.text(MOVES_NAME) or "").encode("utf-8", "surrogateescape")
    # A commit from before the base was adopted holds none, and is read by today's.
    held = kb.source.exists(CONFIG_NAME)
    raw = kb.source.read(CONFIG_NAME) if held else config_bytes(kb.root / CONFIG_NAME)
    return sha256(raw + b"\0" + moves).hexdigest()


def ages_of(kb: KnowledgeBase) -> str:
    """A digest of since when each article exists: Git tells it
    of one that gives no day, and only once it is committed.
    """
    from kcs.kb.past.created import Created

    created = Created(kb)
    return sha256(repr([str(created.at(one)) for one in kb.articles]).encode()).hexdigest()


def judgement(package: Path = Path(__file__).parents[1]) -> str:
    """A digest of the code that judges: what another version of
    it judged is judged again, and nobody has to raise a number.
    """
    state = sha256(__version__.encode())
    for room in _ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            state.update(f"{file.relative_to(package).as_posix()}\0".encode())
            state.update(file.read_bytes())
    return state.hexdigest()
