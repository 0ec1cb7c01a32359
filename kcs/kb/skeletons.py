"""Skeletons of versions, present and past, kept by Git's name for their bytes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kcs.article.fingerprint import Skeleton

if TYPE_CHECKING:
    from kcs.kb.cache import Cache

# So many new ones are worth a write; then as many as are kept, so that all writes together cost no more than two.
_WORTH_A_WRITE = 100
# Making one takes as long as writing some hundreds.
_WRITTEN_MEANWHILE = 500


class Skeletons:
    """None stands for the skeleton of what is unreadable."""

    def __init__(self, cache: Cache, title_key: str) -> None:
        self._cache = cache
        self._title_key = title_key
        self._saved = 0

    @cached_property
    def _known(self) -> dict[str, Any]:
        """Read when one is asked for: to compare a few texts none is."""
        kept = self._cache.read("skeletons", self._title_key)
        known: dict[str, Any] = kept if isinstance(kept, dict) else {}
        self._saved = len(known)
        return known

    def __contains__(self, oid: str) -> bool:
        return oid in self._known

    def get(self, oid: str) -> Skeleton | None:
        """That of a version that is known."""
        found = self._known.get(oid)
        return Skeleton(found[0], tuple([(one[0], one[1]) for one in found[1]])) if found else None

    def put(self, oid: str, skeleton: Skeleton | None) -> None:
        """Note one, and keep all if there are many new ones."""
        self._known[oid] = [skeleton.digest, skeleton.destinations] if skeleton else None
        if len(self._known) - self._saved >= max(_WORTH_A_WRITE, self._saved):
            self.save()

    def save(self) -> None:
        """Keep them."""
        if "_known" in self.__dict__ and len(self._known) > self._saved:
            self._cache.write("skeletons", self._known, self._title_key)
            self._saved = len(self._known)

    def save_many(self) -> None:
        """Keep them, if making the new ones again would cost more than writing all."""
        if (len(self._known) - self._saved) * _WRITTEN_MEANWHILE >= len(self._known):
            self.save()
