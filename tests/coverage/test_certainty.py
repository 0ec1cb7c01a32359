"""How sure a gap is said to be is about how often it is one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bench.coverage_quality import Example, ours
from bench.judged import NATURAL, Corpus, load
from kcs.coverage.certainty import certainty

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coverage-quality.md"
# Said and true of a few hundred questions, in thirds.
NEAR = 0.15


def thirds(examples: list[Example]) -> list[tuple[float, float, int]]:
    """Said, true, how many."""
    found: list[list[tuple[float, bool]]] = [[], [], []]
    for one in examples:
        said = certainty(one.score)
        found[min(int(said * 3), 2)].append((said, not one.covered))
    return [(*(sum(of) / len(some) for of in zip(*some, strict=True)), len(some)) for some in found]


def test_of_real_questions_as_many_are_uncovered_as_is_said(corpora: Path) -> None:
    """A quarter of the articles, in all their languages: those that the figures were not fitted on."""
    corpus = load(corpora, "xquad-mixed")
    documents = [one for one in corpus.documents if int(one.id.split(":")[2]) % 4 == 0]
    names = {one.id for one in documents}
    asked = [
        one
        for one in corpus.questions
        if one.half and one.group in NATURAL[corpus.name] and one.family <= names
    ]
    told = thirds(list(ours(Corpus(corpus.name, documents, asked))))
    assert sum(count for _, _, count in told) == 2 * len(asked) > 400
    assert all(abs(said - true) < NEAR for said, true, _ in told), told


def test_the_nearer_an_article_the_less_sure_is_the_gap() -> None:
    said = [certainty(step / 100) for step in range(101)]
    assert all(one > other for one, other in pairwise(said))
    assert said[0] > 0.9 and said[100] < 0.1 and abs(certainty(0.51) - 0.5) < 0.01


def test_the_page_shows_said_and_true_of_these_figures() -> None:
    """Of each tenth what was said lies in it, and what was so is not far off."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines()]
    said = [row[1:] for row in rows if row[0] == "said, on average"]
    true = [row[1:] for row in rows if row[0] == "was, on average"]
    assert len(said) == len(true) == 2
    for ones, others in zip(said, true, strict=True):
        for place, (one, other) in enumerate(zip(ones, others, strict=True)):
            assert place / 10 - 0.01 <= float(one) <= place / 10 + 0.11
            assert abs(float(one) - float(other)) < 0.2
