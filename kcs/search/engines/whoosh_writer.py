"""Writes a segment: Whoosh's on-disk table of terms, with our
own posting lists in place of Whoosh's, which are pickles.

Only writing imports it: a search reads Whoosh's files without loading Whoosh (kcs.search.engines.whoosh_segment).
"""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from struct import Struct

from kcs.search.engines.blocks import pack, pack_one
from kcs.search.engines.scoring import MOST_OFTEN
from kcs.search.engines.whoosh_segment import hash_of
from kcs.search.model import Entry
from kcs.standins import standing_for

# Whoosh needs one function of html, whose 2,231 names of characters take longer to load than the table takes to write.
with standing_for("html", "escape"):
    from whoosh.filedb.filetables import HashWriter

FIELDS = ("words", "clusters")
POINTER = Struct("<BQI")
# Little longer than a pointer: a list up to this length, in the term's own row, saves a second look.
_INLINE = 24
_LOW = (1 << 32) - 1
# An empty dictionary as a pickle.
_NOTHING_ELSE = b"\x80\x04}\x94."


class SegmentWriter:
    """Gathers entries; `write` makes the files `<name>.trm`, `<name>.pst` and `<name>.doc` in the folder."""

    def __init__(self) -> None:
        self._columns: dict[str, defaultdict[str, array[int]]] = {
            name: defaultdict(lambda: array("Q")) for name in FIELDS
        }
        self.numbers = array("I")
        self.lengths = {name: array("I") for name in FIELDS}

    def add(self, entries: Iterable[Entry], most: int) -> bool:
        """Add up to `most` entries; False if there are no more."""
        words, clusters = self._columns["words"], self._columns["clusters"]
        for entry in entries:
            place = len(self.numbers) << 32
            for term, often in entry.terms.words.items():
                words[term].append(place | min(often, MOST_OFTEN))
            for term, often in entry.terms.clusters.items():
                clusters[term].append(place | min(often, MOST_OFTEN))
            self.numbers.append(entry.number)
            self.lengths["words"].append(sum(entry.terms.words.values()))
            self.lengths["clusters"].append(sum(entry.terms.clusters.values()))
            if len(self.numbers) >= most:
                return True
        return False

    def write(self, folder: Path) -> str:
        """The segment's name. OSError if the files cannot be written; what was begun is removed later."""
        name = f"kcs_{os.urandom(8).hex()}"
        # In memory: Whoosh asks for the position before each row, which takes a system call for a file.
        lists, rows = BytesIO(), _Memory()
        terms = _Terms(rows)  # the terms need no order: the vocabulary keeps it
        terms.hashfn = hash_of
        for number, field in enumerate(FIELDS):
            column, prefix = self._columns[field], number.to_bytes(2, "big")
            for term, postings in column.items():
                terms.add(prefix + term.encode("utf-8", "surrogatepass"), _row(postings, lists))
        terms.close()
        documents = self.numbers.tobytes() + b"".join(self.lengths[field].tobytes() for field in FIELDS)
        for extension, raw in (("pst", lists.getbuffer()), ("trm", rows.getbuffer()), ("doc", documents)):
            (folder / f"{name}.{extension}").write_bytes(raw)
        return name


class _Terms(HashWriter):  # type: ignore[misc]
    """Whoosh stores further facts about a table as a pickle:
    here there are none, and pickle takes a millisecond to load.
    """

    def _write_extras(self) -> None:
        self.dbfile.write(_NOTHING_ELSE)


class _Memory(BytesIO):
    """Where the table is written. Whoosh's code calls only these two methods for writing numbers."""

    def write_byte(self, number: int) -> None:
        """Write a number in one byte."""
        self.write(bytes((number,)))

    def write_int(self, number: int) -> None:
        """Write it in four bytes, in network order."""
        self.write(number.to_bytes(4, "big"))

    def close(self) -> None:
        """Leave it open: we still need what Whoosh wrote."""


def _row(postings: array[int], lists: BytesIO) -> bytes:
    """A term's row in the table: its list, or the list's start and length."""
    if len(postings) == 1:
        return b"\0" + pack_one(postings[0] >> 32, postings[0] & _LOW)
    raw = pack([one >> 32 for one in postings], [one & _LOW for one in postings])
    if len(raw) <= _INLINE:
        return b"\0" + raw
    begin = lists.tell()
    lists.write(raw)
    return POINTER.pack(1, begin, len(raw))
