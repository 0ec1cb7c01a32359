"""An entry as bytes. Of a short article only that is kept which cannot be told again from its text.

A short article's words are told again from its record in the time that it takes to read them; a long one's would take
longer, and would save little beside what is compressed away.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from kcs.search.analysis.terms import record as make_record
from kcs.search.analysis.terms import told
from kcs.search.engines.engine import Damaged
from kcs.search.model import Terms

# A record's text, in characters. A long record is read whole, for it is read thirty times a question.
SHORT = 2_000
# Lines of a record begin with a blank, so no whole record begins so.
_SHORTENED = "+"


def pack(terms: Terms) -> bytes:
    """An entry as bytes: the record, then each field's terms by how often they stand."""
    text = _shortened(terms) or "\0".join(
        (terms.record.replace("\0", " "), _pack_field(terms.words), _pack_field(terms.clusters))
    )
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


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
        return zlib.decompress(raw).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise Damaged(f"an entry: {error}") from error


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
