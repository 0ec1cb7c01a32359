"""Reading the whole history into a table, with two processes.

One `git log --raw` without rename detection gives what every commit changed against its first parent; `git diff-tree -M` is
asked about the few that both added and removed files. A single log doing both would look for renames in every merge.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import IO

from kcs.errors import RepositoryProblem
from kcs.kb.git import Repository
from kcs.kb.git_change import Change, Former, blobs_of
from kcs.kb.git_graph import Log
from kcs.kb.git_renames import Renames
from kcs.kb.git_run import cut_off

# One line each: none of them can hold the end of a line. What a version says of its commit comes first, as git_graph.SAID.
_FIELDS = ("%H", "%ad", "%ct", "%aE", "%aN", "%s", "%P", "%T")
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
# What no article was ever made of, and what partial clones lack first.
_PICTURES = """
    7z aac avi avif bin bmp bz2 css csv db dll dmg doc docx dylib eot exe flac flv gif gz heic heif ico iso
    jar jpeg jpg js json key lock m4a m4v map mkv mov mp3 mp4 mpeg mpg npy odp ods odt ogg otf parquet pdf pkl
    png ppt pptx psd rar rpm so sqlite svg tar tgz tif tiff tsv ttf wasm wav webm webp whl wmv woff woff2 xls
    xlsx xz zip
    """.split()  # noqa: SIM905
_NO_PICTURES = tuple(f":(top,exclude,icase)*.{one}" for one in _PICTURES)
_CHUNK = 1 << 16
_NEWLINE, _MODIFIED, _ADDED, _REMOVED = b"\nMAD"


# The last one: claims, changes of text and renames ask for the same, each from a History of its own.
_kept: dict[tuple[object, ...], Log] = {}


def read_log(repository: Repository, commit: str) -> Log:
    """The history of `commit` (a full id), people named as that commit's own `.mailmap` has it."""
    key = (repository.git_dir, commit, frozenset(repository.shallow_commits()))
    if key not in _kept:
        _kept.clear()
        _kept[key] = _read_uncollected(repository, commit)
    return _kept[key]


def _read_uncollected(repository: Repository, commit: str) -> Log:
    # A hundred thousand tuples and nothing to collect: looking for it costs a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read_log(repository, commit)
    finally:
        if collecting:
            gc.enable()


def _read_log(repository: Repository, commit: str) -> Log:
    form = f"--format={'%n'.join(_FIELDS)}%x00"
    options = ("--topo-order", "--diff-merges=first-parent", *RAW, "--no-renames", "--encoding=UTF-8")
    mailmap = f"mailmap.blob={commit}:.mailmap"
    table = _Table()
    with repository.stream_apart("-c", mailmap, "log", *options, "--date=raw", form, commit, "--") as stream:
        table.read(stream)
    numbers, parents = _graph(table.rows)
    may_rename = [number for number in table.added & table.removed if len(parents[number]) == 1]

    def renames(commits: list[int]) -> dict[tuple[int, bytes], Former]:
        # Of trees and not of commits, which Git would have to read once more.
        trees = [(table.tree(parents[number][0]), table.tree(number)) for number in commits]
        asked = b"".join(b"%s %s\n" % pair for pair in trees)
        return _parse_renames(_ask_renames(repository, "--stdin", data=asked), commits)

    boundary = frozenset(
        numbers[oid] for oid in (c.encode("ascii") for c in repository.shallow_commits()) if oid in numbers
    )
    of_merges = _MergeRenames(repository, table.rows, parents)
    names = Renames(table.others, may_rename, renames, of_merges)
    return Log(table.rows, parents, numbers, table.changes, table.others, boundary, names)


def _ask_renames(repository: Repository, *arguments: str, data: bytes = b"") -> bytes:
    """What Git takes for renames. To compare two files it reads both: where a clone lacks pictures, all but these are compared.

    So an article's history is the same in such a clone. RepositoryProblem where one lacks more.
    """
    command = ("diff-tree", "-r", *RAW, *RENAMES, "--diff-filter=R", *arguments)
    try:
        return repository.run_apart(*command, data=data)
    except RepositoryProblem:
        return repository.run_apart(*command, data=data, patterns=_NO_PICTURES)


