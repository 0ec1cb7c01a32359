"""An entry as bytes: the record, then, compressed separately, the terms, which a search does not need.

For a short article, only what its text cannot give again is kept; a long one's record takes longer to rebuild than to
read, and leaving parts out saves little after compression.

A text takes a byte per letter if its non-ASCII letters are in one page of 128,
as in most scripts: compressed, an eighth less than UTF-8, and faster to read.
"""

from __future__ import annotations

import zlib
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Mapping
from functools import cache

from kcs.search.analysis.terms import record as make_record
from kcs.search.analysis.terms import told
from kcs.search.engines.engine import Damaged
from kcs.search.model import Terms

# A record's text, in characters. A longer record is kept whole, as each question reads thirty.
SHORT = 1_000
# A record's lines begin with a blank, so no whole record begins with this.
_SHORTENED = "+"
# Precedes a text of one page, and the page's number. No entry begins with it.
_PAGED = b"\1"
_NUMBER = slice(1, 3)
_PAGE = 128


def pack(terms: Terms) -> bytes:
    """An entry as bytes: the record, then each field's terms by frequency."""
    record, words, clusters = _shortened(terms) or (terms.record, terms.words, terms.clusters)
    first = _encoded(record)
    rest = _encoded(f"{_pack_field(words)}\0{_pack_field(clusters)}")
    # The record is the terms' compression dictionary, as if both were one text.
    packer = zlib.compressobj(6, zdict=first)
    return zlib.compress(first, 6) + packer.compress(rest) + packer.flush()


def unpack(raw: bytes) -> Terms:
    """Undo `pack`. Damaged for anything else."""
    try:
        record, rest = _texts(raw)
        words, clusters = map(_unpack_field, rest.split("\0"))
        if not record.startswith(_SHORTENED):
            return Terms(words, clusters, record)
        title, text, names = record[1:].split("\n")
        found = told(title, text)[0]
        for term, more in words.items():
            if often := found.get(term, 0) + more:
                found[term] = often
            else:
                del found[term]
        return Terms(found, {}, make_record(title, text, names))
    except (ValueError, KeyError) as error:
        raise Damaged(f"an entry: {error}") from error


def record_of(raw: bytes) -> str:
    """The record alone. Damaged for anything else."""
    try:
        record = _decoded(zlib.decompress(raw))  # it ends where the record does
        if not record.startswith(_SHORTENED):
            return record
        title, text, names = record[1:].split("\n")
    except (zlib.error, ValueError) as error:
        raise Damaged(f"an entry: {error}") from error
    return make_record(title, text, names)


def _shortened(terms: Terms) -> tuple[str, dict[str, int], dict[str, int]] | None:
    """Title, text, and how the words differ from what these give; None if the whole must be kept."""
    lines = terms.record.split("\n")
    # Thai is kept whole: to rank it, some engines need a hundred entries.
    if terms.clusters or len(lines) < 3 or len(lines[1]) > SHORT:
        return None
    title, text, names = lines[0][1:-1], lines[1][1:-1], lines[-1][1:-1]
    if make_record(title, text, names) != terms.record:
        return None
    words, (known, clusters) = terms.words, told(title, text)
    if clusters:
        return None
    more = {term: often - known.get(term, 0) for term, often in words.items()}
    more |= {term: -often for term, often in known.items() if term not in words}
    differing = {term: often for term, often in more.items() if often}
    return f"{_SHORTENED}{title}\n{text}\n{names}", differing, {}


def _texts(raw: bytes) -> tuple[str, str]:
    """The record and the rest."""
    first = zlib.decompressobj()
    try:
        record = first.decompress(raw)
        second = zlib.decompressobj(zdict=record)
        rest = second.decompress(first.unused_data)
        if not second.eof:
            raise ValueError("cut off")
        return _decoded(record), _decoded(rest)
    except zlib.error as error:
        raise ValueError(error) from error


def _encoded(text: str) -> bytes:
    if not text.isascii():
        pages = {ord(sign) // _PAGE for sign in set(text)} - {0}
        if len(pages) == 1:
            page = pages.pop()
            letters = charmap_encode(text, "strict", charmap_build(_letters(page)))[0]
            return _PAGED + page.to_bytes(2, "big") + letters
    return text.encode("utf-8", "surrogatepass")


def _decoded(raw: bytes) -> str:
    if not raw.startswith(_PAGED):
        return raw.decode("utf-8", "surrogatepass")
    return charmap_decode(raw[_NUMBER.stop :], "strict", _letters(int.from_bytes(raw[_NUMBER], "big")))[0]


@cache
def _letters(page: int) -> str:
    """The letter for each byte."""
    return "".join(map(chr, (*range(_PAGE), *range(page * _PAGE, (page + 1) * _PAGE))))


def _pack_field(terms: Mapping[str, int]) -> str:
    often: dict[int, list[str]] = {}
    for term, frequency in terms.items():
        often.setdefault(frequency, []).append(term)
    return "\n".join([f"{frequency} {' '.join(group)}" for frequency, group in often.items()])


def _unpack_field(text: str) -> dict[str, int]:
    terms: dict[str, int] = {}
    for line in text.split("\n") if text else ():
        frequency, *group = line.split(" ")
        terms.update(dict.fromkeys(group, int(frequency)))
    return terms
