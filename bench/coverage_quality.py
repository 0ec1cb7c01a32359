"""Is it covered, and what asks the same: measured on judged questions, written to docs/coverage-quality.md.

Needs the corpora (KCS_CORPORA or --corpora) and scikit-learn for the baselines. `--fit` prints the figures of
kcs/coverage/certainty.py anew from the first half of the articles. `--every 4` takes a quarter of the
questions, drawn by seed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.judged import MISTYPED, NATURAL, Corpus, Question, load
from bench.pages import DOCS, place

if TYPE_CHECKING:
    from kcs.coverage.grouping import Grouper

# As kcs.search.searcher, kcs.coverage.judging and kcs.search.bulk have them.
_DEPTH, _NEAR = 30, 3
_DRAWS = 1000


class Example(NamedTuple):
    """A question with its article in the base (`covered`) or without; `score`: the higher, the likelier it is covered.

    `near`: the nearest articles.
    """

    question: Question
    covered: bool
    score: float
    near: tuple[str, ...] = ()


# ---- ours


def ours(corpus: Corpus) -> Iterator[Example]:
    """By the match judgement of search, as `kcs gaps` asks it."""
    from kcs.search.analysis import analyse_text
    from kcs.search.analysis.match import judge
    from kcs.search.analysis.query import ask
    from kcs.search.analysis.rerank import rerank
    from kcs.search.analysis.vocabulary import Vocabulary
    from kcs.search.engines.memory import MemoryEngine
    from kcs.search.model import Entry, Record

    vocabulary, engine, entries, records = Vocabulary(), MemoryEngine(), [], {}
    for number, document in enumerate(corpus.documents, 1):
        terms = analyse_text(document.title, document.text)
        vocabulary.add(terms)
        records[number] = Record.of(terms.record)
        entries.append(Entry(number, terms))
    engine.change([], entries)
    names = [document.id for document in corpus.documents]
    for question in corpus.questions:
        asked = ask(question.text, vocabulary)
        found = engine.find(asked.plan, _DEPTH + len(question.family)).best
        for covered in (True, False):
            kept = [one for one in found if covered or names[one[0] - 1] not in question.family][:_DEPTH]
            ranked = rerank(asked, kept, {number: records[number] for number, _ in kept}, vocabulary.average)
            first = judge(asked, ranked, records, _NEAR)
            near = tuple(names[one.number - 1] for one in first)
            yield Example(question, covered, first[0].match if first else 0.0, near)


# ---- baselines


def bm25(corpus: Corpus) -> Iterator[Example]:
    """The best score of plain BM25 (k1 1.2, b .75) over words in small letters."""
    import numpy
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(token_pattern=r"(?u)\w+")
    counts = (
        vectorizer.fit_transform([f"{one.title}\n{one.text}" for one in corpus.documents])
        .astype(float)
        .tocoo()
    )
    lengths = numpy.asarray(counts.sum(1)).ravel()
    holders = numpy.bincount(counts.col, minlength=counts.shape[1])
    rarity = numpy.log(1 + (len(lengths) - holders + 0.5) / (holders + 0.5))
    slope = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    counts.data = rarity[counts.col] * counts.data * 2.2 / (counts.data + slope[counts.row])
    asked = vectorizer.transform([one.text for one in corpus.questions])
    asked.data = numpy.ones_like(asked.data)
    yield from _best_scores(corpus, asked, counts.tocsr())


def cosine(corpus: Corpus) -> Iterator[Example]:
    """The best TF-IDF cosine, as scikit-learn comes (with its sublinear counts, which are better here)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True)
    documents = vectorizer.fit_transform([f"{one.title}\n{one.text}" for one in corpus.documents])
    yield from _best_scores(corpus, vectorizer.transform([one.text for one in corpus.questions]), documents)


def _best_scores(corpus: Corpus, asked: Any, documents: Any) -> Iterator[Example]:
    places = {document.id: place for place, document in enumerate(corpus.documents)}
    for begin in range(0, len(corpus.questions), 400):
        scores = (asked[begin : begin + 400] @ documents.T).toarray()
        for row, question in zip(scores, corpus.questions[begin : begin + 400], strict=True):
            yield Example(question, True, float(row.max()))
            row[[places[one] for one in question.family]] = 0
            yield Example(question, False, float(row.max()))


# ---- figures


def f1(examples: Sequence[Example], threshold: float) -> float:
    """Of "uncovered": below the threshold."""
    return _f1(*_counts(examples, threshold))


def _counts(examples: Iterable[Example], threshold: float) -> tuple[int, int, int]:
    """Found and right, found, there."""
    found = [one.covered for one in examples if one.score < threshold]
    return found.count(False), len(found), sum(not one.covered for one in examples)


def _f1(right: int, found: int, there: int) -> float:
    return 2 * right / (found + there) if right else 0.0


