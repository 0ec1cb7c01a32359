"""What `kcs link` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.reasons import quoted
from kcs.render.terminal import for_eyes, note, say, write_json

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.ledger import Event

_NEXT = {
    "partly": "what is missing? kcs edit {name} adds it, kcs flag {name} --reason unclear says it",
    "wrong": "kcs flag {name} --reason wrong -m ... tells the others: flag it or fix it",
}


def linked_text(article: Article, event: Event) -> None:
    """What was noted; and, where the article did not do, what would help the next one."""
    outcome = f" ({event.outcome})" if event.outcome else ""
    say(
        f"linked {article.name} to {event.ticket}{outcome}", "green" if event.outcome != "wrong" else "yellow"
    )
    if for_eyes() and article.title:
        note(f"     {article.title}")
    if hint := _NEXT.get(event.outcome):
        note(f"     {hint.format(name=quoted(article.name))}")


def linked_json(article: Article, event: Event) -> None:
    """`kcs.link/1`."""
    write_json(
        "kcs.link/1",
        {
            "id": article.id or None,
            "path": article.path,
            "title": article.title,
            "ticket": event.ticket,
            "outcome": event.outcome or None,
            "event": event.id,
        },
    )
