"""What is read from an article's bytes once and kept by their content: front matter, problems, skeleton."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import new as new_hash
from typing import Any

from kcs.article.fingerprint import Skeleton
from kcs.article.front_matter import Problem


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one article. `oid` is Git's name for the bytes; `skeleton` is None when unreadable."""

    oid: str
    meta: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    skeleton: Skeleton | None = None

    @property
    def unreadable(self) -> Problem | None:
        """The problem that makes it unreadable."""
        return next((problem for problem in self.problems if problem.fatal), None)

    def to_json(self) -> list[Any]:
        """As plain lists, for the cache."""
        problems = [[one.code, one.message, one.line, one.fatal] for one in self.problems]
        parts = (
            [self.skeleton.digest, [list(one) for one in self.skeleton.destinations]]
            if self.skeleton
            else None
        )
        return [self.oid, self.meta, problems, parts]

    @classmethod
    def from_json(cls, value: list[Any]) -> Record:
        """Back from `to_json`. TypeError or ValueError when it is something else."""
        oid, meta, problems, parts = value
        return cls(
            oid,
            meta,
            tuple([Problem(*one) for one in problems]) if problems else (),
            Skeleton(parts[0], tuple([(one[0], one[1]) for one in parts[1]])) if parts else None,
        )


def object_id(raw: bytes, algorithm: str = "sha1") -> str:
    """Git's name for a blob with these bytes."""
    digest = new_hash(algorithm, b"blob %d\0" % len(raw), usedforsecurity=False)
    digest.update(raw)
    return digest.hexdigest()


def make_record(raw: bytes, oid: str, title_key: str) -> Record:
    """Read one article. `title_key` is the front matter key that holds the title."""
    from kcs.article.fingerprint import skeleton
    from kcs.article.front_matter import read

    document = read(raw)
    if any(problem.fatal for problem in document.problems):
        return Record(oid, document.meta, document.problems)
    title = title_of(document.meta, title_key)
    return Record(oid, document.meta, document.problems, skeleton(title, document.body))


def title_of(meta: Mapping[str, Any], title_key: str) -> str:
    """The title as text; empty when there is none."""
    value = meta.get("title", meta.get(title_key))
    return value if isinstance(value, str) else ""
