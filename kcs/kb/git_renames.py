"""Former names of files, found when needed: Git is asked commit by commit, or once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kcs.kb.git_change import Change, Former

# To ask Git about one file's former names so often costs as much as to ask once about all files'.
_MOST_ASKED = 8


class Renames:
    """The renames of one history. `others`: by path the changes that did more than replace a file's bytes. `may_rename`: the
    commits that both added and removed files. `find` says what some of them renamed: for one file that costs next to
    nothing. `of_merge` says what a merge itself renamed: (parent, path in the merge) to the path in that parent.
    """

    def __init__(
        self,
        others: Mapping[bytes, list[Change]],
        may_rename: Iterable[int],
        find: Callable[[list[int]], dict[tuple[int, bytes], Former]],
        of_merge: Callable[[int], dict[tuple[int, bytes], bytes]],
    ) -> None:
        self.of_merge = of_merge
        self._others = others
        self._find = find
        self._asked = 0
        self._unasked = set(may_rename)
        self._known: dict[tuple[int, bytes], Former] = {}
        self._related: dict[bytes, set[bytes]] = {}

    def former(self, commit: int, path: bytes) -> Former | None:
        """What the file that `commit` brought as `path` was called before, and its blob then; None where it is new."""
        if commit in self._unasked:
            self._need(path)
        return self._known.get((commit, path))

    def _need(self, path: bytes) -> None:
        self._asked += 1
        self.learn([path] if self._asked < _MOST_ASKED else None)

    def learn(self, paths: Iterable[bytes] | None = None) -> None:
        """Ask for the renames of the commits that added or removed one of `paths`; without `paths`, of all commits."""
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
        """Whether it is known that the file never had another name."""
        return not self._unasked and path not in self._related

    def other_names(self, path: bytes) -> list[bytes]:
        """All names that renames connect with `path`, the nearest first."""
        if self.one_name(path):
            return []
        names = [path]
        for name in names:
            if self._unasked and any(change[0] in self._unasked for change in self._others.get(name, ())):
                self._need(name)
            names.extend(sorted(self._related.get(name, set()) - set(names)))
        return names[1:]
