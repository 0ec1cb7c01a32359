# ruff: noqa: PTH103, PTH116, PTH118 - the fast way, for a fair baseline
"""Other ways to search the same articles, as somebody writes them who has half an hour: a script for each.

python bench/search_scripts.py fts5|tantivy|whoosh index|update|search ROOT FOLDER [WORD]...
python bench/search_scripts.py analysis ROOT

`index` makes it anew, `update` looks at the times of all files, `search` prints the ten best for any of the words.
`analysis` reads and analyses all articles as our index does, and keeps nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Do one thing once: what is measured is the process."""
    if sys.argv[1] == "analysis":
        analysis(sys.argv[2])
        return
    engine, action, root, folder = sys.argv[1:5]
    {"fts5": fts5, "tantivy": tantivy, "whoosh": whoosh}[engine](action, root, folder, sys.argv[5:])


def files(root: str) -> Iterator[tuple[str, int]]:
    """Every article with the time of its last change."""
    for folder, _, names in os.walk(os.path.join(root, "content")):
        for name in names:
            if name.endswith(".md"):
                path = os.path.join(folder, name)
                yield path, os.stat(path).st_mtime_ns


def text(path: str) -> str:
    """What is in it."""
    with open(path, encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
        return stream.read()


def fts5(action: str, root: str, folder: str, words: list[str]) -> None:
    """SQLite's FTS5 with its stemmer."""
    import sqlite3

    base = sqlite3.connect(os.path.join(folder, "fts5.db"))
    if action == "search":
        asked = " OR ".join(f'"{word}"' for word in words)
        for row in base.execute("SELECT path FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10", (asked,)):
            print(row[0])
        return
    if action == "index":
        base.executescript(
            "DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS t; CREATE TABLE t (path PRIMARY KEY, time, row);"
            "CREATE VIRTUAL TABLE a USING fts5(path UNINDEXED, body, tokenize = 'porter unicode61')"
        )
    known = {path: (time, row) for path, time, row in base.execute("SELECT path, time, row FROM t")}
    for path, time in files(root):
        old = known.pop(path, None)
        if old and old[0] == time:
            continue
        if old:
            base.execute("DELETE FROM a WHERE rowid = ?", (old[1],))
        row = base.execute("INSERT INTO a VALUES (?, ?)", (path, text(path))).lastrowid
        base.execute("INSERT OR REPLACE INTO t VALUES (?, ?, ?)", (path, time, row))
    for path, (_, row) in known.items():
        base.execute("DELETE FROM a WHERE rowid = ?", (row,))
        base.execute("DELETE FROM t WHERE path = ?", (path,))
    base.commit()


def tantivy(action: str, root: str, folder: str, words: list[str]) -> None:
    """tantivy with its English stemmer."""
    import json

    import tantivy as library

    folder = os.path.join(folder, "tantivy")
    os.makedirs(folder, exist_ok=True)
    builder = library.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = library.Index(builder.build(), path=folder)
    if action == "search":
        searcher = index.searcher()
        for _, address in searcher.search(index.parse_query(" ".join(words), ["body"]), 10).hits:
            print(searcher.doc(address)["path"][0])
        return
    times = Path(folder, "times.json")
    known = json.loads(times.read_text()) if action == "update" else {}
    writer = index.writer(128_000_000, 1)
    if action == "index":
        writer.delete_all_documents()
    now = dict(files(root))
    for path, time in now.items():
        if known.get(path) != time:
            if path in known:
                writer.delete_documents_by_term("path", path)
            writer.add_document(library.Document(path=path, body=text(path)))
    for path in known.keys() - now.keys():
        writer.delete_documents_by_term("path", path)
    writer.commit()
    writer.wait_merging_threads()
    times.write_text(json.dumps(now))


def whoosh(action: str, root: str, folder: str, words: list[str]) -> None:
    """whoosh-reloaded as its guide says, with its stemming analyzer."""
    from whoosh import index as library
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import ID, NUMERIC, TEXT, Schema

    folder = os.path.join(folder, "whoosh")
    os.makedirs(folder, exist_ok=True)
    if action == "search":
        from whoosh.qparser import OrGroup, QueryParser

        opened = library.open_dir(folder)
        with opened.searcher() as searcher:
            query = QueryParser("body", opened.schema, group=OrGroup).parse(" ".join(words))
            for hit in searcher.search(query, limit=10):
                print(hit["path"])
        return
    schema = Schema(
        path=ID(unique=True, stored=True), time=NUMERIC(bits=64, stored=True), body=TEXT(StemmingAnalyzer())
    )
    opened = library.create_in(folder, schema) if action == "index" else library.open_dir(folder)
    known: dict[str, Any] = {}
    if action == "update":
        with opened.searcher() as searcher:
            known = {fields["path"]: fields["time"] for fields in searcher.all_stored_fields()}
    writer = opened.writer()
    for path, time in files(root):
        old = known.pop(path, None)
        if old is None:
            writer.add_document(path=path, time=time // 1000, body=text(path))
        elif old != time // 1000:
            writer.update_document(path=path, time=time // 1000, body=text(path))
    for path in known:
        writer.delete_by_term("path", path)
    writer.commit()


def asker(kind: str, folder: str) -> Callable[[list[str]], object]:
    """A function that asks a script's index for any of some words, open for many questions."""
    if kind == "fts5":
        import sqlite3

        base = sqlite3.connect(os.path.join(folder, "fts5.db"))
        select = "SELECT path FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10"
        return lambda words: base.execute(select, (" OR ".join(f'"{word}"' for word in words),)).fetchall()
    if kind == "tantivy":
        import tantivy as library

        index = library.Index.open(os.path.join(folder, "tantivy"))
        opened = index.searcher()

        def ask(words: list[str]) -> list[str]:
            hits = opened.search(index.parse_query(" ".join(words).lower(), ["body"]), 10).hits
            return [opened.doc(address)["path"][0] for _, address in hits]

        return ask
    from whoosh import index as whoosh_index
    from whoosh.qparser import OrGroup, QueryParser

    kept = whoosh_index.open_dir(os.path.join(folder, "whoosh"))
    searcher, parser = kept.searcher(), QueryParser("body", kept.schema, group=OrGroup)
    return lambda words: [
        hit["path"] for hit in searcher.search(parser.parse(" ".join(words).lower()), limit=10)
    ]


def analysis(root: str) -> None:
    """All that has to be done before any engine is asked."""
    from kcs.article.front_matter import Document, body_of
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis import analyse
    from kcs.search.text import parts

    kb = KnowledgeBase.open(Path(root))
    for article in kb.articles:
        analyse(parts(Document({}, body_of(kb.raw(article)), 1), article))


if __name__ == "__main__":
    main()
