"""Our keys under which a base keeps something of its own: ours is then called kcs_..., and theirs is left alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from kcs.authoring.adopt.survey import Candidate

# The address of a page or a channel.
# A plain name stays an owner whom team.toml can name later: until then nobody else vouches.
_ADDRESS = re.compile(r"[/:#]")
# Words by which sites say that a page is shown. Any other word (`in review`, `obsolete`) may hold it back.
_OUT = frozenset(("published", "publish", "public", "live", "active", "current", "released"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Apart:
    """Our key `ours`, which in `count` articles means something else, mostly `example`."""

    ours: str
    count: int
    example: str
    why: str


def set_apart(
    articles: Sequence[Candidate], *, people: Collection[str], audiences: Collection[str], closed: bool
) -> list[Apart]:
    """The keys whose values mean nothing to us, by name. `people`: who may be an owner, in lower case.

    `closed`: articles that name no audience count as the most closed. If not, an unknown audience stays
    and counts as the most closed: taken for none, it would open what may be meant to stay closed.
    """
    asked: list[tuple[str, str, Callable[[Any], bool], bool]] = [
        (
            "owner",
            "are addresses, of nobody that Git or team.toml knows",
            lambda one: str(one).casefold() in people or not _ADDRESS.search(_shown(one)),
            False,
        ),
        ("owner", "are lists, and an owner here is one", lambda one: not isinstance(one, list), False),
        ("product", "are lists, and an article here is of one", lambda one: not isinstance(one, list), False),
        ("language", "name no language by its code", _is_language, False),
        ("status", "only say that a page is out", lambda one: str(one).casefold() not in _OUT, True),
    ]
    if closed:
        known = f"are none of {', '.join(audiences)}"
        asked.append(("audience", known, lambda one: one in audiences, True))
    found: list[Apart] = []
    for ours, why, fits, whole in asked:
        values = [
            value for one in articles if (value := one.document.meta.get(ours)) not in (None, "", [], {})
        ]
        fitting = sum(map(fits, values))
        # A single `draft` among the values holds a page back: then the
        # whole key stays ours, and unknown values count as closed.
        if (
            values
            and ours not in {one.ours for one in found}
            and (not fitting if whole else 2 * fitting < len(values))
        ):
            example = Counter(map(_shown, values)).most_common(1)[0][0]
            found.append(Apart(ours, len(values), example, why))
    return found


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def _shown(value: Any) -> str:
    first = value[0] if isinstance(value, list) else value
    return str(first)[:80]
