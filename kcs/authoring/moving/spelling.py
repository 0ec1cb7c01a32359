"""How to spell a link to a moved target: as its writer did, as far as that leads there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kcs.article.body import Link
from kcs.kb.destinations import (
    MARKDOWN_ENDING,
    address_of,
    places_at,
    served_places,
    split_anchor,
    unescaped,
    without_folder,
)

if TYPE_CHECKING:
    from kcs.kb.settings.config import Config

_SERVED = re.compile(r"(?i)\.html?$")
_ENCODED = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would end a destination early, start an anchor, or be read as something else than itself.
_UNSAFE = re.compile(r"""[\x00-\x1f\x7f%#?<>"'\\`|{}*]""")


def spellings(
    destination: str, source: str, target: str, here: str, there: str, config: Config
) -> Iterator[str]:
    """Ways to write `destination`, which led from `source` to `target`, so that it leads from `here` to `there`.

    All without escapes; the nearest to how it is spelt first. `config` has what `[links]` says.
    """
    name, anchor = split_anchor(destination)
    for form in dict.fromkeys((*_forms(name, source, target, there, config), there)):
        slash = "/" if name.endswith("/") and form != there else ""
        for start in _starts(name, here, config):
            yield f"{start(form)}{slash}\0{anchor}"
    # Where none of these leads there (below the site's root
    # another has that name): as any base reads it, from the file.
    for start in _starts(there, here, config):
        yield f"{start(there)}\0{anchor}"


def _forms(name: str, source: str, target: str, there: str, config: Config) -> Iterator[str]:
    """The target's new name with, or without, the ending that the old one was written with."""
    root = config.link_root.rstrip("/")
    stem, new_stem = MARKDOWN_ENDING.sub("", target), MARKDOWN_ENDING.sub("", there)
    for plain in dict.fromkeys((name, unescaped(name))):
        below = plain.removeprefix(root) if root else plain
        for path in _paths(unquote(below), source, config):
            ending = _SERVED.search(path)
            if path == target:
                yield there
            elif ending and _SERVED.sub("", path).casefold() == stem.casefold():
                yield new_stem + ending.group()
            elif path.casefold() == stem.casefold():
                yield new_stem
            elif stem == f"{path}/index":
                yield posixpath.dirname(new_stem) if new_stem.endswith("/index") else new_stem


def _paths(spelt: str, source: str, config: Config) -> list[str]:
    folders = config.link_folders
    if folders and spelt.startswith(("/", "~/")):
        return served_places(spelt.removeprefix("~"), source, folders)
    return places_at(spelt, source, by_address=config.links_by_address)


def _starts(name: str, here: str, config: Config) -> list[Callable[[str], str]]:
    folders = config.link_folders
    bare = config.link_root.rstrip("/")
    below = bool(bare) and (name + "/").startswith(bare + "/")
    if below or name.startswith("/") or (folders and name.startswith("~/")):
        start = bare if below else name.partition("/")[0]
        return [lambda form: f"{start}/{without_folder(form, folders)}", lambda form: f"{start}/{form}"]

    by_address = config.links_by_address and not MARKDOWN_ENDING.search(name)
    folder = address_of(here) if by_address else posixpath.dirname(here)

    def plain(form: str) -> str:
        path = posixpath.relpath(form or ".", folder or ".")
        return f"./{path}" if ":" in path.partition("/")[0] else path

    def dotted(form: str) -> str:
        return f"./{plain(form)}"

    return [dotted, plain] if name.startswith("./") else [plain, dotted]


def written(spelling: str, link: Link, body: str) -> str:
    """A spelling as it may be written in place of the link's destination."""
    name, _, anchor = spelling.partition("\0")
    around = body[link.start - 1 : link.start] + body[link.end : link.end + 1]
    old, _ = split_anchor(link.destination)
    text = _UNSAFE.sub(lambda sign: quote(sign.group()), name)
    text = _ENTITY.sub("%26", text)
    if _ENCODED.search(old):
        text = "".join(sign if sign.isascii() else quote(sign) for sign in text)
    if " " not in old or around not in ("<>", '""', "''"):
        text = text.replace(" ", "%20")
    if not _balanced(text):
        text = text.replace("(", "%28").replace(")", "%29")
    return text + anchor


def _balanced(text: str) -> bool:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest < 8
