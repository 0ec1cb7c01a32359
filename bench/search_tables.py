"""The tables of docs/search-quality.md."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.judged_questions import JudgedSet
    from bench.search_quality import Measured, Outcome

Goals = Mapping[str, float]
_GOALS: dict[str, dict[str, float]] = {
    "xquad-mixed": {
        "ar": 0.95, "ar-typo": 0.925, "th": 0.963, "th-typo": 0.955, "vi": 0.948, "vi-plain": 0.944, "vi-typo": 0.94,
        "en": 0.957, "en-typo": 0.95,
    },
    "wild-mixed": {
        "ar": 0.80, "ar-typo": 0.75, "th": 0.92, "th-typo": 0.905, "vi": 0.69, "vi-plain": 0.69, "vi-typo": 0.68,
        "en-stackfaq": 0.865, "en-cranfield": 0.80, "en-typo": 0.855,
    },
}  # fmt: skip
_DRAWS = 1000
FLOORS = (0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)


# What another engine's own BM25 may cost: the goals are Whoosh's, which ranks by ours.
_ANOTHER_ENGINE = 0.01


def goals(name: str, engine: str) -> Goals:
    """MRR@10 of each group of a set that is to be reached on the half of the questions that nobody here has."""
    less = 0.0 if engine == "whoosh" else _ANOTHER_ENGINE
    return {group: value - less for group, value in _GOALS[name].items()}


def found_table(judged: JudgedSet, others: Sequence[Measured], ours: Mapping[str, Measured]) -> Iterator[str]:
    """MRR@10 by group, one line a searcher; `ours` by engine."""
    groups = list(dict.fromkeys(one.group for one in judged.questions))
    yield f"\n### {judged.name}: {len(judged.articles):,} texts, {len(judged.questions):,} questions\n"
    yield "| MRR@10 | " + " | ".join(groups) + " | nothing found | index / text |"
    yield "| --- |" + " --: |" * (len(groups) + 2)
    wanted = goals(judged.name, "whoosh")
    for one in others:
        yield _line(one.name, one, groups, {})
    for engine, one in ours.items():
        yield _line(f"**{one.name}**", one, groups, goals(judged.name, engine))
    yield "| goal | " + " | ".join(f"{wanted.get(group, 0):.3f}" for group in groups) + " | 0 | |"


def beside_table(judged: JudgedSet, others: Sequence[Measured], one: Measured) -> Iterator[str]:
    """Ours less the best of the others in each group, and what chance may have to do with it."""
    yield f"\n{judged.name}, {one.name}, beside whichever other program finds most in a group:\n"
    yield "| | questions | the best other | its MRR@10 | ours above it | 95% |"
    yield "| --- | --: | --- | --: | --: | --: |"
    for group in dict.fromkeys(one.group for one in judged.questions):
        best = max(others, key=lambda other: other.mean(group))
        low, high = difference(one.outcomes, best.outcomes, group)
        count = sum(outcome.asked.group == group for outcome in one.outcomes)
        above = one.mean(group) - best.mean(group)
        yield f"| {group} | {count} | {best.name} | {best.mean(group):.3f} | {above:+.3f} | {low:+.3f} to {high:+.3f} |"


def difference(ours: Sequence[Outcome], others: Sequence[Outcome], group: str) -> tuple[float, float]:
    """The 95% interval of a group's mean difference in MRR, both asked the same questions, drawn by article:

    questions about one article are no independent evidence.
    """
    by_article: dict[str, list[float]] = defaultdict(list)
    for one, other in zip(ours, others, strict=True):
        if one.asked.group == group:
            by_article[min(one.asked.taken_out)].append(one.found - other.found)
    sums = [(sum(found), len(found)) for _, found in sorted(by_article.items())]
    draw, means = random.Random(1), []
    for _ in range(_DRAWS):
        total, count = map(sum, zip(*draw.choices(sums, k=len(sums)), strict=True))
        means.append(total / count)
    means.sort()
    return means[_DRAWS // 40], means[-_DRAWS // 40]


def _line(name: str, one: Measured, groups: Sequence[str], wanted: Goals) -> str:
    cells = (_cell(one.mean(group), wanted.get(group, 0.0)) for group in groups)
    size = f"{one.size:.2f}" if one.size else ""
    return f"| {name} | {' | '.join(cells)} | {one.empty()} | {size} |"


def _cell(value: float, goal: float) -> str:
    return f"{value:.3f}" + ("" if value >= goal else " (below)")


def answered_tables(judged: JudgedSet, one: Measured) -> Iterator[str]:
    """Whether answered is told from unanswered, by language as typed without errors; then by floor."""
    from kcs.search.analysis.match import FLOOR

    plain = [outcome for outcome in one.outcomes if not outcome.asked.group.endswith("-typo")]
    languages = sorted({outcome.asked.language for outcome in plain})
    yield f"\n{judged.name}, floor {FLOOR}: answered when the article is there, unanswered when it is taken out.\n"
    yield "| | answered | unanswered | balanced | on the half that was fitted | on the other | best floor's |"
    yield "| --- |" + " --: |" * 6
    sides: list[tuple[str, Callable[[Outcome], bool]]] = [
        (name, lambda outcome, name=name: outcome.asked.group == name)  # type: ignore[misc]
        for name in sorted({outcome.asked.group for outcome in one.outcomes})
    ]
    for name, fits in sides:
        mine = [outcome for outcome in one.outcomes if fits(outcome)]
        halves = [
            balance([outcome for outcome in mine if outcome.asked.half == half], FLOOR) for half in (0, 1)
        ]
        best = max(balance(mine, floor / 100)[2] for floor in range(5, 100, 2))
        yes, no, both = balance(mine, FLOOR)
        yield (
            f"| {name} | {yes:.3f} | {no:.3f} | {both:.3f} | {halves[0][2]:.3f} | {halves[1][2]:.3f} | {best:.3f} |"
        )
    yield f"\nThe curve of {judged.name}, answered / unanswered at each floor, all questions of a language:\n"
    yield "| floor | " + " | ".join(languages) + " |"
    yield "| --: |" + " --: |" * len(languages)
    for floor in FLOORS:
        found = (
            balance([each for each in plain if each.asked.language == language], floor)
            for language in languages
        )
        yield f"| {floor} | " + " | ".join(f"{yes:.2f} / {no:.2f}" for yes, no, _ in found) + " |"


def balance(outcomes: Iterable[Outcome], floor: float) -> tuple[float, float, float]:
    """(answered of those that can be, unanswered of those that cannot, the mean of both)."""
    kept = list(outcomes)
    if not kept:
        return 0.0, 0.0, 0.0
    yes = fmean(one.match >= floor for one in kept)
    no = fmean(one.without < floor for one in kept)
    return yes, no, (yes + no) / 2
