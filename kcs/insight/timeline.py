"""Trust and content over time, from Git's history alone: nobody needs to have recorded anything at the time."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kcs.article.states import ARCHIVED, WORK_IN_PROGRESS
from kcs.insight.score import Score, percent, score
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.insight.past_ground import Grounds
    from kcs.insight.past_line import Moment
    from kcs.kb.base import KnowledgeBase

_FORMAT = 12
# A hundred points take about five kilobytes; this is more than anybody asks for at once.
MOST_KEPT = 3000


class Point(NamedTuple):
    """The score of one day, as `kcs trust --at` has it. `commit` is empty for the working tree.

    `first_reason`: (reason, count) of what is not trusted, each article once.
    """

    day: date
    commit: str
    trusted: int
    total: int
    validated: int
    dated: int
    work_in_progress: int
    archived: int
    first_reason: tuple[tuple[str, int], ...]

    @property
    def articles(self) -> int:
        """All but the archived."""
        return self.total + self.work_in_progress

    @property
    def percent(self) -> float | None:
        """The trust score."""
        return percent(self.trusted, self.total)

    @property
    def kept_percent(self) -> float | None:
        """Promise kept."""
        return percent(self.trusted, self.validated)


class Timeline(NamedTuple):
    """`points`, the oldest first; days before the first commit have none. `notes`: what the output should say."""

    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()


def point_of(day: date, commit: str, found: Score) -> Point:
    """A score as a point."""
    return Point(
        day, commit, found.trusted, found.total, found.validated, found.dated,
        found.excluded[WORK_IN_PROGRESS], found.excluded[ARCHIVED], tuple(found.first_reason.items()),
    )  # fmt: skip


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from that of `first` on, if before `last`, and `last`."""
    found, year, month = [], first.year, first.month
    while (end := _end_of(year, month)) < last:
        found.append(end)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [*found, last]


def _end_of(year: int, month: int) -> date:
    year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, 1) - timedelta(days=1)


def timeline(kb: KnowledgeBase, days: Iterable[date]) -> Timeline:
    """The point of each day; the base's own day is the base itself, earlier ones what Git holds. Kept by commit."""
    days = sorted(set(days))
    today = [point_of(kb.today, kb.commit or "", score(kb.articles, kb.verdicts))] if kb.today in days else []
    past = [day for day in days if day < kb.today]
    head = kb.head
    if kb.repo is None or head is None:
        words = "outside Git" if kb.repo is None else "before the first commit"
        return Timeline(tuple(today), (f"{words} nobody knows how it was before",) if past else ())
    from kcs.insight.past_ground import Grounds
    from kcs.insight.past_line import moments

    found = moments(kb.repo, head, past, kb.config.timezone)
    grounds = Grounds(kb, kb.repo, list(dict.fromkeys(one.commit for one in found)))
    points = _points(kb, grounds, found)
    there = {one.day for one in points}
    return Timeline((*points, *today), tuple(_notes(grounds, [one for one in found if one.day not in there])))


def _notes(grounds: Grounds, without: Sequence[Moment]) -> Iterator[str]:
    """`without`: the moments that have no point."""
    if grounds.lacking:
        count = len(grounds.lacking)
        yield f"{count} of these past commits {'holds' if count == 1 else 'hold'} no kcs.toml: the working tree's is used"
    days: dict[str, list[str]] = {}
    for one in without:
        days.setdefault(str(grounds.problem(one.commit)), []).append(str(one.day))
    for problem, some in days.items():
        yield f"there is no trust and content of {', '.join(some)}: {problem}"


def _points(kb: KnowledgeBase, grounds: Grounds, found: Sequence[Moment]) -> list[Point]:
    """The points of these moments, but for those whose commits hold settings that nobody can read."""
    from kcs.insight.past_line import Moment

    assert kb.repo is not None
    shallow = sorted(kb.repo.shallow_commits())
    keys = {one: f"{one.day} {one.commit} {grounds.digest(one.commit, kb.prefix, shallow)}" for one in found}
    stored = kb.cache.read("timeline", kept_as())
    kept: dict[str, Any] = stored if isinstance(stored, dict) else {}
    points = {one: point for one in found if (point := _kept_point(one, kept.get(keys[one])))}
    missing = [one for one in found if one not in points and grounds.problem(one.commit) is None]
    if missing:
        points |= {Moment(point.day, point.commit): point for point in _worked_out(kb, grounds, missing)}
        fresh = {keys[one]: list(points[one][2:]) for one in missing if one in points}
        newest = list((kept | fresh).items())[-MOST_KEPT:]
        kb.cache.write("timeline", dict(newest), kept_as())
    return [points[one] for one in found if one in points]


def kept_as() -> str:
    """The key of kept points.
    They are counted from standings: those of standings that were worked out otherwise are not read.
    """
    from kcs.kb.known_standings import FORMAT

    return f"{_FORMAT} {FORMAT}"


def _worked_out(kb: KnowledgeBase, grounds: Grounds, missing: Sequence[Moment]) -> Iterator[Point]:
    from kcs.insight.past_base import PastBase

    assert kb.repo is not None
    # Hundreds of thousands of small objects and nothing to collect: looking for garbage takes a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for scene in PastBase(kb, kb.repo, grounds).scenes(missing):
            verdicts = {article.path: verdict for article, verdict in scene.found}
            found = score((article for article, _ in scene.found), verdicts)
            yield point_of(scene.moment.day, scene.moment.commit, found)
    finally:
        if collecting:
            gc.enable()


def _kept_point(moment: Moment, kept: Any) -> Point | None:
    try:
        *counts, reasons = kept
        if len(counts) != 6 or not all(type(one) is int for one in counts):
            return None
        told = tuple((str(name), int(number)) for name, number in reasons)
        return Point._make([moment.day, moment.commit, *counts, told])
    except (TypeError, ValueError):
        return None
