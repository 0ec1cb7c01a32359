"""tantivy as an engine, for large bases: the extra `kcs[tantivy]`.

Its BM25 has a k1 of 1.2 where ours has 0.9, rounds lengths, and includes articles without a field in its
average length: it finds the same articles as every other engine, in nearly the same order. Entry number 0,
which is no article's, carries the state, so that state and postings are written together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from kcs.kb.files import read_kept
from kcs.search.engines.engine import Damaged, Recall
from kcs.search.engines.marks import check, mark_of, started
from kcs.search.engines.scoring import weighted
from kcs.search.engines.spelling import spelt
from kcs.search.model import Entry, Field, Found, Plan, Term

FIELDS: tuple[Field, ...] = ("words", "clusters")
_MARKS = "marks.json"
_META = "meta.json"
_STATE = 0
# The least memory that its writer accepts for a thread.
_HEAP = 64_000_000
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class TantivyEngine:
    """The engine in `folder`."""

    exact = False
    keyed = True

    def __init__(self, folder: Path) -> None:
        self.state, self.total = "", 0
        self._folder = folder
        self._index: Any = None
        self._searcher: Any = None
        self._schema: Any = None
        if (folder / _META).is_file():
            try:
                with _sound():
                    self._check()
                    self._index = tantivy.Index.open(str(folder))
                    self._schema = self._index.schema
                    self._read()
            except OSError as error:
                # Nothing was written: what cannot be read stays so until all is made anew.
                raise Damaged(str(error)) from error

    def _read(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        hits = self._searcher.search(self._numbered([_STATE]), 1).hits
        if hits:
            self.state = str(self._searcher.doc(hits[0][1])["state"][0])
            self.total = self._searcher.num_docs - 1

    def change(
        self, gone: Collection[int], new: Iterable[Entry], _recall: Recall, seal: Callable[[], str], /
    ) -> None:
        """As Engine says. OSError if it cannot be written: then nothing changed."""
        with _sound():
            if self._index is None:
                self._index = tantivy.Index(_schema(), path=str(self._folder))
                self._schema = self._index.schema
            writer = self._index.writer(_HEAP, 1)
            try:
                # By a query: deleting by a term, which it takes for a signed number, would delete nothing.
                writer.delete_documents_by_query(self._numbered([_STATE, *gone]))
                for entry in new:
                    writer.add_document(_document(entry))
                state = tantivy.Document()
                state.add_unsigned("number", _STATE)
                state.add_text("state", seal())
                writer.add_document(state)
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            writer.wait_merging_threads()
            self._mark()
            self._read()

    def _segment_files(self) -> Iterator[Path]:
        """The valid files, which never change once written."""
        meta = json.loads(read_kept(self._folder / _META))
        names = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
        return (path for path in self._folder.iterdir() if path.name.partition(".")[0] in names)

    def _mark(self) -> None:
        from kcs.kb.files import write_atomically

        # A file without a mark is not checked: everything is written already.
        with suppress(OSError):
            marks = {path.name: mark_of(path) for path in self._segment_files()}
            write_atomically(self._folder / _MARKS, json.dumps(marks).encode(), durable=False)

    def _check(self) -> None:
        """Damaged if a file changed, since tantivy, which maps
        them, would crash, or is none: it would wait for a pipe.
        """
        for path in self._folder.iterdir():
            if not path.is_file():
                raise Damaged(f"{path.name} is no file")
        marks = {}
        with suppress(OSError):
            marks = json.loads(read_kept(self._folder / _MARKS))
        for path in self._segment_files():
            if path.name in marks:
                check(path, marks[path.name], started())

    def find(self, plan: Plan, most: int, within: Collection[int] | None = None) -> Found:
        """As Engine says."""
        if not self.total:
            return Found(0)
        asked = [
            (_SHOULD, tantivy.Query.boost_query(self._term(field, term), weight))
            for field, term, weight in weighted(plan)
        ]
        if not asked:
            return Found(0)
        with _sound():
            bounds = [(_MUST, self._any(group)) for group in plan.required]
            bounds += [(_NOT, self._term(*term)) for term in plan.forbidden]
            if within is not None:
                bounds.append((_MUST, _silent(self._numbered(list(within)))))
            query = tantivy.Query.boolean_query(asked)
            if bounds:
                query = tantivy.Query.boolean_query([(_MUST, query), *bounds])
            found, hits = self._best(query, max(most, 1))
            addresses = [address for _, address in hits]
            numbers = self._searcher.fast_field_values("number", addresses) if addresses else []
        return Found(found, tuple(zip(numbers, [score for score, _ in hits], strict=True)))

    def _best(self, query: Any, most: int) -> tuple[int, list[tuple[float, Any]]]:
        """How many there are; the best `most`, and all that score as much as the last of them."""
        size = most
        while True:
            found = self._searcher.search(query, size + 1)
            hits = found.hits
            if len(hits) <= size or hits[-1][0] < hits[most - 1][0]:
                break
            size *= 8
        least = hits[most - 1][0] if len(hits) > most else 0.0
        return found.count, [one for one in hits if one[0] >= least]

    def _term(self, field: Field, term: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, spelt(term), "freq")

    def _any(self, terms: Iterable[Term]) -> Any:
        query = tantivy.Query.boolean_query([(_SHOULD, self._term(field, term)) for field, term in terms])
        return _silent(query)

    def _numbered(self, numbers: list[int]) -> Any:
        return tantivy.Query.term_set_query(self._schema, "number", numbers)

    def close(self) -> None:
        """Close the files."""
        self._index = self._searcher = None


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_unsigned("number", entry.number)
    document.add_text("words", _text(entry.terms.words))
    document.add_text("clusters", _text(entry.terms.clusters))
    return document


def _text(terms: Mapping[str, int]) -> str:
    return " ".join([f"{spelt(term)} " * often for term, often in terms.items()])


def _silent(query: Any) -> Any:
    """A query that filters without affecting the order."""
    return tantivy.Query.const_score_query(query, 0.0)


@contextmanager
def _sound() -> Iterator[None]:
    """Turns tantivy's errors, and its panics, into Damaged, and failures to write into OSError."""
    try:
        yield
    except (Damaged, OSError):
        raise
    except (ValueError, KeyError, TypeError) as error:
        if "IO error" in str(error) or "IoError" in str(error):
            raise OSError(5, str(error)) from error
        raise Damaged(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Damaged(str(error)) from error
        raise
