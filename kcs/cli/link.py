"""kcs link."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.exports import Dates, Encoding, Mapping, read_export, watched
from kcs.cli.options import Format, FormatOption, Kb, complete_article, one_name, open_base
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.coverage import Export
    from kcs.kb.base import KnowledgeBase

app = typer.Typer(add_completion=False)


class Outcome(StrEnum):
    """What the article did for the ticket."""

    SOLVED = "solved"
    PARTLY = "partly"
    WRONG = "wrong"


@app.command(
    epilog="kcs link kb-4c7mhx0q ZD-9912   ·   kcs link 2 ZD-9912 --outcome solved"
    "   ·   kcs link kb-8dvddjz6 ZD-9913 --outcome wrong   ·   kcs link 2 ZD-9912 --undo   ·   kcs link --import closed.csv"
)
def link(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE TICKET]",
            help="An id, a path, the beginning of either, words of the title, or a number of the last search or queue;"
            " then the ticket's number, such as ZD-9912.",
            autocompletion=complete_article,
        ),
    ] = None,
    outcome: Annotated[
        Outcome | None, typer.Option("--outcome", help="What the article did for the ticket.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back a link that was a mistake: it counts nowhere.")
    ] = False,
    tickets: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help="Note the links in an export of the help desk, each once.",
        ),
    ] = None,
    mapping: Mapping = None,
    dates: Dates = "",
    encoding: Encoding = "",
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Note that an article answered a ticket: what is reused most deserves most care.

    It goes into the ledger. The article is not touched, and its trust does not change.
    """
    export = read_export(tickets, mapping, dates, encoding, "--import")
    if export is not None:
        if words or outcome or undo:
            raise UsageProblem(
                "--import takes articles and tickets from the file", hint="leave the others out"
            )
        _import(open_base(kb), export, format)
        return
    *named, ticket = words or [""]
    article = one_name(named)
    if not article or not ticket:
        from kcs.render.reasons import quoted

        given = quoted(words[0]) if words else "ARTICLE"
        raise UsageProblem("name an article and a ticket", hint=f"kcs link {given} TICKET")
    if undo and outcome:
        raise UsageProblem("--undo takes the whole link back: leave out --outcome")
    from kcs.kb.select import find_article
    from kcs.search.linking import link_ticket, undo_link

    base = open_base(kb)
    _check_order(base, article, ticket)
    found = find_article(base, article)
    if undo:
        event = undo_link(base, found, ticket)
    else:
        event = link_ticket(base, found, ticket, outcome.value if outcome else "")
    from kcs.render.link import linked_json, linked_text

    (linked_json if format is Format.JSON else linked_text)(found, event)


def _check_order(base: "KnowledgeBase", article: str, ticket: str) -> None:
    """UsageProblem for an article, or a title's last word, in
    the ticket's place: the link would count in every figure.
    """
    from kcs.render.reasons import quoted

    names = {name for one in base.articles for name in (one.id, one.path) if name}
    named = (
        article in names or article.isdecimal() or any(one.id.startswith(article) for one in base.articles)
    )
    if not named and not any(letter.isdigit() for letter in ticket):
        raise UsageProblem(
            f"{ticket!r} is no ticket's number, and the ticket comes last",
            hint=f"kcs link {quoted(f'{article} {ticket}')} ZD-9912",
        )
    if ticket in names:
        number = "TICKET" if named else quoted(article)
        raise UsageProblem(
            f"{ticket} is an article, and the ticket comes last", hint=f"kcs link {quoted(ticket)} {number}"
        )


def _import(base: "KnowledgeBase", export: "Export", format: Format) -> None:
    from kcs.coverage.linking import import_links
    from kcs.coverage.tickets.columns import LINKS
    from kcs.render.link import imported_json, imported_text

    tickets = export.open(base, LINKS)
    with watched(tickets):
        found = import_links(base, tickets)
    (imported_json if format is Format.JSON else imported_text)(str(export.path), found)
