"""Reading the whole history into a table, with two processes.

`git log --raw -M` gives what commits of one parent changed, `git diff-tree` every merge against its first parent:
cheaper than one log of both, which would look for renames in every merge.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator

from kcs.kb.git import Repository
from kcs.kb.git_graph import NOTHING, Entry, Log

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
    options = ("--topo-order", *RAW, *RENAMES, "--encoding=UTF-8", "--date=raw", form)
    raw = run("-c", f"mailmap.blob={commit}:.mailmap", "log", *options, commit, "--")
    rows, entries, related = _parse_log(raw)
    numbers = {row[0]: number for number, row in enumerate(rows)}
    parents = [[numbers[p] for p in row[1].split()] for row in rows]
    merges = [
        row[0] + b" " + row[1].split()[0] + b"\n"
        for row, up in zip(rows, parents, strict=True)
        if len(up) > 1
    ]
    if merges:
        raw = run("diff-tree", "--stdin", "-r", "--no-renames", *RAW, data=b"".join(merges))
        _add_merges(raw, numbers, entries)
    boundary = frozenset(
        numbers[oid] for oid in (c.encode("ascii") for c in repository.shallow_commits()) if oid in numbers
    )
    return Log(rows, parents, numbers, entries, related, boundary, _MergeRenames(repository, rows, parents))


def _parse_log(raw: bytes) -> tuple[list[list[bytes]], dict[bytes, list[Entry]], dict[bytes, set[bytes]]]:
    # By counting the fields, never by a separator: a subject or a path may hold any byte but NUL.
    tokens = raw.split(b"\0")
    rows: list[list[bytes]] = []
    entries: defaultdict[bytes, list[Entry]] = defaultdict(list)
    related: defaultdict[bytes, set[bytes]] = defaultdict(set)
    at, end, width, commit = 0, len(tokens) - 1, len(FIELDS), -1
    blobs = _blob_reader(len(tokens[0]))
    while at < end:
        token = tokens[at]
        if token[:1] == b"\n":  # before the first change of each commit
            token = token[1:]
        elif token[:1] != b":":
            rows.append(tokens[at : at + width])
            at, commit = at + width, commit + 1
            continue
        old, new = blobs(token)
        path = former = tokens[at + 1]
        at += 2
        if b" R" in token:
            path = tokens[at]
            at += 1
            related[path].add(former)
            related[former].add(path)
            entries[former].append((commit, old, NOTHING, former))
        elif old == new:
            continue
        entries[path].append((commit, old, new, former))
    return rows, entries, related


def _add_merges(raw: bytes, numbers: dict[bytes, int], entries: dict[bytes, list[Entry]]) -> None:
    """Put the changes of merges in with the others."""
    tokens = raw.split(b"\0")
    touched: defaultdict[bytes, list[Entry]] = defaultdict(list)
    at, end, commit = 0, len(tokens) - 1, -1
    blobs = _blob_reader(len(tokens[0]))
    while at < end:
        token = tokens[at]
        if token[:1] != b":":
            commit = numbers[token]
            at += 1
            continue
        old, new = blobs(token)
        path = tokens[at + 1]
        at += 2
        if old != new:
            touched[path].append((commit, old, new, path))
    for path, added in touched.items():
        # Both lists are in order, which makes this a merge of two runs.
        entries[path] = sorted(entries.get(path, []) + added)


def _blob_reader(width: int) -> Callable[[bytes], tuple[bytes, bytes]]:
    """Reads the blobs out of `:100644 100644 <before> <after> M`, ids being `width` long."""
    before, after = slice(15, 15 + width), slice(16 + width, 16 + 2 * width)

    def blobs(token: bytes) -> tuple[bytes, bytes]:
        # The modes of a link, a submodule and an absent file begin 12, 16 and 00.
        old = token[before] if token[1:3] == b"10" else NOTHING
        return old, token[after] if token[8:10] == b"10" else NOTHING

    return blobs


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
