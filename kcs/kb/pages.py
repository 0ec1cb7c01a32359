"""Markdown files of a base that are no articles: README.md, index.md and their likes, which link to articles all the same."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kcs.kb.base import KnowledgeBase
from kcs.kb.links import MARKDOWN_ENDING

_PASSED_OVER = frozenset(("node_modules", "vendor", "__pycache__"))


def pages(kb: KnowledgeBase) -> Iterator[str]:
    """Their paths in the working tree; not those in hidden folders, or behind symbolic links."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(kb.root / folder), key=lambda one: one.name)
        except OSError:
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
