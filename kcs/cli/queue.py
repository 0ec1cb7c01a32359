"""kcs queue."""

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import AsOf, At, Commit, Format, FormatOption, Kb, commit_wanted, open_base

if TYPE_CHECKING:
    from kcs.article.days import Interval
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs queue --mine --review   ·   kcs queue articles/payments --limit 20   ·   kcs queue --soon 30d --format json"
)
@filtered
def queue(
    *,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you are entitled to verify.")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Work through it here: verify, flag, edit or skip, one by one.")
    ] = False,
    soon: Annotated[
        str, typer.Option("--soon", metavar="SPAN", help="Also what falls due within this: 14d, 1 month.")
    ] = "14d",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The riskiest N only.")
    ] = None,
    commit: Commit = None,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """Show what needs attention, riskiest first: what is untrusted, flagged, or falls due soon.

    Risk is overdue x reuse x audience.

    Overdue: 1 plus the years past due, at most 4; at least 2 where nobody vouches for today's text,
    5 where a flag blocks trust or the file cannot be read; below 1 while the due day is still to come.

    Reuse: 1 + log2(1 + how many other articles link to it and tickets it was linked to in a year).

    Audience: 1 for the most closed one, 2 for the next, and so on.

    What is flagged as changed comes first.
    """
    from kcs.errors import UsageProblem

    span = _span(soon)
    if commit is not None and not review:
        raise UsageProblem("--commit is for --review: the list writes nothing", hint="add --review")
    if review:
        if format is Format.JSON or at is not None:
            raise UsageProblem("--review walks you through the articles: leave out --format json and --at")
        _needs_terminal()
    base = open_base(kb, at, as_of)
    from kcs.insight.queue import may_verify
    from kcs.insight.queue import queue as riskiest_first

    chosen = choose(base, filters)
    if mine:
        from kcs.kb.actor import current_actor
        from kcs.render.queue import unknown_to_team

        actor = current_actor(base)
        unknown_to_team(base, actor)
        chosen = [one for one in chosen if may_verify(one, actor.person, base)]
    waiting = riskiest_first(base, chosen, span)
    if review:
        _walk(base, [one.article.path for one in waiting[:limit]], commit)
        return
    from kcs.render.queue import queue_json, queue_text

    if format is Format.JSON:
        queue_json(base, waiting[:limit], len(waiting))
    else:
        from kcs.kb.recent import keep_list

        if waiting:  # an empty list leaves the numbers of what is still on the screen
            keep_list(base.cache, [one.article.path for one in waiting[:limit]])
        queue_text(base, waiting[:limit], len(waiting))


def _walk(base: "KnowledgeBase", paths: list[str], commit: bool | None) -> None:
    from kcs.authoring.review import walk
    from kcs.render.review import TerminalDesk, reviewed_text
    from kcs.render.terminal import note

    if not paths:
        note("nothing needs attention")
        return
    # Without a word about it, the end of the walk asks.
    wanted = commit if commit is not None else commit_wanted(None) or None
    done = walk(base, paths, TerminalDesk(), commit=wanted)
    reviewed_text(done, paths)
    if done.interrupted:
        raise typer.Exit(130)


def _span(given: str) -> "Interval":
    from kcs.article.days import parse_interval
    from kcs.errors import UsageProblem

    found = parse_interval(given)
    if found is None:
        raise UsageProblem(
            f"--soon {given!r} is not a span of time", hint="write it as 14d, 2 weeks or 1 month"
        )
    return found


def _needs_terminal() -> None:
    from kcs.errors import UsageProblem
    from kcs.render.terminal import can_ask, why_unasked

    if not can_ask():
        why, way = why_unasked()
        raise UsageProblem(
            f"--review asks about each article, and you cannot be asked here: {why}",
            hint=f"{way}; kcs queue without --review prints the list",
        )
