"""What two sides' changes of one trust key come to. Never a guess that opens a gate: where unsure, it is a conflict.

verified     by person, the newest `at`; removed on one side and untouched on the other goes; removed on one side
             and renewed on the other stays: the flag that took it back stays too, and blocks.
flags        added on either side stays, resolved on either side goes.
stale_after  the earlier; where one side dropped it and the other changed it, the changed one, being stricter; what
             cannot be read counts as passed, and so as the earliest.
mapped date  the newer, as of stamps: it was true of that side's text, and the fingerprint judges whether it is of
             the merged one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from kcs.article.days import parse_day, parse_moment
from kcs.article.splice import flow_mapping, remove_entry, scalar, set_entry, set_value
from kcs.article.yaml_spans import Layout, Node
from kcs.authoring.merge_parts import Parts
from kcs.errors import CannotEdit

TRUST_KEYS = ("verified", "flags", "stale_after")

Entry = Mapping[str, Any]
Sides = tuple[Parts, Parts, Parts]


def settle(
    raw: bytes, key: str, base: Parts, ours: Parts, theirs: Parts, date_order: str = ""
) -> bytes | None:
    """`raw`, our file, with `key` as both sides together want it; None if a person has to decide.

    `date_order`: how the base writes the days of its mapped date (kcs.article.days).
    """
    if _comments(theirs.text(key)) - _comments(base.text(key)) - _comments(ours.text(key)):
        return None
    try:
        if key == "verified":
            return _entries(raw, key, (base, ours, theirs), _person_of(base, ours, theirs))
        if key == "flags":
            return _entries(raw, key, (base, ours, theirs), canonical)
        if key == "stale_after":
            return _date(raw, key, ours, theirs, earlier=True)
        return _date(raw, key, ours, theirs, earlier=False, order=date_order)
    except (CannotEdit, ValueError):
        return None


def canonical(entry: Any) -> str:
    """One spelling for equal values."""
    return json.dumps(entry, sort_keys=True, ensure_ascii=True)


# -- lists of stamps and flags ------------------------------------------------------------------------------


def _entries(raw: bytes, key: str, sides: Sides, identity: Callable[[Entry], str]) -> bytes:
    base, ours, theirs = (_list(side.meta.get(key)) for side in sides)
    wanted = merged_entries(base, ours, theirs, identity)
    mine = {identity(one) for one in ours}
    for index, entry in enumerate(theirs):
        name = identity(entry)
        if name in wanted and name not in mine:
            raw = set_entry(raw, key, None, _spelt(sides[2], key, index))
            mine.add(name)
    spelt = {canonical(entry): index for index, entry in enumerate(theirs)}
    for index in reversed(range(len(ours))):
        chosen = wanted.get(identity(ours[index]))
        if chosen is None:
            raw = remove_entry(raw, key, index)
        elif chosen != ours[index]:
            raw = set_entry(raw, key, index, _spelt(sides[2], key, spelt[canonical(chosen)]))
    return raw


def merged_entries(
    base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry], identity: Callable[[Entry], str]
) -> dict[str, Entry]:
    """The entries that stay, by identity; of one that both sides changed the newest."""
    old, mine, other = ({identity(entry): entry for entry in side} for side in (base, ours, theirs))
    wanted = {}
    for name in {**mine, **other}:
        was, here, there = old.get(name), mine.get(name), other.get(name)
        chosen = here if there == was else there if here == was else _newest(here, there)
        if chosen is not None:
            wanted[name] = chosen
    return wanted


def _newest(ours: Entry | None, theirs: Entry | None) -> Entry | None:
    if ours is None or theirs is None:
        return ours or theirs
    return max((ours, theirs), key=lambda entry: (_moment(entry.get("at")), canonical(entry)))


def _moment(value: Any) -> datetime:
    """The moment; an unreadable one is older than any readable one."""
    text = value if isinstance(value, str) else ""
    found = parse_moment(text) or datetime.combine(parse_day(text) or date.min, time.min)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _person_of(*sides: Parts) -> Callable[[Entry], str]:
    """Stamps go by person; date-only claims, and a person's stamps where somebody has several, by all they say."""
    several: set[Any] = set()
    for side in sides:
        names = Counter(_signer(entry) for entry in _list(side.meta.get("verified")))
        several |= {name for name, count in names.items() if count > 1}

    def identity(entry: Entry) -> str:
        signer = _signer(entry)
        return canonical(entry) if signer is None or signer in several else f"by {signer}"

    return identity


def _signer(entry: Entry) -> str | None:
    by = entry.get("by")
    return by if isinstance(by, str) and by and entry.get("content") else None


def _list(value: Any) -> list[Entry]:
    items = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(item, Mapping) for item in items):
        raise CannotEdit("an entry is not a mapping", hint="mend the front matter by hand")
    return items


# -- dates --------------------------------------------------------------------------------------------------


def _date(
    raw: bytes, key: str, ours: Parts, theirs: Parts, *, earlier: bool, order: str = ""
) -> bytes | None:
    here, there = ours.meta.get(key), theirs.meta.get(key)
    if there is None and earlier:
        return raw
    mine, other = (
        parse_day(value, order=order) if isinstance(value, str) else None for value in (here, there)
    )
    if earlier:
        take = here is None or (other or date.min) < (mine or date.min)
    elif mine is None or other is None:
        return None
    else:
        take = other > mine
    return set_value(raw, key, _value(theirs, key)) if take else raw


# -- how it is spelt ----------------------------------------------------------------------------------------


def _value(side: Parts, key: str) -> str:
    node = _node(side, key)
    written = side.block[node.start : node.end]
    value = side.meta[key]
    return written if "\n" not in written or not isinstance(value, str) else scalar(value)


def _spelt(side: Parts, key: str, index: int) -> str:
    """The entry as that side wrote it if it is one line of flow style, else rewritten."""
    node = _node(side, key)
    node = node.items[index] if node.kind == "sequence" else node
    written = side.block[node.start : node.end]
    if node.flow and "\n" not in written:
        return written
    entry = _list(side.meta[key])[index]
    if not all(isinstance(value, str | bool) for value in entry.values()):
        raise CannotEdit("an entry holds more than text", hint="merge it by hand")
    return flow_mapping(entry.items())


def _node(side: Parts, key: str) -> Node:
    root = Layout(side.block).root
    assert root is not None, "the key was read from it"
    return next(value for name, value in root.pairs if name.value == key)


def _comments(text: str) -> Counter[str]:
    layout = Layout(text)
    return Counter(text[start:end].strip() for start, end in layout.comments)
