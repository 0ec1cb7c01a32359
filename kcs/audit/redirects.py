"""Lists of old addresses that a site's generator or host redirects to new ones: links to these are not broken."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from kcs.errors import FileProblem
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

# Netlify and others, Hugo's template for it, GOV.UK's Middleman, MkDocs, Vercel, DocFX.
_FILES = (
    "_redirects",
    "static/_redirects",
    "public/_redirects",
    "source/_redirects",
    "layouts/index.redirects",
    "netlify.toml",
    "config/tech-docs.yml",
    "mkdocs.yml",
    "vercel.json",
    ".openpublishing.redirection.json",
)
_LEARN = ".openpublishing.publish.config.json"
# MkDocs may have them in a file of their own, that its settings name.
_MAP_FILE = re.compile(r"(?m)^[ \t-]*map_file:[ \t]*['\"]?([^\s'\"#]+)")
_LEARNS_LIST = re.compile(r"\.openpublishing\.redirection\.(?:[\w-]+\.)*json$")
# Anything that may be an address or a file in one of these formats; a YAML key ends at its colon.
_NAME = re.compile(r"[^\s\"'`,;(){}<>\[\]]+")
# What leads nowhere: in netlify.toml, pages that are sent with headers of
# their own; there and in `_redirects`, those for which an error page is sent.
_TABLE = re.compile(r"(?m)^(?=[ \t]*\[)")
_NOWHERE = re.compile(r"(?m)^[ \t]*status[ \t]*=[ \t]*4(?:04|10)\b")
_LINE_NOWHERE = re.compile(r"(?m)^(?:[ \t]*for[ \t]*=.*|/.*[ \t]4(?:04|10)!?[ \t\r]*)$")
_ENDING = re.compile(r"(?i)(?:/_?index)?(?:\.html?)?$")


class Redirects(NamedTuple):
    """What the lists name, as `plain` writes it; `below`: addresses below which every page is redirected."""

    names: frozenset[str]
    below: tuple[str, ...]

    @classmethod
    def of(cls, kb: KnowledgeBase) -> Redirects:
        """From the base's own lists. The targets of redirects are included: no harm, since these exist somewhere."""
        names, below = set(), set()
        for path in _lists(kb):
            for found in _NAME.findall(_leading(_text(kb, path))):
                one = found.removesuffix(":")
                if one.startswith("../"):
                    one = posixpath.normpath(posixpath.join(posixpath.dirname(path), one))
                if one.endswith(("/*", "/**")):
                    below.add(plain(one.rstrip("*")) + "/")
                elif "/" in one or "." in one:
                    names.add(plain(one))
        return cls(frozenset(names), tuple(sorted(one for one in below if one != "/")))

    def take(self, name: str) -> bool:
        """Whether they name this address."""
        one = plain(name)
        return bool(one) and (one in self.names or (one + "/").startswith(self.below))


def _leading(text: str) -> str:
    """A list without what is named there and redirected to nothing."""
    tables = (one for one in _TABLE.split(text) if not _NOWHERE.search(one))
    return _LINE_NOWHERE.sub("", "".join(tables))


def plain(name: str) -> str:
    """An address without what site generators add or omit: `docs/old` for `/docs/old/index.html` and `docs/old.md`."""
    one = MARKDOWN_ENDING.sub("", name.partition("#")[0].strip("/"))
    return _ENDING.sub("", one).casefold()


def digests(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """The existing lists, by their bytes: a kept run depends on them."""
    from kcs.digest import sha256

    found = ((path, _raw(kb, path)) for path in _lists(kb))
    return [(path, sha256(raw).hexdigest()) for path, raw in found if raw is not None]


def _lists(kb: KnowledgeBase) -> list[str]:
    """Lists with well-known names, and those named in the settings of Microsoft Learn and MkDocs."""
    named = [one for one in _NAME.findall(_text(kb, _LEARN)) if _LEARNS_LIST.search(one)]
    named += _MAP_FILE.findall(_text(kb, "mkdocs.yml"))
    return list(dict.fromkeys((*_FILES, *(one for one in named if not one.startswith(("/", "../"))))))


def _text(kb: KnowledgeBase, path: str) -> str:
    return (_raw(kb, path) or b"").decode("utf-8", "replace")


def _raw(kb: KnowledgeBase, path: str) -> bytes | None:
    """The list in this state of the base; anything but a file, such as a pipe, does not count."""
    try:
        return kb.source.read(path) if kb.source.exists(path) else None
    except FileProblem:
        return None
