"""kcs link."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kcs.cli.options import ArticleName, Format, FormatOption, Kb, open_base

app = typer.Typer(add_completion=False)


class Outcome(StrEnum):
    """What the article did for the ticket."""

    SOLVED = "solved"
    PARTLY = "partly"
    WRONG = "wrong"


@app.command(
    epilog="kcs link kb-7f3q9xk2 ZD-9912   ·   kcs link 2 ZD-9912 --outcome solved"
    "   ·   kcs link vpn.md ZD-9913 --outcome wrong"
)
def link(
    article: ArticleName,
    ticket: Annotated[str, typer.Argument(metavar="TICKET", help="The ticket's number, such as ZD-9912.")],
    outcome: Annotated[
        Outcome | None, typer.Option("--outcome", help="What the article did for the ticket.")
    ] = None,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Note that an article answered a ticket: what is reused most is worth most care.

    It goes into the ledger. The article is not touched, and its trust does not change.
    """
    from kcs.kb.select import find_article
    from kcs.search.linking import link_ticket

    base = open_base(kb)
    found = find_article(base, article)
    event = link_ticket(base, found, ticket, outcome.value if outcome else "")
    from kcs.render.link import linked_json, linked_text

    (linked_json if format is Format.JSON else linked_text)(found, event)
