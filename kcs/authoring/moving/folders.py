"""Links to a folder, as site generators serve it: `[all of them](../guide/)`;
and to a file whose name is spelt with a number, `a&#x26;b.png`.

Neither has a key, so in a fingerprint such a link counts as it is spelt: another spelling would cost the
verification of the article that holds it. Hence it is named, and a person decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from kcs.article.body import parse
from kcs.article.front_matter import read
from kcs.authoring.moving.files import files_not_read
from kcs.authoring.moving.plan import Planner
from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import leads_out, places_at, served_places, split_anchor, unescaped, unquoted
from kcs.kb.files import read_file


def links_to_folders(kb: KnowledgeBase, planner: Planner) -> Iterator[str]:
    """A sentence for each of these links that does not lead there after the move."""
    whole = (kb.root / planner.old).is_dir()
    articles = [
        one.path
        for one in kb.articles
        if whole or planner.there(one.path) != one.path
        if any(_lost(kb, planner, spelt, one.path) for spelt, _ in kb.destinations(one))
    ]
    pages = [one for one in files_not_read(kb) if whole or planner.there(one) != one]
    for path in (*articles, *pages):
        try:
            document = read(read_file(kb.root / path, path))
        except FileProblem:
            continue
        for link in parse(document.body).links:
            if lost := _lost(kb, planner, link.destination, path):
                place = f"{planner.there(path)}:{document.body_line + link.line - 1}"
                folder = "the folder " if (kb.root / lost[0]).is_dir() else ""
                yield f"{place}: {link.destination} no longer leads to {folder}{lost[1]}: change it by hand"


def _lost(kb: KnowledgeBase, planner: Planner, destination: str, source: str) -> tuple[str, str] | None:
    """Where what the link names is, and will be after the move; None if it names nothing, or leads there still."""
    if not destination or destination[0] == "#" or kb.links.resolve(destination, source):
        return None
    for place in _places(kb, destination, source):
        if os.path.exists(kb.root / place):  # noqa: PTH110 - Path.exists stumbles over a name that is too long for the disk
            there = planner.there(place)
            return None if there in _places(kb, destination, planner.there(source)) else (place, there)
    return None


def _places(kb: KnowledgeBase, destination: str, source: str) -> list[str]:
    spelt, _ = split_anchor(unescaped(destination))
    root, folders = kb.config.link_root.rstrip("/"), kb.config.link_folders
    if root and (spelt + "/").startswith(root + "/"):
        spelt = "/" + spelt[len(root) :].lstrip("/")
    elif not spelt or leads_out(spelt):
        return []
    spelt = unquoted(spelt)
    if "\0" in spelt:
        return []
    if folders and spelt.startswith(("/", "~/")):
        return served_places(spelt.removeprefix("~"), source, folders)
    return places_at(spelt, source, by_address=kb.config.links_by_address)
