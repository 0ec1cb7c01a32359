"""What an article still lacks for a state of confidence, in sentences. Nothing here forbids anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kcs.article.body import parse
from kcs.article.headings import section_key
from kcs.article.states import ARCHIVED, NOT_VALIDATED, VALIDATED, WORK_IN_PROGRESS
from kcs.article.titles import says_nothing
from kcs.authoring.templates import Template, find_template
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
# What ends the matter, whatever the type calls it.
_ANSWERS = ("resolution", "answer", "steps", "workaround")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTHING = re.compile(r"[\W_]*(?:\d+[.)])?[\W_]*(?:(?:todo|tbd|fixme|xxx|n/a)[\W_]*)?", re.IGNORECASE)


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
    yield from _sections(kb, article, raw)
    if article.confidence == VALIDATED:
        yield from hidden(kb, article)
        yield from _care(kb, article)


def hidden(kb: KnowledgeBase, article: Article) -> Iterator[str]:
    """That the site's own draft mark still stands on what says of itself that it is validated."""
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


def _sections(kb: KnowledgeBase, article: Article, raw: bytes) -> Iterator[str]:
    from kcs.article.front_matter import read

    body = read(raw).body
    if not _says_something(body):
        yield "it has no text"
        return
    template = _template(kb, article)
    filled = _filled(body)
    for key in _wanted(template, article.confidence):
        if key not in filled:
            yield f"it has no section {_name(key)}"
        elif not filled[key]:
            yield f"its section {_name(key)} is empty"


def _template(kb: KnowledgeBase, article: Article) -> Template | None:
    """What its type asks for; nothing where that is not known or the template is broken."""
    try:
        return find_template(kb.root, article.type) if article.type else None
    except KcsError:
        return None


def _wanted(template: Template | None, confidence: str) -> Iterator[str]:
    if template is None:
        return
    for key in template.sections:
        if key not in template.optional and (confidence != NOT_VALIDATED or key in _ANSWERS):
            yield key


def _filled(body: str) -> Mapping[str, bool]:
    """Which sections there are, and whether anything stands in them."""
    found: dict[str, bool] = {}
    for section in parse(body).sections:
        key = section_key(section.heading)
        if key is not None:
            found[key] = found.get(key, False) or _says_something(body[section.start : section.end])
    return found


def _says_something(text: str) -> bool:
    """Whether there is more than headings, comments and words that stand for nothing."""
    lines = _COMMENT.sub("", text).splitlines()
    return any(not _NOTHING.fullmatch(line) for line in lines if not re.match(r" {0,3}#{1,6}(?:\s|$)", line))


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
        yield "nobody may verify it: its verifiers are no people of team.toml"
    verdict = kb.judge.verdicts([article])[article.path]
    if not verdict.trusted:
        yield f"it is not trusted: {', '.join(verdict.reasons)}"
