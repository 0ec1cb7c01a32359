"""Making and changing articles. Other features may use these names; the modules are private."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kcs.faces import face

if TYPE_CHECKING:
    from kcs.authoring.intake import Thread
    from kcs.authoring.naming import wordless
    from kcs.authoring.new import NewArticle
    from kcs.authoring.together import plan_articles, write_together
    from kcs.authoring.wanted import Wanted
    from kcs.authoring.writing import Edit, write_edits
    from kcs.kb.base import KnowledgeBase

__all__ = [
    "Edit",
    "NewArticle",
    "Wanted",
    "plan_articles",
    "plan_draft",
    "wanted_sections",
    "wordless",
    "write_draft",
    "write_edits",
    "write_together",
]

__getattr__ = face(
    __name__,
    {
        "Edit": "writing",
        "NewArticle": "new",
        "Wanted": "wanted",
        "plan_articles": "together",
        "wordless": "naming",
        "write_edits": "writing",
        "write_together": "together",
    },
)


def wanted_sections(root: Path, kind: str, confidence: str) -> tuple[str, ...]:
    """The sections (keys of kcs.article.headings) that an article of this type must have at this confidence."""
    from kcs.authoring.standard import wanted_sections as wanted

    return wanted(root, kind, confidence)


def plan_draft(
    kb: KnowledgeBase, thread: Thread, *, product: str = "", tickets: tuple[str, ...] = ()
) -> NewArticle:
    """A work-in-progress article with the requestor's words, personal data left out; `tickets` are its sources."""
    from dataclasses import replace

    from kcs.authoring.composing import ticket_source
    from kcs.authoring.given import from_intake
    from kcs.authoring.intake import compose
    from kcs.authoring.new import plan
    from kcs.authoring.wanted import Wanted

    given = from_intake(compose(thread))
    more = tuple(ticket_source(" ".join(one.split())[:120]) for one in tickets)
    known = {one["resource"] for one in given.sources}
    sources = (*given.sources, *(one for one in more if one["resource"] not in known))
    return plan(
        kb.root, kb.config, kb.today, Wanted(product=product), replace(given, sources=sources, ticket="")
    )


def write_draft(kb: KnowledgeBase, article: NewArticle) -> None:
    """Put the article in its place. FileProblem if something is there, or the folder cannot be made."""
    from kcs.authoring.creating import write_new

    write_new(kb.root, article)
