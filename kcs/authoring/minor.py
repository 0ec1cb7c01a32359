"""A minor change: from which verified content an entitled verifier may carry the verification over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kcs.article.front_matter import read
from kcs.article.stamps import Stamp, stamps_of
from kcs.article.trust import Evidence, Terms
from kcs.authoring.diffs import blob_of
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.lineage import Lineage
from kcs.kb.past.references import KNOWN, UNCOMMITTED


@dataclass(frozen=True, slots=True)
class Vouched:
    """Content that counting stamps of the full quorum vouch for. `oldest`: the oldest of their days."""

    content: str
    oldest: date
    people: tuple[str, ...]


def vouched_content(kb: KnowledgeBase, article: Article) -> Vouched | None:
    """The newest content that the full quorum vouches for; None if there is none.

    Where one of two verifiers has carried hers over already, what they vouched for together stands in history:
    there it counts as long as all of them still have an entry today.
    """
    terms = article.settings.terms
    bound = [stamp for stamp in article.stamps if stamp.content]
    if not bound:
        return _by_quorum(_claims(kb, article), terms)
    found = _by_quorum(_stamps(bound), terms)
    return found or _in_history(kb, article, {stamp.person for stamp in bound})


def _in_history(kb: KnowledgeBase, article: Article, present: set[str | None]) -> Vouched | None:
    for step in Lineage(kb, article).steps:
        meta = read(blob_of(kb, step.version.blob)).meta
        bound = [one for one in stamps_of(meta, kb.config.timezone) if one.content]
        if not bound:
            # Before this the verification was withdrawn, or there was none: anything earlier no longer counts.
            return None
        found = _by_quorum(_stamps(bound), article.settings.terms)
        if found is not None:
            return found if present.issuperset(found.people) else None
    return None


def _stamps(bound: Iterable[Stamp]) -> Iterator[tuple[str, Evidence]]:
    for stamp in bound:
        yield stamp.content or "", Evidence(stamp.person, stamp.day, True)


def _claims(kb: KnowledgeBase, article: Article) -> Iterator[tuple[str, Evidence]]:
    """Each date-only claim with the fingerprint of what the file said when it was made."""
    for name, evidence in zip(article.claims, kb.judge.evidence(article), strict=True):
        origin = kb.judge.origin(article, name)
        if origin.status == UNCOMMITTED:
            yield kb.fingerprints.of(article), evidence
        elif origin.status == KNOWN:
            kb.past.load([origin.blob])
            then = kb.past.get(origin.blob)
            if then is not None:
                images = article.settings.images
                yield kb.fingerprints.of_version(then, origin.path, images=images), evidence


def _by_quorum(given: Iterable[tuple[str, Evidence]], terms: Terms) -> Vouched | None:
    """The content with enough counting evidence; of several the one whose evidence is newest."""
    people: dict[str, dict[str, date]] = {}
    for content, evidence in given:
        if evidence.person and evidence.day and terms.counts(evidence):
            days = people.setdefault(content, {})
            days[evidence.person] = max(evidence.day, days.get(evidence.person, date.min))
    enough = [
        Vouched(content, sorted(days.values())[-terms.quorum], tuple(sorted(days)))
        for content, days in people.items()
        if len(days) >= terms.quorum
    ]
    return max(enough, key=lambda one: one.oldest, default=None)
