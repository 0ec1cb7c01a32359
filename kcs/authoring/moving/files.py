"""The Markdown files whose links are rewritten: the articles,
also those that cannot be read as one, and all other pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from kcs.article.front_matter import read
from kcs.authoring.writing import Edit
from kcs.errors import CannotEdit, FileProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.files import read_file
from kcs.kb.pages import pages
from kcs.kb.walk import is_repository


def files_not_read(kb: KnowledgeBase) -> Iterator[str]:
    """Files whose links the list of articles lacks: pages that are not articles, and broken articles."""
    yield from (one.path for one in kb.articles if one.unreadable and not is_no_text(kb, one))
    yield from pages(kb)


def raw_to_respell(kb: KnowledgeBase, path: str) -> bytes:
    """The bytes of a file in which links are rewritten. CannotEdit if it holds a merge conflict."""
    raw = read_file(kb.root / path, path)
    for problem in read(raw).problems:
        if problem.code == "merge-conflict":
            raise CannotEdit(
                f"{problem.message}; nothing was changed",
                path=path,
                line=problem.line,
                hint="it holds a link that has to be rewritten: mend the file, then run the command again",
            )
    return raw


def is_no_text(kb: KnowledgeBase, article: Article) -> bool:
    """Whether its bytes are no text, so that nobody can say where a link ends."""
    try:
        return "\0" in bytes_of(kb, article).decode()
    except UnicodeDecodeError:
        return True


def bytes_of(kb: KnowledgeBase, article: Article) -> bytes:
    """An article's bytes; empty if unreadable."""
    try:
        return kb.raw(article)
    except FileProblem:
        return b""


def out_of_reach(kb: KnowledgeBase, path: str) -> str:
    """The folder above it that is a link or a repository of its own, behind which Git sees nothing; else empty."""
    folders = [one.as_posix() for one in reversed(PurePosixPath(path).parents[:-1])]
    links = (one for one in folders if (kb.root / one).is_symlink() or is_repository(f"{kb.root}/{one}"))
    return next(links, "")


def not_ignored(kb: KnowledgeBase, edits: Iterable[Edit], seen: Collection[str]) -> list[str]:
    """The paths, from the repository's root, that a commit can
    hold; `seen`: those in the index or changed, new ones included.

    Not those that .gitignore keeps from Git, as notes of one's own: their links are rewritten, and that is all.
    """
    paths = []
    for edit in edits:
        path = kb.prefix + edit.path
        if path in seen or out_of_reach(kb, edit.path):
            paths.append(path)
    return paths
