"""Which area of responsibility an article belongs to: the first of team.toml's [areas] whose `match` fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kcs.kb.globs import matcher
from kcs.kb.settings.named import asked, holds
from kcs.kb.settings.policy import facts_of

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.settings.config import Config
    from kcs.kb.settings.team import Area, Team


def areas_of(team: Team, config: Config) -> Callable[[Article], Area | None]:
    """A function from article to area. An area without `match` takes none."""
    areas = [one for one in team.areas.values() if one.match]
    paths = [matcher(one.match["path"]) if "path" in one.match else None for one in areas]
    wanted = [asked(one.match, config.types) for one in areas]
    keys = {key for one in wanted for key in one}

    def area(article: Article) -> Area | None:
        facts = facts_of(article.own, article.settings, keys)
        for one, on_path, words in zip(areas, paths, wanted, strict=True):
            if on_path is not None and not on_path(article.path):
                continue
            if holds(words, facts):
                return one
        return None

    return area
