"""kcs rules."""

from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption

app = typer.Typer(add_completion=False)


@app.command(epilog="kcs rules   ·   kcs rules KCS1   ·   kcs rules --format json")
def rules(
    *,
    select: Annotated[
        list[str] | None, typer.Argument(metavar="[RULE]...", help="Only these: KCS1, KCS102, or a name.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List the rules of the audit, with what each finds and how severe it is by itself."""
    from kcs.audit.rules import RULES
    from kcs.audit.settings import named
    from kcs.render.rules import rules_json, rules_text

    wanted = named(tuple(select), "RULE") if select else None
    entries = [entry for entry in RULES if wanted is None or entry.code in wanted]
    if format is Format.JSON:
        rules_json("kcs.rules/1", entries)
    else:
        rules_text(entries)
