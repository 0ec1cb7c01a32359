"""What a version of an article says that no earlier one did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kcs.article.stamps import Flag, Stamp
from kcs.article.states import ARCHIVED
from kcs.insight.seen import name_of
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase

CREATED = "created"
RENAMED = "renamed"
READABILITY = "readability"
CONTENT = "content"
LINKS = "links"
CONFIDENCE = "confidence"
OWNER = "owner"
AUDIENCE = "audience"
VERIFIED = "verified"
UNVERIFIED = "unverified"
DATE = "date"
FLAGGED = "flagged"
RESOLVED = "resolved"
SUPERSEDED = "superseded"
OTHER = "other"
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a kind of the list above and a few words.

    `by`: whose stamp or flag it is, if it is one. `away`: it only removed something.
    """

    kind: str
    text: str
    by: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A version in comparable form. `fingerprint` is None if the article is unreadable."""

    article: Article
    body: str
    fingerprint: str | None


class Comparison:
    """Compares versions by a base's fields and people."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def events(self, now: Version, before: Sequence[Version], *, mended: bool = False) -> list[Event]:
        """What this version holds that no earlier one did.
        `mended`: it follows one that could not be read; `before` are the last that could.
        """
        if not before:
            return [Event(CREATED, f"created as {now.article.confidence}"), *self._stamps(now, before)]
        if now.article.unreadable:  # nobody knows what else it says
            found = [*_renames(now, before), *_readability(now, before)]
            return found or [Event(OTHER, "still unreadable")]
        found = [
            *_renames(now, before),
            *([Event(READABILITY, "readable again")] if mended else _readability(now, before)),
            *_content(now, before),
            *_settings(now, before),
            *self._stamps(now, before),
            *self._dates(now, before),
            *self._flags(now, before),
            *_superseded(now, before),
        ]
        return found or _other(now, before)

    def _stamps(self, now: Version, before: Sequence[Version]) -> Iterable[Event]:
        # A person may have several: merging by hand keeps both.
        theirs = [_signs(one.article) for one in before]
        for stamp in now.article.stamps:
            if stamp.content and all(_sign(stamp) not in one.get(stamp.by, ()) for one in theirs):
                text = self._verified(stamp, renewed=any(stamp.by in one for one in theirs))
                yield Event(VERIFIED, text, stamp.by)
        held = {stamp.by for stamp in now.article.stamps}
        for by in _everywhere(one.keys() for one in theirs):
            if by not in held:
                yield Event(UNVERIFIED, f"the verification by {self._who(by)} was taken away")

    def _verified(self, stamp: Stamp, *, renewed: bool) -> str:
        how = "minor change vouched for" if stamp.minor else "verified again" if renewed else "verified"
        note = f": “{' '.join(stamp.note.split())}”" if stamp.note else ""
        ticket = f" ({stamp.ticket})" if stamp.ticket else ""
        return f"{how} by {self._who(stamp.by)}{note}{ticket}"

    def _who(self, by: str) -> str:
        person = by.removeprefix("human:")
        return name_of(self.kb, person, person) or "nobody"

    def _dates(self, now: Version, before: Sequence[Version]) -> Iterable[Event]:
        claims = now.article.claims
        changed = all(now.fingerprint != one.fingerprint for one in before)
        how = "with content changes" if changed else "content unchanged"
        for name, value in claims.items():
            if all(one.article.claims.get(name) != value for one in before):
                old = next((was for one in before if (was := _earlier(name, one.article.claims, claims))), "")
                moved = f"moved from {old} to {value}" if old else f"set to {value}"
                yield Event(DATE, f"{self._field(name)} {moved}, {how}")
        for name in _everywhere(one.article.claims.keys() for one in before):
            if name not in claims and not _bound_now(name, now.article):
                yield Event(DATE, f"{self._field(name)} removed", away=True)

    def _field(self, name: str) -> str:
        if name == MAPPED_DATE:
            return self.kb.config.fields.get(MAPPED_DATE, MAPPED_DATE)
        return f"verification by {self._who(name.partition(' ')[0])} without content"

    def _flags(self, now: Version, before: Sequence[Version]) -> Iterable[Event]:
        held = {_flag(flag): flag for flag in now.article.flags}
        theirs = [{_flag(flag): flag for flag in one.article.flags} for one in before]
        for key, flag in held.items():
            if not any(key in one for one in theirs):
                where = f" in {flag.section}" if flag.section else ""
                note = f": “{' '.join(flag.note.split())}”" if flag.note else ""
                yield Event(FLAGGED, f"flagged {flag.reason}{where} by {self._who(flag.by)}{note}", flag.by)
        for key in _everywhere(one.keys() for one in theirs):
            if key not in held:
                yield Event(RESOLVED, f"flag {theirs[0][key].reason} resolved")


