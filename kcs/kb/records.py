"""What is read from an article's bytes once and kept by their content: front matter, problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kcs.article.fingerprint import Skeleton
    from kcs.article.front_matter import Problem


class Record:
    """One version of one article. `oid` is Git's name for the bytes.

    `skeleton` (None when unreadable) is made by `make` when it is first asked for: a list never asks.
    """

    __slots__ = ("_skeleton", "make", "meta", "oid", "problems")

    def __init__(
        self,
        oid: str,
        meta: Mapping[str, Any],
        problems: tuple[Problem, ...] = (),
        skeleton: Skeleton | None = None,
        make: Callable[[], Skeleton | None] | None = None,
    ) -> None:
        self.oid = oid
        self.meta = meta
        self.problems = problems
        self._skeleton = skeleton
        self.make = make

    @property
    def skeleton(self) -> Skeleton | None:
        """The part of its fingerprint that no other file has an effect on."""
        if self._skeleton is None and self.make is not None:
            self._skeleton, self.make = self.make(), None
        return self._skeleton

    @property
    def unreadable(self) -> Problem | None:
        """The problem that makes it unreadable."""
        return next((problem for problem in self.problems if problem.fatal), None)

    def to_json(self) -> list[Any]:
        """As plain lists, for the cache; without the skeleton."""
        return [self.oid, self.meta, [[one.code, one.message, one.line, one.fatal] for one in self.problems]]

    @classmethod
    def from_json(cls, value: list[Any]) -> Record:
        """Back from `to_json`. TypeError or ValueError when it is something else."""
        from kcs.article.front_matter import Problem

        oid, meta, problems = value
        return cls(oid, meta, tuple([Problem(*one) for one in problems]) if problems else ())


# How many blobs this process has named; from so many on another way is faster.
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
    if any(problem.fatal for problem in document.problems):
        return Record(oid, document.meta, document.problems)
    title, body = title_of(document.meta, title_key), document.body
    return Record(oid, document.meta, document.problems, make=lambda: _skeleton(title, body))


def _skeleton(title: str, body: str) -> Skeleton:
    from kcs.article.fingerprint import skeleton

    return skeleton(title, body)


def title_of(meta: Mapping[str, Any], title_key: str) -> str:
    """The title as text; empty when there is none."""
    value = meta.get("title", meta.get(title_key))
    return value if isinstance(value, str) else ""
