"""One article's new front matter: the stamp, the due day, the mapped date, resolved flags, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kcs.article.days import Interval, parse_day, parse_moment, write_like
from kcs.article.judging import judge
from kcs.article.splice import (
    Quote,
    Value,
    flow_mapping,
    quoting_of,
    remove_entry,
    remove_key,
    scalar,
    set_entry,
    set_value,
)
from kcs.article.states import NOT_VALIDATED, VALIDATED
from kcs.authoring.editing import naming
from kcs.authoring.entitled import counts
from kcs.authoring.state import with_state
from kcs.authoring.translation import renewed
from kcs.authoring.wishes import Wishes
from kcs.errors import CannotEdit, UsageProblem
from kcs.kb.actor import Actor
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Stamped:
    """An article's file before and after, and what was added. `after` is the article that `new` reads as."""

    old: bytes
    new: bytes
    after: Article
    by: str
    at: datetime
    content: str
    unseen: bool
    minor: bool
    resolved: int


def stamp(
    kb: KnowledgeBase, article: Article, raw: bytes, actor: Actor, wishes: Wishes, *, seen: bool
) -> Stamped:
    """The file with this actor's stamp in it. CannotEdit, with the line, if it cannot be added safely.

    A stamp that does not count moves no day and resolves nothing. UsageProblem for a due day that is too late.
    """
    at, content = this_moment(kb), kb.fingerprints.of(article)
    own = counts(kb, article, actor)
    resolved = [flag.index for flag in article.flags if flag.blocking and own and wishes.resolve_flags]
    with naming(article):
        new = _with_entry(article, raw, actor, _entry(actor, at, content, wishes, seen))
        for index in reversed(resolved):
            new = remove_entry(new, "flags", index)
        if own and not wishes.minor:
            new = _with_due_day(kb, article, new, wishes)
            new = _with_mapped_date(kb, article, new, wishes)
            new = renewed(kb, article, new)
        if wishes.validate and kb.edited(article, new).confidence != VALIDATED:
            new = with_state(kb, article, new, VALIDATED)
        after = kb.edited(article, new)
        if after.record.skeleton != article.record.skeleton:
            raise CannotEdit("the stamp would change the text; nothing was written")
    return Stamped(raw, new, after, actor.by, at, content, not seen, wishes.minor, len(resolved))


def this_moment(kb: KnowledgeBase) -> datetime:
    """This moment, on the day that is the clock."""
    now = datetime.now(kb.config.timezone)
    return datetime.combine(kb.today, now.timetz()).astimezone(UTC).replace(microsecond=0)


def _entry(actor: Actor, at: datetime, content: str, wishes: Wishes, seen: bool) -> str:
    pairs: list[tuple[str, Value]] = [("by", actor.by), ("at", at), ("content", content)]
    if wishes.note:
        pairs.append(("note", wishes.note))
    if wishes.ticket:
        pairs.append(("ticket", wishes.ticket))
    if wishes.minor:
        pairs.append(("minor", True))
        if wishes.since:
            pairs.append(("since", wishes.since))
    if not seen:
        pairs.append(("unseen", True))
    return flow_mapping(pairs)


def _with_entry(article: Article, raw: bytes, actor: Actor, entry: str) -> bytes:
    """One entry per verifier: a new one replaces their last; others stay as they are."""
    own = [one.index for one in article.stamps if one.by == actor.by]
    for index in reversed(own[1:]):
        raw = remove_entry(raw, "verified", index)
    return set_entry(raw, "verified", own[0] if own else None, entry)


def _with_due_day(kb: KnowledgeBase, article: Article, raw: bytes, wishes: Wishes) -> bytes:
    """`stale_after` by the present stamps, or the earlier day asked for; none if nothing makes it due."""
    terms, settings = article.settings.terms, article.settings
    if terms.interval == Interval():
        raise CannotEdit(
            f"verify_every is {settings.verify_every!r}, which is not an interval",
            hint="write it as 90d, 2 weeks, 6 months or 1 year",
        )
    bare = remove_key(raw, "stale_after")
    counting = [
        one for one in kb.judge.evidence(kb.edited(article, bare)) if one.matches and terms.counts(one)
    ]
    due = judge(VALIDATED, counting, terms, kb.today).due
    wish = wishes.until or (wishes.span.after(kb.today) if wishes.span else None)
    if wish and due and wish > due:
        raise UsageProblem(
            f"{wish} is later than {due}, the due day by verify_every: {settings.verify_every}"
            f" (from {_SOURCE[settings.interval_from]})",
            hint="name an earlier day, or change verify_every",
            path=article.path,
        )
    day = _before_launch(kb, article, wish or due)
    if day is None:
        return bare
    return _with_day(raw, "stale_after", day, str(article.record.meta.get("stale_after") or ""), None)


def _before_launch(kb: KnowledgeBase, article: Article, due: date | None) -> date | None:
    """Before its `launch`, an article is due every 7 days, and again on the day."""
    found = article.record.meta.get("launch")
    config = kb.config
    launch = parse_day(found, config.timezone, config.date_order) if isinstance(found, str) else None
    if launch is None or launch <= kb.today:
        return due
    soon = min(launch, kb.today + timedelta(days=7))
    return min(due, soon) if due else soon


_SOURCE = {"article": "the article itself", "policy": "kcs.toml", "default": "no setting at all"}


def _with_mapped_date(kb: KnowledgeBase, article: Article, raw: bytes, wishes: Wishes) -> bytes:
    """The base's own date field at today, as this file writes dates.

    It stays away where it alone would say *validated* of an article whose state was to be kept.
    """
    key = kb.config.fields.get(MAPPED_DATE)
    if key is None:
        return raw
    dated = _dated(kb, article, raw, key)
    keeps = wishes.validate is False and article.confidence == NOT_VALIDATED
    return raw if keeps and kb.edited(article, dated).confidence == VALIDATED else dated


def _dated(kb: KnowledgeBase, article: Article, raw: bytes, key: str) -> bytes:
    own, *others = (key, *kb.config.fields.values())
    for name in (own, *others):
        example = article.record.meta.get(name)
        order = kb.config.date_order
        if isinstance(example, str) and parse_day(example, kb.config.timezone, order):
            if name != key and parse_moment(example):
                example = example[:10]  # a moment of publishing is no pattern for a day of checking
            return _with_day(
                raw, key, kb.today, example, quoting_of(raw, name), order=order, same=name == key
            )
    return _with_day(raw, key, kb.today, "", "", same=False)


def _with_day(
    raw: bytes, key: str, day: date, example: str, quote: Quote | None, *, order: str = "", same: bool = True
) -> bytes:
    """`key` at `day` in the notation of `example`; untouched if it already has that day."""
    if same and parse_day(example, order=order) == day:
        return raw
    quote = quoting_of(raw, key) if quote is None else quote
    return set_value(raw, key, scalar(write_like(day, example, order), quote))
