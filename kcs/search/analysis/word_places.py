"""Where a question's word is in a text, in any of its forms: looked for lazily. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kcs.patterns import later
from kcs.search.analysis.glued import JOINT
from kcs.search.analysis.named import LEAST_JOINED
from kcs.search.analysis.question import Wanted
from kcs.search.model import Record

# More places than this tell nothing new.
MOST_PLACES = 20
# Start and end.
Place = tuple[int, int]
# Ends a part of a name.
_END = later(f"[ _{JOINT}]")


class Places:
    """The places (start, end) of a word in a record's text. `first`: the first place of each form found."""

    def __init__(self, wanted: Wanted, record: Record) -> None:
        self._wanted, self._record = wanted, record
        look, text = _words if wanted.stems else _letters, record.text
        self.first: list[Place] = []
        self._others: list[Iterator[Place]] = []
        for form in wanted.forms:
            self._take(look(wanted, form, text))
        self._all: list[Place] = []

    def look_in_names(self, marked: str, *, in_pieces: bool) -> None:
        """Add places in parts of a name; with `in_pieces`, for a word found nowhere, also places where it is split
        (`preflight`: pre-flight). `marked`: the text's `underscored`, made once for all words of a question. Call it
        once, before `all`."""
        wanted, record = self._wanted, self._record
        if not wanted.stems or wanted.then:
            return
        if marked or record.names:
            for form in wanted.forms:
                if form[0] == " " and (form[1:] in marked or form[1:] in record.names):
                    self._take(_parts(wanted, form[1:], record, marked))
        if in_pieces and not self.first and len(wanted.typed) >= LEAST_JOINED:
            self._take(_pieces(wanted.typed, record.text))

    def _take(self, found: Iterator[Place]) -> None:
        if first := next(found, None):
            self.first.append(first)
            self._others.append(found)

    def all(self) -> list[Place]:
        """All places, form by form."""
        if not self._all:
            for first, others in zip(self.first, self._others, strict=True):
                self._all += (first, *islice(others, MOST_PLACES - 1))
        return self._all


def _words(wanted: Wanted, form: str, text: str) -> Iterator[Place]:
    """The places of one form, if the word around it is the wanted one."""
    find, begins = text.find, form[0] == " "
    known: dict[str, bool] = {}
    at = find(form)
    while at >= 0:
        start = at + 1 if begins else text.rfind(" ", 0, at) + 1
        end = find(" ", at + 1)
        word = text[start:end]
        if (is_one := known.get(word)) is None:
            is_one = known[word] = wanted.is_one(word)
        if is_one and text.startswith(wanted.then, end):
            yield start, end
        at = find(form, end)


def _letters(_wanted: Wanted, form: str, text: str) -> Iterator[Place]:
    """The places of these letters, in other words too."""
    size, at = len(form), text.find(form)
    while at >= 0:
        yield at, at + size
        at = text.find(form, at + 1)


def underscored(text: str) -> str:
    """The words of a record's text with a `_`, each after a blank: mostly none."""
    found = []
    at = text.find("_")
    while at >= 0:
        if (end := text.find(" ", at)) < 0:
            end = len(text)
        found.append(text[text.rfind(" ", 0, at) : end])
        at = text.find("_", end)
    return "".join(found)


def _parts(wanted: Wanted, form: str, record: Record, marked: str) -> Iterator[Place]:
    """The places in names: after a `_` in the text, before one, and where the record says that names are cut."""
    text, names = record.text, record.names
    for start, end in _bordered(wanted, f"_{form}", text):
        yield start, end
    # A common word begins many others: skip them if no name begins with it.
    for start, end in _bordered(wanted, f" {form}", text) if f" {form}" in marked else ():
        if text[end : end + 1] == "_":
            yield start, end
    for border in (" ", "_", JOINT):
        for start, end in _bordered(wanted, f"{border}{form}", names):
            first, last = names.rfind(" ", 0, start) + 1, names.find(" ", start)
            whole, cut = f" {names[first:last].replace(JOINT, '')} ", names.count(JOINT, first, start)
            at = text.find(whole)
            while at >= 0:
                yield at + 1 + start - first - cut, at + 1 + end - first - cut
                at = text.find(whole, at + len(whole) - 1)


def _pieces(word: str, text: str) -> Iterator[Place]:
    """The places where it is written with a blank or `_` inside."""
    if word not in text.replace(" ", "").replace("_", ""):
        return  # nearly always: one look instead of one per letter
    for cut in range(1, len(word) if word.isascii() else 0):
        for border in " _":
            begun = f" {word[:cut]}{border}{word[cut]}"
            at = text.find(begun)
            while at >= 0:
                if end := _spelt(word[cut + 1 :], text, at + len(begun)):
                    yield at + 1, end
                at = text.find(begun, at + 1)


def _spelt(letters: str, text: str, at: int) -> int:
    """The end of these letters if they start at `at`, ignoring borders; 0 if they do not."""
    for letter in letters:
        at += text.startswith((" ", "_"), at)
        if text[at : at + 1] != letter:
            return 0
        at += 1
    return at if text.startswith((" ", "_"), at) else 0


def _bordered(wanted: Wanted, form: str, text: str) -> Iterator[Place]:
    """The places where a part that begins with this text is the wanted word."""
    at = text.find(form)
    while at >= 0:
        found = _END.search(text, at + 1)
        end = found.start() if found else len(text)
        if wanted.is_one(text[at + 1 : end]):
            yield at + 1, end
        at = text.find(form, end)
