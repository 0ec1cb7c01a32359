"""What the user asked to audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.audit.finding import ERROR
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Wanted(NamedTuple):
    """`baseline` None: the base's own, if it has one; `ignore_baseline`: none at all; `new_baseline`: it will
    be written, and need not be there. `allow_exclusion`: the change may take out of judgement what fails.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changed_since: str | None = None
    staged: bool = False
    baseline: Path | None = None
    ignore_baseline: bool = False
    new_baseline: bool = False
    fail_on: str = ERROR
    allow_exclusion: bool = False

    @property
    def change_run(self) -> bool:
        """Whether it judges a change, and not the whole base."""
        return self.staged or self.changed_since is not None
