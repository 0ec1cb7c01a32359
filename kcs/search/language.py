"""The query language: parses what was typed into words, phrases and conditions. Pure, and total.

Words are any words; "exact phrase" needs its quotes inside the argument; not:word and not:"phrase" exclude;
field:value narrows. Anything else is plain words: queries are often pasted, and a wrong guess would silently leave
articles out. For the same reason a hyphen before a word is a hyphen: people paste command lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kcs.errors import UsageProblem
from kcs.patterns import later
from kcs.tuples import NamedTuple

Field = Literal[
    "product", "tag", "audience", "trusted", "owner", "lang", "changed", "title", "type", "confidence"
]
FIELDS: tuple[Field, ...] = (
    "product", "tag", "audience", "trusted", "owner", "lang", "changed", "title", "type", "confidence",
)  # fmt: skip
_BY_NAME: dict[str, Field] = {**{name: name for name in FIELDS}, "language": "lang"}

MOST_SIGNS = 10_000
"""Longer queries are cut there: the first pages say what somebody is after."""

LONG = 280
"""Letters: longer text is read sentence by sentence. No question in the judged sets is so long."""

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb"}
# Control characters, and what a shell passes for bytes that are not text.
_NOISE = later(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_SIGNS = '"\u201c\u201d\u201e\u00ab\u00bb'
_WORD = later(r"\S+")
_BLANKS = later(r"\s*")
# Two lines with content.
_LINES = later(r"\S[^\S\n]*\n\s*\S")
_PREFIX = later(r"(?P<no>not:)?(?:(?P<field>[A-Za-z]{2,20}):)?", re.IGNORECASE)


class Condition(NamedTuple):
    """`field:value`, or with `no` its opposite."""

    field: Field
    value: str
    no: bool = False


class Query(NamedTuple):
    """A parsed query. `text` is what was typed, on one line; `words` rank, those of phrases included.

    `phrases` must be in the article as they are; `without` are words and phrases that must not.
    `unknown` are words before a colon that look like a field but are none: they were read as words.
    `pasted`: text of several lines, line ends kept; `words` end with all of it.
    """

    text: str
    words: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[str, ...] = ()
    cut: bool = False
    pasted: str = ""


def parse(arguments: Sequence[str] | str) -> Query:
    """Parse a query. UsageProblem for a field without a value; everything else is words."""
    parts = [arguments] if isinstance(arguments, str) else list(arguments)
    given = " ".join(parts)
    text = _on_one_line(given)
    pasted = "\n".join(filter(_LINES.search, parts)) if "\n" in given else ""
    if not pasted:
        tokens = list(_of_each(parts))
    else:
        # Quotes and colons inside a mail or log are no phrases or conditions; beside it they are.
        typed = [one for one in parts if _LINES.search(one) is None]
        pasted = "\n".join(_NOISE.sub(" ", line) for line in pasted[:MOST_SIGNS].splitlines())
        tokens = [*_of_each(typed), *map(_Token, pasted.split())]
    asked = [one for one in tokens if one.field is None and not one.no]
    return Query(
        text,
        # A word of `title:` ranks, too.
        words=" ".join(one.value for one in tokens if not one.no and one.field in (None, "title")),
        phrases=tuple(one.value for one in asked if one.quoted),
        without=tuple(one.value for one in tokens if one.field is None and one.no),
        conditions=tuple(_condition(one) for one in tokens if one.field is not None),
        unknown=tuple(
            name for one in asked if not (one.quoted or pasted) and (name := _looks_like_a_field(one.value))
        ),
        cut=len(given) > MOST_SIGNS,
        pasted=pasted,
    )


def _on_one_line(given: str, most: int = MOST_SIGNS) -> str:
    """The part that we read, without control characters."""
    text = _blanks_alone(given[:most])
    # Nobody meant half a word, or a field without its value.
    return text.rpartition(" ")[0] or text if len(given) > most else text


def _blanks_alone(text: str) -> str:
    return " ".join((text if text.isprintable() else _NOISE.sub(" ", text)).split())


def _of_each(parts: Sequence[str]) -> Iterator[_Token]:
    """Each argument by itself, and of what is too long still the conditions at its end.

    A quote, or a great length, in what a program passes on must not swallow the `trusted:yes` beside it.
    """
    left = MOST_SIGNS
    for part in parts:
        yield from _tokens(_on_one_line(part, left))
        if len(part) > left:
            read = part[:left].rsplit(maxsplit=1)  # the word at the cut is none of those above
            rest = part[len(read[0]) if len(read) > 1 else left :][-MOST_SIGNS:]
            yield from (one for one in _tokens(_blanks_alone(rest)) if one.field and one.value)
        left = max(left - len(part) - 1, 0)


def spelt(condition: Condition) -> str:
    """A condition as typed in a query."""
    value = f'"{condition.value}"' if " " in condition.value else condition.value
    return f"{'not:' if condition.no else ''}{condition.field}:{value}"


class _Token(NamedTuple):
    value: str
    quoted: bool = False
    no: bool = False
    field: Field | None = None


def _tokens(text: str) -> Iterator[_Token]:
    if ":" not in text and not any(sign in text for sign in _SIGNS):  # words alone, as most queries are
        yield from map(_Token, text.split())
        return
    ends = _Ends(text)
    at = 0
    while at < len(text):
        prefix = _PREFIX.match(text, at)
        assert prefix is not None, "it may be empty"
        field = _BY_NAME.get((prefix["field"] or "").lower())
        no = prefix["no"] is not None
        start = prefix.end() if field else at + len(prefix["no"] or "")
        end = ends.of(start)
        word = _WORD.match(text, start if end is None else end + 1)
        if end is not None:
            yield from _token(_Token(text[start + 1 : end].strip(), True, no, field))
            at = end + 1
        elif word is None and (field is None or not text[at:start].islower()):
            # `not:` before a blank is a plain word, and so is a form's or mail's `Product: ...`.
            yield from _token(_Token(text[at:start]))
            at = start
        else:
            # An unclosed quote is no quote.
            yield from _token(_Token(word[0].strip(_SIGNS) if word else "", False, no, field))
            at = word.end() if word else start
        blanks = _BLANKS.match(text, at)
        assert blanks is not None, "it may be empty"
        at = blanks.end()


def _token(token: _Token) -> Iterator[_Token]:
    if token.value or token.field:
        yield token


class _Ends:
    """Where a quote closes. Each kind is searched once: a query may be full of quotes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._none_after: dict[str, int] = {}

    def of(self, start: int) -> int | None:
        closing = _QUOTES.get(self._text[start : start + 1])
        if closing is None:
            return None
        found = [at for one in closing if (at := self._find(one, start + 1)) is not None]
        return min(found) if found else None

    def _find(self, sign: str, start: int) -> int | None:
        if start >= self._none_after.get(sign, len(self._text)):
            return None
        at = self._text.find(sign, start)
        if at < 0:
            self._none_after[sign] = start
            return None
        return at


def _condition(token: _Token) -> Condition:
    assert token.field is not None, "only a field makes a condition"
    if not token.value:
        hint = f"such as {token.field}:{EXAMPLES[token.field]}"
        if token.field == "changed":
            hint = (
                "a shell takes > for itself: write 'changed:>2026-01-31' in quotes, or changed:2026-01-31.."
            )
        raise UsageProblem(f"{token.field}: has no value", hint=hint)
    return Condition(token.field, token.value, token.no)


EXAMPLES: dict[Field, str] = {
    "product": "rackspace-email",
    "tag": "imap",
    "audience": "external",
    "trusted": "yes",
    "owner": "email-team",
    "lang": "th",
    "changed": "2026-01",
    "title": "imap",
    "type": "Solution",
    "confidence": "validated",
}
"""A value of each field, to show how its condition is typed."""
_NO_FIELD = frozenset(("http", "https", "ftp", "mailto", "file", "tel", "error", "note", "re", "fw", "fwd"))


def _looks_like_a_field(value: str) -> str:
    name, colon, rest = value.partition(":")
    plain = (
        colon and rest and name.isascii() and name.isalpha() and name.islower() and not rest.startswith("/")
    )
    return name if plain and len(name) > 2 and name not in _NO_FIELD else ""
