"""Approving: a listed publisher says that an article under compliance may be published, exactly as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo
from math import inf
from typing import Protocol

from kcs.article.days import parse_moment
from kcs.article.splice import Value, flow_mapping, remove_entry, set_entry
from kcs.article.stamps import entries_of
from kcs.authoring.diffs import Comparison, lines_of, since_content
from kcs.authoring.editing import checked_text, commit_message, naming, raw_to_edit
from kcs.authoring.stamping import this_moment
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import Refused
from kcs.kb.actor import Actor, signer, why_no_person
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import find_article

KEY = "approved"


class Talk(Protocol):
    """Shows the difference and asks. `seen`: somebody sees what is shown."""

    seen: bool

    def show(self, article: Article, comparison: Comparison) -> None:
        """Show what would be approved beside what was."""

    def agrees(self) -> bool:
        """Whether to approve what was shown."""


@dataclass(frozen=True, slots=True)
class Approved:
    """`after` is the article with its entry; `content` None if the answer was no and nothing was written."""

    article: Article
    after: Article
    by: str
    content: str | None
    commit: str | None = None


def approve(kb: KnowledgeBase, name: str, why: str, talk: Talk, *, commit: bool) -> Approved:
    """Write the entry for today's fingerprint. Refused for anyone but a listed publisher of the article."""
    why = checked_text(why, "-m", required=True)
    article, actor = find_article(kb, name), signer(kb)
    _refuse(kb, article, actor)
    raw = raw_to_edit(kb, article)
    talk.show(article, _comparison(kb, article))
    if not talk.agrees():
        return Approved(article, article, actor.by, None)
    content = kb.fingerprints.of(article)
    pairs: list[tuple[str, Value]] = [
        ("by", actor.by), ("at", this_moment(kb)), ("content", content), ("note", why),
        *([] if talk.seen else [("unseen", True)]),
    ]  # fmt: skip
    with naming(article):
        new = _with_entry(article, raw, actor, flow_mapping(pairs))
    message = commit_message("Approve", [article], why) if commit else None
    made = write_edits(kb, [Edit(article.path, raw, new)], message, of_text=True)
    return Approved(article, kb.edited(article, new), actor.by, content, made)


def _refuse(kb: KnowledgeBase, article: Article, actor: Actor) -> None:
    publishers = kb.team.expand(article.settings.publishers)
    if not publishers:
        raise Refused(
            f"kcs.toml lists nobody who may publish {article.name}",
            hint='publishers = ["..."] in a [[policy]] that matches it',
        )
    here = sorted(one for one in publishers if article.settings.terms.here(one, kb.today))
    if actor.person not in here:
        raise Refused(
            f"{actor.by} may not publish {article.name}{why_no_person()}",
            hint=f"these may: {', '.join(here) or 'nobody, since all have left'}",
        )


def _comparison(kb: KnowledgeBase, article: Article) -> Comparison:
    """The article beside its last approved content."""
    entries = [one for one in entries_of(article.record.meta.get(KEY)) if isinstance(one.get("content"), str)]
    if not entries:
        return Comparison("never", lines_of(kb, kb.raw(article)))
    zone = kb.config.timezone
    newest = max(
        entries, key=lambda one: (one.get("unseen") is not True, _at(str(one.get("at") or ""), zone))
    )
    compared = since_content(kb, article, str(newest["content"]), str(newest.get("by") or ""))
    return replace(compared, unseen=newest.get("unseen") is True)


def _at(text: str, zone: tzinfo) -> float:
    """Seconds of a moment, in the base's time zone where it
    names none: this machine's own would be another for everyone.
    """
    moment = parse_moment(text)
    if moment is None:
        return -inf
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()


def _with_entry(article: Article, raw: bytes, actor: Actor, entry: str) -> bytes:
    """One entry per publisher: a new one replaces their last."""
    entries = entries_of(article.record.meta.get(KEY))
    own = [index for index, one in enumerate(entries) if one.get("by") == actor.by]
    for index in reversed(own[1:]):
        raw = remove_entry(raw, KEY, index)
    return set_entry(raw, KEY, own[0] if own else None, entry)
