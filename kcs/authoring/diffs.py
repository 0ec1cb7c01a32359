"""What an article said when it was last verified: found in history by its fingerprint, beside what it says now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from difflib import unified_diff
from itertools import islice
from typing import Literal

from kcs.article.body import parse
from kcs.article.days import parse_moment
from kcs.article.fingerprint import skeleton
from kcs.article.front_matter import read
from kcs.article.stamps import Stamp
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.destinations import leads_out
from kcs.kb.past.lineage import Lineage
from kcs.kb.past.references import KNOWN, UNCOMMITTED
from kcs.kb.records import title_of
from kcs.kb.source import title_key
from kcs.kb.verdicts import is_machine_claim

Kind = Literal["never", "same", "changed", "lost"]
# Each that may have been one costs a fingerprint, and a hostile file may have thousands of keys.
_MOST_TITLES = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article beside its verified content. `before` and `now` are lines: the title, a blank, the body.

    never: nobody verified it; same: that content is today's; changed: it was found and differs; lost: history does
    not hold it (`before` is empty but for changed). `by` and `day`: who verified it, when; empty and None if unknown.
    `unseen`: that content was not shown to them, so the difference from it is not all that nobody has seen. `targets`: what a link or
    an image of it stood for has changed since, which no line shows; `nowhere`: then, the links and images of today that lead to nothing, as spelt.
    `titled`: of lost content, the key whose text was the title then, if that alone has changed.
    """

    kind: Kind
    now: tuple[str, ...]
    before: tuple[str, ...] = ()
    by: str = ""
    day: date | None = None
    unseen: bool = False
    targets: bool = False
    nowhere: tuple[str, ...] = ()
    titled: str = ""

    def unified(self) -> list[str]:
        """The changed lines with three of context, marked `+`, `-`, ` ` and `@@`; empty if only a target changed."""
        return list(unified_diff(self.before, self.now, lineterm=""))[2:]


def since_verified(kb: KnowledgeBase, article: Article) -> Comparison:
    """The article beside the content that a person saw last when they stamped
    it; else that of a person's newest stamp, else of the newest date-only claim.

    Since a machine's stamp, or one that a script wrote for somebody, nobody has read
    anything: whoever is shown only the rest would vouch for what no person ever saw.
    """
    now = lines_of(kb, kb.raw(article))
    bound = [stamp for stamp in article.stamps if stamp.content and stamp.person]
    if bound:
        newest = max(bound, key=lambda one: (not one.unseen, _moment(one)))
        compared = since_content(kb, article, newest.content or "", _who(newest.by), newest.day)
        return replace(compared, unseen=newest.unseen)
    claims = [name for name in article.claims if not is_machine_claim(name)]
    if claims:
        return _since_claim(kb, article, max(claims, key=lambda one: article.claims[one]), now)
    return Comparison("never", now)


def since_content(
    kb: KnowledgeBase, article: Article, content: str, by: str = "", day: date | None = None
) -> Comparison:
    """The article beside the content that has the fingerprint `content`."""
    now = lines_of(kb, kb.raw(article))
    if content == kb.fingerprints.of(article):
        return Comparison("same", now, by=by, day=day)
    lineage = Lineage(kb, article)
    found = lineage.holding(content)
    if not found:
        return Comparison("lost", now, by=by, day=day, titled=_titled(kb, article, content))
    version = found[0].version
    before = lines_of(kb, blob_of(kb, version.blob))
    # By today's links it is another content: a picture may have been changed in the commit that corrects a comma.
    targets = before == now or lineage.fingerprint(version.blob, version.path) != content
    nowhere = _nowhere(kb, article) if targets else ()
    return Comparison("changed", now, before, by, day, targets=targets, nowhere=nowhere)


def _titled(kb: KnowledgeBase, article: Article, content: str) -> str:
    """The key of today's front matter with which, as its title,
    the text is that content: kcs.toml names another one by now.
    """
    document, images = read(kb.raw(article)), article.settings.images
    titles: dict[str, str] = {}
    for key in document.meta:
        titles.setdefault(title_of(document.meta, key), key)
    body = parse(document.body)
    for title, key in islice(titles.items(), _MOST_TITLES):
        then = skeleton(title, document.body, scanned=body)
        if kb.fingerprints.of_version(then, article.path, images=images) == content:
            return key
    return ""


def _nowhere(kb: KnowledgeBase, article: Article) -> tuple[str, ...]:
    inside = [spelt for spelt, _ in kb.destinations(article) if spelt[:1] != "#" and not leads_out(spelt)]
    return tuple(one for one in dict.fromkeys(inside) if kb.links.resolve(one, article.path) is None)


def blob_of(kb: KnowledgeBase, oid: str) -> bytes:
    """The bytes of one committed version."""
    assert kb.repo is not None, "only what Git knows has versions"
    return next(raw for _, raw in kb.repo.blobs([oid]))


def lines_of(kb: KnowledgeBase, raw: bytes) -> tuple[str, ...]:
    """What a fingerprint covers, as lines: the title, a blank line, the body without blank lines around it."""
    document = read(raw)
    body = document.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return (f"title: {title_of(document.meta, title_key(kb.config))}", "", *body.split("\n"))


def _since_claim(kb: KnowledgeBase, article: Article, name: str, now: tuple[str, ...]) -> Comparison:
    try:
        day = date.fromisoformat(article.claims[name])
    except ValueError:
        day = None
    origin = kb.judge.origin(article, name)
    by = kb.team.person_of(origin.email) or origin.author if name == MAPPED_DATE else _who(name.split(" ")[0])
    if origin.status == UNCOMMITTED:
        return Comparison("same", now, by=by, day=day)
    if origin.status != KNOWN:
        return Comparison("lost", now, by=by, day=day)
    kb.past.load([origin.blob])
    skeleton = kb.past.get(origin.blob)
    images = article.settings.images
    if skeleton and kb.fingerprints.of_version(skeleton, origin.path, images=images) == kb.fingerprints.of(
        article
    ):
        return Comparison("same", now, by=by, day=day)
    return Comparison("changed", now, lines_of(kb, blob_of(kb, origin.blob)), by, day)


def _moment(stamp: Stamp) -> datetime:
    """When it was given, for order alone; `since` is not asked."""
    moment = parse_moment(stamp.at)
    if moment is None:
        moment = datetime.combine(stamp.day or date.min, time(), UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _who(by: str) -> str:
    return by.removeprefix("human:")
