"""Whom Git names: who is at work here, and who wrote what there is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.kb.git_run import environment, execute
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.git import Repository


class Identity(NamedTuple):
    """Whom a commit made now would name as its author, after the mailmap."""

    name: str
    email: str


def identity(repo: Repository | None, folder: Path) -> Identity | None:
    """Whom a commit made now would name as its author, after the work tree's mailmap; None if Git knows nobody.

    `folder`: whose settings hold where there is no repository.
    """
    env = repo.environment(person=True) if repo else environment(person=True)
    done = execute(["var", "GIT_AUTHOR_IDENT"], cwd=repo.root if repo else folder, env=env)
    person = done.stdout.rsplit(b" ", 2)[0].strip()
    if done.returncode or not person.endswith(b">"):
        return None
    if repo and (repo.root / ".mailmap").is_file():
        person = repo.run("check-mailmap", "--stdin", data=person + b"\n").strip()
    name, _, email = person.decode("utf-8", "replace").rpartition("<")
    return Identity(name.strip(), email.rstrip(">"))


def authors(repo: Repository) -> list[tuple[str, str, int]]:
    """(name, mail address, commits) of every author of HEAD's history, after the mailmap, busiest first."""
    if repo.head() is None:
        return []
    out = repo.run("log", "-z", "--format=%aN%x00%aE", "HEAD", "--").split(b"\0")
    people = Counter(zip(out[0::2], out[1::2], strict=False))
    return [
        (name.decode("utf-8", "replace"), email.decode("utf-8", "replace"), count)
        for (name, email), count in people.most_common()
    ]
