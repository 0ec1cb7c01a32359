"""What a command that was killed leaves behind: the copy of a file that it was about to put in place."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kcs.authoring.doctor.model import Check, Patient, problem
from kcs.authoring.writing import lock_folder
from kcs.counting import counted
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import lock

_AT_WORK = 60  # seconds: a younger one may belong to a command that runs now
_MOST_NAME = 100  # characters of a file's name in its copy's: of a longer name, nobody knows the rest
_COPY = re.compile(r"\.(.+)(?<!\.kcs-tmp)\.\d+\.kcs-tmp", re.DOTALL)


def leftovers(patient: Patient) -> Iterator[Check]:
    """Copies that nobody will put in place any more.

    A file beside its copy is whole, as before or as it was to be.
    Any other copy may hold the only text of a new article, and is named alone.
    """
    kb = patient.kb
    if kb is None or not (found := sorted(_copies(kb))):
        return
    if beside := [one for one in found if _stands_beside(one)]:
        yield problem(
            "leftovers",
            f"{_named(kb, beside)}: left by a command that was killed while it wrote",
            "kcs doctor --fix",
            lambda: _remove(kb, beside),
        )
    if alone := [one for one in found if one not in beside]:
        words = "left by a command that was killed, and perhaps the only copy of what it wrote"
        yield problem(
            "leftovers", f"{_named(kb, alone)}: {words}", "read it, give it a name to keep it, or delete it"
        )


def _named(kb: KnowledgeBase, copies: Sequence[Path]) -> str:
    more = f" and {len(copies) - 1} more" if copies[1:] else ""
    return f"{copies[0].relative_to(kb.root).as_posix()}{more}"


def _copies(kb: KnowledgeBase) -> Iterator[Path]:
    folders = {kb.root, *((kb.root / article.path).parent for article in kb.articles)}
    for folder in folders:
        for copy in folder.glob(".*.kcs-tmp"):
            with suppress(FileNotFoundError):  # it was of a command that ran while we looked
                status = copy.lstat()
                if stat.S_ISREG(status.st_mode) and status.st_mtime < time.time() - _AT_WORK:
                    yield copy


def _stands_beside(copy: Path) -> bool:
    """Whether the file that the copy was to replace is known by its name, and exists."""
    name = _COPY.fullmatch(copy.name)
    return name is not None and len(name[1]) < _MOST_NAME and copy.with_name(name[1]).is_file()


def _remove(kb: KnowledgeBase, copies: Sequence[Path]) -> str:
    with lock(lock_folder(kb)):
        for copy in copies:
            copy.unlink(missing_ok=True)
    return f"removed {counted(len(copies), 'copy', 'copies')} that a killed command left"
