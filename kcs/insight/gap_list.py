"""What is asked and not answered, as far as somebody looked for it: for the report."""

from __future__ import annotations

from typing import NamedTuple


class GapLine(NamedTuple):
    """One gap: what it is called, how many times it was asked, the minutes it cost (None: nobody knows), what is nearest."""

    kind: str
    name: str
    times: int
    minutes: float | None
    nearest: str = ""
