"""kcs search."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import AsOf, Kb, open_base
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer, Request

app = typer.Typer(add_completion=False)


class SearchFormat(StrEnum):
    """What hits can be written as."""

    TEXT = "text"
    JSON = "json"
    IDS = "ids"
    JSONL = "jsonl"


_DO = "What to do with the hits"


@app.command(
    epilog="kcs search outlook password loop   ·   kcs search '\"exact phrase\" not:exchange' product:email lang:th"
    "   ·   kcs search 'changed:>2026-01-31' trusted:no   ·   kcs show 2"
    "   ·   kcs search --queries questions.txt --format jsonl"
)
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help='Any words; "a phrase" and not:WORD in quotes; product: tag: audience: trusted: owner: lang: changed: '
            "title: type: confidence:",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many hits.")] = 10,
    any_word: Annotated[bool, typer.Option("--any", help="Articles with any of the words, as ever.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Only articles that have every word.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Archived articles too.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each hit is there.")] = False,
    open_first: Annotated[
        bool, typer.Option("--open", help="Open the first hit outside the terminal.", rich_help_panel=_DO)
    ] = False,
    pick: Annotated[
        bool, typer.Option("--pick", "-i", help="Pick one with the arrow keys.", rich_help_panel=_DO)
    ] = False,
    null: Annotated[
        bool, typer.Option("--null", "-0", help="Ids with a NUL after each, for xargs -0.", rich_help_panel=_DO)
    ] = False,
    queries: Annotated[
        str,
        typer.Option("--queries", metavar="FILE|-", help="Many queries, one a line; with --format jsonl."),
    ] = "",
    log: Annotated[bool, typer.Option("--log/--no-log", help="Note the search in the ledger.")] = True,
    kb: Kb = None,
    as_of: AsOf = None,
    format: Annotated[
        SearchFormat, typer.Option("--format", help="For people, for programs, or names alone.")
    ] = SearchFormat.TEXT,
) -> None:
    """Find the article that answers, whatever words come to hand.

    Without accents, with a typing error, in Thai without blanks, in several languages at once. Never fails for lack of hits.
    """
    from kcs.search.answer import Request
    from kcs.search.language import parse

    shape = SearchFormat.IDS if null else format
    _check(words, queries, shape, any_word=any_word, every=every, explain=explain, pick=pick, open_first=open_first)
    if queries:
        _many(open_base(kb, None, as_of), queries, shape, Request(parse(""), limit, every, archived))
        return
    query = parse(words or [])
    if not query.words and not query.conditions:
        raise UsageProblem("nothing to search for", hint="kcs search WORDS, such as: kcs search outlook password")
    base = open_base(kb, None, as_of)
    from kcs.search.asking import ask

    answer = ask(base, Request(query, limit, every, archived), show=shape is not SearchFormat.IDS)
    if pick:
        _pick(base, answer)
    else:
        _write(base, answer, shape, explain=explain, null=null)
    _keep(base, answer, log=log)
    if open_first:
        _open(base, answer)
