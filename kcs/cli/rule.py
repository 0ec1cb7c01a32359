"""kcs rule."""

from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption

app = typer.Typer(add_completion=False)


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """Codes and names that begin so."""
    from kcs.audit.rules import RULES

    wanted = incomplete.lower()
    return [
        (word, entry.name)
        for entry in RULES
        for word in (entry.code, entry.name)
        if word.lower().startswith(wanted)
    ]


@app.command(epilog="kcs rule KCS102   ·   kcs rule content-changed   ·   kcs rule KCS102 --format json")
def rule(
    *,
    name: Annotated[
        str, typer.Argument(metavar="RULE", help="A code or a name.", autocompletion=complete_rule)
    ],
    format: FormatOption = Format.TEXT,
) -> None:
    """Explain a rule of the audit: what it does, why it matters, an example, how to fix it, since when."""
    from kcs.audit.settings import find_rule
    from kcs.render.rules import rule_text, rules_json

    entry = find_rule(name)
    if format is Format.JSON:
        rules_json("kcs.rule/1", [entry])
    else:
        rule_text(entry)
