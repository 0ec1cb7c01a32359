"""The output of `kcs link`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.kb.ledger_lines import UNDONE, WRONG
from kcs.render.reasons import quoted
from kcs.render.terminal import for_eyes, note, say, write_json

if TYPE_CHECKING:
    from kcs.coverage.linking import Imported
    from kcs.kb.articles import Article
    from kcs.kb.ledger import Event

# A column that holds something else than names may have cells of any length.
_LONGEST = 80
_NEXT = {
    "partly": "what is missing? kcs edit {name} adds it, kcs flag {name} --reason unclear -m ... says it",
    WRONG: "kcs flag {name} --reason wrong -m ... tells the others: flag it or fix it",
}


def linked_text(article: Article, event: Event) -> None:
    """What was noted; and, if the article did not help, what would help the next person."""
    if event.outcome == UNDONE:
        say(f"{article.name} is no longer linked to {event.ticket}", "green")
    else:
        outcome = f" ({event.outcome})" if event.outcome else ""
        say(
            f"linked {article.name} to {event.ticket}{outcome}",
            "green" if event.outcome != WRONG else "yellow",
        )
    if for_eyes() and article.title:
        note(f"     {article.title}", hints=False)
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


def imported_text(name: str, found: Imported) -> None:
    """How many links came in, and what could not be."""
    from kcs.render.columns import fitted
    from kcs.render.tickets import count_summary

    count_summary(name, found.count)
    say(
        f"linked {counted(found.linked, 'ticket')}, {found.known:,} {'was' if found.known == 1 else 'were'} linked before",
        "green",
    )
    if found.personal:
        note(
            f"{counted(found.personal, 'ticket')} left out: without a number, with blanks in it, or with a mail address instead"
        )
    if lacking := found.unknown + found.partly:
        names = "names" if lacking == 1 else "name"
        told = ", ".join(fitted(one, _LONGEST) for one in found.missing[:5])
        note(f"{counted(lacking, 'ticket')} {names} articles that the base does not hold: {told}")
    if not (found.linked or found.known or found.unknown or found.personal):
        note("no ticket names an article: --map linked_articles=COLUMN says where they are")


def imported_json(name: str, found: Imported) -> None:
    """`kcs.links/1`."""
    write_json(
        "kcs.links/1",
        {
            "file": name,
            "rows": found.count.rows,
            "read": found.count.read,
            "refused": found.count.refused,
            "linked": found.linked,
            "known": found.known,
            "unknown": found.unknown,
            "partly": found.partly,
            "left_out": found.personal,
            "missing": found.missing,
        },
    )