def best_threshold(examples: Sequence[Example]) -> float:
    """That with the highest F1."""
    ordered = sorted(examples, key=lambda one: one.score)
    there = sum(not one.covered for one in ordered)
    best, threshold, right = 0.0, 0.0, 0
    for found, one in enumerate(ordered, 1):
        right += not one.covered
        following = ordered[found].score if found < len(ordered) else one.score + 1
        if following > one.score and _f1(right, found, there) > best:
            best, threshold = _f1(right, found, there), (one.score + following) / 2
    return threshold


def interval(examples: Sequence[Example], threshold: float) -> tuple[float, float]:
    """95%, by drawing articles, not questions: those of one article are no independent evidence."""
    by_topic: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        by_topic[one.question.topic].append(one)
    counts = [_counts(by_topic[topic], threshold) for topic in sorted(by_topic)]
    draw = random.Random(1)
    figures = []
    for _ in range(_DRAWS):
        right, found, there = map(sum, zip(*draw.choices(counts, k=len(counts)), strict=True))
        figures.append(_f1(right, found, there))
    figures.sort()
    return figures[_DRAWS // 40], figures[-_DRAWS // 40]


def of_half(examples: Sequence[Example], half: int, groups: Sequence[str]) -> list[Example]:
    """Those of one half of the articles, of these groups."""
    return [one for one in examples if one.question.half == half and one.question.group in groups]


# ---- groups


class Asking(NamedTuple):
    """A ticket that nothing answers: its words, what it asks, and the articles it is nearest to."""

    text: str
    topic: str
    near: tuple[str, ...]


def tickets_of(examples: Sequence[Example], groups: Sequence[str], seed: int = 3) -> list[Asking]:
    """The second half's questions, their articles taken out, in a drawn order. The same article in another language
    asks something else: nobody can see from the words that it does not."""
    found = [
        Asking(one.question.text, f"{one.question.topic} {one.question.group[:2]}", one.near)
        for one in of_half(examples, 1, groups)
        if not one.covered
    ]
    random.Random(seed).shuffle(found)
    return found


def grouped(tickets: Sequence[Asking]) -> list[int]:
    """The group of each, as `kcs gaps` makes them."""
    from kcs.coverage.grouping import counts_of

    return labelled([counts_of("", one.text, one.near) for one in tickets])[0]


def labelled(counts: Sequence[dict[str, float]], **options: int) -> tuple[list[int], Grouper]:
    """The group of each ticket that has these terms, and what grouped them."""
    from kcs.coverage.grouping import Frequencies, Grouper

    frequencies, grouper = Frequencies(), Grouper(**options)
    for one in counts:
        frequencies.add(one)
    labels = [-1] * len(counts)
    for key, one in enumerate(counts):
        order = grouper.add(key, frequencies.vector(one))
        if order is not None:
            labels[key] = order
        if grouper.is_full:
            for place, order in grouper.drain():
                labels[place] = order
    for place, order in grouper.drain():
        labels[place] = order
    moved = dict(grouper.settle())
    return [moved.get(label, label) for label in labels], grouper


def k_means(texts: Sequence[str], number: int) -> list[int]:
    """TF-IDF with k-means, told how many groups there are."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer().fit_transform(texts)
    return list(KMeans(number, n_init=3, random_state=0).fit_predict(vectors))


# ---- the page


def main() -> int:
    """Measure, and write the page (with --fit: print weights)."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", type=Path, default=Path(os.environ.get("KCS_CORPORA", "corpora")))
    options.add_argument("--fit", action="store_true")
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--output", type=Path, default=DOCS / "coverage-quality.md")
    given = options.parse_args()
    corpora = [_some(load(given.corpora, name), given.every) for name in NATURAL]
    looked = {corpus.name: list(ours(corpus)) for corpus in corpora}
    if given.fit:
        return _fit(looked)
    figures = "\n".join(_page(corpora, looked))
    place(given.output, "coverage quality", figures)
    print(figures)
    return 0


