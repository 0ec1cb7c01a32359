"""How a link to what has moved is spelt: as its writer spelt it, as far as that leads there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, unquote

from kcs.article.body import Link
from kcs.kb.links import MARKDOWN_ENDING, path_at, served_places, split_anchor, unescaped, without_folder

_SERVED = re.compile(r"(?i)\.html?$")
_ENCODED = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would end a destination early, start an anchor, or be read as something else than itself.
_UNSAFE = re.compile(r"""[\x00-\x1f\x7f%#?<>"'\\`|{}*]""")


def spellings(
    destination: str,
    source: str,
    target: str,
    here: str,
    there: str,
    root: str,
    folders: Sequence[str] = (),
) -> Iterator[str]:
    """Ways to write `destination`, which led from `source` to `target`, so that it leads from `here` to `there`.

    All without escapes; the nearest to how it is spelt first. `root`, `folders`: what `[links]` says.
    """
    name, anchor = split_anchor(destination)
    for form in dict.fromkeys((*_forms(name, source, target, there, root, folders), there)):
        slash = "/" if name.endswith("/") and form != there else ""
        for start in _starts(name, here, root, folders):
            yield f"{start(form)}{slash}\0{anchor}"


def _forms(
    name: str, source: str, target: str, there: str, root: str, folders: Sequence[str]
) -> Iterator[str]:
    """The target's new name with, or without, the ending that the old one was written with."""
    stem, new_stem = MARKDOWN_ENDING.sub("", target), MARKDOWN_ENDING.sub("", there)
    for plain in dict.fromkeys((name, unescaped(name))):
        below = plain[len(root.rstrip("/")) :] if root and plain.startswith(root.rstrip("/")) else plain
        for path in _paths(unquote(below), source, folders):
            ending = _SERVED.search(path)
            if path == target:
                yield there
            elif ending and _SERVED.sub("", path).casefold() == stem.casefold():
                yield new_stem + ending.group()
            elif path.casefold() == stem.casefold():
                yield new_stem
            elif stem == f"{path}/index":
                yield posixpath.dirname(new_stem) if new_stem.endswith("/index") else new_stem


def _paths(spelt: str, source: str, folders: Sequence[str]) -> list[str]:
    if folders and spelt.startswith(("/", "~/")):
        return served_places(spelt.removeprefix("~"), source, folders)
    path = path_at(spelt, source)
    return [path] if path else []


def _starts(name: str, here: str, root: str, folders: Sequence[str]) -> list[Callable[[str], str]]:
    bare = root.rstrip("/")
    below = bool(bare) and (name + "/").startswith(bare + "/")
    if below or name.startswith("/") or (folders and name.startswith("~/")):
        start = bare if below else name.partition("/")[0]
        return [lambda form: f"{start}/{without_folder(form, folders)}", lambda form: f"{start}/{form}"]

    def plain(form: str) -> str:
        path = posixpath.relpath(form or ".", posixpath.dirname(here) or ".")
        return f"./{path}" if ":" in path.partition("/")[0] else path

    def dotted(form: str) -> str:
        return f"./{plain(form)}"

    return [dotted, plain] if name.startswith("./") else [plain, dotted]


def written(spelling: str, link: Link, body: str) -> str:
    """A spelling as it may stand in the place of the link's destination."""
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
