"""An article's story: what its commits did that a colleague would want to know, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kcs.insight.events import CONTENT, OTHER, Comparison, Event, Version, changed_lines
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
    """Every commit that touched the article, newest first, uncommitted state before all. Empty: no commit, no change."""
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
        self.steps = [one for one in steps if day_of(one.version.author_time, zone) >= since]

    def chapters(self) -> list[Chapter]:
        return [*self.uncommitted(), *self.committed()]

    def committed(self) -> list[Chapter]:
        found = []
        for step in self.steps:
            version = step.version
            now = self.text(version.blob, version.path)
            before = [self.text(*one) for one in step.before]
            change = change_of(self.kb, version, merge=step.merge)
            found.append(self.chapter(change, now, before))
        return found

    def uncommitted(self) -> list[Chapter]:
        if self.kb.commit is not None or self.kb.repo is None:
            return []
        newest = self.steps[0].version if self.steps else None
        if newest and newest.blob == self.article.record.oid:
            return []
        before = [self.text(newest.blob, newest.path)] if newest else []
        now = self.compared(self.article, self.kb.read(self.article).body)
        email = self.kb.identity_email
        person = self.kb.team.person_of(email)
        change = Change(author=name_of(self.kb, person), person=person)
        return [self.chapter(change, now, before)]

    def chapter(self, change: Change, now: Version, before: Sequence[Version]) -> Chapter:
        texts = (before[0].body if before else "", now.body)
        return Chapter(change, now.article.path, tuple(self.comparison.events(now, before)), texts)

    @cached_property
    def texts(self) -> dict[tuple[str, str], Version]:
        """Every version that is compared, read through one process."""
        from kcs.article.front_matter import read

        paths: dict[str, set[str]] = {}
        for step in self.steps:
            for blob, path in ((step.version.blob, step.version.path), *step.before):
                paths.setdefault(blob, set()).add(path)
        found = {}
        assert self.kb.repo is not None
        for blob, raw in self.kb.repo.blobs(paths):
            for path in paths[blob]:
                version = self.kb.version(path.removeprefix(self.kb.prefix), raw, blob)
                found[blob, path] = self.compared(version, read(raw).body, past=True)
        return found

    def text(self, blob: str, path: str) -> Version:
        return self.texts[blob, path]

    def compared(self, version: Article, body: str, *, past: bool = False) -> Version:
        skeleton = version.record.skeleton
        if skeleton is None:
            return Version(version, body, None)
        fingerprints = self.kb.fingerprints
        if past:
            images = version.settings.images
            return Version(version, body, fingerprints.of_version(skeleton, version.path, images=images))
        return Version(version, body, fingerprints.of(version))