def _some(corpus: Corpus, every: int) -> Corpus:
    """Those of the groups that are reported, and of these one of so many."""
    groups = (*NATURAL[corpus.name], *MISTYPED[corpus.name])
    questions = [one for one in corpus.questions if one.group in groups]
    random.Random(5).shuffle(questions)
    return Corpus(corpus.name, corpus.documents, questions[: len(questions) // every])


def _fit(looked: dict[str, list[Example]]) -> int:
    """Both corpora weigh the same, whatever their size."""
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = [], [], []
    for examples in looked.values():
        first = [one for one in examples if not one.question.half]
        rows += [[one.score] for one in first]
        labels += [one.covered for one in first]
        weights += [1 / len(first)] * len(first)
    model = LogisticRegression(C=1e4).fit(rows, labels, [one * len(rows) for one in weights])
    steepness = float(model.coef_[0][0])
    print(f"_STEEPNESS, _EVEN = {steepness:.1f}, {-float(model.intercept_[0]) / steepness:.2f}")
    return 0


def _page(corpora: Sequence[Corpus], looked: dict[str, list[Example]]) -> Iterator[str]:
    from kcs.search.analysis.match import FLOOR

    for corpus in corpora:
        mine = looked[corpus.name]
        baselines = {"BM25 score": list(bm25(corpus)), "TF-IDF cosine": list(cosine(corpus))}
        yield f"\n### {corpus.name}\n"
        yield "| uncovered F1, second half | ours | 95% | ours at the floor of search | BM25 score | TF-IDF cosine | ours above the best |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        natural, mistyped = NATURAL[corpus.name], MISTYPED[corpus.name]
        for groups in (natural, *((one,) for one in natural), mistyped, *((one,) for one in mistyped)):
            yield _line(groups, mine, FLOOR, baselines, natural, mistyped)
        limit = best_threshold(of_half(mine, 0, (*natural, *mistyped)))
        yield f"\nThe threshold of the first half: {limit:.3f}; the floor of search: {FLOOR}."
        yield from _reliability(of_half(mine, 1, natural + mistyped))
    yield "\n### Groups\n"
    yield "| tickets, second half | texts | groups there are | V-measure: ours, k-means, each alone | adjusted mutual information: ours, k-means |"
    yield "| --- | --- | --- | --- | --- |"
    for corpus in corpora:
        natural, mistyped = NATURAL[corpus.name], MISTYPED[corpus.name]
        mine = looked[corpus.name]
        yield _group_line(f"{corpus.name}, natural", tickets_of(mine, natural))
        yield _group_line(f"{corpus.name}, with typing errors", tickets_of(mine, natural + mistyped))
        if "en-stackfaq" in natural:
            yield _group_line("support-like English alone", tickets_of(mine, ("en-stackfaq",)))


def _reliability(examples: Sequence[Example]) -> Iterator[str]:
    """By what was said of each to be covered: what that is on average, how many were, and of how many that is known."""
    from kcs.coverage.certainty import certainty

    said: list[list[float]] = [[] for _ in range(10)]
    was: list[list[float]] = [[] for _ in range(10)]
    for one in examples:
        covered = 1 - certainty(one.score)
        place = min(int(covered * 10), 9)
        said[place].append(covered)
        was[place].append(float(one.covered))
    apart = sum(abs(sum(some) - sum(true)) for some, true in zip(said, was, strict=True)) / len(examples)
    yield f"\nSaid and true are {apart:.3f} apart on average.\n"
    yield "| covered | " + " | ".join(f".{low} to .{low + 1}" for low in range(9)) + " | .9 to 1 |"
    yield "| --- |" + " --- |" * 10
    for name, rows in (("said", said), ("was", was)):
        means = (f"{sum(some) / len(some):.2f}" if some else "–" for some in rows)
        yield f"| {name}, on average | {' | '.join(means)} |"
    yield "| questions | " + " | ".join(f"{len(some):,}" for some in said) + " |"


def _line(
    groups: Sequence[str],
    mine: Sequence[Example],
    floor: float,
    baselines: dict[str, list[Example]],
    natural: Sequence[str],
    mistyped: Sequence[str],
) -> str:
    """Ours at the threshold of the first half, over all groups; a baseline at the best for all of the second half."""
    everything = (*natural, *mistyped)
    wide = natural if set(groups) <= set(natural) else mistyped

    def fixed(examples: Sequence[Example]) -> float:
        return f1(of_half(examples, 1, groups), best_threshold(of_half(examples, 0, everything)))

    def own_best(examples: Sequence[Example]) -> float:
        return f1(of_half(examples, 1, groups), best_threshold(of_half(examples, 1, wide)))

    threshold = best_threshold(of_half(mine, 0, everything))
    low, high = interval(of_half(mine, 1, groups), threshold)
    others = {name: own_best(examples) for name, examples in baselines.items()}
    name = (
        "**natural**" if groups == natural else "**with typing errors**" if groups == mistyped else groups[0]
    )
    figures = [fixed(mine), f1(of_half(mine, 1, groups), floor), *others.values()]
    shown = [f"{one:.3f}".lstrip("0") for one in figures]
    above = figures[0] - max(others.values())
    return f"| {name} | {shown[0]} | {low:.3f} to {high:.3f} | {' | '.join(shown[1:])} | {above:+.3f} |"


def _group_line(name: str, tickets: Sequence[Asking]) -> str:
    from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

    texts, topics = [one.text for one in tickets], [one.topic for one in tickets]
    number = len(set(topics))
    mine, theirs = grouped(tickets), k_means(texts, number)
    v: Callable[[Sequence[object]], float] = lambda labels: v_measure_score(topics, labels)  # noqa: E731
    a: Callable[[Sequence[object]], float] = lambda labels: adjusted_mutual_info_score(topics, labels)  # noqa: E731
    return (
        f"| {name} | {len(texts):,} | {number:,} | {v(mine):.3f}, {v(theirs):.3f}, {v(range(len(texts))):.3f} "
        f"| {a(mine):.3f}, {a(theirs):.3f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
