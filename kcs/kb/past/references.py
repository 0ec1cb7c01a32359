"""Date-only claims and the commits that introduced them: who made each claim, about which content.

A mapped date alone says nothing about content. Git knows which commit introduced the present value, hence
who set it and what the article said then. This depends only on the commit, so we keep it by the commit's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.kept.by_path import NotWrittenSo
from kcs.kb.past.versions import another
from kcs.kb.settings.config import Config
from kcs.tuples import NamedTuple

UNCOMMITTED = "uncommitted"
KNOWN = "known"
UNKNOWN = "unknown"


class Origin(NamedTuple):
    """Where a claim came in. `status`: known; uncommitted (the present file vouches); or unknown.

    `path` is the file's path then, from the base's root; `at` is the author's time in epoch seconds.
    """

    status: str
    commit: str = ""
    blob: str = ""
    path: str = ""
    author: str = ""
    email: str = ""
    at: int = 0


class Claimed(NamedTuple):
    """A claim in a commit: its value, and where that came in."""

    value: str
    origin: Origin


class Here(NamedTuple):
    """What lies in the folder, or is staged: the articles, the bytes of one, and whether a file is there.
    `rested` is called where an answer rests on the bytes of other articles, so that it is not kept for this
    one's.
    """

    articles: Callable[[], Sequence[Article]]
    raw: Callable[[Article], bytes]
    exists: Callable[[str], bool]
    rested: Callable[[], None]


class References:
    """The origins of all claims as of one commit.

    `claimed`: the claims of a path there, by name; None if it has none. `moved`: those of an article that was
    moved since; None if it was not. `texts`: bytes of versions that introduced claims, by blob, as far as
    they were read on the way. `told`: all that is known of a path, in bytes, equal only where it is the same.
    """

    def __init__(
        self,
        claimed: Callable[[str], Mapping[str, Claimed] | None],
        moved: Callable[[Article], Mapping[str, Claimed] | None] = lambda _: None,
        texts: dict[str, bytes] | None = None,
        told: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self.texts = texts or {}
        self.told = told
        self._claimed = claimed
        self._moved = moved

    def origin(self, article: Article, claim: str) -> Origin:
        """Where `article`'s present claim of this name came in."""
        try:
            for look in (lambda one: self._claimed(one.path), self._moved):
                if found := made(look(article), claim, article.claims[claim]):
                    return found
        except NotWrittenSo:
            return Origin(UNKNOWN)  # kept data that are damaged vouch for nobody
        return Origin(UNCOMMITTED)


def made(claimed: Mapping[str, Claimed] | None, claim: str, value: str) -> Origin | None:
    """Where such a claim came in, if it is among these."""
    found = [(claimed or {}).get(name) for name in (claim, another(claim, value))]
    return next((one.origin for one in found if one and one.value == value), None)


def claimed_by(said: Mapping[str, str], origins: Mapping[str, Origin]) -> dict[str, Claimed]:
    """A file's claims, each with its origin by name; unknown where none is given."""
    unknown = Origin(UNKNOWN)
    return {name: Claimed(value, origins.get(name, unknown)) for name, value in said.items()}


def unknown_references(articles: Iterable[Article]) -> References:
    """All origins unknown, as outside Git."""
    claims = {article.path: claimed_by(article.claims, {}) for article in articles}
    return References(claims.get)


def claim_fields(config: Config) -> tuple[str, ...]:
    """The front matter keys that may hold a date-only claim."""
    mapped = config.fields.get(MAPPED_DATE)
    return (*((mapped,) if mapped else ()), "verified")
