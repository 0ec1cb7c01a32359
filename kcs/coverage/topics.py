"""Groups of unanswered questions: what each asks, what it costs, and what came nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kcs.coverage.asked import on_one_line
from kcs.coverage.certainty import certainty
from kcs.coverage.describing import describe
from kcs.coverage.grouping import LEAST, Frequencies, Grouper, counts_of
from kcs.coverage.spool import Judged
from kcs.privacy import Known
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

Progress = Callable[[int], None]
EXAMPLES = 5
# Topics described; for the others only figures are kept.
NAMED = 200
TREND_DAYS = 30
_DAY = 86_400
_NEAREST_KEPT = 8
# A column in which no two tickets agree is no product.
MOST_PRODUCTS = 100


class Trend(NamedTuple):
    """Tickets in the last 30 days of the export and in the 30 before; a topic of which none has a day has no trend."""

    last: int
    before: int


class Said(NamedTuple):
    """One ticket's words, its text with its lines, and whom its fields name: names, addresses and numbers.
    `typed`: a search with its conditions.
    """

    id: str
    subject: str
    text: str
    people: tuple[str, ...] = ()
    typed: str = ""

    @property
    def known(self) -> Known:
        """Those, each as what it is."""
        numbers = tuple(one for one in self.people if not any(map(str.isalpha, one)))
        mails = tuple(one for one in self.people if "@" in one)
        return Known(
            tuple(one for one in self.people if one not in numbers and one not in mails), mails, numbers
        )


@dataclass(slots=True)
class Topic:
    """Tickets that ask the same and that no article answers.

    `words` tell what; `example` is the first one's own subject or beginning, personal data left out. `minutes`: handling time
    of those that have one (`timed`), `cost` for all of them at the mean of the export; None if no ticket has one.
    `nearest`: the article that came nearest most often (empty: none), `match` how near at best, `sure` (0 to 1) how
    likely it is that nothing answers.
    """

    order: int
    count: int = 0
    minutes: float = 0.0
    timed: int = 0
    cost: float | None = None
    trend: Trend | None = None
    examples: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    example: str = ""
    nearest: str = ""
    match: float = 0.0
    missing: list[str] = field(default_factory=list)
    sure: float = 0.0
    product: str = ""
    language: str = ""
    texts: list[Said] = field(default_factory=list, repr=False)
    days: Counter[int] = field(default_factory=Counter, repr=False)
    near: dict[str, list[float]] = field(default_factory=dict, repr=False)
    products: Counter[str] = field(default_factory=Counter, repr=False)


def grouped(
    kb: KnowledgeBase,
    items: Iterable[Judged],
    frequencies: Frequencies,
    newest: int,
    mean: float | None,
    progress: Progress,
) -> tuple[list[Topic], int]:
    """The groups, the costliest first, and how many tickets were in groups that were dropped."""
    grouper, topics = Grouper(LEAST), dict[int, Topic]()
    waiting: dict[int, Judged] = {}

    def put(key: int, order: int) -> None:
        one = waiting.pop(key)
        _note(topics.setdefault(order, Topic(order)), one, newest)

    def drain() -> None:
        for key, order in grouper.drain():
            put(key, order)
        for order in [order for order in topics if not grouper.has(order)]:
            del topics[order]

    for key, one in enumerate(items):
        waiting[key] = one
        order = grouper.add(key, frequencies.vector(counts_of(one.subject, on_one_line(one.text), one.near)))
        if order is not None:
            put(key, order)
        if grouper.is_full:
            drain()
        progress(key + 1)
    drain()
    for gone, into in grouper.settle():
        _join(topics[into], topics.pop(gone))
    for topic in topics.values():
        _finish(topic, mean)
    ranked = rank(topics.values())
    sums = {one.order: one.sums for one in grouper.groups()}
    for topic in ranked[:NAMED]:
        describe(kb, topic, sums[topic.order])
    return ranked, grouper.let_go


def topics_of(
    kb: KnowledgeBase, items: Callable[[], Iterable[Judged]], newest: int, progress: Progress
) -> list[Topic]:
    """Groups of whatever was asked and not answered; `items` gives it anew each time it is called.
    `newest`: of all that was asked.
    """
    frequencies = Frequencies()
    for one in items():
        frequencies.add(counts_of(one.subject, on_one_line(one.text), one.near))
    return grouped(kb, items(), frequencies, newest, None, progress)[0]


def rank(topics: Iterable[Topic]) -> list[Topic]:
    """Ordered by cost; by number if no ticket says how long it took."""
    return sorted(topics, key=lambda one: (-(one.cost or 0.0), -one.count, one.order))


def _note(topic: Topic, one: Judged, newest: int) -> None:
    topic.count += 1
    if one.minutes is not None:
        topic.minutes += one.minutes
        topic.timed += 1
    if one.at:
        topic.days[(newest - one.at) // _DAY // TREND_DAYS] += 1
    if len(topic.texts) < EXAMPLES:
        topic.texts.append(Said(one.id, one.subject, one.text, tuple(one.people), one.typed))
    note_product(topic.products, one.product)
    if one.path and (one.path in topic.near or len(topic.near) < _NEAREST_KEPT):
        near = topic.near.setdefault(one.path, [0, 0.0])
        near[0] += 1
        near[1] = max(near[1], one.match)
    topic.sure += certainty(one.match)


def note_product(products: Counter[str], product: str) -> None:
    """Count a product, if there is one; there is a limit to how many different ones are counted."""
    if product and (product in products or len(products) < MOST_PRODUCTS):
        products[product] += 1


def _join(into: Topic, gone: Topic) -> None:
    into.count += gone.count
    into.minutes += gone.minutes
    into.timed += gone.timed
    into.days.update(gone.days)
    into.products.update(gone.products)
    into.texts = (into.texts + gone.texts)[:EXAMPLES]
    into.sure += gone.sure
    for path, (count, match) in gone.near.items():
        near = into.near.setdefault(path, [0, 0.0])
        near[0] += count
        near[1] = max(near[1], match)


def _finish(topic: Topic, mean: float | None) -> None:
    topic.examples = [one.id for one in topic.texts]
    topic.sure = round(topic.sure / topic.count, 2)
    if topic.timed == topic.count:
        topic.cost = topic.minutes
    elif mean is not None:
        topic.cost = topic.minutes + (topic.count - topic.timed) * mean
    if topic.days:
        topic.trend = Trend(topic.days[0], topic.days[1])
    if topic.near:
        topic.nearest = min(topic.near, key=lambda one: (-topic.near[one][0], -topic.near[one][1], one))
        topic.match = topic.near[topic.nearest][1]
    if topic.products:
        topic.product = min(topic.products, key=lambda one: (-topic.products[one], one))
