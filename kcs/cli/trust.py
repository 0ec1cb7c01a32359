"""kcs trust."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import AsOf, At, Format, FormatOption, Kb, open_base

if TYPE_CHECKING:
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


class By(StrEnum):
    """What the score can be split by."""

    PRODUCT = "product"
    TEAM = "team"
    OWNER = "owner"


@app.command(
    epilog="kcs trust --by product   ·   kcs trust --as-of 2027-06-01   ·   kcs trust --at HEAD --format json"
)
@filtered
def trust(
    *,
    by: Annotated[By | None, typer.Option("--by", help="One line for each of these.")] = None,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """Show the trust score with both its numbers, and why it is not higher.

    Trusted articles of all that are validated, not validated or unreadable. Beside it the promise kept: trusted of
    those that are validated.
    """
    base = open_base(kb, at, as_of)
    from kcs.insight.score import left_in_30_days, score, split
    from kcs.render.trust import groups_json, groups_text, score_json, score_text

    chosen = choose(base, filters)
    if by is not None:
        groups = split(base, chosen, by.value)
        (groups_json if format is Format.JSON else groups_text)(base, by.value, groups)
        return
    whole = score(chosen, base.verdicts)
    left = left_in_30_days(base, chosen)
    (score_json if format is Format.JSON else score_text)(base, whole, left)
