"""Each ticket against the articles: known, known but not linked, new, or uncovered."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Literal

from kcs.coverage.asked import Asked
from kcs.coverage.linked import Links
from kcs.coverage.silent import silent_as
from kcs.coverage.tickets import Ticket
from kcs.kb.past.created import Created
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search import Best, Searcher

# known: linked to an article that is older than it; unlinked: an older article answers it, and no link says so;
# new: an article was made for it, or since it came; uncovered: none of these; silent: it asks nothing.
Verdict = Literal["known", "unlinked", "new", "uncovered", "silent"]
VERDICTS: tuple[Verdict, ...] = ("known", "unlinked", "new", "uncovered")
_REMEMBERED = 100_000
_SIGNS = re.compile(r"""[,;!?"()\[\]{}]+|[.:]+(?=\s|$)""")


class Nearest(NamedTuple):
    """The article that answers best, by search's own judgement of the match, from 0 to 1.
    No path: no article has any of the words.

    `others`: the two that come next; of a linked one, all others that are linked.
    """

    path: str
    match: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`nearest` is the linked article, if any; `kind`: as what it is silent."""

    verdict: Verdict
    nearest: Nearest
    linked: bool = False
    kind: str = ""


class Judge:
    """Judges tickets of one base. `floor`: the least match at which an article answers, as for a search."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher, floor: float) -> None:
        self._floor = floor
        self._kb = kb
        from kcs.search import Bulk

        self._asked = Bulk(kb, searcher, _seen(kb))
        self._created = Created(kb)
        # As the figures of that day have them.
        self._links = Links(kb, self._created, datetime.combine(kb.today, time.max, kb.config.timezone))
        self._known: dict[str, Nearest] = {}

    def judge(self, ticket: Ticket, said: Asked) -> Judgement:
        """A link outranks search: whoever solved the ticket made it."""
        linked = self._links.of(ticket)
        if linked:
            first, *others = (one.path for one in linked)
            return Judgement(self._links.kind(ticket, linked), Nearest(first, 1.0, tuple(others)), True)
        if kind := silent_as(ticket, said):
            return Judgement("silent", Nearest("", 0.0), kind=kind)
        nearest = self.nearest(said)
        if nearest.match < self._floor:
            return Judgement("uncovered", nearest)
        older = self._created.before(self._kb.by_path[nearest.path], ticket.asked_at)
        return Judgement("unlinked" if older else "new", nearest)

    def nearest(self, said: Asked) -> Nearest:
        """The answer to the subject alone; else to subject and
        first sentences, or, for a long text, sentence by sentence.

        Questions in the same words are remembered.
        """
        ways = dict.fromkeys((comparable(said.subject), "" if said.whole else comparable(said.words)))
        best = Nearest("", 0.0)
        for words in filter(None, ways):
            best = max(best, self._remembered(words), key=lambda one: one.match)
            if best.match >= self._floor:
                return best
        return max(best, self._read(said.whole), key=lambda one: one.match) if said.whole else best

    def _read(self, text: str) -> Nearest:
        return _nearest(self._asked.read(text))

    def _remembered(self, words: str) -> Nearest:
        known = self._known.pop(words, None)
        if known is None:
            known = _nearest(self._asked.best(words))
            if len(self._known) >= _REMEMBERED:
                del self._known[next(iter(self._known))]
        self._known[words] = known
        return known


def _nearest(hit: Best | None) -> Nearest:
    return Nearest(hit.path, round(hit.match, 3), hit.others) if hit else Nearest("", 0.0)


def comparable(words: str) -> str:
    """The same text for questions that search cannot tell apart:
    signs between words say nothing, except in names (v4.3, wi-fi).
    """
    return " ".join(_SIGNS.sub(" ", words).casefold().split())


def _seen(kb: KnowledgeBase) -> Collection[str] | None:
    """The articles that search shows: all but the archived; None if that is all."""
    shown = frozenset(one.path for one in kb.articles if one.confidence != "archived")
    return None if len(shown) == len(kb.articles) else shown
