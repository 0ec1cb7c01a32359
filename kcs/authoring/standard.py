"""What an article still lacks for a state of confidence, in sentences. Nothing here forbids anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kcs.article.states import ARCHIVED, NOT_VALIDATED, VALIDATED, WORK_IN_PROGRESS
from kcs.article.titles import says_nothing
from kcs.authoring.templates import find_template
from kcs.errors import KcsError
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

_ODD = {
    (ARCHIVED, VALIDATED): "it was archived and goes straight to validated: is it still right?",
    (ARCHIVED, WORK_IN_PROGRESS): "it was archived and is begun anew",
    (
        VALIDATED,
        WORK_IN_PROGRESS,
    ): "it was validated and goes back to work-in-progress: whoever uses it loses it"
    " (kcs flag says what is wrong and keeps it)",
    (WORK_IN_PROGRESS, VALIDATED): "it goes from work-in-progress straight to validated",
}


def odd_move(before: str, after: str) -> str:
    """A sentence for a move that is worth a second look; empty for all others."""
    return _ODD.get((before, after), "")


def lacking(kb: KnowledgeBase, article: Article, raw: bytes) -> Iterator[str]:
    """What the article, which reads as `raw`, lacks for the confidence it has."""
    if article.confidence == ARCHIVED:
        return
    if title := _title(article):
        yield title
    if article.confidence == WORK_IN_PROGRESS:
        return
    yield from _sections(kb, article, raw, article.confidence)
    if article.confidence == VALIDATED:
        yield from hidden(kb, article)
        yield from _care(kb, article)


def unfinished(kb: KnowledgeBase, article: Article, raw: bytes) -> Iterator[str]:
    """What the article, which reads as `raw`, lacks to be called complete, whatever its confidence says today."""
    if title := _title(article):
        yield title
    yield from _sections(kb, article, raw, VALIDATED)


def hidden(kb: KnowledgeBase, article: Article) -> Iterator[str]:
    """A note if the site's own draft mark is still on an article that calls itself validated."""
    key = kb.config.fields.get("draft", "draft")
    if article.record.meta.get(key) is True:
        yield f"`{key}: true` still stands in it, and may hide it where it is published"


def _title(article: Article) -> str:
    title = " ".join(article.title.split())
    if not title:
        return "it has no title"
    if says_nothing(title, article.type):
        return f"the title {title!r} says nothing: use the requestor's words"
    return ""


def _sections(kb: KnowledgeBase, article: Article, raw: bytes, confidence: str) -> Iterator[str]:
    from kcs.article.body import parse
    from kcs.article.front_matter import read
    from kcs.article.sections import filled, says_something

    body = parse(read(raw).body)
    if not says_something(body.text):
        yield "it has no text"
        return
    asked = wanted_sections(kb.root, article.type, confidence)
    there = filled(body, asked)
    for key in asked:
        if key not in there:
            yield f"it has no section {_name(key)}"
        elif not there[key]:
            yield f"its section {_name(key)} is empty"


def wanted_sections(root: Path, kind: str, confidence: str) -> tuple[str, ...]:
    """The sections that an article of this type must have; none where the type is not known or its template broken."""
    try:
        template = find_template(root, kind) if kind else None
    except KcsError:
        template = None
    if template is None or confidence in (WORK_IN_PROGRESS, ARCHIVED):
        return ()
    from kcs.article.sections import ANSWERS  # loads the scanner

    asked = (key for key in template.sections if key not in template.optional)
    return tuple(key for key in asked if confidence != NOT_VALIDATED or key in ANSWERS)


def _name(key: str) -> str:
    from kcs.article.headings import heading

    return heading(key)


def _care(kb: KnowledgeBase, article: Article) -> Iterator[str]:
    """Who answers for it, and whether anybody vouches for what it says."""
    own = article.own
    everybody = frozenset(kb.team.people) if kb.team.present else None
    entitled = article.settings.terms.entitled
    if not own.owner and not own.verifiers and entitled == everybody:
        yield "it has no owner and no verifiers (kcs assign)"
    elif entitled is not None and not entitled:
        yield "nobody may verify it: none of its verifiers is in team.toml"
    verdict = kb.judge.verdicts([article])[article.path]
    if not verdict.trusted:
        yield f"it is not trusted: {', '.join(verdict.reasons)}"
