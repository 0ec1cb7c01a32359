"""Regular expressions that are compiled at their first use: most
commands never meet the characters that most of them are for.

Otherwise, a check of three files would spend a quarter of its time compiling patterns for what is in none of the files.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """A stand-in for a pattern.
    A method used once becomes an attribute: from then on it is as fast as the pattern's own.
    """

    def __init__(self, text: Any, flags: int) -> None:
        self._made = text, flags

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = getattr(re.compile(*self._made), name)
        return value


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Like `re.compile`, which is called, and reports an error in the pattern, only at the first search."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
