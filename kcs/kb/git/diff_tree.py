"""The renames that Git detects, by `git diff-tree -M`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kcs.errors import RepositoryProblem
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.git.change import Former, blobs_of
from kcs.kb.git.repository import Repository, path_text
from kcs.kb.git.run import cut_off

# No option may depend on a user's configuration: the answer is a function of the commit.
RAW = (
    "--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
)  # fmt: skip
# Git compares as many added files with as many removed ones, if that is all that is left of both, and otherwise none.
MOST_COMPARED = 1000
_ALL = 32767
# Files that are never articles, and that partial clones lack first.
_NEVER_ARTICLES = """
    7z aac avi avif bin bmp bz2 css csv db dll dmg doc docx dylib eot exe flac flv gif gz heic heif ico iso
    jar jpeg jpg js json key lock m4a m4v map mkv mov mp3 mp4 mpeg mpg npy odp ods odt ogg otf parquet pdf pkl
    png ppt pptx psd rar rpm so sqlite svg tar tgz tif tiff tsv ttf wasm wav webm webp whl wmv woff woff2 xls
    xlsx xz zip
    """.split()  # noqa: SIM905
_MAY_BE_ARTICLES = tuple(f":(top,exclude,icase)*.{one}" for one in _NEVER_ARTICLES)
# As kcs.kb.destinations.MARKDOWN_ENDING.
_MARKDOWN = tuple(
    f":(top,icase)*.{one}{more}"
    for one in ("md", "markdown", "mdown", "mdx")
    for more in ("", ".erb", ".liquid", ".j2", ".jinja")
)

# Each pattern costs: this one has all of these, and leaves out nearly all else that lies beside a base.
_PERHAPS = ":(top,icase)*.m*"


def is_never_article(path: str) -> bool:
    """Whether a file's kind rules out an article, such as a picture."""
    return path.rpartition(".")[2].lower() in _NEVER_ARTICLES


def renames_of(
    repository: Repository, commits: list[int], trees: Iterable[tuple[bytes, bytes]]
) -> dict[tuple[int, bytes], Former]:
    """(commit, path) to the file's former path and blob; `trees` are those before and after each commit.

    It compares trees, as Git would have to read the commits again.
    """
    asked = b"".join(b"%s %s\n" % pair for pair in trees)
    return _parsed(_asked(repository, "--stdin", data=asked), commits)


def moved_onto(
    repository: Repository, commits: Sequence[int], trees: Iterable[tuple[bytes, bytes]]
) -> dict[tuple[int, bytes], Former]:
    """As `renames_of`, of Markdown alone, where another file had the new name before, or has the old one
    since: two that changed places, or an article that made room for a new one. Git takes such a file for
    changed, unless asked to break it in two (`-B`); and always where both texts are short or much alike:
    there only the same bytes tell.
    """
    asked = [b"%s %s\n" % pair for pair in trees]
    plain = ("--no-renames", "--stdin")
    raw = repository.run_apart("diff-tree", "-r", *RAW, *plain, data=b"".join(asked), patterns=[_PERHAPS])
    changes = [one for one in _lines(raw, range(len(asked)), 2) if MARKDOWN_ENDING.search(path_text(one[2]))]
    met = Counter(nth for nth, _, _ in changes)
    several = [nth for nth in sorted(met) if met[nth] > 1]
    found = {}
    if several:
        names = {path_text(path).lower() for _, _, path in changes}
        patterns = [one for one in _MARKDOWN if any(name.endswith(one.partition("*")[2]) for name in names)]
        broken = ("-B", "-M50%", f"-l{MOST_COMPARED}", "--diff-filter=RC", "--stdin")
        data = b"".join(asked[nth] for nth in several)
        raw = repository.run_apart("diff-tree", "-r", *RAW, *broken, data=data, patterns=patterns)
        found = _parsed(raw, [commits[nth] for nth in several])
    return found | _same_bytes((commits[nth], told, path) for nth, told, path in changes)


