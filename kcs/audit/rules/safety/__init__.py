"""KCS3: what must not get out: personal data, what is internal, and what runs in a reader's browser."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kcs.patterns import later

if TYPE_CHECKING:
    from kcs.audit.page import Page
    from kcs.kb.articles import Article

_LINE_END = later(r"\r\n|\n|\r")


def openness(page: Page, article: Article) -> int:
    """How open its audience is: 0 for the most closed one of kcs.toml."""
    known = page.kb.config.audiences
    return known.index(article.settings.audience) if article.settings.audience in known else 0


def more_closed(page: Page, article: Article | None) -> bool:
    """Whether readers of the article under audit may not read this one."""
    return (
        article is not None
        and article is not page.article
        and openness(page, article) < openness(page, page.article)
    )


class Hidden:
    """The internal blocks of an article, which its readers do not get."""

    def __init__(self, page: Page) -> None:
        from kcs.article.internal import internal_blocks  # loads the scanner, which few articles need

        self._blocks = internal_blocks(page.text)

    def __contains__(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._blocks)


class Places:
    """From characters of the body to lines and columns of the file."""

    def __init__(self, page: Page) -> None:
        text = page.text
        self._page = page
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def of(self, place: int) -> tuple[int, int]:
        """(line of the file, column), both from 1."""
        row = bisect_right(self._starts, place)
        return self._page.file_line(row), place - self._starts[row - 1] + 1
