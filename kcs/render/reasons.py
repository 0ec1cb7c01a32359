"""Reasons in plain words, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcs.render.trust import meaning

if TYPE_CHECKING:
    from kcs.article.trust import Verdict
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_DO = {
    "unreadable": "mend the file",
    "not-validated": "kcs verify {name} --validate once it meets the standard",
    "never-verified": "kcs verify {name}",
    "adopted": "kcs verify {name} by then",
    "stale": "kcs verify {name}",
    "content-changed": "kcs verify {name} shows what changed",
    "quorum-missing": "{more} more must run kcs verify {name}",
    "not-entitled": "it takes one of: {verifiers}",
    "machine-only": "a person must run kcs verify {name}",
    "flagged": "mend it, then kcs flag {name} --resolve",
    "unknown-history": "git fetch --unshallow, or kcs verify {name}",
}

_STATES = {
    "archived": ("archived: kept for its links, out of use", "look for the article that took its place"),
    "work-in-progress": (
        "work in progress: there is no resolution yet",
        "finish it, then kcs verify {name} --validate",
    ),
}

WHY_NOT = {
    "other-content": "other content",
    "not-entitled": "may not verify this article",
    "left": "left the team before that day",
    "machine": "a machine, not a person",
    "unknown-version": "made by a normalisation this kcs does not know: update kcs",
    "unknown-history": "history is cut off here, so nobody can know: git fetch --unshallow",
    "not-dated": "its day cannot be read",
    "older-of-the-same-person": "the same person has a newer one",
    "date-only-beside-a-stamp": "a date alone does not count next to a stamp",
}


def sentence(kb: KnowledgeBase, article: Article, verdict: Verdict, reason: str) -> str:
    """One reason in plain words, with its days."""
    due, since = verdict.due, verdict.verified_at
    if reason == "not-validated" and article.confidence in _STATES:
        return _STATES[article.confidence][0]
    if reason == "adopted":
        return f"waiting for its first due day, {due}"
    if reason == "stale" and due == date.min:
        return "its stale_after names no day that can be read"
    if reason == "stale" and since and due:
        return f"verified too long ago: on {since}, due {due}, {_days((kb.today - due).days)} ago"
    if reason == "quorum-missing":
        return f"{len(verdict.counting)} of {article.settings.terms.quorum} needed verifications count"
    if reason == "flagged":
        blocking = ", ".join(one.reason or "no reason given" for one in article.flags if one.blocking)
        return f"somebody flagged it: {blocking}"
    return meaning(reason)


def advice(kb: KnowledgeBase, article: Article, verdict: Verdict, reason: str) -> str:
    """What to do about a reason."""
    name = quoted(kb.command_name(article))
    if reason == "not-validated" and article.confidence in _STATES:
        return _STATES[article.confidence][1].format(name=name)
    if reason == "unreadable" and any(one.code == "merge-conflict" for one in article.record.problems):
        return f"kcs resolve {quoted(article.path)}"
    if reason not in ("unreadable", "flagged") and article.settings.terms.verifiers(kb.today) == []:
        return f"nobody here may verify it: kcs assign {name} --add-verifier ..."
    more = max(article.settings.terms.quorum - len(verdict.counting), 1)
    return _DO[reason].format(name=name, more=more, verifiers=who_may(article, kb.today))


def who_may(article: Article, today: date, most: int = 4) -> str:
    """The people who may verify today, by id; `anyone` if nobody is named."""
    names = article.settings.terms.verifiers(today)
    if names is None:
        return "anyone"
    return ", ".join(names[:most]) + (f" +{len(names) - most}" if len(names) > most else "") or "nobody"


def trusted_until(due: date | None) -> str:
    """`trusted until ...`: the first day it is no longer so."""
    return f"trusted until {due}" if due else "trusted, with no due day"


def quoted(name: str) -> str:
    """A name as a shell takes it."""
    from shlex import quote

    return quote(name)


def _days(number: int) -> str:
    from kcs.counting import counted  # most searches tell no days

    return counted(number, "day")


def joined(parts: Sequence[str], by: str = " · ") -> str:
    """The parts that hold something."""
    return by.join(part for part in parts if part)
