"""Whether a link should lead to something of the base, and does not."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from kcs.article.body import is_template
from kcs.audit.own_addresses import at_home
from kcs.audit.page import Page, Scene
from kcs.audit.past import as_before
from kcs.audit.redirects import Redirects
from kcs.audit.rules.links.known_names import names
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import (
    MARKDOWN_ENDING,
    places_at,
    served_places,
    split_anchor,
    unescaped,
    without_folder,
)
from kcs.patterns import later

# Another host, markup, a wiki's page or block (`[text]([[page]])`, `[text](((block)))`).
_NO_FILE = ("//", "{", "<", "[[", "((")
_SERVED = later(r"(?i)\.html?$")
_DATED = later(r"/(\d{4})/(\d{2})/(\d{2})/(?=[^/])")
_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]+:")


def led_nowhere(page: Page, spelt: str) -> bool:
    """Whether a change left the article and kcs.toml as they were, and this destination named nothing before either.

    That it can be judged now, or is told here and no longer in another article, is no doing of that change.
    """
    before = page.scene.before
    if before is None or before.config != page.kb.config or not as_before(page):
        return False
    scene = page.scene.shared_before(Scene)
    then = scene.kb.by_path.get(page.path)
    return then is not None and leads_nowhere(Page(scene, then), spelt, everywhere=True)


def leads_nowhere(page: Page, spelt: str, *, everywhere: bool = False) -> bool:
    """Whether a destination should name something of the base, and does not.

    `everywhere`: also where it may be some other part of the site, which is not judged else.
    """
    spelt = at_home(page.kb.config, spelt)
    if "&#" in spelt:
        spelt = unescaped(spelt)  # the `#` of `&#x26;` begins no anchor
    name, _ = split_anchor(spelt)
    if not name:
        return not spelt.startswith("#")
    if is_template(spelt) or spelt.startswith(_NO_FILE) or (len(name) == 1 and name.isalnum()):
        return False
    root = page.kb.config.link_root.rstrip("/")
    below = root and (name + "/").startswith(root + "/")
    if not below and _SCHEME.match(name) and not _windows(name):
        return False
    if page.leads_to(spelt) is not None:
        return False
    known = page.shared(names)
    if known.learn and not below and _elsewhere_on_learn(page, name):
        return False
    if name.startswith("/") and not everywhere:
        first = name.split("/")[1]
        if not below and first not in known.folders and not (known.rooted and _answers(page, spelt, first)):
            return False  # some other part of the site
        if first in known.made:
            return False
    rest = unquote(name[len(root) :] if below else name).strip("/")
    if (
        not rest
        or rest in known.folders
        or rest in known.redirects
        or unquote(name).strip("/") in known.redirects
    ):
        return False
    if (below or name.startswith("/")) and (rest in known.lists or rest.rpartition("/")[2] in known.lists):
        return False
    return not _beside(page, unquote(name))


def _answers(page: Page, spelt: str, first: str) -> bool:
    """Whether the base answers below this first part of an
    address; with a query it may be a program on the same host.
    """
    return "?" not in spelt or first in page.shared(_first_parts)


def _first_parts(kb: KnowledgeBase) -> frozenset[str]:
    return frozenset(one.permalink.strip("/").partition("/")[0] for one in kb.articles)


def _elsewhere_on_learn(page: Page, name: str) -> bool:
    """Whether it names another part of the host (`/exchange/mail`),
    or a file of another repository (`~/shared/part.md`).
    """
    if name.startswith("~/"):
        first, _, rest = name[2:].partition("/")
        folders = served_places(first, page.path, page.kb.config.link_folders)
        return bool(rest) and not any(page.kb.on_disk(folder + "/") for folder in folders)
    return name.startswith("/") and not MARKDOWN_ENDING.search(name)


def _windows(name: str) -> bool:
    """`C:\\docs`, `https:\\\\x`: what was meant for another program than a browser."""
    return ":\\" in name


def _beside(page: Page, name: str) -> bool:
    """Whether it names a folder, a file of the repository outside the base, or an address beside the article's own."""
    served = page.kb.config.link_folders
    if served and name.startswith(("/", "~/")):
        places = served_places(name.removeprefix("~"), page.path, served)
    else:
        by_address = page.kb.config.links_by_address or page.shared(names).mkdocs
        places = places_at(name, page.path, by_address=by_address)
        if not places:
            return _in_repository(page, name)
    known = page.shared(names)
    if _is_static(page, name, known.static):
        return True
    if known.mkdocs and any(page.leads_to(f"/{place}") for place in places):
        return True
    if any(place in known.folders or page.kb.on_disk(place + "/") for place in places):
        return True
    if known.folded and any(MARKDOWN_ENDING.sub("", place).casefold() in known.folded for place in places):
        return True
    first = list(_of_all_languages(places, known.languages))
    if any(map(page.kb.on_disk, first)):
        return True
    if known.astro and _made_by_astro(page, places, first, known.astro):
        return True
    if any(_SERVED.sub("", place) in known.ids or _is_page(page, place, known.endings) for place in places):
        return True
    if any(_is_collected(page, place) for place in places):
        return True
    if (served and _led_to(page, name)) or _redirected(page, name, places):
        return True
    permalink = page.article.permalink
    if not permalink or page.kb.config.link_by != "permalink" or name.startswith("/"):
        return False
    address = posixpath.normpath(posixpath.join("/" + permalink, name))
    return page.leads_to(page.kb.config.link_root.rstrip("/") + address) is not None


