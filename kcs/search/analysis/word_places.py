"""Where a word of a question stands in a text, in any of its forms: looked for only as far as somebody asks. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kcs.search.analysis.question import Wanted

# A word that is there more often is no rarer for it.
MOST_PLACES = 20
# Where it starts, and ends.
Place = tuple[int, int]


class Places:
    """Where (start, end) a word stands in a text. `first`: the first place of each of its forms that is there."""

    def __init__(self, wanted: Wanted, text: str) -> None:
        look = _words if wanted.stems else _letters
        self.first: list[Place] = []
        self._others: list[Iterator[Place]] = []
        for form in wanted.forms:
            found = look(wanted, form, text)
            if first := next(found, None):
                self.first.append(first)
                self._others.append(found)
        self._all: list[Place] = []

    def all(self) -> list[Place]:
        """All, form by form."""
        if not self._all:
            for first, others in zip(self.first, self._others, strict=True):
                self._all += (first, *islice(others, MOST_PLACES - 1))
        return self._all


def _words(wanted: Wanted, form: str, text: str) -> Iterator[Place]:
    """Of one form, where the word around it is the one that is wanted."""
    find, begins = text.find, form[0] == " "
    known: dict[str, bool] = {}
    at = find(form)
    while at >= 0:
        start = at + 1 if begins else text.rfind(" ", 0, at) + 1
        end = find(" ", at + 1)
        word = text[start:end]
        if (is_one := known.get(word)) is None:
            is_one = known[word] = wanted.is_one(word)
        if is_one:
            yield start, end
        at = find(form, end)


def _letters(_wanted: Wanted, form: str, text: str) -> Iterator[Place]:
    """Wherever they stand, in other words too."""
    size, at = len(form), text.find(form)
    while at >= 0:
        yield at, at + size
        at = text.find(form, at + 1)