def _same_bytes(changes: Iterable[tuple[int, bytes, bytes]]) -> dict[tuple[int, bytes], Former]:
    """The same for files whose bytes another one had before, that was
    written to or removed; `changes` as Git tells them without renames.
    """
    had: dict[tuple[int, bytes], list[bytes]] = {}
    has: dict[tuple[int, bytes], bytes] = {}
    for number, told, path in changes:
        old, new = blobs_of(told)
        had.setdefault((number, old), []).append(path)
        has[number, path] = new
    return {
        (number, path): (others[0], new)
        for (number, path), new in has.items()
        if new and (others := had.get((number, new)))
    }


def renames_of_many(
    repository: Repository, commit: int, trees: tuple[bytes, bytes]
) -> dict[tuple[int, bytes], Former]:
    """The same of one commit, of Markdown alone, however many files there are.

    Kept by the two trees, which never change: to compare ten
    thousand files takes a minute, and each new commit asks again.
    """
    from kcs.kb.kept.cache import Cache

    asked = b"%s %s\n" % trees
    cache, name, key = Cache(repository.root), f"renames-{trees[1].decode()[:20]}", f"1 {asked.decode()}"
    raw = cache.read_bytes(name, key)
    if raw is None:
        command = ("diff-tree", "-r", *RAW, "-M50%", f"-l{_ALL}", "--diff-filter=R", "--stdin")
        raw = repository.run_apart(*command, data=asked, patterns=_MARKDOWN)
        cache.write_bytes(name, raw, key)
    return _parsed(raw, [commit])


def renames_between(repository: Repository, before: str, after: str) -> Iterator[tuple[bytes, bytes]]:
    """The former and the present path of each Markdown file that is in both commits under different names."""
    command = ("diff-tree", "-r", *RAW, "-M50%", f"-l{MOST_COMPARED}", "--diff-filter=R", before, after)
    return _paths(repository.run_apart(*command, patterns=_MARKDOWN))


def _asked(repository: Repository, *arguments: str, data: bytes = b"") -> bytes:
    """The renames that Git detects. To compare two files it reads both: where a clone lacks pictures and
    the like, only possible articles are compared.

    So an article's history is the same in such a clone. RepositoryProblem if a clone lacks more.
    """
    command = ("diff-tree", "-r", *RAW, "-M50%", f"-l{MOST_COMPARED}", "--diff-filter=R", *arguments)
    try:
        return repository.run_apart(*command, data=data)
    except RepositoryProblem:
        return repository.run_apart(*command, data=data, patterns=_MAY_BE_ARTICLES)


def _paths(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Former and present path of each rename, of one pair of commits."""
    tokens = raw.split(b"\0")
    for at in range(0, len(tokens) - 1, 3):
        yield tokens[at + 1], tokens[at + 2]


def _parsed(raw: bytes, commits: Sequence[int]) -> dict[tuple[int, bytes], Former]:
    """(commit, path) to the file's former path and blob."""
    return {(commit, new): (old, blobs_of(told)[0]) for commit, told, old, new in _lines(raw, commits, 3)}


def _lines(raw: bytes, commits: Sequence[int], width: int) -> Iterator[tuple[Any, ...]]:
    """Commit, Git's line and path, or both paths: `width` tokens each.
    `raw` has a line for each of `commits`, in order.
    """
    tokens = raw.split(b"\0")
    nth = -1
    for at in range(0, len(tokens) - 1, width):
        pairs, _, told = tokens[at].rpartition(b"\n")
        if pairs:
            nth += 1 + pairs.count(b"\n")
        yield commits[nth], told, *tokens[at + 1 : at + width]
    if nth + 1 + tokens[-1].count(b"\n") != len(commits):
        raise cut_off("diff-tree")


def renames_of_merge(repository: Repository, merge: str, parent: str) -> dict[bytes, bytes]:
    """The files that a merge itself renamed, seen from one of its parents: the path in
    the merge to the path there. For the rare file that no parent has under a known name.
    """
    return {new: old for old, new in _paths(_asked(repository, parent, merge))}
