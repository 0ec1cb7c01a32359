"""What `match` looks at in an article: its words, and its governance, audience and language, each of which a
policy may match on to set another one. Words are compared as filters compare them: another spelling is no way
past a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kcs.article.states import COMPLIANCE, GOVERNANCES
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.settings.config import Policy
    from kcs.kb.settings.policy import Own


# Key of `match` -> compared words. A path is a pattern, and is asked elsewhere.
Facts = Mapping[str, tuple[str, ...]]
_WORDS = ("type", "product", "tag")


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
    own: Own, words: Facts, first: Callable[[str, Facts], Any], audiences: Sequence[str], *, entangled: bool
) -> Named:
    """What they are, as policies say by all of them: looked up again until nothing changes.

    `words`: all else that `match` looks at. `first` gives a key's value by such facts.
    """
    given = {key: getattr(own, key) for key in _KEYS}
    now = {key: _known(key, value, audiences) for key, value in given.items() if value}
    seen: list[Named] = []
    while True:
        for key in _KEYS:
            others = {other: value for other, value in now.items() if other != key}
            now[key] = _known(key, given[key] or first(key, with_named(words, others)), audiences)
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


def asked(match: Facts, types: Mapping[str, str]) -> Facts:
    """What `match` asks but for the path. A type's name in this base stands for ours, `types` being theirs -> ours."""
    return {
        key: tuple([_compared(key, one, types) for one in words])
        for key, words in match.items()
        if key != "path"
    }


def _compared(key: str, word: str, types: Mapping[str, str]) -> str:
    if key == "type":
        word = our_type(types, word.strip())
    return _alike(word) if key in _WORDS else said(key, word)[0]


def holds(wanted: Facts, facts: Facts) -> bool:
    """Whether an article with these facts is among what is asked."""
    return all(any(fact in words for fact in facts.get(key, ())) for key, words in wanted.items())


def words_of(own: Own, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Its words for those of these keys that need no settings."""
    raw = {"type": own.types or (own.type,), "product": own.products or (own.product,), "tag": own.tags}
    found = {key: tuple(map(_alike, words)) for key, words in raw.items() if key in keys}
    if own.languages and "language" in keys:
        found["language"] = tuple([form for one in own.languages for form in said("language", one)])
    return found


def with_named(words: Facts, named: Mapping[str, str]) -> Facts:
    """The words with governance, audience and language. A list of languages is no single one, and each in it holds."""
    return {**words, **{key: (*said(key, one), *words.get(key, ())) for key, one in named.items()}}


def said(key: str, value: str) -> tuple[str, ...]:
    """An audience, governance or language in its compared forms. `th-TH` is Thai as well."""
    if key != "language" or not value:
        return (value,)
    # Loads nothing for a language as nearly everybody writes it.
    form = value if value.isascii() and value.isalpha() and value.islower() else _alike(value)
    return (form, form.partition("-")[0])


def our_type(types: Mapping[str, str], kind: str) -> str:
    """Our name of a type, in whatever spelling the base's own name stands; `types`: theirs -> ours."""
    if not kind or not types or kind in types or kind in types.values():
        return types.get(kind, kind)
    from kcs.kb.values import alike

    return next((ours for theirs, ours in types.items() if alike(theirs) == alike(kind)), kind)


@lru_cache(100_000)
def _alike(word: str) -> str:
    from kcs.kb.values import alike

    return alike(word.strip())
