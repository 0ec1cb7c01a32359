"""kcs doctor."""

from typing import Annotated

import typer

from kcs.cli.options import Format, FormatOption, Kb

app = typer.Typer(add_completion=False)


@app.command(epilog="kcs doctor   ·   kcs doctor --fix   ·   kcs doctor --format json")
def doctor(
    *,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Fix what is safe to fix: Git's settings, .gitattributes, the cache folder."
        ),
    ] = False,
    kb: Kb = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Check that everything kcs relies on is in order. Each line is fine, or says how to fix it.

    --fix never touches an article. Exit code 1 while a problem remains.
    """
    from kcs.authoring.doctor.examine import examine
    from kcs.authoring.doctor.model import Status
    from kcs.render.doctor import checks_json, checks_text

    checks = examine(kb, fix=fix)
    (checks_json if format is Format.JSON else checks_text)(checks)
    raise SystemExit(1 if any(one.status is Status.PROBLEM for one in checks) else 0)
