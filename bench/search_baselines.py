"""What others find in the judged sets: each as its documentation says, any word, BM25, and nothing more.
ICU: `pip install icu4py`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from whoosh.analysis import LowercaseFilter, Token, Tokenizer

from bench.judged_questions import SHOWN, Article

Find = Callable[[str], list[str]]
Baseline = Callable[[list[Article], Path], Find]
_WORD = re.compile(r"\w+")


def _fts5(tokenizer: str) -> Baseline:
    def made(articles: list[Article], _folder: Path) -> Find:
        base = sqlite3.connect(":memory:")
        base.execute(f"CREATE VIRTUAL TABLE texts USING fts5(path UNINDEXED, words, tokenize='{tokenizer}')")
        base.executemany(
            "INSERT INTO texts VALUES (?, ?)", ((one.path, f"{one.title}\n{one.text}") for one in articles)
        )
        least = 3 if tokenizer == "trigram" else 1

        def find(text: str) -> list[str]:
            words = dict.fromkeys(word for word in _WORD.findall(text) if len(word) >= least)
            if not words:
                return []
            asked = " OR ".join(f'"{word}"' for word in words)
            query = "SELECT path FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
            return [path for (path,) in base.execute(query, (asked, SHOWN))]

        return find

    return made


def _whoosh(analyzer: Callable[[], Any]) -> Baseline:
    def made(articles: list[Article], folder: Path) -> Find:
        from whoosh import fields, index, qparser

        schema = fields.Schema(path=fields.ID(stored=True), words=fields.TEXT(analyzer=analyzer()))
        folder.mkdir(parents=True)
        made = index.create_in(str(folder), schema)
        writer = made.writer(limitmb=256)
        for one in articles:
            writer.add_document(path=one.path, words=f"{one.title}\n{one.text}")
        writer.commit()
        searcher = made.searcher()
        plugins = [qparser.WhitespacePlugin()]
        parser = qparser.QueryParser("words", schema, plugins=plugins, group=qparser.OrGroup)

        def find(text: str) -> list[str]:
            return [hit["path"] for hit in searcher.search(parser.parse(text), limit=SHOWN)]

        return find

    return made


def _stemming() -> Any:
    from whoosh.analysis import StemmingAnalyzer

    return StemmingAnalyzer()


def _language(name: str) -> Callable[[], Any]:
    def made() -> Any:
        from whoosh.analysis import LanguageAnalyzer

        return LanguageAnalyzer(name)

    return made


class IcuWords(Tokenizer):  # type: ignore[misc]
    """Words where ICU sees their ends: it has dictionaries of the scripts without blanks."""

    def __call__(self, value: str, *, removestops: bool = True, **_given: Any) -> Iterator[Any]:
        """As Whoosh calls it: one token, filled anew for each word."""
        from icu4py.breakers import WordBreaker

        token = Token(removestops=removestops)
        words = (value[start:end] for start, end in WordBreaker(value, "th").segments())
        for place, word in enumerate(word for word in words if _WORD.search(word)):
            token.text, token.pos, token.boost, token.stopped = word, place, 1.0, False
            yield token


def _icu_words() -> Any:
    return IcuWords() | LowercaseFilter()


def _tantivy_grams(articles: list[Article], _folder: Path) -> Find:
    import tantivy

    grams = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(3, 3)).filter(tantivy.Filter.lowercase()).build()
    )
    made = _tantivy_index(articles, grams, tokenizer_name="grams", index_option="freq")

    def query(text: str) -> Any:
        each = (
            tantivy.Query.term_query(made.schema, "words", gram)
            for gram in dict.fromkeys(grams.analyze(text))
        )
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])

    return _tantivy_find(made, query)


def _tantivy(tokenizer: str) -> Baseline:
    def made(articles: list[Article], _folder: Path) -> Find:
        made = _tantivy_index(articles, tokenizer_name=tokenizer)

        def query(text: str) -> Any:
            plain = " ".join(_WORD.findall(text))
            return made.parse_query(plain, ["words"]) if plain else None

        return _tantivy_find(made, query)

    return made


def _tantivy_index(articles: list[Article], analyzer: Any = None, **words: Any) -> Any:
    """`words`: how their field is made; `analyzer`: what its tokenizer's name stands for, if it is none of tantivy's."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("words", stored=False, **words)
    made = tantivy.Index(builder.build())
    if analyzer:
        made.register_tokenizer(words["tokenizer_name"], analyzer)
    writer = made.writer(heap_size=100_000_000, num_threads=1)
    for one in articles:
        writer.add_document(tantivy.Document(path=[one.path], words=[f"{one.title}\n{one.text}"]))
    writer.commit()
    made.reload()
    return made


def _tantivy_find(made: Any, query: Callable[[str], Any]) -> Find:
    searcher = made.searcher()

    def find(text: str) -> list[str]:
        asked = query(text)
        if asked is None:
            return []
        return [searcher.doc(address)["path"][0] for _, address in searcher.search(asked, SHOWN).hits]

    return find


def baselines() -> Iterator[tuple[str, Baseline]]:
    """Name and maker of each that this machine has."""
    yield "Whoosh StemmingAnalyzer", _whoosh(_stemming)
    yield "Whoosh LanguageAnalyzer (en)", _whoosh(_language("en"))
    yield "Whoosh LanguageAnalyzer (ar)", _whoosh(_language("ar"))
    if find_spec("icu4py"):
        yield "Whoosh, words by ICU", _whoosh(_icu_words)
    yield "FTS5 unicode61", _fts5("unicode61")
    yield "FTS5 porter", _fts5("porter unicode61")
    yield "FTS5 trigram", _fts5("trigram")
    if find_spec("tantivy"):
        yield "tantivy default", _tantivy("default")
        yield "tantivy en_stem", _tantivy("en_stem")
        yield "tantivy 3-grams", _tantivy_grams
