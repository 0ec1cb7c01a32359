"""Quoted history is another's: `>` lines, what stands below an attribution or copied headers, forwarded mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kcs.authoring.intake.attributions import attribution, is_quote, quoted_next, undirected, writer
from kcs.authoring.intake.copied_headers import (
    is_divider,
    is_header,
    is_header_block,
    matter_of_form,
    sender,
)
from kcs.authoring.intake.mailboxes import person_of

_NAMED = re.compile(
    r"([^\W\d_][^<>:;,\"\n]{1,60}?)\"?\s{0,2}(?:<|\[mailto:)\s?([^<>\s@]{1,64}@[^<>\s\]]{1,200})[>\]]"
)
_BEFORE_NAME = re.compile(r"\d|:|,|\b(?:AM|PM|at|lúc|เวลา|น\.|من|كتب|بواسطة|wrote|schrieb|Uhr|hat|schreef)\b")


@dataclass(frozen=True, slots=True)
class Unquoted:
    """What the writer wrote, how many lines were others', and whom those name."""

    text: str
    dropped: int = 0
    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()


def unquote(text: str) -> Unquoted:
    """The writer's own lines. Of a mail that only forwards another one, that one's."""
    lines = text.split("\n")
    kept, place = _own_lines(lines)
    if place < len(lines) and not any(line.strip() for line in kept):
        rest = _after_headers(lines[place:])
        if len(rest) < len(lines):
            inner = unquote("\n".join(rest))
            return _with_people(inner.text, len(lines) - len(rest) + inner.dropped, text)
    return _with_people("\n".join(kept).strip("\n"), len(lines) - len(kept), text)


def _with_people(text: str, dropped: int, whole: str) -> Unquoted:
    if not dropped:
        return Unquoted(text)
    people = list(_people(whole.split("\n")))
    names, mails = (dict.fromkeys(one[place] for one in people) for place in (0, 1))
    return Unquoted(text, dropped, tuple(filter(None, names)), tuple(filter(None, mails)))


def _people(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(name, address) of whom lines and headers name; without an address two
    words or more, since one alone (`Support`) may be a word of the text.
    """
    for place, line in enumerate(lines):
        span = attribution(lines, place)
        said = undirected(" ".join(lines[place : place + span] or (line,))[:400])
        if "@" in said and (found := _NAMED.search(said)):
            yield person_of(_person(found[1]), found[2]), found[2]
        elif found := writer(said) if span else sender(said):
            name = found[found.lastindex or 0]
            if len(name.split()) > 1 and (span or is_header_block(lines, place)):
                yield person_of(_person(name), ""), ""


def _person(before: str) -> str:
    """`On Mon, 3 Mar 2026 at 10:02 AM, Jane Doe`: the name is what follows the last sign of a date."""
    name = _BEFORE_NAME.split(before)[-1]
    name = re.sub(r"^\W*(?:from|จาก|từ|ngày|lúc)\b", "", name, flags=re.IGNORECASE).strip(" \t.*-\"'(")
    return name if 1 < len(name) <= 60 else ""


def _own_lines(lines: list[str]) -> tuple[list[str], int]:
    """The lines that are the writer's, and where another's text begins that runs to the end."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if is_quote([line]):
            place += 1
            continue
        span = attribution(lines, place)
        if span:
            place += span
            if not quoted_next(lines, place):
                return kept, place - span
            continue
        if is_divider(line):
            return kept, place
        if is_header_block(lines, place):
            if (matter := matter_of_form(lines, place)) is None:
                return kept, place
            place, line = matter
        kept.append(line)
        place += 1
    return kept, place


def _after_headers(lines: list[str]) -> list[str]:
    """Without the divider, attribution and header lines that a forwarded text begins with, and its `>`."""
    place = 0
    while place < len(lines) and (
        not lines[place].strip()
        or is_divider(lines[place])
        or is_header(lines, place)
        or re.fullmatch(r"[_\s-]{3,}", lines[place][:300])
        or attribution(lines, place)
    ):
        place += max(1, attribution(lines, place))
    return [re.sub(r"^\s*>\s?", "", line) for line in lines[place:]]
