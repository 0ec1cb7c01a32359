"""Which area of responsibility an article belongs to: the first of team.toml's [areas] whose `match` fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kcs.errors import ConfigProblem, nearest_hint
from kcs.kb.globs import matcher
from kcs.kb.settings.team import TEAM_NAME, Area

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.settings.team import Team

_FACTS: dict[str, Callable[[Article], tuple[str, ...]]] = {
    "type": lambda one: (one.own.type,),
    "product": lambda one: (one.own.product,),
    "tag": lambda one: one.own.tags,
    "audience": lambda one: (one.settings.audience,),
    "governance": lambda one: (one.settings.governance,),
    "language": lambda one: (one.settings.language,),
}


def areas_of(team: Team) -> Callable[[Article], Area | None]:
    """A function from article to area. An area without `match` takes none. ConfigProblem for an unusable `match`."""
    areas = [(one, _wanted(one)) for one in team.areas.values() if one.match]
    paths = [matcher(wanted["path"]) if "path" in wanted else None for _, wanted in areas]

    def area(article: Article) -> Area | None:
        for (one, wanted), on_path in zip(areas, paths, strict=True):
            if on_path is not None and not on_path(article.path):
                continue
            if all(
                key == "path" or any(fact in values for fact in _FACTS[key](article))
                for key, values in wanted.items()
            ):
                return one
        return None

    return area


def _wanted(area: Area) -> Mapping[str, tuple[str, ...]]:
    return {key: _words(area, key, value) for key, value in area.match.items()}


def _words(area: Area, key: str, value: Any) -> tuple[str, ...]:
    where = f"[areas.{area.id}] match"
    if key not in ("path", *_FACTS):
        hint = nearest_hint(key, ["path", *_FACTS])
        raise ConfigProblem(f"unknown key {key!r} in {where}", path=TEAM_NAME, hint=hint)
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(isinstance(one, str) and one for one in words):
        message = f"{key} in {where} is {value!r}, but must be a text or a list of texts"
        raise ConfigProblem(message, path=TEAM_NAME)
    return tuple(words)
