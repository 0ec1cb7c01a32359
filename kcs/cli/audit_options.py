"""The options of `kcs audit`, one by one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Shape(StrEnum):
    """What findings can be written as."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"


class Severity(StrEnum):
    """From which severity on a run fails."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_WHAT, _GATE, _MEND = "What to judge", "Gates", "Mending"

Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE", help="Only these: KCS1, KCS102, or a name; comma-separated."),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="All rules but these.")]
Format = Annotated[Shape, typer.Option("--format", help="How findings are written.")]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="[FORMAT:]FILE",
        help="Write the report to a file; with FORMAT: one more report. May be given several times.",
    ),
]
ChangedSince = Annotated[
    str | None,
    typer.Option(
        "--changed-since",
        metavar="REF",
        help="What this branch changed since it left REF, and what that breaks elsewhere.",
        rich_help_panel=_WHAT,
    ),
]
Staged = Annotated[
    bool, typer.Option("--staged", help="What is staged, as it is staged.", rich_help_panel=_WHAT)
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="[FILE.tsv]",
        help="Known findings do not count; kcs-baseline.tsv is used if it exists.",
        rich_help_panel=_WHAT,
    ),
]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", help="Treat no finding as known.", rich_help_panel=_WHAT)
]
WriteBaseline = Annotated[
    bool,
    typer.Option(
        "--write-baseline",
        help="Record what is found as known; an old baseline can only shrink.",
        rich_help_panel=_WHAT,
    ),
]
AllowGrowth = Annotated[
    bool,
    typer.Option("--allow-growth", help="Let an old baseline grow.", rich_help_panel=_WHAT),
]
AllowExclusion = Annotated[
    bool,
    typer.Option(
        "--allow-exclusion",
        help="Let the change exclude articles that fail.",
        rich_help_panel=_GATE,
    ),
]
FailOn = Annotated[
    Severity,
    typer.Option("--fail-on", help="Exit 1 at this severity or above.", rich_help_panel=_GATE),
]
MinTrust = Annotated[
    float | None,
    typer.Option(
        "--min-trust", metavar="PERCENT", help="Exit 1 below this trust score.", rich_help_panel=_GATE
    ),
]
MayNotFall = Annotated[
    str | None,
    typer.Option(
        "--trust-may-not-fall",
        metavar="[REF]",
        help="Exit 1 where trust was lost since REF, both judged as of one day.",
        rich_help_panel=_GATE,
    ),
]
Fix = Annotated[
    bool,
    typer.Option("--fix", help="Fix what can be fixed without changing what is said.", rich_help_panel=_MEND),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        help="Also fix what may change what is said; review it.",
        rich_help_panel=_MEND,
    ),
]
Diff = Annotated[
    bool, typer.Option("--diff", help="Show what would be fixed; write nothing.", rich_help_panel=_MEND)
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule instead.")]
Watch = Annotated[bool, typer.Option("--watch", help="Audit again whenever something changes, until Ctrl-C.")]
