"""The base at several past moments, in one pass over the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.insight.past_articles import (
    Past,
    claim_evidence,
    hangs_on_text,
    reading,
    stamp_evidence,
)
from kcs.insight.past_compare import Comparing, Pair, Texts
from kcs.insight.past_line import Moment, State, states
from kcs.insight.past_origins import Origins
from kcs.insight.past_story import Fresh, Story
from kcs.kb.git.log import read_log
from kcs.kb.git.repository import path_bytes
from kcs.kb.past.past_texts import PastSkeletons
from kcs.kb.source import title_key
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.insight.past_ground import Ground, Grounds
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.git.graph import Log
    from kcs.kb.git.repository import Repository
    from kcs.kb.records import Record


class Scene(NamedTuple):
    """All articles at one moment, with their verdicts on its day."""

    moment: Moment
    ground: Ground
    found: list[tuple[Article, Verdict]]


class PastBase:
    """Reads the articles of several moments of one line of first parents, the oldest first."""

    def __init__(self, kb: KnowledgeBase, repo: Repository, grounds: Grounds) -> None:
        self._kb, self._repo, self._grounds = kb, repo, grounds
        self._prefix = path_bytes(kb.prefix)
        self._records: dict[str, Record] = {}
        self._texts = Texts(repo)
        self._skeletons: dict[str, PastSkeletons] = {}

    def scenes(self, moments: Iterable[Moment]) -> Iterator[Scene]:
        """One for each moment."""
        by_mailmap: dict[str, list[Moment]] = {}
        for moment in moments:
            by_mailmap.setdefault(self._grounds.mailmap(moment.commit), []).append(moment)
        # A history names its people by its own mailmap: as many logs as there are different ones.
        for alike in by_mailmap.values():
            log = read_log(self._repo, alike[-1].commit)
            log.renames.learn()
            yield from self._of_one_log(log, alike)

    def _of_one_log(self, log: Log, moments: Sequence[Moment]) -> Iterator[Scene]:
        numbers = [log.numbers[moment.commit.encode("ascii")] for moment in moments]
        changes = list(states(log, numbers, self._prefix))
        story = Story(self._grounds, self._prefix, moments, changes)
        self._read(state for frame in story.frames() for state in frame.new)
        new = list(story.make(self._records.__getitem__))
        self._find_origins(log, new)
        waiting = self._judge(log, new)
        comparing = Comparing(self._repo, log, self._prefix, self._texts, self._skeletons_of)
        for frame in story.frames():
            for past in frame.pasts.values():
                if (past.by_links or id(past) in waiting) and hangs_on_text(past, frame.moment.day):
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
        """Judge all articles as if their text were the same;
        returns the ids of those for which that has to be checked.
        """
        hanging = []
        for fresh in new:
            past = fresh.past
            if past.article.unreadable:
                continue
            evidence = stamp_evidence(past.bound, None) or claim_evidence(past, log, fresh.ground)
            past.judge(evidence, fresh.ground.config.adoption)
            if evidence and _text_matters(past) and hangs_on_text(past, fresh.moment.day):
                hanging.append(fresh)
        self._texts.compare(asked for one in hanging for asked in _pairs(one))
        waiting: set[int] = set()
        wanted: dict[Ground, set[str]] = {}
        for fresh in hanging:
            past = fresh.past
            open_ = {past.article.oid} if past.bound else self._texts.left_open(past, fresh.ground)
            wanted.setdefault(fresh.ground, set()).update(open_)
            if open_ or not all(self._texts.alike(*pair[:3]) for pair in _pairs(fresh)):
                waiting.add(id(past))
        for ground, oids in wanted.items():
            self._skeletons_of(ground).load(oids)
        return waiting

    def _read(self, states: Iterable[State]) -> None:
        """Versions, each once; those of one file together, since Git stores each as its difference from the next."""
        wanted = sorted({(one.path, one.since, one.blob) for one in states})
        oids = [
            oid for oid in dict.fromkeys(one[2].decode("ascii") for one in wanted) if oid not in self._records
        ]
        for oid, raw in self._repo.blobs(oids):
            self._records[oid] = reading(raw, oid)

    def _skeletons_of(self, ground: Ground) -> PastSkeletons:
        key = title_key(ground.config)
        if key not in self._skeletons:
            self._skeletons[key] = PastSkeletons(self._repo, self._kb.cache, key, self._kb.prefix)
        return self._skeletons[key]


def _pairs(fresh: Fresh) -> Iterator[Pair]:
    """The versions to compare: the one that was vouched for, and what the article was."""
    article, key = fresh.past.article, title_key(fresh.ground.config)
    if not fresh.past.bound:
        for source in fresh.past.sources.values():
            if source:
                yield source.blob, article.oid, key, article.own_title


def _text_matters(past: Past) -> bool:
    """Whether text has to be compared: not if exactly this version, at this place, was vouched for."""
    here = (past.article.path, past.article.oid)
    moved = any(source and (source.path, source.blob) != here for source in past.sources.values())
    return bool(past.bound) or moved or past.article.settings.images
