"""An article's file and its address on the site, and opening either outside the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from kcs.errors import UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase


def file_of(kb: KnowledgeBase, article: Article, *, relative: bool = False) -> str:
    """The file's full path, or its path from the current folder."""
    file = kb.root / article.path
    with suppress(ValueError):  # on Windows, from another drive there is no such path
        return os.path.relpath(file) if relative else str(file)
    return str(file)


def address_of(kb: KnowledgeBase, article: Article) -> str:
    """The article's address on the site. UsageProblem if kcs.toml does not name the site."""
    from kcs.kb.destinations import MARKDOWN_ENDING, without_folder

    root = kb.config.link_root
    if not root.startswith(("https://", "http://")):
        now = f"is {root!r}" if root else "is not set"
        raise UsageProblem(
            f"where the articles are served is unknown: `root` of [links] {now}",
            hint='set it to the whole address, such as "https://help.example.com/how-to/"',
        )
    name = article.permalink.strip("/") if kb.config.link_by == "permalink" else ""
    name = name or MARKDOWN_ENDING.sub("", without_folder(article.path, kb.config.link_folders))
    return f"{root.rstrip('/')}/{quote(name, errors='surrogateescape')}"


def open_outside(target: str) -> bool:
    """Give a file or an address to the system's own opener; False if there is none."""
    if sys.platform == "win32":
        os.startfile(target)
        return True
    import subprocess

    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None or not Path(program).is_absolute():
        return False
    done = subprocess.run([program, target], stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0
