"""Skeletons of versions, present and past, kept by Git's name for their bytes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kcs.article.fingerprint import Skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kcs.kb.kept.cache import Cache

# New ones worth a first write; later, as many as are kept, so that all writes together cost no more than two.
_WORTH_A_WRITE = 100
# Making one takes as long as writing several hundred.
_WRITTEN_MEANWHILE = 500


class Skeletons:
    """None stands for an unreadable version's skeleton. For some versions we know only the destinations."""

    def __init__(self, cache: Cache, title_key: str) -> None:
        self._cache = cache
        self._key = f"3 {title_key}"
        self._fresh = 0

    @cached_property
    def _known(self) -> dict[str, Any]:
        """Digest (None if never needed) and destinations. Read on demand: comparing a few texts needs none."""
        kept = self._cache.read("skeletons", self._key)
        return kept if isinstance(kept, dict) else {}

    def __contains__(self, oid: str) -> bool:
        return oid in self._known and (self._known[oid] is None or self._known[oid][0] is not None)

    def get(self, oid: str) -> Skeleton | None:
        """The skeleton of a known version."""
        found = self._known.get(oid)
        return Skeleton(found[0], tuple([(one[0], one[1]) for one in found[1]])) if found else None

    def destinations(self, oid: str) -> Sequence[tuple[str, bool]] | None:
        """The destinations of a readable version; None if unknown."""
        found = self._known.get(oid)
        return found[1] if found else None

    def put(self, oid: str, skeleton: Skeleton | None) -> None:
        """Note one, and keep all if there are many new ones."""
        self._put(oid, [skeleton.digest, skeleton.destinations] if skeleton else None)

    def put_destinations(self, oid: str, destinations: Sequence[tuple[str, bool]]) -> None:
        """Note a version of which we know only these."""
        self._put(oid, [None, destinations])

    def _put(self, oid: str, value: list[Any] | None) -> None:
        self._known[oid] = value
        self._fresh += 1
        if self._fresh >= max(_WORTH_A_WRITE, len(self._known) - self._fresh):
            self.save()

    def save(self) -> None:
        """Keep them."""
        if self._fresh:
            self._cache.write("skeletons", self._known, self._key)
            self._fresh = 0

    def save_many(self) -> None:
        """Keep them, if making the new ones again would cost more than writing all."""
        if self._fresh * _WRITTEN_MEANWHILE >= len(self._known):
            self.save()
