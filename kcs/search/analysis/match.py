"""Whether an article answers a question: the second judgement, comparable between questions. Ranked is not answered.

Three things are looked at, each in [0, 1]. *Covered*: of what the question says, how much the article says, each
word by how rare it is; a rare word counts by being there (half of it: in the passage that says most), a common one
as far as its neighbour in the question is beside it. *Telling*: how rare the question's words are on average; a
question of common words is covered by chance. *Standing*: how far the article's score is above the third best's, by the
root of what there was to score, which is how far a sum of so many things comes by chance: where nothing answers all
are equally near, and the rarer the words, pairs and letters are among the nearest, the more they raise one above the
others. A *short* question names a thing rather than asking: an article that is called so answers it, one that mentions
it in passing does not. How they were weighed, and how often that is right: docs/search-quality.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from kcs.search.analysis.question import Question, Wanted
from kcs.search.model import Record
from kcs.tuples import NamedTuple

# A match from here on counts as an answer, where kcs.toml sets no floor of its own.
FLOOR = 0.5

COVERED, TELLING, STANDING, OFFSET = 0.60, 0.40, 0.55, -0.25
# Above the third best by so many roots of what there was to score, an article stands out as far as can be.
MOST_ROOTS = 6
# Where too few are found to compare: what lets words of middling rarity, all of them there, be an answer.
FEW = 0.15
# Letters: how long a passage is, and how far apart neighbours may be (in scripts without blanks).
PASSAGE = 160
APART, APART_CLOSE = 10, 4
# What a common word counts that is in the passage, but not beside its neighbour.
TOGETHER = 0.3
# An article may have a near twin: above the third best it still stands out. Of fewer than four none does.
COMPARED, LEAST_COMPARED = 2, 4
# A word that is there more often is no rarer for it.
MOST_PLACES = 20
# A short question has so many words at most; a pair of Thai clusters and the like are a third of one.
SHORT, PIECE = 3, 1 / 3
# What is called so matches it by this at least. Of scripts in pieces most will do: a slip breaks two or three of them.
NAMED, ALL, MOSTLY = 0.7, 0.999, 0.6
# What says one of its words so often at most, and none at its beginning, matches it by this at most; and what lacks one
# of so few words that nothing else was said.
IN_PASSING, MENTIONED, FEWEST = 2, 0.4, 2


class Sight(NamedTuple):
    """What was seen of a question in an article: `found` and `beside` say for each wanted word whether it is there,
    and whether a neighbour is beside it. Of a short question alone, where there is a title: `named`, how much of it the
    title says, by rarity; `in_passing`, whether neither it nor the first passage says any, and one word is hardly there."""

    covered: float
    found: tuple[bool, ...]
    beside: tuple[bool, ...]
    named: float
    in_passing: bool


def judge(
    question: Question, ranked: Sequence[tuple[int, float]], records: Mapping[int, Record], most: int = 10
) -> list[float]:
    """The match of the first `most` candidates; `ranked` as it comes from the reranking, best first."""
    if len(ranked) < LEAST_COMPARED:
        return [match(question, records[number], None) for number, _ in ranked[:most]]
    compared = ranked[COMPARED][1]
    return [match(question, records[number], score - compared) for number, score in ranked[:most]]


def match(question: Question, record: Record, above: float | None = 0.0) -> float:
    """How well a record answers the question, or one of the ways in which synonyms say it.

    `above`: its score above the third best's; None where there are too few to compare.
    """
    most = MOST_ROOTS * sqrt(question.possible)
    standing = FEW if above is None else min(max(above, 0.0) / most, 1.0) if most else 0.0
    return max(_match(question, wanted, record, standing) for wanted in (question.wanted, *question.ways))


def _match(question: Question, wanted: Sequence[Wanted], record: Record, standing: float) -> float:
    if not wanted:
        return 0.0
    seen = None if all(one.guessed for one in wanted) else see(wanted, record)
    if not seen or not seen.covered:
        return 0.0
    telling = sum(one.rarity for one in wanted) / len(wanted)
    judged = COVERED * seen.covered + TELLING * telling + STANDING * standing + OFFSET
    judged = min(max(judged, 0.0), 1.0)
    # How common its words are says nothing of a short question, nor that many articles are about it.
    if seen.named >= MOSTLY and (seen.named >= ALL or not all(one.stems for one in wanted)):
        return max(judged, NAMED)
    is_mentioned = seen.in_passing or (len(wanted) <= FEWEST and not all(seen.found) and _is_bare(question))
    return min(judged, MENTIONED) if is_mentioned else judged


def _is_short(wanted: Sequence[Wanted]) -> bool:
    number = len(wanted)
    return number <= SHORT or (
        number <= SHORT / PIECE and sum(1 if one.stems else PIECE for one in wanted) <= SHORT
    )


def _is_bare(question: Question) -> bool:
    """Whether nothing but its words was typed: a question in full says more than what it is about."""
    return all(one.stems for one in question.wanted) and all(one.how != "stop" for one in question.words)


def see(wanted: Sequence[Wanted], record: Record) -> Sight:
    """How much of a question the record covers."""
    title, text = len(record.title), record.text
    places = [_places(one, text) for one in wanted]
    passage = _passage(wanted, places)
    firsts = [min(found)[0] if found else len(text) + PASSAGE for found in places]
    beside = _beside(wanted, places, [first < title for first in firsts])
    covered = 0.0
    for at, one in enumerate(wanted):
        there = (bool(places[at]) + (at in passage)) / 2
        near = 1.0 if beside[at] else TOGETHER * (at in passage and len(passage) > 1)
        covered += one.rarity * (one.rarity * there + (1 - one.rarity) * near)
    total = sum(one.rarity for one in wanted) or 1.0
    named, in_passing = 0.0, False
    if _is_short(wanted) and record.title.strip():
        named = sum(one.rarity for one, first in zip(wanted, firsts, strict=True) if first < title) / total
        in_passing = min(firsts) >= title + PASSAGE and min(map(len, places)) <= IN_PASSING
    return Sight(covered / total, tuple(map(bool, places)), tuple(beside), named, in_passing)


def _places(wanted: Wanted, text: str) -> list[tuple[int, int]]:
    """Where (start, end) the word stands, in any of its forms."""
    found: list[tuple[int, int]] = []
    for form in wanted.forms:
        found += _words(wanted, form, text) if wanted.stems else _letters(form, text)
    return found


def _words(wanted: Wanted, form: str, text: str) -> list[tuple[int, int]]:
    """Of one form, where the word around it is the one that is wanted."""
    found: list[tuple[int, int]] = []
    find, begins = text.find, form[0] == " "
    known: dict[str, bool] = {}
    at = find(form)
    while at >= 0 and len(found) < MOST_PLACES:
        start = at + 1 if begins else text.rfind(" ", 0, at) + 1
        end = find(" ", at + 1)
        word = text[start:end]
        if (is_one := known.get(word)) is None:
            is_one = known[word] = wanted.is_one(word)
        if is_one:
            found.append((start, end))
        at = find(form, end)
    return found


def _letters(form: str, text: str) -> list[tuple[int, int]]:
    """Wherever they stand, in other words too."""
    found: list[tuple[int, int]] = []
    size, at = len(form), text.find(form)
    while at >= 0 and len(found) < MOST_PLACES:
        found.append((at, at + size))
        at = text.find(form, at + 1)
    return found


def _beside(
    wanted: Sequence[Wanted], places: Sequence[Sequence[tuple[int, int]]], in_title: Sequence[bool]
) -> list[bool]:
    """For each word, whether one of its neighbours in the question stands beside it, or it is in the title.

    A question of one word has no neighbours to ask for.
    """
    beside = list(in_title) if len(wanted) > 1 else [bool(places[0])]
    for at in range(len(wanted) - 1):
        apart = APART if wanted[at].stems else APART_CLOSE
        if not (beside[at] and beside[at + 1]) and _close(places[at], places[at + 1], apart):
            beside[at] = beside[at + 1] = True
    return beside


def _close(ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]], apart: int) -> bool:
    for first, end in ones:
        for start, last in others:
            if -apart <= start - end <= apart or -apart <= first - last <= apart:
                return True
    return False


def _passage(wanted: Sequence[Wanted], places: Sequence[Sequence[tuple[int, int]]]) -> set[int]:
    """The words in the passage that holds most of what the question says."""
    firsts = [found[0][0] for found in places if found]
    if firsts and max(firsts) - min(firsts) < PASSAGE:  # a passage holds all that are there at all
        return {at for at, found in enumerate(places) if found}
    events = sorted((place[0], at) for at, found in enumerate(places) for place in found)
    counts = [0] * len(wanted)
    best = weight = 0.0
    first, span = 0, (0, 0)
    for last, (start, at) in enumerate(events):
        weight += 0.0 if counts[at] else wanted[at].rarity
        counts[at] += 1
        while events[first][0] <= start - PASSAGE:
            gone = events[first][1]
            counts[gone] -= 1
            weight -= 0.0 if counts[gone] else wanted[gone].rarity
            first += 1
        if weight > best:
            best, span = weight, (first, last + 1)
    return {at for _, at in events[slice(*span)]}
