"""The fingerprint: what a verification vouches for, as `kcs1:<32 hex>` (docs/fingerprint.md)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from kcs.digest import for_little, for_much, sha256
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.body import Body

CURRENT = "kcs1"

Destinations = tuple[tuple[str, bool], ...]


def _kcs1(title: str | None, body: str, scanned: Body | None = None) -> tuple[str, Destinations]:
    from kcs.article.kcs1 import normalise  # its patterns take 8 ms, and cached skeletons do without

    return normalise(title, body, scanned)


# Every version ever shipped stays here: a stamp is compared with the version it was made with.
VERSIONS: dict[str, Callable[[str | None, str, Body | None], tuple[str, Destinations]]] = {"kcs1": _kcs1}

Resolver = Callable[[str, bool], str | None]
"""(destination as spelt, whether an image) -> what counts in its place, or None: then it counts as spelt.

It is not asked about a destination that is empty or an anchor of the article itself.
"""

# Digests made, and the number from which a library that is six times as fast pays off.
_made, _SOME = count(), 100
_WRITTEN = later(r"([a-z]+[0-9]+):[0-9a-f]{32}")


class Skeleton(NamedTuple):
    """An article without its destinations; it depends on title and body alone, so it can be cached by them.

    digest: 64 hex digits. destinations: in order, (as spelt, whether an image).
    """

    digest: str
    destinations: Destinations
    version: str = CURRENT


def skeleton(
    title: str | None, body: str, version: str = CURRENT, *, scanned: Body | None = None
) -> Skeleton:
    """The part of a fingerprint that depends on no other file. KeyError: no such version.

    `scanned`: the body, if already scanned.
    """
    text, destinations = VERSIONS[version](title, body, scanned)
    made = for_much if next(_made) > _SOME else for_little
    return Skeleton(made("sha256")(_bytes(text)).hexdigest(), destinations, version)


def destinations(body: str, scan: Callable[[], Body]) -> Destinations:
    """Only the destinations of a body's skeleton; a text that cannot hold any is not scanned."""
    from kcs.article.kcs1 import clean, normalise

    if clean(body) != body:  # it counts as spelt then
        return normalise(None, body)[1]
    return scan().destinations if "](" in body or "]:" in body or "<" in body else ()


def fingerprint(skeleton: Skeleton, resolve: Resolver | None = None) -> str:
    """`kcs1:` and the first 128 bits of SHA-256 over the skeleton and what each destination counts as."""
    whole = sha256(f"{skeleton.version}\n{skeleton.digest}\n".encode())
    for spelt, image in skeleton.destinations:
        kind, text = counted(spelt, image, resolve)
        raw = _bytes(text)
        whole.update(f"{kind}{len(raw)}:".encode())
        whole.update(raw)
    return f"{skeleton.version}:{whole.hexdigest()[:32]}"


def counted(spelt: str, image: bool, resolve: Resolver | None) -> tuple[str, str]:
    """How a destination counts: `=` and what it names, or `~` and its spelling."""
    found = resolve(spelt, image) if resolve and spelt and spelt[0] != "#" else None
    return ("~", spelt) if found is None else ("=", found)


def version_of(written: str) -> str | None:
    """The version a fingerprint was made with; None if it is not a fingerprint or of an unknown version."""
    found = _WRITTEN.fullmatch(written)
    return found.group(1) if found and found.group(1) in VERSIONS else None


def _bytes(text: str) -> bytes:
    # text that was read past a wrong encoding holds lone surrogates: it has a fingerprint all the same
    return text.encode("utf-8", "surrogatepass")
