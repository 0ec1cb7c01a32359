"""How well personal data is found: `python bench/privacy.py [--write]`, the labelled set, per kind and language.

--write puts the table between the marks of docs/personal-data.md; --verbose names what was missed and falsely found.
`python bench/privacy.py FOLDER` instead prints what is found in real articles, where nearly nothing should be.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.pages import DOCS, place  # noqa: E402
from kcs.privacy import Kind, find  # noqa: E402
from tests.privacy.labelled import Score, counts, measure, read_labelled  # noqa: E402

LANGUAGES = ("en", "th", "vi", "ar")


def main() -> int:
    """Print, and with --write store, the table; with a folder, what its articles hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--write", action="store_true")
    options.add_argument("--verbose", action="store_true")
    given = options.parse_args()
    if given.folder is not None:
        return articles(given.folder)
    texts = read_labelled()
    scores = measure(texts)
    table = drawn(scores, sum(counts(texts).values()))
    print(table)
    if given.verbose:
        for (kind, language), score in sorted(scores.items()):
            for line in score.missed:
                print(f"missed {kind} {language}: {line}")
            for line in score.false:
                print(f"false {kind} {language}: {line}")
    if given.write:
        place(DOCS / "personal-data.md", "personal data", table)
    return 0


def drawn(scores: dict[tuple[str, str], Score], texts: int) -> str:
    """The table: found/labelled and false alarms for each kind and language."""
    head = f"{texts} texts. In each field: found / labelled, and false alarms after a `+`.\n\n"
    lines = [f"| kind | {' | '.join(LANGUAGES)} | recall | false alarms |", "| --- |" + " ---: |" * 6]
    for kind in Kind:
        fields = [scores.get((kind, language), Score()) for language in LANGUAGES]
        found, labelled = sum(f.found for f in fields), sum(f.labelled for f in fields)
        wrong = sum(len(f.false) for f in fields)
        shown = " | ".join(_field(one) for one in fields)
        lines.append(f"| {kind} | {shown} | {found / labelled:.0%} | {wrong} |")
    return head + "\n".join(lines)


def _field(score: Score) -> str:
    return f"{score.found}/{score.labelled}" + (f" +{len(score.false)}" if score.false else "")


def articles(folder: Path) -> int:
    """Every finding in the Markdown files of a folder, and how long finding took."""
    kinds: Counter[str] = Counter()
    start, size = time.perf_counter(), 0
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text("utf-8", "replace")
        size += len(text)
        for one in find(text, language="en", examples=False):
            kinds[one.kind] += 1
            line = text.count("\n", 0, one.start) + 1
            print(f"{path.relative_to(folder)}:{line}\t{one.kind}\t{one.text[:80]!r}")
    print(f"{dict(kinds)} in {size} characters, {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
