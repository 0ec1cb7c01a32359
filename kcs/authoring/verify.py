"""Verifying: a person vouches for exactly what an article says today, after seeing what changed.

`verify` checks every article first, then shows and asks, then writes all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kcs.article.stamps import Flag
from kcs.article.states import ARCHIVED, NOT_VALIDATED, VALIDATED, WORK_IN_PROGRESS
from kcs.article.trust import Verdict
from kcs.authoring.diffs import Comparison
from kcs.authoring.drafting import Draft, draft
from kcs.authoring.editing import commit_message
from kcs.authoring.entitled import counts, entitled_people
from kcs.authoring.stamping import Stamped, stamp
from kcs.authoring.standard import hidden, unfinished
from kcs.authoring.translation import Original, original_of
from kcs.authoring.wishes import Wishes
from kcs.authoring.writing import Edit, write_edits
from kcs.errors import FileProblem
from kcs.kb.actor import Actor, signer, why_no_person
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.select import find_articles

Answer = Literal["yes", "no", "edit"]


class Talk(Protocol):
    """Shows things and asks questions. `seen`: somebody sees what is shown."""

    seen: bool

    def show(self, article: Article, comparison: Comparison) -> None:
        """Show what would be vouched for."""

    def show_original(self, original: Original) -> None:
        """Show what changed in what the article translates."""

    def confirm(self) -> Answer:
        """Whether to verify what was shown."""

    def resolves(self, flags: Sequence[Flag]) -> bool:
        """Whether this verification resolves these blocking flags."""

    def meets_standard(self, article: Article) -> bool | None:
        """Whether an article that is not validated is complete,
        reusable and to the standard; None if nobody can be asked.
        """

    def edit(self, kb: KnowledgeBase, article: Article) -> None:
        """Let the user change the file."""

    def warn(self, text: str) -> None:
        """Say something that is no result."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One article after the command. `stamped` is None if there was nothing to write or the answer was no."""

    article: Article
    stamped: Stamped | None
    verdict: Verdict
    declined: bool = False


@dataclass(frozen=True, slots=True)
class _Session:
    actor: Actor
    talk: Talk
    force: bool


def verify(
    kb: KnowledgeBase, names: Sequence[str], wishes: Wishes, talk: Talk, *, force: bool, commit: bool
) -> tuple[list[Verified], str | None]:
    """What became of each article, and the commit's id if one was made.

    Refused if the person at work may not verify an article (unless `force`); nothing is written then.
    """
    session = _Session(signer(kb), talk, force)
    paths = [one.path for one in find_articles(kb, names)]
    drafts = [draft(kb, kb.by_path[path], session.actor, wishes, force) for path in paths]
    answered = [_ask(kb, one, session) for one in drafts]
    return answered, _write(kb, answered, wishes, commit)


def _write(kb: KnowledgeBase, answered: Sequence[Verified], wishes: Wishes, commit: bool) -> str | None:
    done = [(one.article, one.stamped) for one in answered if one.stamped is not None]
    if not done:
        return None
    verb = "Verify (minor change)" if wishes.minor else "Verify"
    ticket = f"Ticket: {wishes.ticket}" if wishes.ticket else ""
    message = commit_message(verb, [article for article, _ in done], wishes.note, ticket) if commit else None
    edits = [Edit(article.path, one.old, one.new) for article, one in done]
    return write_edits(kb, edits, message, of_text=True)


def _ask(kb: KnowledgeBase, begun: Draft, session: _Session) -> Verified:
    """Show and ask until the answer is yes or no; an edit starts over with the base as of then."""
    talk = session.talk
    while True:
        article = begun.article
        if begun.nothing_to_carry:
            return Verified(article, None, _verdict(kb, article))
        talk.show(article, begun.comparison)
        if (original := original_of(kb, article)) is not None:
            talk.show_original(original)
        if begun.wishes.validate and article.confidence != VALIDATED:
            _warn_unfinished(kb, begun, talk)  # before the question: the yes says that it meets the standard
        answer = talk.confirm()
        if answer == "no":
            return Verified(article, None, _verdict(kb, article), declined=True)
        if answer == "yes":
            return _stamped(kb, begun, session)
        talk.edit(kb, article)
        kb = KnowledgeBase.open(kb.root, as_of=kb.today)
        if article.path not in kb.by_path:
            raise FileProblem("is no longer an article of this base", path=article.path)
        begun = draft(kb, kb.by_path[article.path], session.actor, begun.wishes, session.force)


def _warn_unfinished(kb: KnowledgeBase, begun: Draft, talk: Talk) -> None:
    for sentence in unfinished(kb, begun.article, begun.raw):
        talk.warn(f"{begun.article.name}: {sentence}")


def _stamped(kb: KnowledgeBase, begun: Draft, session: _Session) -> Verified:
    """Ask what else there is to ask, and work out the file."""
    article, wishes, actor, talk = begun.article, begun.wishes, session.actor, session.talk
    own = counts(kb, article, actor)
    # A minor change vouches for nothing new, so there is nothing more to ask.
    asks = own and not wishes.minor
    blocking = [flag for flag in article.flags if flag.blocking]
    if blocking and asks and not wishes.resolve_flags:
        wishes = wishes.answered(resolve_flags=talk.resolves(blocking))
    open_question = asks and article.confidence == NOT_VALIDATED and wishes.validate is None
    if open_question:
        _warn_unfinished(kb, begun, talk)
        wishes = wishes.answered(validate=talk.meets_standard(article))
    done = stamp(kb, article, begun.raw, actor, wishes, seen=talk.seen)
    for sentence in _remarks(kb, article, done, actor, own):
        talk.warn(f"{article.name}: {sentence}")
    return Verified(article, done, _verdict(kb, done.after))


def _remarks(kb: KnowledgeBase, article: Article, done: Stamped, actor: Actor, own: bool) -> Iterator[str]:
    """What the user should know beside the result."""
    if actor.person is None:
        yield f"a stamp of {actor.by} does not make it human-reviewed{why_no_person()}"
    elif not own:
        yield f"a stamp of {actor.by} does not count; these may verify it: {entitled_people(kb, article)}"
    if article.own.verify_every == "never" and not article.own.has_reason:
        yield (
            "verify_every: never needs a verify_every_reason beside it; without one it counts as not set,"
            f" and {article.settings.verify_every} holds"
        )
    if article.confidence in (WORK_IN_PROGRESS, ARCHIVED) and done.after.confidence == VALIDATED:
        yield f"it goes from {article.confidence} straight to validated"
    if done.after.confidence == VALIDATED:
        yield from hidden(kb, done.after)
    if any(flag.blocking for flag in done.after.flags):
        yield "still untrusted: a blocking flag is open; --resolve-flags resolves it"
    if done.after.confidence != VALIDATED:
        yield f"still untrusted: it is {done.after.confidence}; --validate says it meets the standard"


def _verdict(kb: KnowledgeBase, article: Article) -> Verdict:
    return kb.judge.verdicts([article])[article.path]
