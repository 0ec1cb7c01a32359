"""A link's destination as spelt, and the paths in the base that it may stand for. Looks for no file."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from kcs.patterns import later

# Site generators stack endings: help/faq.html.md.erb is Markdown, and served and linked as help/faq.html.
MARKDOWN_ENDING = later(
    r"(?i)(?:\.html?)?(?:\.erb)?\.(?:md|markdown|mdown|mdx)(?:\.(?:erb|liquid|j2|jinja))?$"
)
# The page of its folder: Hugo's _index.md, GitBook's README.md.
_FOLDER_PAGES = frozenset(("index", "_index", "readme"))
SERVED_ENDING = later(r"(?i)\.html?$")
_ESCAPED = later(r"\\([!-/:-@\[-`{-~])")
# What browsers do with an address before they read it.
_DROPPED, _LEADING = str.maketrans("\\", "/", "\t\r\n"), "".join(map(chr, range(33)))
_ELSEWHERE = later(r"//|[A-Za-z][A-Za-z0-9+.-]*:")


def leads_out(spelt: str) -> bool:
    """Whether a destination can name nothing in the base, except by id or below the root."""
    if "://" in spelt or spelt.startswith(("//", "mailto:", "tel:", "{", "<")):
        return True
    return (".." in spelt or "%" in spelt) and spelt[0] != "." and _climbs_out(spelt)


def _climbs_out(spelt: str) -> bool:
    """Whether a browser may take for another host or a scheme what `..` would take out of a path again.

    `https:\\//host/../../a.md` leads to a host, as `&sol;&sol;host/../a.md` does, and would count as `a.md`.
    """
    if ".." not in unquoted(spelt):
        return False
    if spelt.startswith("\\"):
        return True
    readings = (one.translate(_DROPPED).lstrip(_LEADING) for one in (spelt, unescaped(spelt)))
    return any(map(_ELSEWHERE.match, readings))


def path_at(spelt: str, source: str) -> str | None:
    """The path from the root of a destination without anchor and escapes; None if it leads out of the base."""
    if spelt.startswith("/"):
        path = posixpath.normpath(spelt.lstrip("/")) if spelt.strip("/") else ""
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), spelt))
    return None if path.startswith("../") or path in ("..", ".", "") else path


def places_at(spelt: str, source: str, *, by_address: bool) -> list[str]:
    """The paths from the root that it may stand for; with
    `by_address`, those relative to the page's address come first.

    A Markdown file's name is only relative to the linking file: generators look for such names in the folder.
    """
    places = [path_at(spelt, source)]
    if by_address and not spelt.startswith("/") and not MARKDOWN_ENDING.search(spelt):
        # any name in that folder will do as the linking file
        places.insert(0, path_at(spelt, posixpath.join(address_of(source), "x")))
    return [path for path in dict.fromkeys(places) if path]


def address_of(source: str) -> str:
    """The folder as which a site serves the page: `a/b` for `a/b.md`, `a` for `a/index.md`."""
    address = MARKDOWN_ENDING.sub("", source)
    folder, _, name = address.rpartition("/")
    return folder if name.casefold() in _FOLDER_PAGES else address


def served_places(rest: str, source: str, folders: Sequence[str]) -> list[str]:
    """The paths from the root that a site address may stand for: first below the folder that holds `source`."""
    own = [folder for folder in folders if folder and source.startswith(folder + "/")]
    places = (posixpath.normpath(posixpath.join(folder, rest.strip("/"))) for folder in (*own, *folders, ""))
    return [
        place for place in dict.fromkeys(places) if not place.startswith("../") and place not in ("..", ".")
    ]


def without_folder(path: str, folders: Sequence[str]) -> str:
    """The path on the site: without the deepest of `folders` that holds it."""
    own = [folder.strip("/") + "/" for folder in folders if path.startswith(folder.strip("/") + "/")]
    return path.removeprefix(max(own, key=len, default=""))


def unescaped(spelt: str) -> str:
    """A destination without Markdown's backslashes and entities."""
    if "&" in spelt:
        from html import unescape

        spelt = unescape(spelt)
    return _ESCAPED.sub(r"\1", spelt) if "\\" in spelt else spelt


def split_anchor(destination: str) -> tuple[str, str]:
    """The part before `#` or `?`, and the rest."""
    name = destination.partition("#")[0].partition("?")[0]
    return name, destination[len(name) :]


def unquoted(spelt: str) -> str:
    """Percent-decoded: `%20` is a blank."""
    # Few links have escapes, and loading the decoder takes a hundredth of a search.
    if "%" not in spelt:
        return spelt
    from urllib.parse import unquote

    return unquote(spelt)
