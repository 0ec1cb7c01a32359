"""What Git knows of every file: when it came, when it last changed, and where a value in it came in.

All of it is a function of one commit (and of nothing that lies on one machine), so it can be kept by that
commit's id: `to_json` and `from_json`. The log is read when something is asked that was not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from kcs.errors import RepositoryProblem
from kcs.kb.git import Repository, path_bytes, path_text
from kcs.kb.git_folder import is_oid
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.git_graph import Entry, Log, Place
    from kcs.kb.git_walk import Walk

FORMAT = 3
Status = Literal["known", "uncommitted", "unknown"]
# What a commit alone decides of a version, in its order.
Commit = tuple[str, str, str, int, int, int, str]
# A version as it is kept: its commit's place in the list of commits, blob, path (empty: the one that was asked about).
Kept = tuple[int, str, str]
# Path, name and value of a claim.
Asked = tuple[str, str, str]
# Walks for which not all renames are asked for; those whose versions are in memory together; bytes that are handed on.
_FEW, _AT_ONCE, _MOST_TEXT = 10, 2000, 1 << 26
_NOWHERE: Kept = (0, "", "")
# Of the year 9999; digits of a moment that are read.
_LAST_SECOND, _MOST_DIGITS = 253402300799, 99


class Version(NamedTuple):
    """A file as one commit left it. People after that history's mailmap.

    Times are seconds since 1970 (UTC; 0 where the commit holds nonsense), `author_offset` minutes east of UTC.
    `path` is what the file was called then, `blob` the id of its content.
    """

    commit: str
    author_name: str
    author_email: str
    author_time: int
    author_offset: int
    committer_time: int
    subject: str
    blob: str
    path: str


class Reference(NamedTuple):
    """Where the present value of a claim came in.

    known: by `version`; uncommitted: HEAD's file does not hold it; unknown: beyond where a shallow clone ends.
    """

    status: Status
    version: Version | None = None


class Step(NamedTuple):
    """A version with what the file was in each parent of its commit that has it: (blob, path)."""

    version: Version
    before: tuple[tuple[str, str], ...]
    merge: bool


class History:
    """The facts of all files as of one commit. `head` is None where nothing was ever committed."""

    def __init__(self, repository: Repository, head: str | None) -> None:
        self.head = head
        self.shallow = repository.shallow()
        self._repository = repository
        self._log: Log | None = None
        self._start = 0
        self._commits: list[str] = []
        self._read_commits: dict[int, Commit] = {}
        self._numbers: dict[str, int] = {}
        self._places: dict[int, int] = {}
        self._facts: dict[str, tuple[Kept | None, Kept | None]] = {}
        self._whole = head is None
        self._claims: dict[Asked, tuple[Status, Kept | None]] = {}
        self._values: dict[bytes, Mapping[str, str]] = {}
        self.texts: dict[str, bytes] = {}
        """What `references` read on its way: the bytes of versions that it found, by blob; not always all."""

    @classmethod
    def read(cls, repository: Repository, commit: str | None = None) -> History:
        """The history of `commit`, else of HEAD. Git is asked when the first fact is."""
        return cls(repository, repository.resolve(commit) if commit else repository.head())

    def at(self, commit: str) -> History:
        """The same history as of an earlier commit, without asking Git again (people as `head`'s mailmap has them)."""
        log = self._read()
        number = log.numbers.get(commit.encode("ascii", "replace"))
        if number is None:
            raise RepositoryProblem(
                f"commit {commit} is no part of the history of {self.head}",
                hint="`git log --oneline` lists what there is",
            )
        earlier = History(self._repository, commit)
        earlier._log, earlier._start, earlier._values = log, number, self._values
        return earlier

    def files(self) -> dict[str, str]:
        """Path to blob id of every regular file at `head`."""
        if self.head is None:
            return {}
        return {path_text(path): blob.decode("ascii") for path, blob in self._read().files(self._start)}

    def created(self, path: str) -> Version | None:
        """Where the file came in, renames followed; None where it is not at `head`, or history is cut off before."""
        return self._version(self._fact(path)[0], path)

    def last(self, path: str) -> Version | None:
        """Where its present content came in: a pure rename is no change. None as for `created`."""
        return self._version(self._fact(path)[1], path)

    def versions(self, path: str) -> list[Version]:
        """Every commit that changed or renamed it, newest first, merges by `git log`'s rule."""
        if self.head is None:
            return []
        places = list(self._read().versions(path_bytes(path), self._start))
        return [version for place in places if (version := self._version(self._keep(place)))]

    def steps(self, path: str) -> list[Step]:
        """The versions of `versions`, each with what it replaced; no `before` where the file came in."""
        if self.head is None:
            return []
        log, found = self._read(), []
        for place in log.versions(path_bytes(path), self._start):
            version = self._version(self._keep(place))
            entry = log.entry(place[1], place[0])
            assert version is not None and entry is not None, "a version is a change of its commit"
            before = tuple((one[2].decode("ascii"), path_text(one[1])) for one in log.before(place[1], entry))
            found.append(Step(version, before, len(log.parents[place[0]]) > 1))
        return found

    def touched(self, since: int) -> set[str]:
        """The paths that commits changed whose author's moment is not before `since` (seconds since 1970)."""
        if self.head is None:
            return set()
        log = self._read()
        recent = {number for number in range(len(log.rows)) if _commit(log.said(number))[3] >= since}
        return {
            path_text(path)
            for path in (log.paths() if recent else ())
            if any(entry[0] in recent for entry in log.entries(path))
        }

    def behind(self, commits: Iterable[str]) -> frozenset[str]:
        """These commits and all that led to them, as far as this history goes."""
        if self.head is None:
            return frozenset()
        log = self._read()
        waiting = [log.numbers[oid] for oid in (one.encode("ascii") for one in commits) if oid in log.numbers]
        seen = set(waiting)
        while waiting:
            for parent in log.parents[waiting.pop()]:
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return frozenset(log.said(number).partition("\n")[0] for number in seen)

    def references(
        self,
        claims: Mapping[str, Mapping[str, str]],
        values: Callable[[bytes], Mapping[str, str]],
        known: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[tuple[str, str], Reference]:
        """(path, claim's name) to where its value came in: the first parent that already has it is followed.

        `claims`: path to name to value, as `values` gives them for a file's bytes. `values` is called once for each blob,
        and not for those whose values are `known`, by blob.
        """
        self._values |= {blob.encode("ascii"): found for blob, found in (known or {}).items()}
        asked = {(path, name, value) for path, found in claims.items() for name, value in found.items()}
        missing = sorted(asked - self._claims.keys())
        if missing and self.head is None:
            self._claims |= dict.fromkeys(missing, ("uncommitted", None))
        elif missing:
            _Search(self, self._read(), values).run(missing)
        return {
            (path, name): Reference(
                self._claims[path, name, value][0], self._version(self._claims[path, name, value][1])
            )
            for path, name, value in sorted(asked)
        }

    def to_json(self) -> dict[str, Any]:
        """All facts of all files and the references asked for so far, as plain lists."""
        self._complete()
        facts = self._facts.values()
        return {
            "format": FORMAT,
            "head": self.head,
            "shallow": self.shallow,
            "commits": self._commits,
            "files": list(self._facts),
            "created": _column([one[0] for one in facts]),
            "last": _column([one[1] for one in facts]),
            "claims": [[*key, *found] for key, found in self._claims.items()],
        }

    @classmethod
    def from_json(cls, repository: Repository, kept: Mapping[str, Any]) -> History:
        """What `to_json` gave, also after a trip through JSON. Raises ValueError for anything else."""
        head = kept.get("head")
        if kept.get("format") != FORMAT or not (head is None or (isinstance(head, str) and is_oid(head))):
            raise ValueError("these are no facts that this version kept")
        history = cls(repository, head)
        if history.shallow != kept.get("shallow"):
            raise ValueError("the clone was deepened, or cut off, since")
        try:
            history._commits = list(kept["commits"])
            facts = zip(_places(kept["created"]), _places(kept["last"]), strict=True)
            history._facts = dict(zip(kept["files"], facts, strict=True))
            history._claims = {(c[0], c[1], c[2]): (c[3], c[4]) for c in kept["claims"]}
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ValueError(f"these facts are damaged: {error!r}") from error
        history._whole = True
        return history

    # -- inside --------------------------------------------------------------------------------------------

    def _read(self) -> Log:
        assert self.head is not None, "an empty history has no log"
        if self._log is None:
            from kcs.kb.git_log import read_log  # what is kept needs none

            self._log = read_log(self._repository, self.head)
            self._start = 0
        return self._log

    def _fact(self, path: str) -> tuple[Kept | None, Kept | None]:
        if path not in self._facts:
            if self._whole:
                return None, None
            raw = path_bytes(path)
            self._facts[path] = self._work_out(raw, self._read().entry(raw, self._start))
        return self._facts[path]

    def _complete(self) -> None:
        if not self._whole:
            self._read().learn()
            for path, entry in self._read().present(self._start):
                self._facts.setdefault(path_text(path), self._work_out(path, entry))
            self._whole = True

    def _work_out(self, path: bytes, entry: Entry | None) -> tuple[Kept | None, Kept | None]:
        if not entry or not entry[2]:
            return None, None
        log = self._read()
        return self._keep(log.created(path, self._start), path), self._keep(log.last(path, entry), path)

    def _keep(self, place: Place | None, path: bytes = b"") -> Kept | None:
        if place is None:
            return None
        number = self._places.get(place[0])
        if number is None:
            number = self._places[place[0]] = self._number(self._read().said(place[0]))
        return number, place[2].decode("ascii"), "" if place[1] == path else path_text(place[1])

    def _number(self, said: str) -> int:
        """The place of a commit among those that are kept."""
        if not self._numbers:
            self._numbers = {one: number for number, one in enumerate(self._commits)}
        number = self._numbers.setdefault(said, len(self._commits))
        if number == len(self._commits):
            self._commits.append(said)
        return number

    def _version(self, kept: Kept | None, path: str = "") -> Version | None:
        if kept is None:
            return None
        commit = self._read_commits.get(kept[0])
        if commit is None:
            commit = self._read_commits[kept[0]] = _commit(self._commits[kept[0]])
        return Version(*commit, kept[1], kept[2] or path)


class _Search:
    """Many walks at once: each round reads, through one process, what all of them wait for."""

    def __init__(self, history: History, log: Log, values: Callable[[bytes], Mapping[str, str]]) -> None:
        self._history, self._log, self._values = history, log, values

    def run(self, asked: Sequence[Asked]) -> None:
        if len(asked) > _FEW:
            self._log.learn()
        for start in range(0, len(asked), _AT_ONCE):
            self._some(asked[start : start + _AT_ONCE])

    def _some(self, asked: Sequence[Asked]) -> None:
        from kcs.kb.versions import Versions

        history = self._history
        self._versions = Versions(history._repository, self._values, history._values)
        waiting: list[tuple[Asked, Walk | None, bytes]] = []
        for key in asked:
            if blob := self._log.blob(path_bytes(key[0]), history._start):
                waiting.append((key, None, blob))
            else:
                history._claims[key] = ("uncommitted", None)
        while waiting := [(key, *on) for key, walk, blob in waiting if (on := self._step(key, walk, blob))]:
            self._versions.read((walk, blob) for _, walk, blob in waiting)
        self._keep_texts(asked)

    def _step(self, key: Asked, walk: Walk | None, blob: bytes) -> tuple[Walk | None, bytes] | None:
        """Go on until a blob is needed that was not read yet; None when the walk has ended and is noted."""
        from kcs.kb.git_walk import Walk
        from kcs.kb.versions import Unread

        path, name, value = key
        history, says = self._history, self._versions.says
        try:
            if walk is None:
                if says(blob).get(name) != value:
                    history._claims[key] = ("uncommitted", None)
                    return None
                walk = Walk(self._log, path_bytes(path), history._start)
            place = walk.go(lambda one: says(one).get(name) == value)
        except Unread as unread:
            return walk, unread.blob
        history._claims[key] = ("known" if place else "unknown", history._keep(place))
        return None

    def _keep_texts(self, asked: Iterable[Asked]) -> None:
        """What was read on the way of the versions that were found, if it is not too much."""
        texts, raws = self._history.texts, self._versions.raws
        room = _MOST_TEXT - sum(map(len, texts.values()))
        for key in asked:
            kept = self._history._claims[key][1]
            if kept and (raw := raws.get(kept[1].encode("ascii"))) and (room := room - len(raw)) > 0:
                texts[kept[1]] = raw


def _column(kept: Sequence[Kept | None]) -> list[object]:
    """Commits, blobs, and the few paths by their place: thousands of small lists take JSON three times as long."""
    some = [one or _NOWHERE for one in kept]
    paths = [(at, one[2]) for at, one in enumerate(some) if one[2]]
    return [[one[0] for one in some], " ".join([one[1] for one in some]), paths]


def _places(column: Sequence[Any]) -> list[Kept | None]:
    """Back from `_column`."""
    commits, blobs, paths = column
    pairs, named = zip(commits, blobs.split(" ") if commits else (), strict=True), dict(paths)
    return [(commit, blob, named.get(at, "")) if blob else None for at, (commit, blob) in enumerate(pairs)]


def _commit(said: str) -> Commit:
    """The fields of Version that its commit alone decides."""
    oid, authored, committed, email, name, subject = said.split("\n", 5)
    return oid, name, email, *_raw_date(authored), _seconds(committed) or 0, subject[:500]


def _raw_date(raw: str) -> tuple[int, int]:
    """Git's `1605044400 -0600` as seconds and minutes, (0, 0) where it is none or beyond the year 9999."""
    digits, _, zone = raw.partition(" ")
    seconds = _seconds(digits)
    if seconds is None or len(zone) != 5 or not zone[1:].isdecimal():
        return 0, 0
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    return seconds, -minutes if zone[0] == "-" else minutes


def _seconds(digits: str) -> int | None:
    # As the commit has them, where that is more than a number can hold too.
    seconds = int(digits[:_MOST_DIGITS]) if digits.isdecimal() else _LAST_SECOND + 1
    return seconds if seconds <= _LAST_SECOND else None
