"""KCS0: the file and its metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kcs.audit.finding import Hit

if TYPE_CHECKING:
    from kcs.audit.page import Page
    from kcs.audit.rule import Values


def of_problems(*codes: str, mend: str) -> Callable[[Page, Values], Iterator[Hit]]:
    """A check that passes on what reading the file found under these codes."""

    def check(page: Page, _: Values) -> Iterator[Hit]:
        for problem in page.problems:
            if problem.code in codes:
                yield Hit(problem.message, mend, problem.line or 1)

    return check
