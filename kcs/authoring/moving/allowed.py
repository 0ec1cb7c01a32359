"""What may be moved, and where."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kcs.authoring.placing import closed_folder
from kcs.errors import UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.git.index import submodules
from kcs.kb.globs import chooser
from kcs.kb.journal import is_respelt
from kcs.kb.moves import MOVES_NAME
from kcs.kb.select import find_article, path_in
from kcs.kb.settings.config import CONFIG_NAME
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.walk import inside, is_repository

_OURS = frozenset((CONFIG_NAME, TEAM_NAME, MOVES_NAME))


def moved_where(kb: KnowledgeBase, given: str, target: str) -> tuple[str, str]:
    """The path that `given` names and the one that it is to have, both from the root.
    UsageProblem for what may not be.
    """
    old = _source(kb, given)
    # If one path is given from the root, so is the other.
    from_root = not os.path.lexists(given) and os.path.lexists(kb.root / given)
    return old, _target(kb, old, f"{kb.root}/{target}" if from_root and target.strip("/ ") else target)


def _source(kb: KnowledgeBase, given: str) -> str:
    given = given.rstrip("/") or given
    if any(place.is_symlink() for place in (Path.cwd() / given, kb.root / given)):
        raise UsageProblem(f"{given} is a symbolic link", hint="move it with git mv; no links lead to it")
    path = path_in(kb, given)
    if path in (".", "") or not os.path.lexists(kb.root / path):
        path = find_article(kb, given).path
    if not inside(kb.root, kb.root / path) or path.startswith(("/", "../")):
        raise UsageProblem(f"{given!r} lies outside the knowledge base")
    if path in _OURS or path.split("/")[0] == ".git":
        raise UsageProblem(f"{path} cannot be moved: kcs finds it by its name")
    if (kb.root / path / CONFIG_NAME).exists():
        raise UsageProblem(f"{path} holds a knowledge base of its own")
    if (kb.root / path).is_dir() and (tied := _tied(kb, path)):
        raise UsageProblem(
            f"{tied} is a submodule or another working tree, and stops working where it is moved like a folder",
            hint="move it first: git mv for a submodule, git worktree move for a working tree",
        )
    return path


def _tied(kb: KnowledgeBase, path: str) -> str:
    """What in a folder has a repository elsewhere, and is named
    there by its place: `.git` is a file then, or Git lists it.
    """
    for folder, _, files in os.walk(kb.root / path):
        if ".git" in files:
            return Path(folder).relative_to(kb.root).as_posix()
    listed = submodules(kb.repo) if kb.repo else ()
    top = kb.prefix + path
    return next((one.removeprefix(kb.prefix) for one in listed if (one + "/").startswith(top + "/")), "")


def _target(kb: KnowledgeBase, old: str, given: str) -> str:
    if not given.strip("/ "):
        raise UsageProblem("no target named to move it to")
    new = _as_typed(path_in(kb, given.rstrip("/")), given.rstrip("/"))
    if new.startswith(("/", "../")) or new == ".." or not inside(kb.root, kb.root / new):
        raise UsageProblem(f"{given!r} lies outside the knowledge base", hint="give a path below its root")
    if given.endswith("/") or ((kb.root / new).is_dir() and not is_respelt(kb.root, old, new)):
        if (kb.root / new).exists() and not (kb.root / new).is_dir():
            raise UsageProblem(f"{new} is a file, no folder")
        new = os.path.normpath(f"{new}/{old.rpartition('/')[2]}").replace(os.sep, "/")
    try:
        (old + new).encode()
    except UnicodeEncodeError:
        raise UsageProblem("a name holds bytes that are not UTF-8, which no link can spell") from None
    if any(ord(sign) < 32 for sign in new):
        raise UsageProblem("the new name holds a control character")
    if new == old:
        raise UsageProblem(f"{old} is already there")
    if new.startswith(old + "/"):
        raise UsageProblem(f"{old} cannot be moved into itself")
    if ".git" in new.split("/") or new in _OURS:
        raise UsageProblem(f"{new} is no place for articles")
    if os.path.lexists(kb.root / new) and not is_respelt(kb.root, old, new):
        raise UsageProblem(f"{new} exists; nothing was changed", hint="give another name")
    if any((kb.root / part).is_file() for part in _parents(new)):
        raise UsageProblem(f"a folder of {new} is a file")
    if (there := _own_repository(kb, new)) != _own_repository(kb, old):
        raise UsageProblem(
            f"{new} and {old} are not in the same repository"
            + (f": {there} is one of its own" if there else ""),
            hint="copy it by hand, and commit on both sides",
        )
    return new


def _as_typed(path: str, given: str) -> str:
    """The path with its name's capitals as they were typed:
    Windows gives those on the disk, which are what is to change.
    """
    folder, slash, name = path.rpartition("/")
    typed = given.replace(os.sep, "/").rpartition("/")[2]
    return f"{folder}{slash}{typed}" if typed.casefold() == name.casefold() else path


def _own_repository(kb: KnowledgeBase, path: str) -> str:
    """The innermost folder above it, below the base's root, that is a repository of its own; else empty."""
    return next((one for one in reversed(_parents(path)) if is_repository(f"{kb.root}/{one}")), "")


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def still_articles(kb: KnowledgeBase, moved: Iterable[tuple[Article, Article]]) -> None:
    """UsageProblem if an article, given before and after, would no longer be one."""
    chosen = chooser(kb.config.include, kb.config.exclude)
    for _, now in moved:
        if closed := closed_folder(kb.root, kb.config, now.path):
            raise UsageProblem(
                f"{now.path} would not be an article: {closed} is a repository of its own, a link, or Git's folder"
            )
        if not chosen(now.path):
            raise UsageProblem(
                f"{now.path} would not be an article: [articles] in {CONFIG_NAME} does not include it",
                hint=f"include = {list(kb.config.include)}, exclude = {list(kb.config.exclude)}",
            )
