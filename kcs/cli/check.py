"""kcs check."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kcs.cli.options import AsOf, Kb, hints_name_base, read_day

app = typer.Typer(add_completion=False)


class Shape(StrEnum):
    """What findings can be written as."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command(
    epilog="kcs check   ·   kcs check articles/payments/hoan-tien-dat-coc.md   ·   kcs check --verified articles/payments/hoan-tien-dat-coc.md"
)
def check(
    *,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Staged files; else all that are staged.")
    ] = None,
    verified: Annotated[
        bool, typer.Option("--verified", help="Ask one thing: does anybody vouch for exactly this text?")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules; comma-separated.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="All rules but these.")
    ] = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Treat no finding as known.")] = False,
    format: Annotated[Shape, typer.Option("--format", help="How findings are written.")] = Shape.TEXT,
    kb: Kb = None,
    as_of: AsOf = None,
) -> None:
    """Check files as they are staged, each on its own: what runs before each commit.

    It reads the index, never the file in the folder. With --verified it fails for a validated article whose
    staged text nobody vouches for: the gate of the hook kcs-verified. Files of several bases are each checked
    in their own; as JSON that is one document per line.
    """
    from kcs.audit.baseline import NAME
    from kcs.audit.checking import bases_of
    from kcs.audit.checking import check as run
    from kcs.audit.wanted import Wanted
    from kcs.errors import UsageProblem
    from kcs.kb.base import KnowledgeBase
    from kcs.render.findings import show
    from kcs.render.terminal import note

    if verified and (select or ignore):
        raise UsageProblem(
            "--verified asks one thing, whatever the rules say", hint="leave out --select and --ignore"
        )
    wanted = Wanted(tuple(files or ()), tuple(select or ()), tuple(ignore or ()), ignore_baseline=no_baseline)
    found: dict[Path | None, list[str]] = {kb: files or []} if kb else bases_of(files or [])
    failed = False
    for root, own in found.items():
        if root and not kb:
            here = Path.cwd()
            hints_name_base(root.relative_to(here) if root.is_relative_to(here) else root)
        base = KnowledgeBase.open_staged(root, as_of=read_day(as_of, "--as-of"))
        report = run(base, own, wanted, verified=verified)
        if len(found) > 1 and format is Shape.JSON:
            from kcs.render.findings.json import render_line

            sys.stdout.write(render_line(report, base.prefix.rstrip("/")))
        else:
            show(report, format.value)
        if report.findings and not no_baseline and not report.baseline.there and (base.root / NAME).is_file():
            note(f"kcs: {NAME} is not staged, so nothing is known: git add {NAME}")
        failed = failed or report.fails()
    raise SystemExit(1 if failed else 0)
