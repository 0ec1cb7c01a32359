"""Names of the machine's world, looked for in real articles: is the first hit one that has it to the letter?"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

CONFIG = 'timezone = "UTC"\n[articles]\ninclude = ["content/**/*.md"]\n'


def identifiers(corpora: Path, scratch: Path, engines: Sequence[str]) -> Iterator[str]:
    """The share of those that occur which the first hit has, for each engine; and the speed of analysis."""
    from kcs.kb.base import KnowledgeBase
    from kcs.search.analysis import analyse
    from kcs.search.analysis.query import ask
    from kcs.search.searcher import Searcher
    from kcs.search.text import parts

    root = scratch / "rackspace"
    bundle = corpora / "rackspace-how-to.bundle"
    subprocess.run(["git", "clone", "--quiet", bundle, root], check=True)
    (root / "kcs.toml").write_text(CONFIG)
    kb = KnowledgeBase.open(root)
    documents = {one.path: (kb.read(one), one) for one in kb.articles}
    started = time.process_time()
    texts = {path: parts(*document) for path, document in documents.items()}
    read = time.process_time()
    for text in texts.values():
        analyse(text)
    done = time.process_time()
    size = sum(len(text.text.encode()) for text in texts.values()) / 1e6
    raw = {path: f"{text.text}\n{documents[path][0].body}".lower() for path, text in texts.items()}
    names = (corpora.parent / "lab" / "identifiers.txt").read_text(encoding="utf-8").split("\n")
    yield f"\n### Identifiers, on {len(texts):,} real articles\n"
    for engine in engines:
        searcher = Searcher.open(kb, engine)
        missed, asked = [], 0
        for name in filter(None, names):
            holds = re.compile(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])").search
            if not any(map(holds, raw.values())):
                continue
            asked += 1
            hits = searcher.best(ask(name, searcher.vocabulary), 1).hits
            if not hits or not holds(raw[hits[0].path]):
                missed.append(f"`{name}`")
        searcher.close()
        share = (asked - len(missed)) / asked
        yield f"- {engine}: first hit has it in {share:.3f} of the {asked} that occur (goal .95); not {', '.join(missed)}"
    yield f"- analysis of the {size:.1f} MB of plain text: {size / (done - read):.1f} MB/s on one core (goal 3)"
    yield f"- Markdown to plain text: {size / (read - started):.1f} MB/s"
