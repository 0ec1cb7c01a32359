"""How the articles of a base stand, as far as we know: what is
kept between runs, what this run works out, and on what it rests.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kcs.errors import RepositoryProblem
from kcs.kb.kept.standings import ARTICLES, CONTENT, DIGEST, HISTORY, MACHINE, NOT_TOLD, Standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kcs.article.trust import Verdict
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Of what decides how an article stands: standings that were worked out
# otherwise are not read, nor what was counted from such (kcs.insight.timeline).
FORMAT = 20
# Beyond this many articles, asking each for its name is slower than reading the names of all.
_FEW = 300


class KnownStandings:
    """The standings of one base. Reads the kept ones when first asked, and works out only what is asked for."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        # Whether we know more standings than are kept.
        self._worked_out = False

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of every article, by path; kept for the next run."""
        kb = self._kb
        return self._all().verdicts(kb.articles.paths, kb.today, kb.config.adoption)

    def verdicts_of(self, articles: Sequence[Article]) -> dict[str, Verdict]:
        """The verdicts of these, by path, in this order; no others are judged, and nothing is kept before `keep`."""
        kb, (kept, outdated) = self._kb, self._known
        places = [kb.articles.place(article.path) for article in articles]
        unjudged = [at for at in places if at in outdated]
        if unjudged:
            self._work_out(unjudged)
        return {
            one.path: kept.verdict(at, kb.today, kb.config.adoption)
            for one, at in zip(articles, places, strict=True)
        }

    def keep(self) -> None:
        """Keep for the next run what `verdicts_of` worked out."""
        if self._worked_out:
            self._save(*self._known)

    def rests_on(self) -> tuple[object, ...] | None:
        """All that whole-base answers depend on, except the day and other files (`probes`); None if unknown."""
        kb = self._kb
        if not kb.articles or not kb.source.state:
            return None
        return kb.source.state, self._key(), self._history_key()

    def probes(self) -> dict[str, bool] | None:
        """The files beside the articles that we looked for, and whether each was there.

        None if an answer came from this machine alone (who is at work, a picture's bytes), or if an article was
        written to in the meantime.
        """
        standings = self._all()
        if MACHINE in standings.rests or self._kb.asked_machine or self._kb.unsteady:
            return None
        return standings.probes | self._kb.probed

    def _all(self) -> Standings:
        kept, outdated = self._known
        if outdated:
            self._work_out(sorted(outdated))
        if (kept.state, kept.history) != (self._kb.source.state, self._history_key()) or self._worked_out:
            self._save(kept, outdated)
        return kept

    @cached_property
    def _known(self) -> tuple[Standings, set[int]]:
        """The known standings, and the places of the articles whose standing must be worked out."""
        kb = self._kb
        count, kept = len(kb.articles), None
        if kb.source.state and count:
            kept = Standings.read(kb.cache, self._key(), count, kb.source.exists)
        if kept is None:
            return Standings(count, spreads=kb.config.adoption is not None), set(range(count))
        return kept, set(kept.outdated(kb.source.state, self._history_key(), kb.articles.oids))

    def _work_out(self, places: Sequence[int]) -> None:
        """Work out the standings of the articles at these places,
        unless the history tells of one what it did when that was done.
        """
        kb, (kept, outdated) = self._kb, self._known
        if as_before := self._as_before(kept, places):
            outdated -= as_before
            self._worked_out = True
        places = [at for at in places if at in outdated]
        articles = [kb.articles[at] for at in places]
        asked, kb.asked_machine, kb.asked_others = kb.asked_machine, False, False
        for place, article, one in zip(places, articles, kb.judge.standings(articles), strict=True):
            rests = HISTORY if kb.judge.asks_history(article) else CONTENT
            rests = MACHINE if kb.asked_machine else ARTICLES if kb.asked_others else rests
            kept.put(
                place,
                one,
                rests,
                partial(kb.key, article),
                self._told(place) if rests == HISTORY else NOT_TOLD,
            )
            self._worked_out = self._worked_out or rests != MACHINE
            kb.asked_machine = kb.asked_others = False
        kb.asked_machine = asked
        outdated.difference_update(places)

    def _as_before(self, kept: Standings, places: Iterable[int]) -> set[int]:
        """Those of these places of which another history tells the same as the one before."""
        found = {at for at in kept.doubtful.intersection(places) if kept.has_told(at, self._told(at))}
        kept.doubtful.difference_update(places)
        return found

    def _told(self, place: int) -> bytes:
        """A digest of what the history tells of the claims at that article's path."""
        from kcs.digest import sha256

        told = self._kb.references.told(self._kb.articles.paths[place])
        return NOT_TOLD if told is None else sha256(told).digest()[:DIGEST]

    def _save(self, kept: Standings, outdated: set[int]) -> None:
        """Keep the standings we know, unless a file was written to meanwhile."""
        self._worked_out = False
        kb = self._kb
        if kb.source.state and not kb.unsteady:
            with suppress(RepositoryProblem):  # what cannot be read now is asked again
                outdated -= self._as_before(kept, sorted(kept.doubtful))
            kept.forget(outdated)
            kept.state, kept.history = kb.source.state, self._history_key()
            kept.probes |= kb.probed
            kept.save(kb.cache, self._key(), self._oids_of(kept.known()))
            if "skeletons" in kb.__dict__:
                (kb.skeletons.save_many if outdated else kb.skeletons.save)()

    def _oids_of(self, known: Sequence[int]) -> Sequence[str]:
        """Git's names for the articles' bytes; when few places are `known`, names for those only, empty elsewhere."""
        articles = self._kb.articles
        if len(known) > _FEW:
            return articles.oids()
        oids = [""] * len(articles)
        for place in known:
            oids[place] = articles[place].oid
        return oids

    def _key(self) -> str:
        """Everything standings depend on except the day, the articles' own bytes, and history."""
        kb = self._kb
        return repr((FORMAT, kb.source.names, kb.config, kb.moves, kb.team.present, kb.team.source))

    def _history_key(self) -> str:
        kb = self._kb
        return repr((kb.head, sorted(kb.repo.shallow_commits()) if kb.repo else None))
