"""The committed file that an article was before an uncommitted move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from kcs.errors import FileProblem
from kcs.kb.articles import Article
from kcs.kb.beside import folded
from kcs.kb.commit_tree import CommitTree
from kcs.kb.destinations import MARKDOWN_ENDING
from kcs.kb.git.repository import Repository

# At least this share of the bytes is the same, as Git takes it.
_ALIKE = 0.5
# A line that more files have says little of which one it was.
_RARE = 20


class Moved:
    """Maps an article to its path in the commit; to its own path if it was not moved, or the commit lacks it.

    A rename as Git sees it: the old file is gone or has another text, and at least half of
    the bytes are the same. `exists` tells whether a file that is no article is still there.
    """

    def __init__(
        self,
        repo: Repository,
        commit: str,
        prefix: str,
        articles: Sequence[Article],
        raw: Callable[[Article], bytes],
        exists: Callable[[str], bool],
    ) -> None:
        self._repo = repo
        self._where = (commit, prefix)
        self._articles = articles
        self._raw = raw
        self._exists = exists

    @cached_property
    def _oids(self) -> dict[str, str]:
        return CommitTree(self._repo, *self._where).oids

    def lacks(self, path: str) -> bool:
        """Whether the commit holds no file at that path."""
        return path not in self._oids

    def is_same(self, article: Article) -> bool:
        """Whether the commit holds no file at its path, or this one."""
        return self._oids.get(article.path, article.oid) == article.oid

    @cached_property
    def _gone_oids(self) -> dict[str, str]:
        """Files in the commit that are no articles of the working tree, or others by now: path -> oid."""
        here = {article.path for article in self._articles} - self._replaced
        return {
            path: oid for path, oid in self._oids.items() if path not in here and MARKDOWN_ENDING.search(path)
        }

    @cached_property
    def _replaced(self) -> set[str]:
        """Paths of articles that are another text than the commit's
        by that path: two changed places, or one made room.
        """
        oids = self._oids
        changed = [one for one in self._articles if oids.get(one.path, one.oid) != one.oid]
        before = dict(self._repo.blobs(dict.fromkeys(oids[one.path] for one in changed)))
        # Where both texts are much alike, the same bytes elsewhere tell.
        now = {one.oid for one in self._articles if oids.get(one.path) != one.oid}
        were = set(before) | {oids[path] for path in oids.keys() - {one.path for one in self._articles}}
        return {
            one.path
            for one in changed
            if (one.oid in were or oids[one.path] in now)
            or (
                (raw := self._read(one)) is not None
                and _likeness(*_lines(raw), *_lines(before[oids[one.path]])) < _ALIKE
            )
        }

    def _read(self, article: Article) -> bytes | None:
        """None where it cannot be read: then nobody knows that it is another text."""
        try:
            return self._raw(article)
        except FileProblem:
            return None

    @cached_property
    def _by_oid(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, oid in sorted(self._gone_oids.items(), reverse=True):
            found.setdefault(oid, []).append(path)
        return found

    @cached_property
    def _gone(self) -> dict[str, tuple[bytes, Counter[bytes]]]:
        """Their bytes, and how often each line occurs."""
        found = self._repo.blobs(dict.fromkeys(self._gone_oids.values()))
        read = {oid: _lines(raw) for oid, raw in found}
        return {path: read[oid] for path, oid in self._gone_oids.items()}

    def __call__(self, article: Article) -> str:
        """The article's path in the commit."""
        if (article.path in self._oids and article.path not in self._replaced) or not self._gone_oids:
            return article.path
        own = folded(article.path)
        # Where case does not count, the file by its former name is the article itself.
        gone = (
            path
            for path in self._alike(article)
            if (path != article.path and (path in self._replaced or folded(path) == own))
            or not self._exists(path)
        )
        return next(gone, article.path)

    def _alike(self, article: Article) -> Iterator[str]:
        """The paths in the commit of files that it may have been, the likeliest first."""
        yield from self._by_oid.get(article.oid, ())  # nearly always the case
        if (read := self._read(article)) is None:
            return
        raw, lines = _lines(read)
        alike = sorted(
            ((_likeness(raw, lines, *self._gone[path]), path) for path in self._possible(raw, lines)),
            reverse=True,
        )
        yield from (path for likeness, path in alike if likeness >= _ALIKE)

    @cached_property
    def _having(self) -> dict[bytes, list[str]]:
        """Line -> the paths that have it."""
        found: dict[bytes, list[str]] = {}
        for path, (_, lines) in self._gone.items():
            for line in lines:
                found.setdefault(line, []).append(path)
        return found

    def _possible(self, raw: bytes, lines: Counter[bytes]) -> Collection[str]:
        """The paths with a rare line of its; all, if common lines alone may make them alike.
        To compare each of a thousand rewritten articles with a thousand takes a minute.
        """
        found, common = set[str](), 0
        for line, count in lines.items():
            paths = self._having.get(line, ())
            if len(paths) > _RARE:
                common += len(line) * count
            else:
                found.update(paths)
        return self._gone if common >= len(raw) * _ALIKE else found


def _lines(raw: bytes) -> tuple[bytes, Counter[bytes]]:
    """A text and how often each line occurs. In the folder lines may end otherwise than in Git (`eol=crlf`)."""
    raw = raw.replace(b"\r\n", b"\n")
    return raw, Counter(raw.splitlines(keepends=True))


def _likeness(one: bytes, lines: Counter[bytes], other: bytes, others: Counter[bytes]) -> float:
    """The share of the larger text's bytes that both have, by whole lines."""
    larger, smaller = max(len(one), len(other), 1), min(len(one), len(other))
    if smaller / larger < 0.5:
        return 0.0
    return sum(len(line) * count for line, count in (lines & others).items()) / larger
