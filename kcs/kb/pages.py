"""Markdown files of a base that are not articles (README.md, index.md and the like): they link to articles too."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kcs.digest import sha256
from kcs.errors import FileProblem
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.files import read_file
from kcs.kb.state import State
from kcs.kb.walk import is_repository

_PASSED_OVER = frozenset(("node_modules", "vendor", "__pycache__"))


def read_pages(kb: State) -> list[tuple[str, bytes]]:
    """Path and bytes of each readable one. Noted in `pages_read`, since kept results depend on it."""
    found = _read_then(kb) if kb.commit else []
    for path in pages(kb) if kb.commit is None else ():
        try:
            found.append((path, read_file(kb.root / path, path)))
        except FileProblem:
            continue
    kb.pages_read = _digest(found)
    return found


def _read_then(kb: State) -> list[tuple[str, bytes]]:
    """Those of a commit."""
    found = []
    for path in getattr(kb.source, "oids", ()):
        passed_over = any(one.startswith(".") or one in _PASSED_OVER for one in path.split("/")[:-1])
        if MARKDOWN_ENDING.search(path) and path not in kb.by_path and not passed_over:
            found.append(path)
    return sorted(kb.source.read_many(found).items())


def as_read(kb: State, digest: str) -> bool:
    """Whether all are unchanged since `read_pages` noted `digest`, which is empty if they were not read."""
    if not digest:
        return True
    read_pages(kb)
    return kb.pages_read == digest


def _digest(found: list[tuple[str, bytes]]) -> str:
    return sha256(repr([(path, sha256(raw).hexdigest()) for path, raw in found]).encode()).hexdigest()


def pages(kb: State) -> Iterator[str]:
    """Their paths in the working tree, without hidden folders, symbolic links and nested repositories."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(kb.root / folder), key=lambda one: one.name)
        except OSError:
            continue
        if folder and is_repository(f"{kb.root}/{folder}"):
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name not in _PASSED_OVER:
                    pending.append(path)
            elif (
                MARKDOWN_ENDING.search(entry.name)
                and path not in kb.by_path
                and entry.is_file(follow_symlinks=False)
            ):
                yield path
