"""Everything checked and found out about an article before anybody is asked to verify it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote

from kcs.authoring.diffs import Comparison, since_content, since_verified
from kcs.authoring.editing import raw_to_edit
from kcs.authoring.entitled import counts, entitled_people
from kcs.authoring.minor import Vouched, vouched_content
from kcs.authoring.stamping import stamp
from kcs.authoring.wishes import Wishes
from kcs.errors import Refused, UsageProblem
from kcs.kb.actor import Actor, why_no_person
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before it is shown: what its file holds, and what the stamp would be."""

    article: Article
    raw: bytes
    comparison: Comparison
    wishes: Wishes

    @property
    def nothing_to_carry(self) -> bool:
        """A minor change that is none."""
        return self.wishes.minor and self.comparison.kind == "same"


def draft(kb: KnowledgeBase, article: Article, actor: Actor, wishes: Wishes, force: bool) -> Draft:
    """Everything that can be refused is refused here, before anybody is asked."""
    raw = raw_to_edit(kb, article)
    _check_entitled(kb, article, actor, wishes, force)
    if not force:
        _check_text(article, raw)
    comparison, wishes = _compared(kb, article, actor, wishes)
    found = Draft(article, raw, comparison, wishes)
    if not found.nothing_to_carry:
        stamp(kb, article, raw, actor, wishes.all_answered(), seen=True)
    return found


def _check_entitled(kb: KnowledgeBase, article: Article, actor: Actor, wishes: Wishes, force: bool) -> None:
    if counts(kb, article, actor):
        return
    name = quote(kb.command_name(article))
    hint = f'kcs flag {name} --reason wrong -m "..." tells them what is wrong'
    if article.settings.terms.verifiers(kb.today) == []:
        hint = f"kcs assign {name} --add-verifier ... names somebody who may"
    who = entitled_people(kb, article)
    if wishes.minor:
        raise Refused(
            f"only a verifier may carry a verification over a minor change, and {actor.by} is none{why_no_person()}",
            path=article.path,
            hint=f"these may: {who}; {hint}",
        )
    if (wishes.until or wishes.span) and (force or actor.person is None):
        raise UsageProblem(
            f"a stamp of {actor.by} does not count, so it sets no due day{why_no_person()}",
            path=article.path,
            hint=f"leave out --for and --until; these may verify it: {who}",
        )
    if force:
        return
    if actor.person is not None:
        raise Refused(
            f"{actor.by} may not verify it; these may: {who}",
            path=article.path,
            hint=f"{hint}; --force writes a stamp that does not count"
            + (
                ""
                if actor.person in kb.team.people
                else f"; if you are one of them, team.toml lacks {actor.email}"
            ),
        )
    if article.claims and kb.verdicts[article.path].trusted:
        raise Refused(
            "it is trusted by its date alone, and next to a machine's stamp that date would no longer count",
            path=article.path,
            hint="let a person verify it, or --force it",
        )


def _check_text(article: Article, raw: bytes) -> None:
    """Refused where there is nothing to vouch for: trusted, it
    would be an empty answer to whoever asks for trusted ones.
    """
    from kcs.article.body import parse
    from kcs.article.front_matter import read
    from kcs.article.sections import says_something

    if not says_something(parse(read(raw).body).text):
        raise Refused(
            "it has no text, so there is nothing to vouch for",
            path=article.path,
            hint=f"kcs edit {quote(article.path)}; --force verifies it as it is",
        )


def _vouched(kb: KnowledgeBase, article: Article) -> Vouched:
    vouched = vouched_content(kb, article)
    if vouched is None:
        raise Refused(
            "there is no verified content for a minor change to start from",
            path=article.path,
            hint=f"read it all and verify it: kcs verify {quote(kb.command_name(article))}",
        )
    return vouched


def _compared(kb: KnowledgeBase, article: Article, actor: Actor, wishes: Wishes) -> tuple[Comparison, Wishes]:
    """What is shown, and for a minor change the day that the stamp counts from."""
    if not wishes.minor:
        return since_verified(kb, article), wishes
    own = [one for one in article.stamps if one.by == actor.by]
    today = kb.fingerprints.of(article)
    if any(one.content == today for one in own):
        return since_content(kb, article, today, actor.person or "", own[-1].day), wishes
    vouched = _vouched(kb, article)
    comparison = since_content(kb, article, vouched.content, ", ".join(vouched.people), vouched.oldest)
    if comparison.kind == "lost":
        raise Refused(
            "what was verified is not found in Git's history, so nobody can see how little changed",
            path=article.path,
            hint=f"read it all and verify it: kcs verify {quote(kb.command_name(article))}",
        )
    days = [one.day for one in own if one.day is not None]
    carried = [one.unseen for one in article.stamps if one.content == vouched.content]
    if carried and all(carried):  # else a corrected comma would make it a text that somebody has seen
        comparison = replace(comparison, unseen=True)
    return comparison, wishes.since_day(max(days, default=vouched.oldest))
