"""kcs search."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import AsOf, Kb, open_base
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer

app = typer.Typer(add_completion=False)


class SearchFormat(StrEnum):
    """What hits can be written as."""

    TEXT = "text"
    JSON = "json"
    IDS = "ids"
    JSONL = "jsonl"


def _complete(ctx: typer.Context, incomplete: str) -> list[str]:
    from kcs.cli.completing import complete_query

    return complete_query(ctx, incomplete)


_DO = "What to do with the hits"


@app.command(
    epilog="kcs search client gets no reminder   ·   kcs search '\"text reminders\" not:outlook' product:reminders lang:en"
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
            autocompletion=_complete,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=1, max=1000, help="How many hits; else 10, of which at most 3 are weak."
        ),
    ] = None,
    any_word: Annotated[
        bool, typer.Option("--any", help="Articles with any of the words: the default.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Only articles that have every word.")] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Archived articles too.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each hit is there.")] = False,
    open_best: Annotated[
        bool, typer.Option("--open", help="Open the first hit outside the terminal.", rich_help_panel=_DO)
    ] = False,
    pick: Annotated[
        bool, typer.Option("--pick", "-i", help="Pick one with the arrow keys.", rich_help_panel=_DO)
    ] = False,
    null: Annotated[
        bool,
        typer.Option("--null", "-0", help="Ids with a NUL after each, for xargs -0.", rich_help_panel=_DO),
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

    Without accents, with a typing error, in Thai without blanks, in several languages at once.
    Never fails for lack of hits.
    """
    from kcs.search.answer import LIMIT, Request
    from kcs.search.language import parse

    if null and format not in (SearchFormat.TEXT, SearchFormat.IDS):
        raise UsageProblem(f"-0 gives ids, --format {format.value} does not", hint="give one of the two")
    shape = SearchFormat.IDS if null else format
    _check(
        words,
        queries,
        shape,
        any_word=any_word,
        every=every,
        explain=explain,
        pick=pick,
        opens=open_best,
    )
    if queries:
        from kcs.cli.search_doing import many

        wanted = Request(parse(""), limit or LIMIT, every, archived)
        many(open_base(kb, None, as_of), queries, wanted, _progress)
        return
    query = parse(words or [])
    if not query.words and not query.conditions and not query.without:
        raise UsageProblem(
            "nothing to search for", hint="kcs search WORDS, such as: kcs search outlook password"
        )
    base = open_base(kb, None, as_of)
    from kcs.search.asking import ask

    answer = ask(
        base,
        Request(query, limit or LIMIT, every, archived),
        show=shape is not SearchFormat.IDS,
        fields=explain or shape is SearchFormat.JSON or shape is SearchFormat.JSONL,
        progress=_progress,
    )
    if pick:
        from kcs.cli.search_doing import pick_one

        # Before anybody leaves with Ctrl-C: hits already shown must have numbers.
        _keep(base, answer, len(answer.hits), log=log)
        pick_one(base, answer)
    else:
        shown = _write(base, answer, shape, explain=explain, null=null, whole=limit is not None)
        _keep(base, answer, shown, log=log)
    if open_best:
        from kcs.cli.search_doing import open_first

        open_first(base, answer)


def _check(
    words: list[str] | None,
    queries: str,
    shape: SearchFormat,
    *,
    any_word: bool,
    every: bool,
    explain: bool,
    pick: bool,
    opens: bool,
) -> None:
    """UsageProblem for what does not go together."""
    from kcs.render.terminal import can_ask, why_unasked

    if any_word and every:
        raise UsageProblem("--any and --all are opposites", hint="give one of them")
    if explain and shape is not SearchFormat.TEXT:
        raise UsageProblem(
            "--explain is for people", hint="JSON has score, match and matched_fields in any case"
        )
    if queries and (words or pick or opens or explain):
        raise UsageProblem(
            "--queries takes its queries from the file, and shows nothing", hint="leave the rest out"
        )
    if queries and shape is not SearchFormat.JSONL:
        raise UsageProblem("--queries prints a line for each answer", hint="add --format jsonl")
    if pick and opens:
        raise UsageProblem(
            "--open opens the first hit, and --pick lets you choose one", hint="give one of the two"
        )
    if pick and explain:
        raise UsageProblem(
            "--explain says of all hits why they are there, and --pick shows one", hint="give one of the two"
        )
    if pick and (not can_ask() or shape is not SearchFormat.TEXT):
        why = f": {why_unasked()[0]}" if shape is SearchFormat.TEXT else ""
        raise UsageProblem(f"--pick needs a terminal{why}", hint="kcs search ... --format ids gives names")


def _progress(what: str, total: int) -> "AbstractContextManager[Callable[[int], None]]":
    """Of an index that is made; loaded when there is something to make."""
    from kcs.render.progress import counting

    return counting(what, total)


def _write(
    base: "KnowledgeBase", answer: "Answer", shape: SearchFormat, *, explain: bool, null: bool, whole: bool
) -> int:
    """How many hits were shown."""
    if shape is SearchFormat.TEXT:
        from kcs.render.search import MOST_WEAK, answer_text

        return answer_text(base, answer, explain=explain, weak=len(answer.hits) if whole else MOST_WEAK)
    from kcs.render.search_json import answer_json, answer_line, names
    from kcs.render.terminal import note

    for one in answer.notes:
        note(f"kcs: {one}")
    if shape is SearchFormat.IDS:
        names(answer, "\0" if null else "\n")
    else:
        (answer_json if shape is SearchFormat.JSON else answer_line)(answer)
    return len(answer.hits)


def _keep(base: "KnowledgeBase", answer: "Answer", shown: int, *, log: bool) -> None:
    from kcs.search.recording import keep_search

    # The user reads the hits while this is written.
    sys.stdout.flush()
    kept = keep_search(base, answer, shown, log=log)
    if shown and not kept:
        from kcs.render.search import no_numbers

        no_numbers()
    base.keep_verdicts()
