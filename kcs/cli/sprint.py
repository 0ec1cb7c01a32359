"""kcs sprint."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import AsOf, At, Kb, Paths, open_base, read_day

if TYPE_CHECKING:
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


class Action(StrEnum):
    """What is done with a sprint."""

    PLAN = "plan"


class Shape(StrEnum):
    """What a plan can be written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    CHECKLISTS = "checklists"


@app.command(
    epilog="kcs sprint plan --people 8 --weeks 2   ·   kcs sprint plan --absent ada --format checklists"
    "   ·   kcs sprint plan articles/payments --people payments --limit 100 --format csv"
)
@filtered
def sprint(
    *,
    action: Annotated[Action, typer.Argument(metavar="plan", help="Plan one; nothing is written.")],
    paths: Paths = None,
    people: Annotated[
        str | None,
        typer.Option(
            "--people",
            metavar="N|NAMES",
            help="How many, unnamed; or people and teams, comma-separated. Else all of team.toml.",
        ),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="NAMES", help="Who is away: people or teams."),
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=52, metavar="N", help="How long it takes.")] = 2,
    begin: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Its first day; else today.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The riskiest N articles only.")
    ] = None,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: Annotated[
        Shape,
        typer.Option("--format", help="CSV for a sheet, checklists for each person, JSON for programs."),
    ] = Shape.TEXT,
    filters: "Filters",
) -> None:
    """Plan an audit sprint: all articles in use, shared out evenly, riskiest first.

    An article goes to somebody who reads its language; preferably to somebody who may verify it, and among
    those to the owner or deputy of its area. Even shares come first: nobody gets two more than somebody who
    could have taken one of them.

    Archived articles and work in progress are left out. The same base on the same day gives the same plan.
    """
    del action  # there is but one
    base = open_base(kb, at, as_of)
    from kcs.article.days import Interval
    from kcs.insight.sprint import plan, sharers

    first = read_day(begin, "--from") or base.today
    chosen = choose(base, filters._replace(paths=tuple(paths or ())))
    takers = sharers(base, people, absent or (), first)
    made = plan(base, chosen, takers, weeks=weeks, begin=first, soon=Interval(days=7 * weeks), limit=limit)
    from kcs.render import sprint as render

    {
        Shape.TEXT: render.sprint_text,
        Shape.JSON: render.sprint_json,
        Shape.CSV: render.sprint_csv,
        Shape.MARKDOWN: render.sprint_markdown,
        Shape.CHECKLISTS: render.sprint_checklists,
    }[format](made)
