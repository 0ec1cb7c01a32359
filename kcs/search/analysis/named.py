"""A question with its names split, and with possible names joined: how an article may write them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kcs.search.analysis.glued import parts
from kcs.search.analysis.scripts import Run
from kcs.search.analysis.words import LONGEST_WORD

LEAST_JOINED, FEW = 4, 4


def apart_and_joined(
    found: Sequence[Run], spelt: str, known: Callable[[str], bool]
) -> Iterator[Sequence[Run]]:
    """The runs of a question with its names in parts (maxPayloadSize, max_payload_size); and with neighbours
    joined if an article joins them (`office 365`). `spelt`: the question with its capitals, letter by letter
    as the runs.
    """
    cut = [_apart(run, spelt[run.start : run.end]) for run in found]
    if any(one != [run] for one, run in zip(cut, found, strict=True)):
        yield [run for one in cut for run in one]
    together = list(_together(found, known))
    # In a full question, two neighbours that happen to form a word add nothing: `set up`.
    if len(together) < len(found) and (len(together) <= FEW or any(map(_has_digit, together))):
        yield together


def can_be_joined(one: Run, other: Run) -> str:
    """Two neighbours in one piece; "" if that is no name."""
    both = one.text + other.text
    is_name = one.script == other.script == "word" and both.isascii() and len(both) >= LEAST_JOINED
    return both if is_name and len(both) <= LONGEST_WORD else ""


def _apart(run: Run, spelt: str) -> list[Run]:
    if run.script != "word" or not spelt.isascii() or (spelt.isalpha() and spelt.islower()):
        return [run]
    places: list[tuple[int, int]] = []
    at = 0
    for piece in spelt.split("_"):
        places += [(at + start, at + end) for start, end in parts(piece) or [(0, len(piece))] if end > start]
        at += len(piece) + 1
    if len(places) < 2:
        return [run]
    # v4 and 0x80070005 mean the number.
    if len(places) == 2 and spelt[slice(*places[0])].lower() in ("v", "0x"):
        del places[0]
    # VMs are several of a VM.
    if len(places) == 2 and spelt[slice(*places[1])] == "s":
        del places[1]
    return [run._replace(text=run.text[slice(*place)]) for place in places]


def _has_digit(run: Run) -> bool:
    return not run.text.isdigit() and any(map(str.isdigit, run.text))


def _together(found: Sequence[Run], known: Callable[[str], bool]) -> Iterator[Run]:
    taken = False
    for one, other in pairwise(found):
        if taken:
            taken = False
            continue
        both = can_be_joined(one, other)
        taken = bool(both) and known(both)
        yield one._replace(text=both, end=other.end) if taken else one
    if found and not taken:
        yield found[-1]
