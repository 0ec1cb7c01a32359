"""The results for external links, as text and as kcs.urls/1."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.ansi import painted
from kcs.render.terminal import for_eyes, note, safe, write_json
from kcs.tuples import NamedTuple
from kcs.urls.manner import BAD, BROKEN, MOVED, OK, SKIPPED, STATUSES, UNREACHABLE, UNSURE, Visit

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.urls import Address

_STYLES = {BROKEN: "red", UNREACHABLE: "red", MOVED: "yellow", UNSURE: "cyan", SKIPPED: "dim"}
# Below an address, before eyes.
_MOST_PLACES = 5


class Looked(NamedTuple):
    """All addresses checked, each with its result."""

    kb: KnowledgeBase
    articles: int
    visits: Sequence[tuple[Address, Visit]]

    @property
    def failed(self) -> bool:
        """Whether anything leads nowhere."""
        return any(visit.status in BAD for _, visit in self.visits)

    def counts(self) -> dict[str, int]:
        """How many addresses of each status."""
        found = dict.fromkeys(STATUSES, 0)
        for _, visit in self.visits:
            found[visit.status] += 1
        return found

    def told(self) -> Iterator[tuple[Address, Visit]]:
        """All but the good ones, most important first."""
        rank = {status: place for place, status in enumerate(STATUSES)}
        worse = [one for one in self.visits if one[1].status not in (OK, SKIPPED)]
        return iter(sorted(worse, key=lambda one: (rank[one[1].status], one[1].url)))


def urls_text(looked: Looked) -> None:
    """By address on a terminal; in a pipe, a line per place: `path:line:column: broken URL: 404 Not Found`."""
    for address, visit in looked.told():
        places = [
            ":".join(str(part) for part in place if part is not None)
            for place in address.places(looked.kb, exactly=True)
        ]
        if not for_eyes():
            lines = [safe(f"{place}: {visit.status} {visit.url}: {words(visit)}") for place in places]
            sys.stdout.write("".join(f"{' '.join(one.split())}\n" for one in lines))
            continue
        print(
            f"{painted(visit.status, _STYLES[visit.status])}  {painted(visit.url, 'bold')}  {safe(words(visit))}"
        )
        for place in places[:_MOST_PLACES]:
            print(f"  {painted(place, 'cyan')}")
        if len(places) > _MOST_PLACES:
            print(painted(f"  and {len(places) - _MOST_PLACES} more", "dim"))
    _told(looked)


def words(visit: Visit) -> str:
    """The result in words."""
    if not visit.location:
        return visit.reason
    how = "for good" if visit.permanent else "for now"
    where = f"{how} to {visit.location}"
    return where if visit.status == MOVED else f"{visit.reason}, redirected {where}"


def _told(looked: Looked) -> None:
    note(_summary(looked))
    asked = [visit for _, visit in looked.visits if visit.status != SKIPPED]
    if asked and not any(visit.code for visit in asked):
        note("kcs: no host answered at all: is there a network?")


def _summary(looked: Looked) -> str:
    counts = looked.counts()
    said = ", ".join(f"{counts[status]:,} {status}" for status in STATUSES if counts[status])
    kept = sum(visit.kept for _, visit in looked.visits)
    known = f" ({kept:,} known from before)" if kept else ""
    head = f"{counted(len(looked.visits), 'address', 'addresses')} in {counted(looked.articles, 'article')}"
    total = len(looked.kb.articles)
    return f"{head} of {total:,}{': ' if said else ''}{said}{known}"


def urls_json(looked: Looked) -> None:
    """`kcs.urls/1`."""
    write_json(
        "kcs.urls/1",
        {
            "articles": {"total": len(looked.kb.articles), "looked": looked.articles},
            "addresses": [
                {
                    "url": visit.url,
                    "status": visit.status,
                    "code": visit.code,
                    "reason": visit.reason,
                    "location": visit.location or None,
                    "permanent": visit.permanent if visit.location else None,
                    "asked_at": datetime.fromtimestamp(int(visit.at), UTC).isoformat(),
                    "cached": visit.kept,
                    "places": [
                        place._asdict()
                        for place in address.places(looked.kb, exactly=visit.status not in (OK, SKIPPED))
                    ],
                }
                for address, visit in looked.visits
            ],
            "summary": looked.counts(),
        },
    )
    _told(looked)
