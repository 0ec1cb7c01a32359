"""What an article without a title is found by instead: the
words of its file's name, of which many sites make the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.kb.destinations import address_of

if TYPE_CHECKING:
    from kcs.kb.articles import Article

_BLANKS = str.maketrans("-_.+", "    ")


def file_name(path: str) -> str:
    """`File permissions` for `docs/File_permissions.md`; what
    the folder is called for `docs/file-permissions/index.md`.

    Empty without any letter: a number or a day names nothing.
    """
    name = address_of(path).rpartition("/")[2]
    return " ".join(name.translate(_BLANKS).split()) if any(map(str.isalpha, name)) else ""


def named_by_file(article: Article) -> str:
    """The words of an article's file name if it has no title; empty if it has one."""
    return "" if article.title.strip() else file_name(article.path)
