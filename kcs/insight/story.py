"""An article's story: what its commits did that a colleague would want to know, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kcs.insight.events import CONTENT, OTHER, RENAMED, Comparison, Event, Version, changed_lines
from kcs.insight.seen import Change, change_of, day_of, name_of
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.history import History
from kcs.kb.past.lineage import Lineage


@dataclass(frozen=True, slots=True)
class Chapter:
    """A commit and what it did to the article; `change.commit` is empty for what is not committed yet.

    `texts`: the body it replaced and the one it left. `commits`: how many are told as this one.
    """

    change: Change
    path: str
    events: tuple[Event, ...]
    texts: tuple[str, str] = ("", "")
    commits: int = 1

    @property
    def matters(self) -> bool:
        """Whether anything in it is of use to a colleague."""
        return any(event.kind != OTHER for event in self.events)


def story(kb: KnowledgeBase, article: Article) -> list[Chapter]:
    """Every commit that touched the article, newest first, uncommitted state before all.
    Empty: no commit, no change.
    """
    return _Teller(kb, article).chapters()


def story_since(kb: KnowledgeBase, article: Article, history: History, since: date) -> list[Chapter]:
    """What the commits from a day on did, newest first; `history` is that of the base's commit."""
    return _Teller(kb, article, history, since).committed()


def folded(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The same with one chapter for what one person did to nothing but the text on one day, in one go."""
    found: list[Chapter] = []
    for one in chapters:
        if found and _same_go(found[-1], one):
            newer = found.pop()
            texts = (one.texts[0], newer.texts[1])
            commits = newer.commits + one.commits
            said = f"{changed_lines(*texts) or 'content changed and changed back'}, in {commits} commits"
            one = replace(newer, events=(Event(CONTENT, said),), texts=texts, commits=commits)
        found.append(one)
    return found


def _same_go(newer: Chapter, older: Chapter) -> bool:
    return all(
        chapter.change.commit
        and not chapter.change.merge
        and [event.kind for event in chapter.events] == [CONTENT]
        and "title" not in chapter.events[0].text
        for chapter in (newer, older)
    ) and (newer.change.day, newer.change.author) == (older.change.day, older.change.author)


class _Teller:
    def __init__(
        self,
        kb: KnowledgeBase,
        article: Article,
        history: History | None = None,
        since: date = date.min,
    ) -> None:
        self.kb = kb
        self.article = article
        self.comparison = Comparison(kb)
        zone = kb.config.timezone
        steps = Lineage(kb, article, history).steps
        self.earlier = {(one.version.blob, one.version.path): one.before for one in reversed(steps)}
        self.steps = [one for one in steps if day_of(one.version.author_time, zone) >= since]

    def chapters(self) -> list[Chapter]:
        return [*self.uncommitted(), *self.committed()]

    def committed(self) -> list[Chapter]:
        found = []
        for step in self.steps:
            version = step.version
            now = self.text(version.blob, version.path)
            change = change_of(self.kb, version, merge=step.merge)
            found.append(self.chapter(change, now, step.before))
        return found

    def uncommitted(self) -> list[Chapter]:
        if self.kb.commit is not None or self.kb.repo is None:
            return []
        newest = self.steps[0].version if self.steps else None
        if newest and newest.blob == self.article.record.oid:
            return []
        before = [(newest.blob, newest.path)] if newest else []
        now = self.compared(self.article, self.kb.read(self.article).body)
        email = self.kb.identity_email
        person = self.kb.team.person_of(email)
        change = Change(author=name_of(self.kb, person), person=person)
        return [self.chapter(change, now, before)]

    def chapter(self, change: Change, now: Version, places: Sequence[tuple[str, str]]) -> Chapter:
        """`places`: the versions it replaced, by blob and path."""
        before = [self.text(*one) for one in places]
        mended = False
        if not now.article.unreadable:
            lost = bool(before) and all(one.article.unreadable for one in before)
            before = [self.readable(one) for one in places]
            mended = lost and not any(one.article.unreadable for one in before)
        texts = (before[0].body if before else "", now.body)
        events = self.comparison.events(now, before, mended=mended)
        if mended and self.kb.prefix + now.article.path in {path for _, path in places}:
            events = [one for one in events if one.kind != RENAMED]  # told of the version that cannot be read
        return Chapter(change, now.article.path, tuple(events), texts)

    def readable(self, place: tuple[str, str]) -> Version:
        """This version; where it cannot be read, the last one before
        it that can: what it took away came back with the next.
        """
        asked, seen = place, set[tuple[str, str]]()
        while self.text(*place).article.unreadable:
            seen.add(place)
            earlier = self.earlier.get(place)
            if not earlier or earlier[0] in seen:
                return self.text(*asked)
            place = earlier[0]
        return self.text(*place)

    @cached_property
    def texts(self) -> dict[tuple[str, str], Version]:
        """Every version that is compared, read through one process."""
        return self._read(((one.version.blob, one.version.path), *one.before) for one in self.steps)

    def text(self, blob: str, path: str) -> Version:
        place = blob, path
        if (
            place not in self.texts
        ):  # from before the first day, and asked for because a later one cannot be read
            self.texts.update(self._read([[place]]))
        return self.texts[place]

    def _read(self, wanted: Iterable[Iterable[tuple[str, str]]]) -> dict[tuple[str, str], Version]:
        from kcs.article.front_matter import read

        paths: dict[str, set[str]] = {}
        for places in wanted:
            for blob, path in places:
                paths.setdefault(blob, set()).add(path)
        found = {}
        assert self.kb.repo is not None
        for blob, raw in self.kb.repo.blobs(paths):
            for path in paths[blob]:
                version = self.kb.version(path.removeprefix(self.kb.prefix), raw, blob)
                found[blob, path] = self.compared(version, read(raw).body, past=True)
        return found

    def compared(self, version: Article, body: str, *, past: bool = False) -> Version:
        skeleton = version.record.skeleton
        if skeleton is None:
            return Version(version, body, None)
        fingerprints = self.kb.fingerprints
        if past:
            images = version.settings.images
            return Version(version, body, fingerprints.of_version(skeleton, version.path, images=images))
        return Version(version, body, fingerprints.of(version))
