"""What we read from an article's bytes once and keep by content: front matter, problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from kcs.kb.settings.config import APART

if TYPE_CHECKING:
    from kcs.article.fingerprint import Skeleton
    from kcs.article.front_matter import Problem


class Record:
    """One version of one article. `oid` is Git's name for the bytes.

    `heading`: the text's first heading if the front matter has no title; else empty.
    `skeleton` (None if unreadable) is made by `make` on first use: a list never needs it.
    """

    __slots__ = ("_skeleton", "heading", "make", "meta", "oid", "problems")

    def __init__(
        self,
        oid: str,
        meta: Mapping[str, Any],
        problems: tuple[Problem, ...] = (),
        heading: str = "",
        skeleton: Skeleton | None = None,
        make: Callable[[], Skeleton | None] | None = None,
    ) -> None:
        self.oid = oid
        self.meta = meta
        self.problems = problems
        self.heading = heading
        self._skeleton = skeleton
        self.make = make

    @property
    def skeleton(self) -> Skeleton | None:
        """The part of the fingerprint that depends on no other file."""
        if self._skeleton is None and self.make is not None:
            self._skeleton, self.make = self.make(), None
        return self._skeleton

    @property
    def unreadable(self) -> Problem | None:
        """The problem that makes it unreadable."""
        return next((problem for problem in self.problems if problem.fatal), None)

    def to_json(self) -> list[Any]:
        """Plain lists for the cache, without the skeleton."""
        problems = [[one.code, one.message, one.line, one.fatal] for one in self.problems]
        return [self.oid, self.meta, problems, *([self.heading] if self.heading else ())]

    @classmethod
    def from_json(cls, value: list[Any]) -> Record:
        """Undo `to_json`. TypeError or ValueError for anything else."""
        from kcs.article.front_matter import Problem

        oid, meta, problems, *heading = value
        return cls(oid, meta, tuple([Problem(*one) for one in problems]) if problems else (), *heading)


# Blobs named by this process; beyond _SOME, another way is faster.
_named = count()
_SOME = 100


def object_id(raw: bytes, algorithm: str = "sha1") -> str:
    """Git's name for a blob with these bytes."""
    from kcs.digest import for_little, for_much

    made = for_much if next(_named) > _SOME else for_little
    digest = made(algorithm)(b"blob %d\0" % len(raw), usedforsecurity=False)
    digest.update(raw)
    return digest.hexdigest()


def make_record(raw: bytes, oid: str, title_key: str) -> Record:
    """Read one article. `title_key` is the front matter key that holds the title."""
    from kcs.article.front_matter import read

    document = read(raw)
    if document.problems and document.fatal:
        return Record(oid, document.meta, document.problems)
    title, body = title_of(document.meta, title_key), document.body
    heading = "" if title.strip() else _heading(body)
    return Record(oid, document.meta, document.problems, heading, make=lambda: _skeleton(title, body))


def _heading(body: str) -> str:
    from kcs.article.first_heading import first_heading

    return first_heading(body)


def _skeleton(title: str, body: str) -> Skeleton:
    from kcs.article.fingerprint import skeleton

    return skeleton(title, body)


def title_of(meta: Mapping[str, Any], title_key: str) -> str:
    """The front matter's title as text, which a fingerprint covers; empty if there is none."""
    apart = title_key.startswith(APART)  # then `title` is something else of the base's own
    value = meta.get(title_key) if apart else meta.get("title", meta.get(title_key))
    return value if isinstance(value, str) else ""
