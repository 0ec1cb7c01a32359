"""Whether an article answers a question: the second judgement, comparable between questions. Ranked is not answered.

It combines three values, each in [0, 1]. *Covered*: how much of the question the article says, words weighted by rarity;
a rare word counts by being there (half of it: in the passage that says most), a common one as far as its neighbour in
the question is beside it. *Telling*: how rare the question's words are on average; common words are covered by chance.
*Standing*: how far the article's score is above the third best's, in roots of the possible score, which is how far a sum
of so many things varies by chance: without an answer all are equally near, and the rarer the words, pairs and letters
are among the nearest, the more they raise one above the others. A *short* question names a thing rather than asking: an
article with that name answers it, one that mentions it in passing does not. The weights, and how often they are right:
docs/search-quality.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import sqrt

from kcs.search.analysis.question import Question, Wanted
from kcs.search.analysis.word_places import Place, Places, underscored
from kcs.search.model import Record
from kcs.tuples import NamedTuple

# A match from here on counts as an answer, unless kcs.toml sets its own floor.
FLOOR = 0.5

COVERED, TELLING, STANDING, OFFSET = 0.60, 0.40, 0.55, -0.25
# This many roots of the possible score above the third best, an article stands out fully.
MOST_ROOTS = 6
# With too few hits to compare: lets words of middling rarity, all of them there, be an answer.
FEW = 0.15
# Letters: how long a passage is, and how far apart neighbours may be (in scripts without blanks).
PASSAGE = 160
APART, APART_CLOSE = 10, 4
# The weight of a common word in the passage, but not beside its neighbour.
TOGETHER = 0.3
# An article may have a near twin: compared with the third best, it still stands out. Below four hits, none does.
COMPARED, LEAST_COMPARED = 2, 4
# Of the first ten, each changes places by how much of the question it covers: one that covers all of it counts as
# scored two fifths higher.
FIRST, COVERING = 10, 0.4
# The second look about doubles the differences between an engine's scores; the engine's first hits do for a glance.
SECOND_LOOK, GLANCED = 2, 4
# The most words of a short question; a pair of Thai clusters and the like is a third of one.
SHORT, PIECE = 3, 1 / 3
# The least match of an article with that name. In scripts cut in pieces, most will do: a slip breaks two or three.
NAMED, ALL, MOSTLY = 0.7, 0.999, 0.6
# An article that says one of its words at most so often, and none at its beginning, matches at most this much; so does
# one that lacks one of very few words.
IN_PASSING, MENTIONED, FEWEST = 2, 0.4, 2


class Sight(NamedTuple):
    """What an article shows of a question: `found` and `beside` tell for each wanted word whether it is
    there, and whether a neighbour is beside it. `named`: how much of the question the title says, by rarity.
    `in_passing`, for a short question and an article with a title: title and first passage say none, and one
    word is hardly there.
    """

    covered: float
    found: tuple[bool, ...]
    beside: tuple[bool, ...]
    named: float
    in_passing: bool


class Way(NamedTuple):
    """One way to say a question, with values common to all articles. `telling`: what it adds to a match; `in_words`:
    none of it is in a script cut in pieces."""

    wanted: Sequence[Wanted]
    is_short: bool
    telling: float
    in_words: bool


class Judged(NamedTuple):
    """A candidate in its final place, with that place's score, and its match."""

    number: int
    score: float
    match: float


def judge(
    question: Question, ranked: Sequence[tuple[int, float]], records: Mapping[int, Record], most: int = FIRST
) -> list[Judged]:
    """The first `most` candidates, with their match; `ranked` comes from the reranking, best first.

    The first ten change places, and the scores stay where they are: whatever marks a hit down later weighs places.
    """
    if most < 1:
        return []
    ways, few = _ways(question), len(ranked) < LEAST_COMPARED
    compared = 0.0 if few else ranked[COMPARED][1]
    seen: list[tuple[float, float]] = []
    weighed: list[float] = []
    for number, score in ranked[: max(most, FIRST)]:
        if most <= len(seen) < FIRST and score * (1 + COVERING) <= sorted(weighed)[-most]:
            break  # whatever it covers, it comes after those that are wanted
        seen.append(_best(question, ways, records[number], None if few else score - compared))
        weighed.append(score * (1 + COVERING * seen[-1][1]))
    order = sorted(range(min(len(seen), FIRST)), key=lambda at: -weighed[at])
    order += range(FIRST, len(seen))
    return [Judged(ranked[at][0], ranked[place][1], seen[at][0]) for place, at in enumerate(order[:most])]


def glance(question: Question, found: Sequence[tuple[int, float]], records: Mapping[int, Record]) -> float:
    """How well the nearest may answer, by an engine's scores
    alone: for choosing which of many questions to ask in full.

    `found`: the first `GLANCED` or more; `records`: of the first two.
    """
    if not found:
        return 0.0
    third = found[COMPARED][1] if len(found) > COMPARED else found[0][1]
    return max(
        match(question, records[number], SECOND_LOOK * (score - third)) for number, score in found[:COMPARED]
    )


def match(question: Question, record: Record, above: float | None = 0.0) -> float:
    """How well a record answers the question, or a way to say it in synonyms.

    `above`: its score above the third best's; None if there are too few to compare.
    """
    return _best(question, _ways(question), record, above)[0]


def _ways(question: Question) -> list[Way]:
    return [
        Way(
            wanted,
            _is_short(wanted),
            TELLING * (sum(one.rarity for one in wanted) / len(wanted)),
            all(one.stems for one in wanted),
        )
        for wanted in (question.wanted, *question.ways)
        if wanted and not all(one.guessed for one in wanted)
    ]


