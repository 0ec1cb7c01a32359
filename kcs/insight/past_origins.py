"""Where the date-only claims of past articles came in: many walks at once through one log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kcs.insight.past_articles import Past, Source
from kcs.kb.git.renames import Unasked
from kcs.kb.git.repository import path_text
from kcs.kb.git.walk import Walk
from kcs.kb.past.claims import claims_reader
from kcs.kb.past.introductions import likely
from kcs.kb.past.references import claim_fields
from kcs.kb.past.versions import Unread, Versions, makes
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.insight.past_ground import Ground
    from kcs.kb.git.graph import Log
    from kcs.kb.git.repository import Repository


class _Walking(NamedTuple):
    past: Past
    sources: dict[str, Source | None]
    name: str
    value: str
    walk: Walk
    blob: bytes | int


class Origins:
    """Finds them for articles of one ground. `known`: what versions claim, by blob, filled as they are read."""

    def __init__(self, repo: Repository, log: Log, prefix: bytes, ground: Ground) -> None:
        self._repo, self._log, self._prefix = repo, log, prefix
        self._claims = claims_reader(ground.reader, claim_fields(ground.config))
        self.known: dict[bytes, Mapping[str, str]] = {}

    def find(self, asking: Iterable[tuple[bytes, Past]]) -> None:
        """Fill the `sources` of these articles (each with its path from the repository's root)."""
        waiting: list[_Walking] = []
        versions = Versions(self._repo, self._claims, self.known)
        for path, past in asking:
            sources: dict[str, Source | None] = {}
            past.sources = sources
            for name, value in past.article.claims.items():
                walk = Walk(self._log, path, past.since, likely(value))
                waiting += self._on(versions, _Walking(past, sources, name, value, walk, b""))
        while waiting:
            versions.read((one.walk, one.blob) for one in waiting)
            waiting = [on for one in waiting for on in self._on(versions, one)]

    def _on(self, versions: Versions, one: _Walking) -> Iterable[_Walking]:
        """Go on until a version is needed that was not read yet; nothing if the walk has ended and is noted."""
        says, name, value = versions.says, one.name, one.value
        try:
            place = one.walk.go(lambda blob: makes(says(blob), name, value))
        except Unread as unread:
            return (one._replace(blob=unread.blob),)
        except Unasked as unasked:
            return (one._replace(blob=unasked.commit),)
        below = path_text(place[1]).removeprefix(path_text(self._prefix)) if place else ""
        one.sources[name] = Source(place[0], below, place[2].decode("ascii")) if place else None
        return ()
