"""Regular expressions that are compiled when they are first used: most commands meet few of the signs that most are for.

A check of three files would spend a quarter of its time on patterns for what is in none of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """Stands for a pattern. What was asked of it once is at hand like any attribute: no slower than the pattern itself."""

    def __init__(self, text: Any, flags: int) -> None:
        self._made = text, flags

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = getattr(re.compile(*self._made), name)
        return value


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, which is called, and finds what is wrong with the pattern, when something is first looked for."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
