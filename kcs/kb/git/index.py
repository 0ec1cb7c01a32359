"""What is staged, and how the folder and the index differ from a commit. Paths as those of `Repository`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kcs.kb.git.repository import Repository, path_bytes, path_text
from kcs.kb.git.run import cut_off
from kcs.tuples import NamedTuple

_REGULAR, _LINK, _SUBMODULE = ("100644 ", "100755 "), "120000 ", "160000 "
# What Git calls a file of no bytes.
_EMPTY = {
    "sha1": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "sha256": "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
}


class Brought(NamedTuple):
    """A path after a change, and its mode in Git."""

    path: str
    mode: str

    @property
    def regular(self) -> bool:
        """Whether it is a file, not a link or a submodule."""
        return self.mode.startswith("100")


def index(repo: Repository) -> dict[str, str]:
    """Path to blob id of every regular file as staged; files in conflict are left out."""
    return {path: oid for path, oid, stage in _index(repo) if stage == "0"}


class Staged(NamedTuple):
    """What the next commit will hold: path to blob id of each
    regular file and each symbolic link; the paths in conflict.
    """

    files: dict[str, str]
    links: dict[str, str]
    conflicted: set[str]


def staged_files(repo: Repository) -> Staged:
    """`index` and `conflicted`, and the links, from one process."""
    lines = _all_lines(repo)
    told = [line.partition("\t") for line in lines if line.startswith(_REGULAR)]
    files = {path: facts[7:-2] for facts, _, path in told if facts[-1] == "0"}
    lost = {path for facts, _, path in told if facts[-1] != "0"} if len(files) < len(told) else set()
    if _EMPTY[repo.object_format] in files.values():
        # `git add --intent-to-add` lists a file as if it were empty, and no commit takes that in.
        for path in _names(repo, "diff-files", "--diff-filter=A"):
            files.pop(path, None)
    # Most repositories have no links: then every line but the empty last one is a file's.
    other = lines if len(told) < len(lines) - 1 else []
    links = [line.partition("\t") for line in other if line.startswith(_LINK)]
    return Staged(files, {path: facts[7:-2] for facts, _, path in links if facts[-1] == "0"}, lost)


def conflicted(repo: Repository) -> set[str]:
    """The paths an unfinished merge has left in conflict."""
    return {path for path, _, stage in _index(repo, "--unmerged") if stage != "0"}


def listed(repo: Repository) -> set[str]:
    """Every path in it: files, links and submodules, also those in conflict."""
    return _paths(repo.run("ls-files", "-z"))


def submodules(repo: Repository) -> set[str]:
    """The paths of the repositories of their own that it names."""
    lines = (line.partition("\t") for line in _all_lines(repo))
    return {path for facts, _, path in lines if facts.startswith(_SUBMODULE)}


def staged(repo: Repository) -> set[str]:
    """The paths whose staged content differs from HEAD's, removed ones included."""
    if repo.head() is None:
        return set(index(repo))
    return _names(repo, "diff-index", "--cached", "--ita-invisible-in-index", "HEAD")


def absent(repo: Repository) -> set[str]:
    """The paths that a sparse checkout leaves out of the folder."""
    told = repo.run("ls-files", "-t", "-z").split(b"\0")
    return {path_text(one[2:]) for one in told if one.startswith(b"S ")}


def changed(repo: Repository, since: str | None = None, below: str = "") -> set[str]:
    """The paths, all or those `below` a folder, whose file differs from HEAD's (or
    from that of `since`), removed and untracked ones included, ignored ones not.
    """
    here = (below,) if below else ()
    untracked = _paths(repo.run("ls-files", "--others", "--exclude-standard", "-z", "--", *here))
    if since is None and repo.head() is None:
        return untracked | set(index(repo))
    return untracked | _names(repo, "diff", repo.resolve(since or "HEAD"), paths=here)


def differing(repo: Repository) -> set[str]:
    """As `changed`, without untracked ones: nothing before the first commit."""
    return set() if repo.head() is None else _names(repo, "diff", repo.resolve("HEAD"))


def filtered(repo: Repository, paths: Iterable[str]) -> set[str]:
    """Those of these paths of which a filter of .gitattributes may give Git other bytes than the file's."""
    asked = b"".join(path_bytes(path) + b"\0" for path in paths)
    told = repo.run("check-attr", "-z", "--stdin", "filter", data=asked).split(b"\0")
    plain = (b"unspecified", b"unset")
    return {path_text(path) for path, way in zip(told[:-1:3], told[2::3], strict=True) if way not in plain}


def brought(repo: Repository, commit: str, *, staged: bool) -> list[Brought]:
    """The paths in the folder, or `staged`, that differ from `commit`. Files unknown to Git are left out."""
    switches = ("--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=dirty", "--no-ext-diff", "--no-textconv")  # fmt: skip
    command = ("diff-index", "--cached") if staged else ("diff",)
    words = iter(path_text(repo.run(*command, *switches, commit, "--")).split("\0")[:-1])
    told = ((facts.split(" ")[1], next(words)) for facts in words)
    return [Brought(path, mode) for mode, path in told if mode != "000000"]


def _index(repo: Repository, *options: str) -> Iterator[tuple[str, str, str]]:
    for line in _lines(repo, *options):
        facts, _, path = line.partition("\t")
        yield path, facts[7:-2], facts[-1]


def _lines(repo: Repository, *options: str) -> list[str]:
    """Of the regular files, each: mode, id and stage, separated by blanks; a tab; the path."""
    return [line for line in _all_lines(repo, *options) if line.startswith(_REGULAR)]


def _all_lines(repo: Repository, *options: str) -> list[str]:
    lines = path_text(repo.run("ls-files", "--stage", "-z", *options)).split("\0")
    if lines[-1]:
        raise cut_off("ls-files")
    return lines


def _names(repo: Repository, *command: str, paths: Iterable[str] = ()) -> set[str]:
    switches = (
        "--name-only",
        "-z",
        "--no-renames",
        "--ignore-submodules",
        "--no-ext-diff",
        "--no-textconv",
    )
    return _paths(repo.run(command[0], *switches, *command[1:], "--", *paths))


def _paths(out: bytes) -> set[str]:
    *paths, rest = out.split(b"\0")
    if rest:
        raise cut_off("the names of files")
    return {path_text(path) for path in paths}
