"""Former names of files, found when needed: we ask Git commit by commit, or once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kcs.kb.git.change import Change, Former, Place
from kcs.kb.git.diff_tree import is_never_article
from kcs.kb.git.repository import path_text

# So many questions about one file's former names cost as much as one about all files'.
_MOST_ASKED = 8


class Unasked(Exception):
    """Git must be asked about this commit before a walk can continue."""

    def __init__(self, commit: int) -> None:
        self.commit = commit


class Beyond(Exception):
    """Only the history before the commits at hand tells (kcs.kb.git.since)."""


class Renames:
    """The renames of one history. `others`: path to the changes that did more than replace bytes.
    `may_rename`: commits that both added and removed files. `find` gives the renames of some of them: for one
    file that costs next to nothing. `find_onto` gives, in each parent, those of files whose new name another
    file had, or whose old one another has since; `may_onto` the commits that may hold such. `of_merge` gives
    a merge's own renames, seen from a parent: the path in the merge to the path there.
    """

    def __init__(
        self,
        others: Mapping[bytes, list[Change]],
        may_rename: Iterable[int],
        find: Callable[[list[int]], dict[tuple[int, bytes], Former]],
        may_onto: Callable[[], set[int]],
        find_onto: Callable[[list[int]], Mapping[tuple[int, bytes], list[Place]]],
        of_merge: Callable[[int, int], Mapping[bytes, bytes]],
    ) -> None:
        self.of_merge = of_merge
        self._others = others
        self._find = find
        self._find_may_onto, self._find_onto = may_onto, find_onto
        self._may_onto: set[int] | None = None
        self._onto: dict[tuple[int, bytes], list[Place]] = {}
        self._asked_onto: set[int] = set()
        self._asked = 0
        self._unasked = set(may_rename)
        self._known: dict[tuple[int, bytes], Former] = {}
        self._related: dict[bytes, set[bytes]] = {}

    def moved_any(self) -> bool:
        """Whether any file was moved that may be an article. Asks about all commits."""
        self.learn()
        return any(
            not (is_never_article(path_text(path)) and is_never_article(path_text(former)))
            for (_, path), (former, _) in self._known.items()
        )

    def former(self, commit: int, path: bytes) -> Former | None:
        """The former path and blob of the file that `commit` added as `path`; None if it is new."""
        if commit in self._unasked:
            self._need(path)
        return self._known.get((commit, path))

    def onto(self, commit: int, path: bytes) -> list[Place]:
        """As `former`, where one file took another's place: the file in each parent.
        Raises Unasked if `learn_onto` must be called first.
        """
        if self._may_onto is None:
            self._may_onto = self._find_may_onto()
        if commit in self._may_onto and commit not in self._asked_onto:
            raise Unasked(commit)
        return self._onto.get((commit, path), [])

    def learn_onto(self, commits: Iterable[int]) -> None:
        """Ask Git about these commits at once."""
        asked = sorted(set(commits) - self._asked_onto)
        if asked:
            self._onto |= self._find_onto(asked)
            self._asked_onto |= set(asked)

    def _need(self, path: bytes) -> None:
        self._asked += 1
        self.learn([path] if self._asked < _MOST_ASKED else None)

    def learn(self, paths: Iterable[bytes] | None = None) -> None:
        """Find the renames of commits that added or removed one of `paths`; without `paths`, of all commits."""
        asked = set(self._unasked)
        if paths is not None:
            asked &= {change[0] for path in paths for change in self._others.get(path, ())}
        if not asked:
            return
        found = self._find(sorted(asked))
        self._unasked -= asked
        self._known |= found
        for (_, path), (former, _) in found.items():
            self._related.setdefault(path, set()).add(former)
            self._related.setdefault(former, set()).add(path)

    def one_name(self, path: bytes) -> bool:
        """Whether we know that the file never had another name."""
        return not self._unasked and path not in self._related

    def other_names(self, path: bytes) -> list[bytes]:
        """All names connected with `path` by renames, nearest first."""
        if self.one_name(path):
            return []
        names = [path]
        for name in names:
            if self._unasked and any(change[0] in self._unasked for change in self._others.get(name, ())):
                self._need(name)
            names.extend(sorted(self._related.get(name, set()) - set(names)))
        return names[1:]
