"""People in Git: who is at work here, and who wrote the articles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.kb.git.run import environment, execute
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.git.repository import Repository


class Identity(NamedTuple):
    """The author that a commit made now would name, after the mailmap."""

    name: str
    email: str


def identity(repo: Repository | None, folder: Path) -> Identity | None:
    """The author that a commit made now would name, after the work tree's mailmap; None if Git knows nobody.

    Without a repository, the settings of `folder` apply.
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


class Author(NamedTuple):
    """One spelling of an author in HEAD's history, after the mailmap.
    `last`: the newest day they wrote on, YYYY-MM-DD.
    """

    name: str
    email: str
    commits: int
    last: str


def authors(repo: Repository) -> list[Author]:
    """Every author of HEAD's history, busiest first."""
    if repo.head() is None:
        return []
    out = repo.run("log", "-z", "--format=%aN%x00%aE%x00%as", "HEAD", "--").split(b"\0")
    commits: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    said = (field.decode("utf-8", "replace") for field in out)
    for name, email, day in zip(said, said, said, strict=False):
        commits[name, email] += 1
        last[name, email] = max(day, last.get((name, email), ""))
    return [Author(*who, count, last[who]) for who, count in commits.most_common()]
