"""Reading the whole history into a table, with two processes.

One `git log --raw` without a look for renames gives what every commit changed against its first parent; `git diff-tree -M`
is asked about the few that both added and removed files. One log of both would look for renames in every merge.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator

from kcs.kb.git import Repository
from kcs.kb.git_graph import Change, Former, Log, blobs_of

FIELDS = ("%H", "%P", "%aN", "%aE", "%ad", "%cd", "%s")
# No option here may depend on anybody's configuration: an answer is a function of the commit.
RAW = (
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
)
RENAMES = ("-M50%", "-l1000")


def read_log(repository: Repository, commit: str) -> Log:
    """The history of `commit` (a full id), people named as that commit's own `.mailmap` has it."""
    # A hundred thousand tuples and nothing to collect: looking for it costs a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read_log(repository, commit)
    finally:
        if collecting:
            gc.enable()


def _read_log(repository: Repository, commit: str) -> Log:
    run = repository.run_apart
    form = "--format=" + "%x00".join(FIELDS)
    options = ("--topo-order", "--diff-merges=first-parent", *RAW, "--no-renames", "--encoding=UTF-8")
    mailmap = f"mailmap.blob={commit}:.mailmap"
    raw = run("-c", mailmap, "log", *options, "--date=raw", form, commit, "--")
    rows, entries, may_rename = _parse_log(raw)
    numbers = {row[0]: number for number, row in enumerate(rows)}
    parents = [[numbers[p] for p in row[1].split()] for row in rows]
    wanted = [rows[number][0] + b"\n" for number in may_rename if len(parents[number]) == 1]
    renames: dict[tuple[int, bytes], Former] = {}
    if wanted:
        switches = ("--stdin", "-r", *RAW, *RENAMES, "--diff-filter=R")
        renames = _parse_renames(run("diff-tree", *switches, data=b"".join(wanted)), numbers)
    boundary = frozenset(
        numbers[oid] for oid in (c.encode("ascii") for c in repository.shallow_commits()) if oid in numbers
    )
    return Log(rows, parents, numbers, entries, renames, boundary, _MergeRenames(repository, rows, parents))


def _parse_log(raw: bytes) -> tuple[list[list[bytes]], dict[bytes, list[Change]], list[int]]:
    """The rows, the changes by path, and the commits that both added and removed something."""
    # By counting the fields, never by a separator: a subject or a path may hold any byte but NUL.
    tokens = raw.split(b"\0")
    rows: list[list[bytes]] = []
    changes: defaultdict[bytes, list[Change]] = defaultdict(list)
    may_rename: list[int] = []
    at, end, width = 0, len(tokens) - 1, len(FIELDS)
    while at < end:
        commit = len(rows)
        rows.append(tokens[at : at + width])
        at = start = at + width
        if tokens[at][:1] != b"\n":  # before the first change of each commit
            continue
        tokens[at] = tokens[at][1:]
        while tokens[at][:1] == b":":
            changes[tokens[at + 1]].append((commit, tokens[at]))
            at += 2
        if at - start > 2:
            kinds = {token[-1:] for token in tokens[start:at:2]}
            if b"A" in kinds and b"D" in kinds:
                may_rename.append(commit)
    return rows, changes, may_rename


def _parse_renames(raw: bytes, numbers: dict[bytes, int]) -> dict[tuple[int, bytes], Former]:
    """(commit, path) to what the file was called before and its blob then."""
    tokens = raw.split(b"\0")
    renames: dict[tuple[int, bytes], Former] = {}
    at, end, commit = 0, len(tokens) - 1, -1
    while at < end:
        if tokens[at][:1] != b":":
            commit = numbers[tokens[at]]
            at += 1
            continue
        renames[commit, tokens[at + 2]] = (tokens[at + 1], blobs_of(tokens[at])[0])
        at += 3
    return renames


class _MergeRenames:
    """What a merge itself renamed, asked of Git for the rare file that no parent has under a known name."""

    def __init__(self, repository: Repository, rows: list[list[bytes]], parents: list[list[int]]) -> None:
        self._repository, self._rows, self._parents = repository, rows, parents
        self._known: dict[int, dict[tuple[int, bytes], bytes]] = {}

    def __call__(self, commit: int) -> dict[tuple[int, bytes], bytes]:
        """(parent, path in the merge) to the path in that parent."""
        if commit not in self._known:
            self._known[commit] = {
                (parent, new): old
                for parent in self._parents[commit]
                for old, new in self._renames(self._rows[parent][0], self._rows[commit][0])
            }
        return self._known[commit]

    def _renames(self, parent: bytes, commit: bytes) -> Iterator[tuple[bytes, bytes]]:
        pair = (parent.decode("ascii"), commit.decode("ascii"))
        tokens = self._repository.run("diff-tree", "-r", *RAW, *RENAMES, "--diff-filter=R", *pair).split(
            b"\0"
        )
        for at in range(0, len(tokens) - 1, 3):
            yield tokens[at + 1], tokens[at + 2]