def is_picture(path: str) -> bool:
    """Whether a file is of a kind that holds no text."""
    return path.rpartition(".")[2].lower() in _PICTURES


class _Table:
    """The rows; the changes by path; those that did more than replace a file's bytes; which commits added and removed files."""

    def __init__(self) -> None:
        self.rows: list[bytes] = []
        self.changes: defaultdict[bytes, list[Change]] = defaultdict(list)
        self.others: defaultdict[bytes, list[Change]] = defaultdict(list)
        self.added: set[int] = set()
        self.removed: set[int] = set()

    def tree(self, commit: int) -> bytes:
        """Git's name of all that a commit holds."""
        row = self.rows[commit]
        return row[row.rindex(b"\n") + 1 :]

    def read(self, stream: IO[bytes]) -> None:
        """Fill it."""
        rows, changes, others = self.rows, self.changes, self.others
        commit = -1
        # By what comes next, never by a separator alone: a subject or a path may hold any byte but NUL.
        tokens = chain.from_iterable(_pieces(stream))
        for told, path in zip(tokens, tokens, strict=True):
            if not path:
                rows.append(told)
                commit += 1
                continue
            # Before the first change of each commit there is the end of a line.
            change = commit, told[1:] if told[0] == _NEWLINE else told
            changes[path].append(change)
            if (kind := told[-1]) != _MODIFIED:
                others[path].append(change)
                if kind == _ADDED:
                    self.added.add(commit)
                elif kind == _REMOVED:
                    self.removed.add(commit)


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
    width = rows[0].index(b"\n")
    numbers = {row[:width]: number for number, row in enumerate(rows)}
    start, end = -2 * width - 1, -width - 1
    parents = []
    for row in rows:
        # Nearly all have one parent; before the last of several there is a blank, and where there is none, no name.
        one = numbers.get(row[start:end])
        if one is not None and row[start - 1] == _NEWLINE:
            parents.append([one])
        else:
            parents.append([_number(numbers, oid) for oid in row.rsplit(b"\n", 2)[1].split()])
    return numbers, parents


def _number(numbers: dict[bytes, int], oid: bytes) -> int:
    found = numbers.get(oid)
    if found is None:
        raise cut_off("log")
    return found


def _parse_renames(raw: bytes, commits: list[int]) -> dict[tuple[int, bytes], Former]:
    """(commit, path) to what the file was called before and its blob then; `raw` has a line for each of `commits`, in order."""
    tokens = raw.split(b"\0")
    renames: dict[tuple[int, bytes], Former] = {}
    nth = -1
    for at in range(0, len(tokens) - 1, 3):
        pairs, _, told = tokens[at].rpartition(b"\n")
        if pairs:
            nth += 1 + pairs.count(b"\n")
        renames[commits[nth], tokens[at + 2]] = (tokens[at + 1], blobs_of(told)[0])
    if nth + 1 + tokens[-1].count(b"\n") != len(commits):
        raise cut_off("diff-tree")
    return renames


class _MergeRenames:
    """What a merge itself renamed: Git is asked for the rare file that no parent has under a known name."""

    def __init__(self, repository: Repository, rows: list[bytes], parents: list[list[int]]) -> None:
        self._repository, self._rows, self._parents = repository, rows, parents
        self._known: dict[int, dict[tuple[int, bytes], bytes]] = {}

    def __call__(self, commit: int) -> dict[tuple[int, bytes], bytes]:
        """(parent, path in the merge) to the path in that parent."""
        if commit not in self._known:
            self._known[commit] = {
                (parent, new): old
                for parent in self._parents[commit]
                for old, new in self._renames(self._oid(parent), self._oid(commit))
            }
        return self._known[commit]

    def _oid(self, number: int) -> str:
        return self._rows[number].partition(b"\n")[0].decode("ascii")

    def _renames(self, parent: str, commit: str) -> Iterator[tuple[bytes, bytes]]:
        tokens = _ask_renames(self._repository, parent, commit).split(b"\0")
        for at in range(0, len(tokens) - 1, 3):
            yield tokens[at + 1], tokens[at + 2]
