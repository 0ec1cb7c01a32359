"""What an audit found, one file a format. Each module's `render(report)` gives the whole document as text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.audit.report import Report

FORMATS = ("text", "json")


def render(name: str, report: Report) -> str:
    """The report in the format of this name."""
    text: str = import_module(f"{__name__}.{name}").render(report)
    return text
