"""Where the present values of many files came in: all walks back run together and read versions together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.kb.git.renames import Beyond, Unasked
from kcs.kb.git.repository import path_bytes
from kcs.kb.git.walk import NeverHeld, Walk
from kcs.kb.past.versions import Unread, Versions, makes

if TYPE_CHECKING:
    from kcs.kb.git.change import Place
    from kcs.kb.git.graph import Log
    from kcs.kb.git.repository import Repository
    from kcs.kb.past.committed import Status

_EPOCH, _DAY_SECONDS = date(1970, 1, 1).toordinal(), 86400
# Path, name and value of a claim.
Asked = tuple[str, str, str]
# Up to this many claims, we ask Git for the renames of their files alone; beyond, for all renames at once.
_FEW = 10
# At most: claims whose versions are in memory together, and bytes of versions handed on in `texts`.
_AT_ONCE, _MOST_TEXT = 2000, 1 << 26


class Introductions:
    """Finds them as of the newest commit of a log; of a file that was
    removed, as of then, and of a value that it held once, as of then.

    `values` gives the claims in a file's bytes, by name; `known` holds those of versions, by blob, and fills as they
    are read. `texts`: the bytes of the versions found, by blob, up to a limit.
    """

    def __init__(
        self,
        repository: Repository,
        log: Log,
        values: Callable[[bytes], Mapping[str, str]],
        known: dict[bytes, Mapping[str, str]],
    ) -> None:
        self._repository, self._log = repository, log
        self._values, self._known = values, known
        self._found: dict[Asked, tuple[Status, Place | None]] = {}
        self.texts: dict[str, bytes] = {}

    def find(self, asked: Sequence[Asked]) -> Mapping[Asked, tuple[Status, Place | None]]:
        """Where each came in, if known; uncommitted: the file in that commit does not say so.
        beyond: it was there already when the walk left these commits, where the place says.
        """
        if len(asked) > _FEW:
            self._log.renames.learn()
        for start in range(0, len(asked), _AT_ONCE):
            self._find(asked[start : start + _AT_ONCE])
        return self._found

    def _find(self, asked: Sequence[Asked]) -> None:
        versions = Versions(self._repository, self._values, self._known)
        waiting: list[tuple[Asked, Walk | None, bytes | int]] = []
        for key in asked:
            if blob := self._log.blob_or_removed(path_bytes(key[0])):
                waiting.append((key, None, blob))
            else:
                self._found[key] = ("uncommitted", None)
        while waiting := [
            (key, *on) for key, walk, blob in waiting if (on := self._go_on(versions, key, walk, blob))
        ]:
            versions.read((walk, blob) for _, walk, blob in waiting)
        self._keep_texts(asked, versions)

    def _go_on(
        self, versions: Versions, key: Asked, walk: Walk | None, blob: bytes | int
    ) -> tuple[Walk | None, bytes | int] | None:
        """Walk until an unread version is needed, or Git's word on a
        commit; None if the walk has ended and its result is noted.
        """
        path, name, value = key
        says = versions.says
        try:
            if walk is None:
                assert isinstance(blob, bytes), "it has not begun"
                held = makes(says(blob), name, value)
                walk = Walk(self._log, path_bytes(path), likely=likely(value), held=held)
            place = walk.go(lambda one: makes(says(one), name, value))
        except Unread as unread:
            return walk, unread.blob
        except Unasked as unasked:
            return walk, unasked.commit
        except NeverHeld:
            self._found[key] = ("uncommitted", None)
            return None
        except Beyond:
            assert walk is not None, "the file was touched"
            self._found[key] = ("beyond", (*walk.place, b""))
            return None
        self._found[key] = ("known" if place else "unknown", place)
        return None

    def _keep_texts(self, asked: Iterable[Asked], versions: Versions) -> None:
        room = _MOST_TEXT - sum(map(len, self.texts.values()))
        for key in asked:
            place = self._found[key][1]
            if place and (raw := versions.raws.get(place[2])) and (room := room - len(raw)) > 0:
                self.texts[place[2].decode("ascii")] = raw


def likely(value: str) -> int | None:
    """When the claimed day began in the earliest time zone, in seconds since 1970; None if it names no day.

    A date is mostly committed on its day or soon after, so we
    read ahead versions from then on, and look no further back.
    """
    try:
        return (date.fromisoformat(value).toordinal() - _EPOCH - 1) * _DAY_SECONDS
    except ValueError:
        return None
