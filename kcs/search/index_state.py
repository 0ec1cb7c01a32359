"""What an index says about itself: its articles, their entries, and the vocabulary."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from kcs.kb.files import read_kept
from kcs.kb.kept.oids import Oids
from kcs.search.engines.engine import Damaged
from kcs.search.engines.scoring import NO_LENGTH, Lengths
from kcs.search.index_entries import Place
from kcs.search.model import Terms


class IndexState:
    """One state of an index. Columns by place, in the order of the base's articles by path.

    `base`: the state of its articles; `numbers`: 0 for an article without an entry, whose file was unreadable;
    `begins`, `sizes`: the entries' places in the entry file `file`, which counts up to `end`; `next`: the number of the
    next entry; `words`, `clusters`: the lengths of the fields.
    """

    def __init__(
        self,
        name: str = "",
        base: str = "",
        file: str = "",
        end: int = 0,
        next: int = 1,
        words: Lengths = NO_LENGTH,
        clusters: Lengths = NO_LENGTH,
    ) -> None:
        self.name, self.base, self.file = name, base, file
        self.end, self.next = end, next
        self.words, self.clusters = words, clusters
        self.numbers, self.begins, self.sizes = array("I"), array("Q"), array("I")
        self.vocabulary = b""

    def where(self, place: int) -> Place:
        """Where the entry of the article at `place` is."""
        return self.begins[place], self.sizes[place]

    def take(self, other: IndexState) -> None:
        """Take over another state's articles and entries."""
        self.numbers, self.begins, self.sizes = other.numbers[:], other.begins[:], other.sizes[:]

    def clear(self, count: int) -> None:
        """Reset to `count` articles without entries."""
        self.numbers, self.begins, self.sizes = (array(code, [0]) * count for code in "IQI")

    def put(self, place: int, number: int, where: Place) -> None:
        """Set the entry of the article at `place`."""
        self.numbers[place] = number
        self.begins[place], self.sizes[place] = where

    def count(self, terms: Terms, by: int = 1) -> None:
        """Count an entry in, or out."""
        self.words, self.clusters = self.words.with_(terms.words, by), self.clusters.with_(terms.clusters, by)

    def write(self, folder: Path) -> None:
        """Write it as `state-<name>`."""
        columns = [self.numbers.tobytes(), self.begins.tobytes(), self.sizes.tobytes(), self.vocabulary]
        lengths = [len(one) for one in columns]
        head = json.dumps(
            [self.name, self.base, self.file, self.end, self.next, self.words, self.clusters, lengths]
        )
        _write(folder / f"state-{self.name}", b"\n".join((head.encode(), b"".join(columns))))

    @classmethod
    def read(cls, folder: Path, name: str) -> IndexState:
        """Damaged if it is missing or not what was written."""
        head, _, body = _read(folder / f"state-{name}").partition(b"\n")
        try:
            own, base, file, end, next_, words, clusters, lengths = json.loads(head)
            state = cls(own, base, file, end, next_, Lengths(*words), Lengths(*clusters))
            at = 0
            for column, length in zip((state.numbers, state.begins, state.sizes), lengths, strict=False):
                column.frombytes(body[at : at + length])
                at += length
            state.vocabulary = body[at:]
        except (ValueError, TypeError) as error:
            raise Damaged(f"state-{name}: {error}") from error
        return state


class Held:
    """What only an update needs. `oids`: Git's name for the bytes of the article at each place.

    `attic`: entries of removed articles that are still in the entry file. `named`: by number
    of an entry, the words of the file's name that it rests on, where the article has no title.
    """

    def __init__(
        self,
        oids: Oids | None = None,
        attic: Mapping[str, Place] | None = None,
        named: Mapping[int, str] | None = None,
    ) -> None:
        self.oids = oids or Oids()
        self.attic = dict(attic or {})
        self.named = dict(named or {})

    def write(self, folder: Path, name: str) -> None:
        """Write it as `held-<name>`."""
        head = json.dumps(
            [self.oids.size, self.attic, list(self.named.items())], separators=(",", ":")
        ).encode()
        _write(folder / f"held-{name}", b"\n".join((head, self.oids.packed)))

    @classmethod
    def read(cls, folder: Path, name: str) -> Held:
        """Damaged if it is missing or not what was written."""
        try:
            head, _, body = _read(folder / f"held-{name}").partition(b"\n")
            size, attic, named = json.loads(head)
            if len(body) % size:
                raise ValueError("a name is cut off")
            return cls(
                Oids(body, size), {oid: (begin, end) for oid, (begin, end) in attic.items()}, dict(named)
            )
        except (ValueError, TypeError, AttributeError, ZeroDivisionError) as error:
            raise Damaged(f"held-{name}: {error}") from error


def _write(path: Path, body: bytes) -> None:
    from kcs.kb.files import write_atomically
    from kcs.search.engines.marks import started

    write_atomically(path, b"%08x " % crc32(body) + body, durable=not started())


def _read(path: Path) -> bytes:
    try:
        raw = read_kept(path)
        good = int(raw[:8], 16) == crc32(raw[9:])
    except (OSError, ValueError) as error:
        raise Damaged(f"{path.name}: {error}") from error
    if not good:
        raise Damaged(f"{path.name} is not what was written")
    return raw[9:]
