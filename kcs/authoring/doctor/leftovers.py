"""What a command that was killed leaves behind: the copy of a file that it was about to put in place."""

from __future__ import annotations

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


def leftovers(patient: Patient) -> Iterator[Check]:
    """Copies that nobody will put in place any more. The files beside them are whole: each is as before, or as it was to be."""
    kb = patient.kb
    if kb is None or not (found := sorted(_copies(kb))):
        return
    more = f" and {len(found) - 1} more" if found[1:] else ""
    words = (
        f"{found[0].relative_to(kb.root).as_posix()}{more}: left by a command that was killed while it wrote"
    )
    yield problem("leftovers", words, "kcs doctor --fix", lambda: _remove(kb, found))


def _copies(kb: KnowledgeBase) -> Iterator[Path]:
    folders = {kb.root, *((kb.root / article.path).parent for article in kb.articles)}
    for folder in folders:
        for copy in folder.glob(".*.kcs-tmp"):
            with suppress(FileNotFoundError):  # it was of a command that ran while we looked
                if copy.lstat().st_mtime < time.time() - _AT_WORK:
                    yield copy


def _remove(kb: KnowledgeBase, copies: Sequence[Path]) -> str:
    with lock(lock_folder(kb)):
        for copy in copies:
            copy.unlink(missing_ok=True)
    return f"removed {counted(len(copies), 'copy', 'copies')} that a killed command left"
