"""What Git knows of all files of the Rackspace base, and whether what was dated has changed since.

Baselines are the git commands alone, their output thrown away: `git log --raw -M -z` of all 8,145 commits, and
`git cat-file --batch` of the blobs that the question needs (those that the dates were set in, by our own answer).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# This file is also the program that is measured, which must not pay for the bench's own imports.
if TYPE_CHECKING:
    from bench.bases import Ground
    from bench.measure import Line

HERE = Path(__file__).resolve().parent


def git_facts(ground: Ground) -> Iterator[Line]:
    """Facts first and kept, and content changed since verified."""
    from bench.measure import Command, Line

    root = ground.rackspace()
    blobs = ground.folder / "blobs.txt"

    def side(*arguments: str | Path) -> Command:
        command = [sys.executable, str(HERE / "git_facts.py"), *map(str, arguments)]
        return Command(command, root, ground.env)

    log = Command(["git", "log", "--raw", "-M", "-z", "HEAD"], root, ground.env)
    side("blobs", blobs).cpu()
    said = "one `git log --raw -M -z`"
    bare = Command([sys.executable, "-c", "pass"], root, ground.env)
    what = "Git facts of all files, first, beyond Python's start"
    facts = Command(side("facts").arguments, root, ground.env, ground.forget)
    yield Line("git-facts", what, said, [log], facts, goal=1.5, start=bare)
    what = "the same, kept by commit"
    yield Line("git-facts-kept", what, said, [log], side("facts"), goal=0.1, start=bare)
    changed = Command(side("changed").arguments, root, ground.env, ground.forget)
    yield Line(
        "content-changed",
        "content changed since verified, all dated articles, first, with all verdicts",
        said + " and one `git cat-file --batch` of the blobs needed",
        [log, Command(["git", "cat-file", "--batch"], root, ground.env, stdin=blobs)],
        changed,
        goal=1.5,
        start=bare,
    )


def _facts() -> None:
    from kcs.kb.git.repository import Repository
    from kcs.kb.kept.cache import Cache
    from kcs.kb.past.facts import Facts

    repository = Repository.find(Path.cwd())
    assert repository is not None
    facts = Facts.of(repository, repository.head() or "", Cache(repository.root))
    assert facts.last("content/general/dns-basics.md")


def _changed() -> None:
    from kcs.kb.base import KnowledgeBase

    kb = KnowledgeBase.open()
    assert any("content-changed" in verdict.reasons for verdict in kb.verdicts.values())


def _blobs(into: Path) -> None:
    """The blobs that dates came in with, where the file has another one today."""
    from kcs.kb.base import KnowledgeBase

    kb = KnowledgeBase.open()
    origins = ((one, kb.judge.origin(one, name)) for one in kb.articles for name in one.claims)
    wanted = {origin.blob for one, origin in origins if origin.blob and origin.blob != one.oid}
    into.write_text("".join(f"{blob}\n" for blob in sorted(wanted)))


if __name__ == "__main__":
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != HERE]
    steps: dict[str, Callable[..., None]] = {
        "facts": _facts,
        "changed": _changed,
        "blobs": _blobs,
    }
    # As the program itself runs and ends (kcs/cli/main.py, kcs/__main__.py).
    gc.disable()
    steps[sys.argv[1]](*map(Path, sys.argv[2:]))
    os._exit(0)
