"""Writes a segment by Whoosh's codec, with its own posting lists put in place of Whoosh's, which are pickles.

Imported by who writes: to search, Whoosh's files are read without loading Whoosh (kcs.search.engines.whoosh_segment).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence

from kcs.search.engines.blocks import pack
from kcs.search.model import Entry

FIELDS = ("words", "clusters")
POINTER = Struct("<BQI")
# As long as a pointer and a little: a list of this length in the term's own row saves a second look.
_INLINE = 24
_LOW = (1 << 32) - 1


class ReadyTerms(FieldType):  # type: ignore[misc]
    """A field whose terms come ready, with their frequencies."""

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None
        self.scorable = True


class _Row(bytes):
    """What Whoosh's term file is to hold of a term."""

    def to_bytes(self, *_: Any) -> bytes:
        """Itself."""
        return bytes(self)


class _Lists:
    """Stands where Whoosh expects what writes posting lists."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.postings: array[int] = array("Q")

    def start_postings(self, *_: Any) -> None:
        """Nothing has to be made ready: a list is written when it is whole."""

    def finish_postings(self) -> _Row:
        """Whoosh's term info, in our form: the list itself, or where it begins and how long it is."""
        raw = pack([one >> 32 for one in self.postings], [one & _LOW for one in self.postings])
        if len(raw) <= _INLINE:
            return _Row(b"\0" + raw)
        begin = self._file.tell()
        self._file.write(raw)
        return _Row(POINTER.pack(1, begin, len(raw)))


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with our posting lists."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _Lists:  # noqa: ARG002 - Whoosh's name
        """As W3Codec's."""
        return _Lists(dbfile)


class SegmentWriter:
    """Gathers entries; `write` makes the files `<name>.trm`, `<name>.pst` and `<name>.doc` in the folder."""

    def __init__(self) -> None:
        self._columns: dict[str, defaultdict[str, array[int]]] = {
            name: defaultdict(lambda: array("Q")) for name in FIELDS
        }
        self.numbers = array("I")
        self.lengths = {name: array("I") for name in FIELDS}

    def add(self, entries: Iterable[Entry], most: int) -> bool:
        """Take in up to `most`; False when there are no more."""
        words, clusters = self._columns["words"], self._columns["clusters"]
        for entry in entries:
            place = len(self.numbers) << 32
            for term, often in entry.terms.words.items():
                words[term].append(place | often)
            for term, often in entry.terms.clusters.items():
                clusters[term].append(place | often)
            self.numbers.append(entry.number)
            self.lengths["words"].append(sum(entry.terms.words.values()))
            self.lengths["clusters"].append(sum(entry.terms.clusters.values()))
            if len(self.numbers) >= most:
                return True
        return False

    def write(self, folder: Path) -> str:
        """The segment's name. OSError where the files cannot be written; what was begun is then left to be swept."""
        codec = Codec()
        segment = W3Segment(codec, "kcs")
        writer: Any = W3FieldWriter(codec, FileStorage(str(folder)), segment)
        for name in FIELDS:
            column = self._columns[name]
            writer.start_field(name, ReadyTerms())
            for term, raw in sorted([(term.encode("utf-8", "surrogatepass"), term) for term in column]):
                writer.start_term(term)
                writer._postwriter.postings = column[raw]
                writer.finish_term()
            writer.finish_field()
        writer.close()
        documents = self.numbers.tobytes() + b"".join(self.lengths[name].tobytes() for name in FIELDS)
        (folder / segment.make_filename(".doc")).write_bytes(documents)
        return str(segment.segment_id())
