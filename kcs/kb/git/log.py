"""Reading the whole history into a table, with two processes.

One `git log --raw` without rename detection gives each commit's changes against its first parent; `git diff-tree -M`
covers the few that both added and removed files. A single log doing both would look for renames in every merge.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import IO, TYPE_CHECKING, cast

from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.git.change import Change, Former, Place
from kcs.kb.git.diff_tree import MOST_COMPARED, RAW, moved_onto, renames_of, renames_of_many, renames_of_merge
from kcs.kb.git.graph import Log, newest_times
from kcs.kb.git.renames import Beyond, Renames
from kcs.kb.git.repository import Repository, path_text
from kcs.kb.git.run import cut_off

if TYPE_CHECKING:
    from kcs.kb.git.since import Since, Touched

# One line each: no field can hold a line end. What a version says of its commit comes first, as git.graph.SAID.
_FIELDS = ("%H", "%ad", "%ct", "%aE", "%aN", "%s", "%P", "%T")
_CHUNK = 1 << 16
# Among more commits a file was nearly always moved.
_MOST_SINCE = 1000
_NEWLINE, _MODIFIED, _ADDED, _REMOVED = b"\nMAD"


# The last log read: claims, text changes and renames ask for the same one, each from its own History.
_kept: dict[tuple[object, ...], Log] = {}


def read_log(repository: Repository, commit: str) -> Log:
    """The history of `commit` (a full id), people named by that commit's own `.mailmap`."""
    key = (repository.git_dir, commit, frozenset(repository.shallow_commits()))
    if key not in _kept:
        _kept.clear()
        _kept[key] = _read_uncollected(repository, commit)
    return _kept[key]


def _read_uncollected(repository: Repository, commit: str) -> Log:
    # A hundred thousand tuples and no garbage: looking for it costs a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read_log(repository, commit)
    finally:
        if collecting:
            gc.enable()


def read_since(repository: Repository, commit: str, old: str) -> Since | None:
    """The commits of `commit`'s history that are not in that of `old` (full ids); None where these alone do
    not tell what became of the files since: `old` is not among the first parents, people have other names, or
    files were moved.
    """
    table = _read_table(repository, commit, f"--max-count={_MOST_SINCE + 1}", f"^{old}")
    if not 0 < len(table.rows) <= _MOST_SINCE:
        return None
    from kcs.kb.git.since import Since

    count = len(table.rows)
    numbers, parents = _graph_since(table.rows)
    boundary, names = _names(repository, table, numbers, parents)
    beyond, known = range(count, len(table.rows)), numbers.get(old.encode("ascii"), -1)

    def never(commit: bytes, path: bytes) -> bool:
        line = ("rev-list", "--first-parent", "--max-count=1", commit.decode("ascii"))
        return not repository.run(*line, "--", path_text(path))

    def touched_since(commit: bytes, since: int) -> Touched:
        if repository.shallow_commits():
            raise Beyond  # where they end nobody knows what was before
        oid = commit.decode("ascii")
        table = _read_table(repository, oid, f"--max-age={since}")
        rows = _read_table(repository, oid, "--no-patch").rows
        # Git goes no further back than to a commit whose clock was slow, as read from the committer.
        if len(table.rows) < sum(newest >= since for newest in newest_times(rows, _graph(rows)[1])):
            raise Beyond
        merges = {number for number, row in enumerate(table.rows) if b" " in row.rsplit(b"\n", 2)[1]}
        return cast("Mapping[bytes, list[tuple[int, bytes]]]", table.changes), set(table.removed), merges

    facts = (table.rows, parents, numbers, table.changes, table.others, boundary, names)
    log = Since(*facts, beyond, known, never, touched_since)
    return log if log.goes_on and not names.moved_any() else None


def _read_log(repository: Repository, commit: str) -> Log:
    table = _read_table(repository, commit)
    numbers, parents = _graph(table.rows)
    boundary, names = _names(repository, table, numbers, parents)
    return Log(table.rows, parents, numbers, table.changes, table.others, boundary, names)


def _read_table(repository: Repository, commit: str, *since: str) -> _Table:
    form = f"--format={'%n'.join(_FIELDS)}%x00"
    options = ("--topo-order", "--diff-merges=first-parent", *RAW, "--no-renames", "--encoding=UTF-8")
    arguments = ("log", *options, "--date=raw", form, commit, *since, "--")
    table = _Table(lambda oid: repository.run("rev-parse", "--verify", f"{oid}^{{tree}}").strip())
    with repository.stream_apart("-c", f"mailmap.blob={commit}:.mailmap", *arguments) as stream:
        table.read(stream)
    return table


