"""The base as it was at several moments, in one pass over the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kcs.insight.past_articles import Past, claim_evidence, hangs_on_text, record_of, stamp_evidence
from kcs.insight.past_compare import Comparing
from kcs.insight.past_line import Moment, states
from kcs.insight.past_origins import Origins
from kcs.insight.past_story import Fresh, Story
from kcs.kb.git import path_bytes
from kcs.kb.git_log import read_log
from kcs.kb.source import title_key
from kcs.kb.verdicts import PastSkeletons

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.insight.past_ground import Ground, Grounds
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.git import Repository
    from kcs.kb.git_graph import Log
    from kcs.kb.records import Record


class Scene(NamedTuple):
    """All articles of one moment with their verdicts on its day."""

    moment: Moment
    ground: Ground
    found: list[tuple[Article, Verdict]]


class PastBase:
    """Reads the articles of several moments of one line of first parents, the oldest first."""

    def __init__(self, kb: KnowledgeBase, repo: Repository, grounds: Grounds) -> None:
        self._kb, self._repo, self._grounds = kb, repo, grounds
        self._prefix = path_bytes(kb.prefix)
        self._records: dict[str, Record] = {}
        self._skeletons: dict[str, PastSkeletons] = {}

    def scenes(self, moments: Iterable[Moment]) -> Iterator[Scene]:
        """One for each moment."""
        by_mailmap: dict[str, list[Moment]] = {}
        for moment in moments:
            by_mailmap.setdefault(self._grounds.mailmap(moment.commit), []).append(moment)
        # A history names its people by its own mailmap: as many logs as there are different ones.
        for alike in by_mailmap.values():
            yield from self._of_one_log(read_log(self._repo, alike[-1].commit), alike)

    def _of_one_log(self, log: Log, moments: Sequence[Moment]) -> Iterator[Scene]:
        numbers = [log.numbers[moment.commit.encode("ascii")] for moment in moments]
        changes = list(states(log, numbers, self._prefix))
        story = Story(self._grounds, self._prefix, moments, changes)
        wanted = {state.blob.decode("ascii") for frame in story.frames() for state in frame.new}
        for oid, raw in self._repo.blobs(sorted(wanted - self._records.keys())):
            self._records[oid] = record_of(raw, oid)
        new = list(story.make(self._records))
        self._find_origins(log, new)
        waiting = self._judge(log, new)
        comparing = Comparing(self._repo, log, self._prefix, self._skeletons_of)
        for frame in story.frames():
            for past in frame.pasts.values():
                if past.by_links or id(past) in waiting:
                    waiting.discard(id(past))
                    comparing.judge(frame, past)
            day, ground = frame.moment.day, frame.ground
            found = [(one.article, one.verdict(day, ground)) for one in frame.pasts.values()]
            yield Scene(frame.moment, frame.ground, found)

    def _find_origins(self, log: Log, new: Iterable[Fresh]) -> None:
        by_ground: dict[Ground, list[Fresh]] = {}
        for one in new:
            if not one.past.article.unreadable:
                by_ground.setdefault(one.ground, []).append(one)
        for ground, readable in by_ground.items():
            origins = Origins(self._repo, log, self._prefix, ground)
            origins.known |= {one.state.blob: one.past.article.claims for one in readable}
            asking = (one for one in readable if one.past.article.claims and not one.past.bound)
            origins.find((one.state.path, one.past) for one in asking)

    def _judge(self, log: Log, new: Iterable[Fresh]) -> set[int]:
        """Judge all, their text taken for the same; the ids of those for which that has to be looked into."""
        waiting: set[int] = set()
        wanted: dict[Ground, set[str]] = {}
        for moment, ground, _, past in new:
            if past.article.unreadable:
                continue
            adoption = ground.config.adoption
            evidence = stamp_evidence(past.bound, None) or claim_evidence(past, log, ground)
            past.judge(evidence, adoption)
            if evidence and _text_matters(past) and hangs_on_text(past, moment.day):
                waiting.add(id(past))
                blobs = {source.blob for source in past.sources.values() if source}
                wanted.setdefault(ground, set()).update({past.article.oid, *blobs})
        for ground, oids in wanted.items():
            self._skeletons_of(ground).load(oids)
        return waiting

    def _skeletons_of(self, ground: Ground) -> PastSkeletons:
        key = title_key(ground.config)
        if key not in self._skeletons:
            self._skeletons[key] = PastSkeletons(self._repo, self._kb.cache, key, self._kb.prefix)
        return self._skeletons[key]


def _text_matters(past: Past) -> bool:
    """Whether text has to be compared: not where what vouches is this very version, at this very place."""
    here = (past.article.path, past.article.oid)
    moved = any(source and (source.path, source.blob) != here for source in past.sources.values())
    return bool(past.bound) or moved or past.article.settings.images
