"""An article's story: what its commits did that a colleague would want to know, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from kcs.article.stamps import Flag, Stamp
from kcs.article.states import ARCHIVED
from kcs.insight.seen import Change, change_of, day_of, name_of
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.history import History
from kcs.kb.lineage import Lineage

CREATED = "created"
RENAMED = "renamed"
READABILITY = "readability"
CONTENT = "content"
CONFIDENCE = "confidence"
OWNER = "owner"
AUDIENCE = "audience"
VERIFIED = "verified"
UNVERIFIED = "unverified"
DATE = "date"
FLAGGED = "flagged"
RESOLVED = "resolved"
MERGED = "merged"
OTHER = "other"
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a kind of the list above and a few words.

    `by`: whose stamp or flag it is, where it is one. `away`: it only took something away.
    """

    kind: str
    text: str
    by: str = ""
    away: bool = False


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


@dataclass(frozen=True, slots=True)
class _Text:
    """A version as the story compares it."""

    article: Article
    body: str
    fingerprint: str | None


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
            said = f"{_lines(*texts) or 'content changed and changed back'}, in {commits} commits"
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

    def chapter(self, change: Change, now: _Text, before: Sequence[_Text]) -> Chapter:
        texts = (before[0].body if before else "", now.body)
        return Chapter(change, now.article.path, tuple(self.events(now, before)), texts)

    @cached_property
    def texts(self) -> dict[tuple[str, str], _Text]:
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
                found[blob, path] = self.compared(version, read(raw).body)
        return found

    def text(self, blob: str, path: str) -> _Text:
        return self.texts[blob, path]

    def compared(self, version: Article, body: str) -> _Text:
        return _Text(version, body, None if version.unreadable else self.kb.fingerprints.of(version))

    def events(self, now: _Text, before: Sequence[_Text]) -> list[Event]:
        """What this version holds that none of those before it did."""
        if not before:
            return [Event(CREATED, f"created as {now.article.confidence}"), *self.stamps(now, before)]
        found = [
            *_renames(now, before),
            *_readability(now, before),
            *_content(now, before),
            *_settings(now, before),
            *self.stamps(now, before),
            *self.dates(now, before),
            *self.flags(now, before),
            *_merged(now, before),
        ]
        return found or _other(now, before)

    def stamps(self, now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
        theirs = [{stamp.by: stamp for stamp in one.article.stamps if stamp.content} for one in before]
        for stamp in now.article.stamps:
            if stamp.content and all(_sign(one.get(stamp.by)) != _sign(stamp) for one in theirs):
                text = self.verified(stamp, renewed=any(stamp.by in one for one in theirs))
                yield Event(VERIFIED, text, stamp.by)
        held = {stamp.by for stamp in now.article.stamps}
        for by in _everywhere(one.keys() for one in theirs):
            if by not in held:
                yield Event(UNVERIFIED, f"the verification by {self.who(by)} was taken away")

    def verified(self, stamp: Stamp, *, renewed: bool) -> str:
        how = "minor change vouched for" if stamp.minor else "verified again" if renewed else "verified"
        note = f": “{' '.join(stamp.note.split())}”" if stamp.note else ""
        ticket = f" ({stamp.ticket})" if stamp.ticket else ""
        return f"{how} by {self.who(stamp.by)}{note}{ticket}"

    def who(self, by: str) -> str:
        person = by.removeprefix("human:")
        return name_of(self.kb, person, person) or "nobody"

    def dates(self, now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
        claims = now.article.claims
        changed = all(now.fingerprint != one.fingerprint for one in before)
        how = "with content changes" if changed else "content unchanged"
        for name, value in claims.items():
            if all(one.article.claims.get(name) != value for one in before):
                old = next((one.article.claims[name] for one in before if name in one.article.claims), "")
                moved = f"moved from {old} to {value}" if old else f"set to {value}"
                yield Event(DATE, f"{self.field(name)} {moved}, {how}")
        for name in _everywhere(one.article.claims.keys() for one in before):
            if name not in claims and not _bound_now(name, now.article):
                yield Event(DATE, f"{self.field(name)} removed", away=True)

    def field(self, name: str) -> str:
        if name == MAPPED_DATE:
            return self.kb.config.fields.get(MAPPED_DATE, MAPPED_DATE)
        return f"verification by {self.who(name.partition(' ')[0])} without content"

    def flags(self, now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
        held = {_flag(flag): flag for flag in now.article.flags}
        theirs = [{_flag(flag): flag for flag in one.article.flags} for one in before]
        for key, flag in held.items():
            if not any(key in one for one in theirs):
                where = f" in {flag.section}" if flag.section else ""
                note = f": “{' '.join(flag.note.split())}”" if flag.note else ""
                yield Event(FLAGGED, f"flagged {flag.reason}{where} by {self.who(flag.by)}{note}", flag.by)
        for key in _everywhere(one.keys() for one in theirs):
            if key not in held:
                yield Event(RESOLVED, f"flag {theirs[0][key].reason} resolved")


def _sign(stamp: Stamp | None) -> tuple[str, str | None, bool] | None:
    return None if stamp is None else (stamp.at, stamp.content, stamp.minor)


def _flag(flag: Flag) -> tuple[str, str, str, str, str]:
    return flag.by, flag.at, flag.reason, flag.section, flag.note


def _everywhere(keys: Iterable[Iterable[Name]]) -> list[Name]:
    """What all of them hold: a merge takes away only what every side had."""
    first, *rest = [list(one) for one in keys] or [[]]
    return [key for key in first if all(key in one for one in rest)]


def _bound_now(claim: str, article: Article) -> bool:
    """Whether a claim without content became a stamp with content: then that is the event."""
    return claim != MAPPED_DATE and any(stamp.by == claim.partition(" ")[0] for stamp in article.stamps)


def _renames(now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
    if all(one.article.path != now.article.path for one in before):
        yield Event(RENAMED, f"renamed from {before[0].article.path}")


def _readability(now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
    was = {one.article.unreadable for one in before}
    if was == {not now.article.unreadable}:
        problem = now.article.record.unreadable
        yield Event(READABILITY, f"became unreadable: {problem.message}" if problem else "readable again")


def _content(now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
    if now.article.unreadable or any(one.fingerprint == now.fingerprint for one in before):
        return
    if len(before) > 1:
        # Beside either side the other's lines count as changed; they have their own lines in the story.
        lines, said = "", "two versions of the text merged"
    else:
        lines = _lines(before[0].body, now.body)
        said = lines or "content changed"
    if all(one.article.title != now.article.title for one in before):
        title = f"title “{before[0].article.title}” became “{now.article.title}”"
        said = f"{said}; {title}" if lines or len(before) > 1 else title
    yield Event(CONTENT, said)


def _settings(now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
    if now.article.unreadable or any(one.article.unreadable for one in before):
        return
    article, was = now.article, before[0].article
    if all(_confidence_moved(one.article, article) for one in before):
        state = article.confidence
        text = "archived" if state == ARCHIVED else f"confidence {was.confidence} became {state}"
        yield Event(CONFIDENCE, text)
    if all(one.article.owner != article.owner for one in before):
        yield Event(OWNER, f"owner {was.owner or 'nobody'} became {article.owner or 'nobody'}")
    if all(one.article.settings.audience != article.settings.audience for one in before):
        yield Event(AUDIENCE, f"audience {was.settings.audience} became {article.settings.audience}")


def _confidence_moved(was: Article, now: Article) -> bool:
    # A first date makes a dated article count as validated; that story is told by the date.
    asked = was.own.confidence != now.own.confidence or was.path != now.path
    return asked and was.confidence != now.confidence


def _merged(now: _Text, before: Sequence[_Text]) -> Iterable[Event]:
    value = now.article.record.meta.get("superseded_by")
    if value and all(one.article.record.meta.get("superseded_by") != value for one in before):
        yield Event(MERGED, f"superseded by {value if isinstance(value, str) else 'other articles'}")


def _other(now: _Text, before: Sequence[_Text]) -> list[Event]:
    if len(before) > 1:
        return [Event(OTHER, "merged, nothing new")]
    new, old = now.article.record.meta, before[0].article.record.meta
    keys = sorted(key for key in {*new, *old} if new.get(key) != old.get(key))
    return [Event(OTHER, f"front matter alone: {', '.join(keys)}" if keys else "layout alone")]


def _lines(old: str, new: str) -> str:
    added, removed = lines_changed(old, new)
    return f"content changed (+{added} −{removed} lines)" if added or removed else ""


def lines_changed(old: str, new: str) -> tuple[int, int]:
    """(added, removed) lines between two texts, line ends and blank ends aside."""
    from difflib import SequenceMatcher

    before, after = ([line.rstrip() for line in text.splitlines()] for text in (old, new))
    added = removed = 0
    for what, i1, i2, j1, j2 in SequenceMatcher(
        None, before, after, autojunk=len(before) > 2000
    ).get_opcodes():
        if what != "equal":
            removed, added = removed + i2 - i1, added + j2 - j1
    return added, removed
