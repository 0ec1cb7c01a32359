"""The rounds of `kcs audit --watch`: first all findings, then what each change brought and what it mended."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kcs.render.ansi import painted
from kcs.render.findings import show, told
from kcs.render.findings.text import line
from kcs.render.terminal import for_eyes, note

if TYPE_CHECKING:
    from kcs.audit.watching import Round

_MOST_NAMED = 3
_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def watch_text(rounds: Iterable[Round]) -> None:
    """A block a round, written out at once; in a pipe `new` or `mended` before each finding's line."""
    for number, one in enumerate(rounds):
        if number == 0:
            assert one.report is not None, "the first round is one, or raises"
            show(one.report, "text")
        else:
            _round(one)
        sys.stdout.flush()
        if number == 0 and for_eyes():
            note("watching; Ctrl-C ends it")


def _round(one: Round) -> None:
    named = ", ".join(one.changed[:_MOST_NAMED])
    more = len(one.changed) - _MOST_NAMED
    note(f"{datetime.now():%H:%M:%S} {named}{f' and {more} more' if more > 0 else ''}")
    if one.report is None:
        note(f"kcs: {one.error}")
        if one.error and one.error.hint:
            note(f"     {one.error.hint}")
        return
    for finding in one.gone:
        print(f"{painted('mended', 'green') if for_eyes() else 'mended'} {line(finding)}")
    for finding in one.new:
        new = painted("new", _STYLES[finding.severity]) if for_eyes() else "new"
        print(f"{new} {line(finding)}")
    # The summary goes to stderr, and must not overtake them if both are one pipe.
    sys.stdout.flush()
    told(one.report)
