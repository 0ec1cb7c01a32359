"""How addresses are visited, and what came of it."""

from __future__ import annotations

from kcs.tuples import NamedTuple

OK = "ok"
MOVED = "moved"
UNSURE = "unsure"
BROKEN = "broken"
UNREACHABLE = "unreachable"
SKIPPED = "skipped"
STATUSES = (BROKEN, UNREACHABLE, MOVED, UNSURE, SKIPPED, OK)
"""In the order in which they matter."""
BAD = (BROKEN, UNREACHABLE)
# What may be kept: everything else is asked again, so that a repaired link shows at once.
KEPT = (OK, MOVED)


class Manner(NamedTuple):
    """How to visit.
    Seconds; `private`: whether addresses of the inner network may be asked; `hosts`: how many at a time.
    """

    delay: float = 1.0
    timeout: float = 10.0
    retries: int = 2
    private: bool = False
    hosts: int = 8


class Visit(NamedTuple):
    """What came of one address.

    `code`: the last answer's, None without one. `reason`: in words. `location`: where redirects ended, empty without one;
    `permanent`: whether all of them say that they are permanent. `at`: seconds since 1970; `kept`: from an earlier run.
    """

    url: str
    status: str
    code: int | None = None
    reason: str = ""
    location: str = ""
    permanent: bool = False
    at: float = 0.0
    kept: bool = False
