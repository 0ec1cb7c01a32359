"""Synonyms that searches suggest: people asked in one way, found
nothing, asked in another and opened an article, or linked it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from unicodedata import category

from kcs.article.letters import normal
from kcs.kb.settings.toml_lines import quoted
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.ledger import Event

# A later search in the same terminal within this time is the same question in other words.
_REFINED = timedelta(minutes=10)
_LEAST_TIMES = 2


class Synonym(NamedTuple):
    """People asked `asked`, found nothing, asked `found` and opened `article`
    (its key) or linked it to a ticket. `times`: after how many searches.
    """

    asked: str
    found: str
    article: str
    times: int


def suggested(events: Iterable[Event], known: Mapping[str, Sequence[str]]) -> list[Synonym]:
    """The commonest first; of links `events` holds those to what helped.
    What kcs.toml says already (`known`, its `[synonyms]`) is left out.
    """
    sessions: dict[str, list[Event]] = {}
    for event in events:
        sessions.setdefault(event.session, []).append(event)
    pairs = {pair for one in sessions.values() for pair in _of_terminal(one)}
    times = Counter((asked, found, article) for asked, found, article, _ in pairs)
    there = {normal(asked): set(map(normal, words)) for asked, words in known.items()}
    kept = [
        Synonym(*words, count)
        for words, count in times.items()
        if count >= _LEAST_TIMES and words[1] not in there.get(words[0], ())
    ]
    return sorted(kept, key=lambda one: (-one.times, one.asked, one.found, one.article))


def _of_terminal(events: Iterable[Event]) -> Iterator[tuple[str, str, str, str]]:
    """Asked, found, the article, and the search it was found by: however often that was repeated, it is one."""
    waiting: list[Event] = []
    before: dict[str, tuple[Event, list[Event]]] = {}
    for event in sorted(events, key=lambda one: (one.at, one.kind != "search", one.id)):
        if event.kind == "search":
            waiting = [one for one in waiting if event.at - one.at <= _REFINED]
            before[event.id] = event, [one for one in waiting if one.at < event.at]
            if not event.answered:
                waiting.append(event)
        elif event.after in before:
            second, firsts = before[event.after]
            for first in firsts:
                if words := _apart(first.query, second.query):
                    yield *words, event.article, second.id
            # Whoever looked at something has an answer to what was
            # asked until then; the next search is about something else.
            waiting = [one for one in waiting if one.at >= second.at]


def _apart(first: str, second: str) -> tuple[str, str] | None:
    """The words that only the first has, and those that only the second has; None if either has none."""
    one, other = _words(first), _words(second)
    left = " ".join(word for word in one if word not in other)
    right = " ".join(word for word in other if word not in one)
    return (left, right) if left and right else None


def _words(query: str) -> list[str]:
    """What stands between blanks, without signs around it: a
    pattern of letters would cut Thai at each of its vowels.
    """
    return list(filter(None, map(_bare, normal(query).split())))


def _bare(word: str) -> str:
    start, end = 0, len(word)
    while start < end and category(word[start])[0] == "P":
        start += 1
    while start < end and category(word[end - 1])[0] == "P":
        end -= 1
    return word[start:end]


def synonym_lines(
    synonyms: Iterable[Synonym], known: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[Synonym]]]:
    """Lines for `[synonyms]` of kcs.toml, one a name, since a
    key must not stand twice; with the words that it has there.

    With each, the suggestions behind it.
    """
    found: dict[str, list[Synonym]] = {}
    for one in synonyms:
        found.setdefault(one.asked, []).append(one)
    spelt = {normal(name): name for name in known}
    for asked, some in found.items():
        name = spelt.get(asked, asked)
        words = dict.fromkeys((*known.get(name, ()), *(one.found for one in some)))
        yield f"{quoted(name)} = [{', '.join(map(quoted, words))}]", some
