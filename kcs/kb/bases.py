"""What the verdicts of all articles rest on, whatever day it is: worked out once for a state of the base, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kcs.article.trust import UNREADABLE_VERDICT, Adoption, Evidence, Judgement, Verdict, judgement, spread
from kcs.kb.articles import Article

if TYPE_CHECKING:
    from kcs.kb.cache import Cache

UNREADABLE = -1


class Basis(NamedTuple):
    """What speaks for one readable article and against it, policies and the day left out."""

    evidence: tuple[Evidence, ...]
    blocked: bool
    stale_after: date | None


@dataclass(frozen=True, slots=True)
class Bases:
    """`of`: for each article its place in `table`, or UNREADABLE. `spreads`: of each article's key; empty where none is asked."""

    table: Sequence[Basis]
    of: Sequence[int]
    spreads: Sequence[int] = field(default=())

    @classmethod
    def gather(cls, bases: Iterable[Basis | None], keys: Iterable[str] = ()) -> Bases:
        """From each article's, None for an unreadable one."""
        table: dict[Basis, int] = {}
        of = [UNREADABLE if basis is None else table.setdefault(basis, len(table)) for basis in bases]
        return cls(list(table), of, [spread(key) for key in keys])

    def some(self, places: Iterable[int]) -> Bases:
        """Those of the articles at these places."""
        chosen = list(places)
        return Bases(
            self.table,
            [self.of[one] for one in chosen],
            [self.spreads[one] for one in chosen if self.spreads],
        )

    def verdicts(
        self, articles: Iterable[Article], today: date, adoption: Adoption | None
    ) -> dict[str, Verdict]:
        """The verdict of each article, by path. Those that are alike are judged once."""
        known: dict[tuple[int, str, int], Judgement] = {}
        spreads = self.spreads or (0,) * len(self.of)
        found = {}
        for article, place, number in zip(articles, self.of, spreads, strict=True):
            if place == UNREADABLE:
                found[article.path] = UNREADABLE_VERDICT
                continue
            settings = article.settings
            alike = (place, settings.confidence, id(settings.terms))
            judged = known.get(alike)
            if judged is None:
                evidence, blocked, stale_after = self.table[place]
                judged = known[alike] = judgement(
                    settings.confidence,
                    evidence,
                    settings.terms,
                    today,
                    blocked=blocked,
                    stale_after=stale_after,
                    adoption=adoption,
                )
            found[article.path] = judged.plain if judged.waiting is None else judged.of(number)
        return found

    def save(self, cache: Cache, key: str, probes: Mapping[str, bool]) -> None:
        """Keep them. `probes`: the files besides articles that were looked for, and whether they were there."""
        cache.write("bases", [list(map(_plain, self.table)), self.of, self.spreads, probes], key)

    @classmethod
    def read(cls, cache: Cache, key: str, count: int, exists: Callable[[str], bool]) -> Bases | None:
        """What was kept for `count` articles; None where there is nothing, or a file came or went since."""
        stored: Any = cache.read("bases", key) or ()
        try:
            table, of, spreads, probes = stored
            if len(of) != count or len(spreads) not in (0, count) or max(of, default=0) >= len(table):
                return None
            if any(exists(path) != found for path, found in probes.items()):
                return None
            return cls([_basis(one) for one in table], of, spreads)
        except (TypeError, ValueError, AttributeError):
            return None


def _plain(basis: Basis) -> list[Any]:
    evidence = [
        [one.person, one.day and one.day.isoformat(), one.matches, one.date_only] for one in basis.evidence
    ]
    return [evidence, basis.blocked, basis.stale_after and basis.stale_after.isoformat()]


def _basis(value: list[Any]) -> Basis:
    evidence, blocked, stale_after = value
    return Basis(
        tuple([Evidence(person, _day(day), matches, only) for person, day, matches, only in evidence]),
        blocked,
        _day(stale_after),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
