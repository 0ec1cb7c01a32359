"""The articles' values in a field, compared as people type them: shared by all filters, so that all match alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kcs.article.letters import arabic, latin, normal
from kcs.kb.articles import Article
from kcs.kb.settings.config import Config
from kcs.kb.settings.named import our_type
from kcs.patterns import later

_BETWEEN = later(r"[\s_-]+")

VALUES: Mapping[str, Callable[[Article], Sequence[str]]] = {
    "owner": lambda one: (one.owner,),
    "product": lambda one: (one.own.product,),
    "tag": lambda one: one.own.tags,
    "type": lambda one: (one.type,),
    "confidence": lambda one: (one.confidence,),
    "audience": lambda one: (one.settings.audience,),
    "governance": lambda one: (one.settings.governance,),
    "language": lambda one: (one.settings.language, one.settings.language.partition("-")[0]),
}


def folded(text: str) -> str:
    """The text without accents and capitals, in every script, as search compares."""
    return latin(arabic(normal(text)))


def alike(value: str) -> str:
    """Fold it so that `rackspace-email`, which needs no quotes, equals *Rackspace Email*."""
    return _BETWEEN.sub("-", folded(value))


def known(articles: Iterable[Article], field: str) -> dict[str, str]:
    """The values of a field of VALUES: compared form -> an article's spelling."""
    values = VALUES[field]
    return {alike(value): value for article in articles for value in values(article) if value}


def asked_as(config: Config, field: str, typed: str) -> str:
    """The compared form of a typed value: a type's name in this base stands for ours, as in its articles."""
    return alike(our_type(config.types, typed) if field == "type" else typed)


def meant_by(config: Config, field: str, typed: str, among: Mapping[str, str]) -> str:
    """As `nearest`; empty for a value that kcs.toml names: it is spelt right, and no article has it yet."""
    if field == "audience":
        named: Sequence[str] = config.audiences
    else:
        named = config.taxonomy.get(f"{field}s", ())
    return "" if asked_as(config, field, typed) in map(alike, named) else nearest(typed, among)


def nearest(typed: str, among: Mapping[str, str]) -> str:
    """The value probably meant by `typed`, which no article has; empty if none is near."""
    from difflib import get_close_matches

    wanted = alike(typed)
    longer = [name for name in sorted(among) if f"-{wanted}-" in f"-{name}-"]
    longer += [name for name in sorted(among) if name.startswith(wanted)]
    close = longer or get_close_matches(wanted, sorted(among), 1, 0.6)
    return among[close[0]] if close else ""
