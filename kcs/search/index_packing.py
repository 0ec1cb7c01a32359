"""An entry as bytes. Of a short article only that is kept which cannot be told again from its text.

A short article's words are told again from its record in the time that it takes to read them; a long one's would take
longer, and would save little beside what is compressed away.

A text takes a byte a letter where its letters beside ASCII lie in one page of 128, as those of most scripts do: an eighth
less than UTF-8 when it is compressed, and read faster.
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

# A record's text, in characters. A long record is read whole, for it is read thirty times a question.
SHORT = 2_000
# Lines of a record begin with a blank, so no whole record begins so.
_SHORTENED = "+"
# What stands before a text of one page, and before the page's number. No entry begins so.
_PAGED = b"\1"
_NUMBER = slice(1, 3)
_PAGE = 128


def pack(terms: Terms) -> bytes:
    """An entry as bytes: the record, then each field's terms by how often they stand."""
    text = _shortened(terms) or "\0".join(
        (terms.record.replace("\0", " "), _pack_field(terms.words), _pack_field(terms.clusters))
    )
    return zlib.compress(_encoded(text), 6)


def unpack(raw: bytes) -> Terms:
    """Back from `pack`. Damaged where it is something else."""
    try:
        record, words, clusters = _text(raw).split("\0")
        if not record.startswith(_SHORTENED):
            return Terms(_unpack_field(words), _unpack_field(clusters), record)
        title, text = record[1:].split("\n")
        found = told(title, text)[0]
        for term, more in _unpack_field(words).items():
            if often := found.get(term, 0) + more:
                found[term] = often
            else:
                del found[term]
        return Terms(found, {}, make_record(title, text))
    except (ValueError, KeyError) as error:
        raise Damaged(f"an entry: {error}") from error


def record_of(raw: bytes) -> str:
    """The record alone. Damaged as `unpack`."""
    record = _text(raw).partition("\0")[0]
    if not record.startswith(_SHORTENED):
        return record
    title, _, text = record[1:].partition("\n")
    return make_record(title, text)


def _shortened(terms: Terms) -> str:
    """Title, text and how the words differ from what these tell; empty where the whole has to be kept."""
    lines = terms.record.split("\n", 2)
    # Thai is kept whole: to rank it some engines ask for a hundred entries of it.
    if terms.clusters or len(lines) < 3 or len(lines[1]) > SHORT:
        return ""
    title, text = lines[0][1:-1], lines[1][1:-1]
    if "\0" in terms.record or make_record(title, text) != terms.record:
        return ""
    words, (known, clusters) = terms.words, told(title, text)
    if clusters:
        return ""
    more = {term: often - known.get(term, 0) for term, often in words.items()}
    more |= {term: -often for term, often in known.items() if term not in words}
    differing = {term: often for term, often in more.items() if often}
    return f"{_SHORTENED}{title}\n{text}\0{_pack_field(differing)}\0"


def _text(raw: bytes) -> str:
    try:
        return _decoded(zlib.decompress(raw))
    except (zlib.error, ValueError) as error:
        raise Damaged(f"an entry: {error}") from error


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
    """What each byte stands for."""
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
