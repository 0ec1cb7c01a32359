"""kcs audit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kcs.cli.options import AsOf, Kb, open_base

app = typer.Typer(add_completion=False)


class Shape(StrEnum):
    """What findings can be written as."""

    TEXT = "text"
    JSON = "json"


Paths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders or globs; else everything.")
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="RULE", help="Only these rules: KCS1, KCS102, or a name; commas between."
    ),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="All rules but these.")]


@app.command(
    epilog="kcs audit   ·   kcs audit content/email --select KCS1 --ignore KCS104   ·   kcs audit --format json"
)
def audit(
    *,
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    format: Annotated[Shape, typer.Option("--format", help="How findings are written.")] = Shape.TEXT,
    kb: Kb = None,
    as_of: AsOf = None,
) -> None:
    """Find what is wrong with articles, worst first, and how to mend each.

    Exit code 1 where a finding is an error.
    """
    base = open_base(kb, None, as_of)
    from kcs.audit.report import Report
    from kcs.audit.runner import audit as run
    from kcs.audit.settings import choose
    from kcs.kb.select import Filters
    from kcs.render.findings import text
    from kcs.render.terminal import note

    config_text = (base.root / "kcs.toml").read_text("utf-8-sig", "replace")
    rules = choose(
        base.config.rules, text=config_text, select=tuple(select or ()), ignore=tuple(ignore or ())
    )
    articles = Filters(paths=tuple(paths or ())).choose(base)
    done = run(base, articles, rules, len(base.articles))
    report = Report(base, done.findings, done.audited, done.total, done.unreadable)
    if format is Shape.TEXT:
        text.show(report)
        note(text.summary(report))
    else:
        from kcs.render.findings import render

        typer.echo(render(format.value, report), nl=False)
    raise SystemExit(1 if report.counts()["error"] else 0)
