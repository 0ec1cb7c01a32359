"""An article's key: in fingerprints, in the ledger, and in all that is kept about it."""

from __future__ import annotations

from collections.abc import Mapping

from kcs.tuples import NamedTuple


class Name(NamedTuple):
    """What an article can be linked by."""

    path: str
    id: str = ""
    permalink: str = ""


def key_of(name: Name, moves: Mapping[str, str], *, by_permalink: bool = False) -> str:
    """The article's key: what `moves` recorded, else its
    permalink (if the base names articles so), its id, its path.
    """
    permalink = name.permalink.strip("/") if by_permalink else ""
    return (name.id and moves.get(name.id)) or moves.get(name.path) or permalink or name.id or name.path