def _is_static(page: Page, name: str, folders: Sequence[str]) -> bool:
    """Whether Docusaurus serves it from one of these folders: `/img/x.png`, `/docs/img/x.png` where `/docs/` is its `baseUrl`, and
    `img/x.png` as its own components are given it."""
    whole = name.removeprefix("/")
    ways = (whole, whole.partition("/")[2]) if whole != name else (whole,)
    return any(way and page.kb.on_disk(folder + way) for folder in folders for way in ways)


def _of_all_languages(places: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    """Where they lie for all languages: MkDocs serves docs/assets/x.png as docs/de/assets/x.png too."""
    for folder in languages:
        parent = folder.rpartition("/")[0]
        for place in places:
            if place.startswith(folder + "/"):
                yield posixpath.join(parent, place[len(folder) + 1 :])


def _made_by_astro(page: Page, places: Sequence[str], first: Sequence[str], sites: Sequence[str]) -> bool:
    """Whether it is a page that a program makes (`src/pages`), or one
    that Starlight shows in the first language for lack of a translation.
    """
    served = page.kb.config.link_folders
    if any(page.leads_to(f"/{without_folder(place, served)}") for place in first):
        return True
    made = (f"{site}src/pages/{without_folder(place, served)}" for place in places for site in sites)
    return any(page.kb.on_disk(one + ending) for one in made for ending in (".astro", "/index.astro"))


def _led_to(page: Page, name: str) -> bool:
    """Whether a site's generator finds it: a file named from
    the site's root, or a post whose name begins with its day.
    """
    if _is_post(page, name):
        return True
    ways = [
        posixpath.join("/", posixpath.dirname(one), name.strip("/")) for one in page.kb.config.link_folders
    ]
    if MARKDOWN_ENDING.search(name) and not name.startswith(("/", ".")):
        ways.append(f"/{name}")
    return any(page.leads_to(way) for way in ways)


def _is_post(page: Page, name: str) -> bool:
    """Whether an address with a day names a post: by its file,
    whose name begins with the day, or by its own short name.
    """
    found = _DATED.search(name)
    if not found:
        return False
    day, rest = "-".join(found.groups()), _SERVED.sub("", name[found.end() :].strip("/"))
    stems = page.shared(names).stems
    return f"{day}-{rest}" in stems or any(day in path for path in stems.get(rest, ()))


def _is_collected(page: Page, place: str) -> bool:
    """Whether it is an address in a collection of Jekyll: `guides`, and `guides/vpn` or `vpn` for `_guides/vpn.md`."""
    known = page.shared(names)
    stem = _SERVED.sub("", place)
    first, _, rest = stem.partition("/")
    for folder in known.collections:
        own = posixpath.basename(folder) == f"_{first}"
        if own and not rest:
            return True
        inside = (stem, rest) if own else (stem,)
        if any(page.leads_to(f"/{folder}/{one}{ending}") for one in inside for ending in known.endings):
            return True
        if any(
            page.kb.on_disk(f"{folder}/{one}/index{ending}") for one in inside for ending in known.endings
        ):
            return True
    return False


def _redirected(page: Page, name: str, places: Sequence[str]) -> bool:
    """Whether a list of redirects in the repository takes the address on."""
    known = page.shared(Redirects.of)
    served = (without_folder(place, page.kb.config.link_folders) for place in places)
    return any(known.take(one) for one in dict.fromkeys((name, *places, *served)))


def _is_page(page: Page, place: str, endings: Sequence[str]) -> bool:
    """Whether a page that is no article (an index, a README) is served under this name."""
    stem = _SERVED.sub("", place)
    if place.endswith("/index.html") and page.kb.on_disk(place.removesuffix("index.html")):
        return True
    if page.kb.on_disk(place + ".erb") or page.kb.on_disk(place + ".html"):
        return True
    # Hugo serves the page of a folder under the folder's name, with
    # an ending where its settings say so, and finds it by that name.
    folder = MARKDOWN_ENDING.sub("", stem)
    if folder != place and any(page.kb.on_disk(f"{folder}/_index{ending}") for ending in endings):
        return True
    return stem != place and any(page.kb.on_disk(stem + ending) for ending in endings)


def _in_repository(page: Page, name: str) -> bool:
    """Whether it leads out of the base, but to a file of the same repository."""
    if page.kb.repo is None:
        return False
    below = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name))
    place = Path(os.path.normpath(page.kb.root / below))
    return place.is_relative_to(page.kb.repo.root) and page.kb.on_disk(below)