def _names(
    repository: Repository, table: _Table, numbers: dict[bytes, int], parents: list[list[int]]
) -> tuple[frozenset[int], Renames]:
    """The commits at which a shallow history ends, and how files were called."""
    added, removed = Counter(table.added), Counter(table.removed)
    may_rename = [number for number in added.keys() & removed.keys() if len(parents[number]) == 1]

    def trees(number: int) -> tuple[bytes, bytes]:
        return table.tree(parents[number][0]), table.tree(number)

    def renames(commits: list[int]) -> dict[tuple[int, bytes], Former]:
        found = renames_of(repository, commits, map(trees, commits))
        told = Counter(number for number, _ in found)
        for number in commits:
            # Whoever moves and edits a thousand articles at once would vouch for all of them.
            if (added[number] - told[number]) * (removed[number] - told[number]) > MOST_COMPARED**2:
                found |= renames_of_many(repository, number, trees(number))
        return found

    def onto(commits: list[int]) -> dict[tuple[int, bytes], list[Place]]:
        pairs = [(number, parent) for number in commits for parent in parents[number]]
        asked = [(table.tree(parent), table.tree(number)) for number, parent in pairs]
        found: defaultdict[tuple[int, bytes], list[Place]] = defaultdict(list)
        for (nth, path), former in moved_onto(repository, range(len(pairs)), asked).items():
            found[pairs[nth][0], path].append((pairs[nth][1], *former))
        return found

    @cache
    def of_merge(merge: int, parent: int) -> dict[bytes, bytes]:
        ids = (table.rows[one].partition(b"\n")[0].decode("ascii") for one in (merge, parent))
        return renames_of_merge(repository, *ids)

    def may_onto() -> set[int]:
        # What a merge itself did shows in its changes against the first parent alone only in part.
        return table.may_move_onto() | {number for number, up in enumerate(parents) if len(up) > 1}

    boundary = frozenset(
        numbers[oid] for oid in (c.encode("ascii") for c in repository.shallow_commits()) if oid in numbers
    )
    return boundary, Renames(table.others, may_rename, renames, may_onto, onto, of_merge)


class _Table:
    """The rows; the changes by path; those that did more than replace a file's bytes; the commits that added and
    removed files, once for each file."""

    def __init__(self, tree_of: Callable[[str], bytes]) -> None:
        """`tree_of` asks Git for the tree of a commit of which `rows` has the id alone."""
        self._tree_of = tree_of
        self.rows: list[bytes] = []
        self.changes: defaultdict[bytes, list[Change]] = defaultdict(list)
        self.others: defaultdict[bytes, list[Change]] = defaultdict(list)
        self.added: list[int] = []
        self.removed: list[int] = []

    def tree(self, commit: int) -> bytes:
        """Git's id for a commit's tree."""
        oid, told, rest = self.rows[commit].partition(b"\n")
        return rest[rest.rindex(b"\n") + 1 :] if told else self._tree_of(oid.decode("ascii"))

    def may_move_onto(self) -> set[int]:
        """The commits in which one Markdown file may have taken another's place: one was written to, and not alone."""
        met, several, written = set[int](), set[int](), set[int]()
        for path, changes in self.changes.items():
            if path.endswith(b".md") or MARKDOWN_ENDING.search(path_text(path)):
                for one in changes:
                    (several if one[0] in met else met).add(one[0])
                    if one[1] and one[2] if len(one) == 4 else one[1][-1] == _MODIFIED:
                        written.add(one[0])
        return several & written

    def read(self, stream: IO[bytes]) -> None:
        """Fill it."""
        rows, changes, others = self.rows, self.changes, self.others
        commit = -1
        # Parse by what comes next, never by a separator alone: a subject or path may hold any byte but NUL.
        tokens = chain.from_iterable(_pieces(stream))
        for told, path in zip(tokens, tokens, strict=True):
            if not path:
                rows.append(told)
                commit += 1
                continue
            # A line end precedes the first change of each commit.
            change = commit, told[1:] if told[0] == _NEWLINE else told
            changes[path].append(change)
            if (kind := told[-1]) != _MODIFIED:
                others[path].append(change)
                if kind == _ADDED:
                    self.added.append(commit)
                elif kind == _REMOVED:
                    self.removed.append(commit)


def _pieces(stream: IO[bytes]) -> Iterator[list[bytes]]:
    """NUL-terminated pieces, in pairs, a few thousand at a time: reused memory costs less than new memory."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        pieces = (rest + chunk).split(b"\0")
        rest = pieces.pop()
        if len(pieces) % 2:
            rest = pieces.pop() + b"\0" + rest
        yield pieces
    if rest:
        raise cut_off("log")


def _graph(rows: list[bytes]) -> tuple[dict[bytes, int], list[list[int]]]:
    """The number of each commit, and the numbers of its parents."""
    if not rows:
        raise cut_off("log")
    width = rows[0].index(b"\n")
    numbers = {row[:width]: number for number, row in enumerate(rows)}
    start, end = -2 * width - 1, -width - 1
    parents = []
    for row in rows:
        # Nearly all have one parent; several are separated by blanks, and no parent gives no name.
        one = numbers.get(row[start:end])
        if one is not None and row[start - 1] == _NEWLINE:
            parents.append([one])
        else:
            parents.append([_number(numbers, oid) for oid in row.rsplit(b"\n", 2)[1].split()])
    return numbers, parents


def _graph_since(rows: list[bytes]) -> tuple[dict[bytes, int], list[list[int]]]:
    """As `_graph`, where rows may have parents that are not among them: these are added, with their ids alone."""
    oids = [row[: row.index(b"\n")] for row in rows]
    numbers = {oid: number for number, oid in enumerate(oids)}
    parents = []
    for row in rows[:]:
        above = row.rsplit(b"\n", 2)[1].split()
        for oid in above:
            if oid not in numbers:
                numbers[oid] = len(rows)
                rows.append(oid)
        parents.append([numbers[oid] for oid in above])
    return numbers, [*parents, *([] for _ in range(len(rows) - len(parents)))]


def _number(numbers: dict[bytes, int], oid: bytes) -> int:
    found = numbers.get(oid)
    if found is None:
        raise cut_off("log")
    return found
