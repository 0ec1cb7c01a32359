"""An audit's findings, one module per format. Each one's `render(report)` gives the whole document as text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.audit.report import Report


def render(name: str, report: Report) -> str:
    """The report in the format of this name."""
    text: str = import_module(f"{__name__}.{name}").render(report)
    return text


def show(report: Report, name: str) -> None:
    """Print on stdout; for people, the number of audited articles on stderr unless the format gives it."""
    if name == "text":
        from kcs.render.findings import text

        text.show(report)
    else:
        import sys

        sys.stdout.write(render(name, report))
    if name in ("text", "github"):
        told(report)


def told(report: Report) -> None:
    """On stderr: how many of the articles were audited, and what was found."""
    from kcs.render.findings.text import summary
    from kcs.render.terminal import note

    note(summary(report))