def _signs(article: Article) -> dict[str, set[tuple[str, str | None, bool]]]:
    """Who vouched with content, and each time how."""
    found: dict[str, set[tuple[str, str | None, bool]]] = {}
    for stamp in article.stamps:
        if stamp.content:
            found.setdefault(stamp.by, set()).add(_sign(stamp))
    return found


def _sign(stamp: Stamp) -> tuple[str, str | None, bool]:
    return stamp.at, stamp.content, stamp.minor


def _flag(flag: Flag) -> tuple[str, str, str, str, str]:
    return flag.by, flag.at, flag.reason, flag.section, flag.note


def _everywhere(keys: Iterable[Iterable[Name]]) -> list[Name]:
    """What all of them hold: a merge takes away only what every side had."""
    first, *rest = [list(one) for one in keys] or [[]]
    return [key for key in first if all(key in one for one in rest)]


def _bound_now(claim: str, article: Article) -> bool:
    """Whether a claim without content became a stamp with content: then only that is an event."""
    return claim != MAPPED_DATE and any(stamp.by == claim.partition(" ")[0] for stamp in article.stamps)


def _earlier(claim: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """The day that a claim had before: an entry of `verified`
    is named by its moment, so the same person's that is gone.
    """
    if claim == MAPPED_DATE or claim in theirs:
        return theirs.get(claim, "")
    person = claim.partition(" ")[0]
    gone = (day for name, day in theirs.items() if name not in ours and name.partition(" ")[0] == person)
    return next(gone, "")


def _renames(now: Version, before: Sequence[Version]) -> Iterable[Event]:
    if all(one.article.path != now.article.path for one in before):
        yield Event(RENAMED, f"renamed from {before[0].article.path}")


def _readability(now: Version, before: Sequence[Version]) -> Iterable[Event]:
    was = {one.article.unreadable for one in before}
    if was == {not now.article.unreadable}:
        problem = now.article.record.unreadable
        yield Event(READABILITY, f"became unreadable: {problem.message}" if problem else "readable again")


def _content(now: Version, before: Sequence[Version]) -> Iterable[Event]:
    if now.article.unreadable or any(one.fingerprint == now.fingerprint for one in before):
        return
    if len(before) > 1:
        # Compared with either side, the other side's lines count as changed; these have their own lines in the story.
        lines, said = "", "two versions of the text merged"
    else:
        lines = changed_lines(before[0].body, now.body)
        if not lines and before[0].article.title == now.article.title:
            # The article, or what its links name, was moved without `kcs mv`: that improves no text.
            yield Event(LINKS, "the same words, whose links name something else from there")
            return
        said = lines or "content changed"
    if all(one.article.title != now.article.title for one in before):
        title = f"title “{before[0].article.title}” became “{now.article.title}”"
        said = f"{said}; {title}" if lines or len(before) > 1 else title
    yield Event(CONTENT, said)


def _settings(now: Version, before: Sequence[Version]) -> Iterable[Event]:
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
    # A first date makes a dated article count as validated; the date tells that story.
    asked = was.own.confidence != now.own.confidence or was.path != now.path
    return asked and was.confidence != now.confidence


def _superseded(now: Version, before: Sequence[Version]) -> Iterable[Event]:
    value = now.article.record.meta.get("superseded_by")
    if value and all(one.article.record.meta.get("superseded_by") != value for one in before):
        yield Event(SUPERSEDED, f"superseded by {value if isinstance(value, str) else 'other articles'}")


def _other(now: Version, before: Sequence[Version]) -> list[Event]:
    if len(before) > 1:
        return [Event(OTHER, "merged, nothing new")]
    new, old = now.article.record.meta, before[0].article.record.meta
    keys = sorted(key for key in {*new, *old} if new.get(key) != old.get(key))
    return [Event(OTHER, f"front matter alone: {', '.join(keys)}" if keys else "layout alone")]


def changed_lines(old: str, new: str) -> str:
    """How many lines differ, in words; empty if none does."""
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