def _best(
    question: Question, ways: Sequence[Way], record: Record, above: float | None
) -> tuple[float, float]:
    """The match, and how much of the question is covered, in whichever way to say it has most of each."""
    most = MOST_ROOTS * sqrt(question.possible)
    standing = FEW if above is None else min(max(above, 0.0) / most, 1.0) if most else 0.0
    sights = [see(way.wanted, record, way.is_short) for way in ways]
    matches = [_match(question, way, seen, standing) for way, seen in zip(ways, sights, strict=True)]
    return max(matches, default=0.0), max([seen.covered for seen in sights], default=0.0)


def _match(question: Question, way: Way, seen: Sight, standing: float) -> float:
    if not seen.covered:
        return 0.0
    judged = COVERED * seen.covered + way.telling + STANDING * standing + OFFSET
    judged = min(max(judged, 0.0), 1.0)
    # Where the title says it all, common words, or many articles about it, mean nothing.
    if seen.named >= ALL or (way.is_short and not way.in_words and seen.named >= MOSTLY):
        return max(judged, NAMED)
    is_mentioned = seen.in_passing or (
        len(way.wanted) <= FEWEST and not all(seen.found) and _is_bare(question)
    )
    return min(judged, MENTIONED) if is_mentioned else judged


def _is_short(wanted: Sequence[Wanted]) -> bool:
    number = len(wanted)
    return number <= SHORT or (
        number <= SHORT / PIECE and sum(1 if one.stems else PIECE for one in wanted) <= SHORT
    )


def _is_bare(question: Question) -> bool:
    """Whether only its topic's words were typed: a full question says more."""
    return all(one.stems for one in question.wanted) and all(one.how != "stop" for one in question.words)


def see(wanted: Sequence[Wanted], record: Record, is_short: bool | None = None) -> Sight:
    """How much of a question the record covers. `is_short`: if already known."""
    title, text = len(record.title), record.text
    is_short = _is_short(wanted) if is_short is None else is_short
    looked = [Places(one, record) for one in wanted]
    # The first places mostly suffice: a name says it all side by side. Others are looked for on demand.
    places = [one.first for one in looked]
    firsts = [min(found)[0] if found else len(text) + PASSAGE for found in places]
    passage = _one_passage(places)
    if passage is None or max(firsts) >= title:
        marked = underscored(text)
        for sought in looked:
            sought.look_in_names(marked, in_pieces=is_short)
        firsts = [min(found)[0] if found else len(text) + PASSAGE for found in places]
        passage = _one_passage(places)
    in_title = [first < title for first in firsts]
    beside = _beside(wanted, places, in_title)
    if passage is None or not all(map(_is_settled, beside, places)):
        places = [one.all() for one in looked]
        beside, passage = _beside(wanted, places, in_title), passage or _passage(wanted, places)
    covered = total = named = 0.0
    for at, one in enumerate(wanted):
        there = (bool(places[at]) + (at in passage)) / 2
        near = 1.0 if beside[at] else TOGETHER * (at in passage and len(passage) > 1)
        covered += one.rarity * (one.rarity * there + (1 - one.rarity) * near)
        total += one.rarity
        named += one.rarity * in_title[at]
    total = total or 1.0
    in_passing = (
        is_short
        and bool(record.title.strip())
        and min(firsts) >= title + PASSAGE
        and min(len(one.all()) for one in looked) <= IN_PASSING
    )
    return Sight(covered / total, tuple(map(bool, places)), tuple(beside), named / total, in_passing)


def _is_settled(beside: bool, places: Sequence[Place]) -> bool:
    """Whether further places of the word could add nothing about its neighbours."""
    return beside or not places


def _beside(
    wanted: Sequence[Wanted], places: Sequence[Sequence[Place]], in_title: Sequence[bool]
) -> list[bool]:
    """For each word, whether one of its neighbours in the question is beside it, or it is in the title.

    A one-word question has no neighbours.
    """
    beside = list(in_title) if len(wanted) > 1 else [bool(places[0])]
    for at in range(len(wanted) - 1):
        apart = APART if wanted[at].stems else APART_CLOSE
        if not (beside[at] and beside[at + 1]) and _close(places[at], places[at + 1], apart):
            beside[at] = beside[at + 1] = True
    return beside


def _close(ones: Sequence[Place], others: Sequence[Place], apart: int) -> bool:
    starts, ends = sorted([start for start, _ in others]), sorted([end for _, end in others])
    for first, end in ones:
        at = bisect_left(starts, end - apart)
        if at < len(starts) and starts[at] <= end + apart:
            return True
        at = bisect_left(ends, first - apart)
        if at < len(ends) and ends[at] <= first + apart:
            return True
    return False


def _one_passage(places: Sequence[Sequence[Place]]) -> set[int] | None:
    """The words that are there at all, if one passage holds all of them; else None."""
    firsts = [found[0][0] for found in places if found]
    if firsts and max(firsts) - min(firsts) >= PASSAGE:
        return None
    return {at for at, found in enumerate(places) if found}


def _passage(wanted: Sequence[Wanted], places: Sequence[Sequence[Place]]) -> set[int]:
    """The words in the passage that holds most of the question."""
    events = sorted([(start, at) for at, found in enumerate(places) for start, _ in found])
    counts, missing = [0] * len(wanted), sum(map(bool, places))
    best = weight = 0.0
    first, span = 0, (0, 0)
    for last, (start, at) in enumerate(events):
        if not counts[at]:
            weight += wanted[at].rarity
            missing -= 1
        counts[at] += 1
        while events[first][0] <= start - PASSAGE:
            gone = events[first][1]
            counts[gone] -= 1
            if not counts[gone]:
                weight -= wanted[gone].rarity
                missing += 1
            first += 1
        if weight > best:
            best, span = weight, (first, last + 1)
            if not missing:
                break
    return {at for _, at in events[slice(*span)]}
