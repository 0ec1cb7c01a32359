"""Governance, audience and language of an article. A policy may match on each of them and set another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kcs.article.states import COMPLIANCE, GOVERNANCES
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.settings.config import Policy
    from kcs.kb.settings.policy import Own

Facts = Mapping[str, tuple[str, ...]]


class Named(NamedTuple):
    """Known ones alone: an unknown audience is the most closed, an unknown governance compliance."""

    governance: str
    audience: str
    language: str


_KEYS = Named._fields


def are_entangled(policies: Sequence[Policy]) -> bool:
    """Whether a policy matches on one of them and sets another."""
    return any({*_KEYS} & one.sets.keys() and {*_KEYS} & one.match.keys() for one in policies)


def named(
    own: Own, facts: Facts, said: Callable[[str, Facts], Any], audiences: Sequence[str], *, entangled: bool
) -> Named:
    """What they are, as policies say by all of them: looked up again until nothing changes.

    `facts`: all else that `match` looks at. `said` gives a key's value by such facts.
    """
    given = {key: getattr(own, key) for key in _KEYS}
    now = {key: _known(key, value, audiences) for key, value in given.items() if value}
    seen: list[Named] = []
    while True:
        for key in _KEYS:
            others = {other: (value,) for other, value in now.items() if other != key}
            now[key] = _known(key, given[key] or said(key, {**facts, **others}), audiences)
        found = Named(**now)
        if not entangled or found in seen[-1:]:
            return found
        if found in seen:
            break
        seen.append(found)
    # In a circle, what would close one of them opens it again: the most closed of each counts.
    circle = seen[seen.index(found) :]
    closed = any(one.governance == COMPLIANCE for one in circle)
    audience = min((one.audience for one in circle), key=audiences.index)
    return Named(COMPLIANCE if closed else found.governance, audience, found.language)


def _known(key: str, value: str | None, audiences: Sequence[str]) -> str:
    if key == "governance":
        return value if value in GOVERNANCES else COMPLIANCE if value else GOVERNANCES[0]
    if key == "audience":
        return value if value and value in audiences else audiences[0]
    return value or ""
