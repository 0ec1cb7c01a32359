"""An article as an answer to send: plain text, without internal blocks, never an article not meant for outside."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING
from unicodedata import normalize

from kcs.article.body import parse
from kcs.article.front_matter import body_of
from kcs.article.internal import without_internal
from kcs.article.naming_sections import find_section
from kcs.errors import Refused, UsageProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase

if TYPE_CHECKING:
    from kcs.article.body import Body, Section


def text_to_send(kb: KnowledgeBase, article: Article, section: str = "", *, internal: bool = False) -> str:
    """The text, or one section's. Refused if it is not for outside and `internal` does not say that this is no matter.

    Internal blocks are left out in any case. UsageProblem for a section that is not there.
    """
    audience, outside = article.settings.audience, kb.config.audiences[-1]
    if audience != outside and not internal:
        raise Refused(
            f"{article.name} is for {audience}, not for {outside}: nothing was copied",
            hint="--internal copies it anyway, for a colleague",
        )
    from kcs.authoring.plain_text import plain_text

    body = without_internal(body_of(kb.raw(article)))
    if section:
        parsed = parse(body)
        found = _section(article, parsed.sections, section)
        body = f"{_definitions(parsed)}\n\n{body[found.start : found.end]}"
    elif article.own_title and not _begins_with(body, article.own_title):
        body = f"# {_escaped(article.own_title)}\n\n{body}"
    text = plain_text(body)
    if not text.strip():
        raise UsageProblem(
            f"{article.name} has nothing there that may be sent",
            hint=f"kcs show {quote(kb.command_name(article))}",
        )
    return text


def _definitions(parsed: Body) -> str:
    """What `[words][name]` leads to, wherever in the article that stands: in one section alone it may not."""
    return "\n".join("\n".join(one.lines) for one in parsed.blocks if one.kind == "definition")


def _section(article: Article, sections: Sequence[Section], wanted: str) -> Section:
    """The section meant. UsageProblem names the existing ones."""
    if found := find_section(sections, wanted):
        return found
    names = ", ".join(dict.fromkeys(one.heading for one in sections))
    raise UsageProblem(
        f"{article.name} has no section {wanted!r} that may be sent",
        hint=f"it has: {names or 'none; leave --section out'}",
    )


def _begins_with(body: str, title: str) -> bool:
    """Whether the text's first heading, with nothing to read before it, is the title."""
    from kcs.article.first_heading import title_words

    parsed = parse(body)
    seen = (one for one in parsed.blocks if one.kind not in ("definition", "html"))
    first = next(seen, None)
    if first is None or first.kind != "heading" or first.containers:
        return False
    return _plain(title_words(first.text, parsed.labels)) == _plain(title)


def _plain(words: str) -> str:
    return " ".join(normalize("NFC", words).casefold().split())


def _escaped(title: str) -> str:
    """A title is words, whatever marks it holds."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#&~|" else sign for sign in title)
