"""Findings for people: by rule, worst first, equal ones once, with what to do; in a pipe, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kcs.counting import counted as nouns
from kcs.hints import with_base
from kcs.render.terminal import console, for_eyes, indented, safe

if TYPE_CHECKING:
    from rich.console import Console

    from kcs.audit.change import Change
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report
    from kcs.render.findings.together import Together

# Per rule, on a terminal: to see all 1,200, ask for that rule or use a pipe.
_MOST = 20
_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def render(report: Report) -> str:
    """A line per finding: place, severity, rule, what was found and what to do."""
    return "".join(f"{line(one)}\n" for one in report.findings)


def line(finding: Finding) -> str:
    """`path:line:column: severity KCS101 stale: message -> help`."""
    place = ":".join(str(part) for part in (finding.path, finding.line, finding.column) if part)
    ways = " | ".join(finding.help.splitlines())
    mend = f"  ->  {with_base(ways)}" if ways else ""
    words = f"{place}: {finding.severity} {finding.rule} {finding.name}: {finding.message}{mend}"
    return safe(" ".join(words.splitlines()))


def show(report: Report) -> None:
    """On stdout: groups and colour for eyes, lines for pipes."""
    if not for_eyes():
        import sys

        sys.stdout.write(render(report))
        return
    out = console()
    for (_, rule), group in groupby(
        sorted(report.findings, key=lambda one: (one.order[0], one.rule, one.order)),
        lambda one: (one.severity, one.rule),
    ):
        _group(out, rule, list(group))


def _group(out: Console, rule: str, findings: Sequence[Finding]) -> None:
    from rich.text import Text

    first = findings[0]
    number = f"{len(findings):,} {'finding' if len(findings) == 1 else 'findings'}"
    head = Text.assemble(
        (first.severity, _STYLES[first.severity]),
        "  ",
        (f"{rule} {first.name}", "bold"),
        "  ",
        (number, "dim"),
    )
    out.print(head)
    from kcs.render.findings.together import together

    groups = together(findings)
    for group in groups[:_MOST]:
        _print(out, group)
    more = sum(len(group.findings) for group in groups[_MOST:])
    # Not as a command of its own: without this run's paths, change or baseline it would show others.
    if more:
        out.print(Text(f"  and {more:,} more: the same command with --select {rule} | less", "dim"))
    elif any(group.more for group in groups):
        out.print(Text(f"  all of them: the same command with --select {rule} | less", "dim"))
    out.print()


def _print(out: Console, group: Together) -> None:
    from rich.text import Text

    for place in group.places:
        out.print(Text.assemble("  ", (safe(place), "cyan")), soft_wrap=True)
    if group.more:
        out.print(Text(f"  and {group.more:,} more", "dim"))
    for text, style in _said(group.first):
        indented(text, style)


def _said(finding: Finding) -> Iterator[tuple[str, str]]:
    yield " ".join(finding.message.splitlines()), ""
    for way in finding.help.splitlines():
        yield f"-> {with_base(way)}", "dim"


def summary(report: Report) -> str:
    """How many of the articles were audited, against what, and what was found."""
    found = counted(report) or ("nothing new" if report.known else "nothing found")
    old = f"; {known(report)}" if report.known else ""
    against = f", changed since {report.change.name}" if report.change else ""
    gone = f"; {safe(left(report.change))}" if report.change and report.change.left else ""
    grown = f"; {newly_known(report)}" if newly_known(report) else ""
    none = ""
    if report.total == 0:
        from kcs.render.listing import no_article  # a check loads this module, and no list

        none = no_article(report.kb)
    told = f"{report.audited:,} of {nouns(report.total, 'article')} audited{against}: {found}"
    return f"{told}{old}{grown}{gone}{none}"


def counted(report: Report) -> str:
    """`1 error, 5 warnings`; empty if nothing was found."""
    return ", ".join(
        f"{number:,} {name if number == 1 or name == 'info' else name + 's'}"
        for name, number in report.counts().items()
        if number
    )


def known(report: Report) -> str:
    """How many findings the baseline knows, and how many debts these are: what one visit pays is one."""
    number, debts = len(report.known), report.known_debts()
    made = f": {nouns(debts, 'debt')}" if debts != number else ""
    return f"{nouns(number, 'more finding is', 'more findings are')} known from the baseline{made}"


def newly_known(report: Report) -> str:
    """A note if a change adds its own debts to the baseline: nothing else would say so."""
    number = (
        report.change.newly_known
        if report.change and report.baseline.there and not report.baseline.file
        else 0
    )
    return (
        f"this change writes {number:,} {'debt' if number == 1 else 'debts'} into the baseline"
        if number
        else ""
    )


def left(change: Change) -> str:
    """What a change removes from every rule's sight."""
    paths = [one.path for one in change.left]
    more = f" and {len(paths) - 3:,} more" if paths[3:] else ""
    articles = nouns(len(paths), "article is no longer one", "articles are no longer articles")
    return f"{articles}, and not checked: {', '.join(paths[:3])}{more}"


def statistics(report: Report) -> None:
    """How many findings of each rule, most first; in a pipe: number, rule, name, severity, fixable."""
    from collections import Counter

    from kcs.render.terminal import note, table

    found = Counter((one.rule, one.name, one.severity) for one in report.findings)
    fixable = {one.rule for one in report.findings if one.fixable}
    rows = [
        (str(number), rule, name, severity, "fixable" if rule in fixable else "")
        for (rule, name, severity), number in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]
    if rows:
        table(("Number", "Rule", "Name", "Severity", ""), rows, ("bold", "cyan", "", "dim", "dim"))
    note(summary(report))
