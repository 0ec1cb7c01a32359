"""kcs pairs."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import AsOf, Commit, Format, FormatOption, Kb, Yes, commit_wanted, open_base, read_day
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date

    from kcs.kb.base import KnowledgeBase
    from kcs.teamwork.pairs import Wish

app = typer.Typer(add_completion=False)
_DRAW = "To draw"
_STATUS = "For the status"
_WEEKS = 2


class Action(StrEnum):
    """What is done about pairs."""

    DRAW = "draw"
    STATUS = "status"


@app.command(
    epilog="kcs pairs draw --dry-run   ·   kcs pairs draw --absent ada,jonas --from 2026-12-07 --product reminders --tag agenda"
    "   ·   kcs pairs draw --people care --yes --commit   ·   kcs pairs status"
)
def pairs(
    action: Annotated[
        Action, typer.Argument(metavar="draw|status", help="Draw a round, or see who has handed in.")
    ],
    people: Annotated[
        str | None,
        typer.Option(
            "--people",
            metavar="NAMES",
            help="People and teams, comma-separated; else all of team.toml.",
            rich_help_panel=_DRAW,
        ),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            "--absent", metavar="NAMES", help="Who is away: people or teams.", rich_help_panel=_DRAW
        ),
    ] = None,
    weeks: Annotated[
        int,
        typer.Option("--weeks", min=1, max=52, metavar="N", help="How long it takes.", rich_help_panel=_DRAW),
    ] = _WEEKS,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Its first day; else today.", rich_help_panel=_DRAW),
    ] = None,
    within: Annotated[
        int | None,
        typer.Option(
            "--within",
            min=0,
            max=12,
            metavar="HOURS",
            help="Pair no two people whose clocks are further apart (timezone in team.toml).",
            rich_help_panel=_DRAW,
        ),
    ] = None,
    seed: Annotated[
        str,
        typer.Option("--seed", metavar="TEXT", help="Another text gives other pairs.", rich_help_panel=_DRAW),
    ] = "",
    product: Annotated[
        str, typer.Option("--product", help="What the calls are about.", rich_help_panel=_DRAW)
    ] = "",
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", help="An agenda item; give it again for more.", rich_help_panel=_DRAW),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="th, vi, ar, en-GB: of the headings.", rich_help_panel=_DRAW)
    ] = "",
    folder: Annotated[
        str,
        typer.Option(
            "--in",
            metavar="FOLDER",
            help="Where the reviews go; else `reviews` among the articles.",
            rich_help_panel=_DRAW,
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the pairs, write nothing.", rich_help_panel=_DRAW)
    ] = False,
    commit: Commit = None,
    yes: Yes = False,
    round_: Annotated[
        str | None,
        typer.Option(
            "--round",
            metavar="DATE",
            help="The round that began then; else the newest, and older ones with open reviews.",
            rich_help_panel=_STATUS,
        ),
    ] = None,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Draw the pairs of a Brew and Review round, or see who has handed in.

    Each of a pair reviews a call of the other, in a file made from the template call-review. Nobody meets the
    same person again before having met everybody else who is there; if the number is odd, one sits out, in
    turn. Earlier rounds are known by their reviews in the base: archive these, do not delete them.

    Shows the pairs first and asks; without a terminal that needs --yes.
    """
    if action is Action.STATUS:
        drawing = (people, absent, begin, within, seed, product, tag, language, folder, dry_run, commit)
        if any(drawing) or within == 0 or weeks != _WEEKS or yes:
            raise UsageProblem(
                "kcs pairs status takes --round alone: the other options are for kcs pairs draw"
            )
        _status(open_base(kb, None, as_of), read_day(round_, "--round"), format)
        return
    if round_ is not None:
        raise UsageProblem("--round is for kcs pairs status", hint="--from DATE says when a round begins")
    from kcs.teamwork.pairs import Wish

    base = open_base(kb, None, as_of)
    first = read_day(begin, "--from") or base.today
    wish = Wish(
        first, weeks, seed, people, tuple(absent or ()), within, product, tuple(tag or ()), language, folder
    )
    _draw(base, wish, dry_run=dry_run, yes=yes, commit=commit, format=format)


def _status(base: "KnowledgeBase", day: "date | None", format: Format) -> None:
    from kcs.render import pairs as render
    from kcs.teamwork.reviews import reviews, rounds, strangers

    found = reviews(base)
    show = render.status_json if format is Format.JSON else render.status_text
    show(rounds(base, found.found, day), found.unread, strangers(base, found.found))


def _draw(
    base: "KnowledgeBase", wish: "Wish", *, dry_run: bool, yes: bool, commit: bool | None, format: Format
) -> None:
    """Shown first, and written where that is agreed to. Exits 1 where it is not."""
    from kcs.render import pairs as render
    from kcs.render.progress import counting
    from kcs.render.terminal import note
    from kcs.teamwork.pairs import draw_round, plan_reviews, write_reviews

    drawn = draw_round(base, wish)
    with counting("planning reviews", 2 * len(drawn.meetings)) as tick:
        articles = plan_reviews(base, drawn, wish, tick)
    at_once = yes and not dry_run
    if format is Format.TEXT and not at_once:
        render.round_text(drawn)
    render.said_of(articles)
    written = not dry_run and render.agreed(drawn, yes=yes, shown=format is Format.TEXT)
    made = write_reviews(base, drawn, articles, commit=commit_wanted(commit)) if written else None
    if format is Format.JSON:
        render.round_json(drawn, articles, made, written=written)
    elif written:
        if at_once:  # when all is written: who reads it through `head` leaves before the end
            render.round_text(drawn)
        render.written_text(articles, made)
    if not written:
        note("nothing was written")
        raise SystemExit(0 if dry_run else 1)
