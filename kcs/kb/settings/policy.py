"""The settings of one article: its own value, else the first matching policy's, else the default."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kcs.article.days import Interval, parse_interval
from kcs.article.states import NOT_VALIDATED, VALIDATED
from kcs.article.trust import Terms
from kcs.kb.globs import matcher
from kcs.kb.settings.config import Config, Policy
from kcs.kb.settings.named import Facts, Named, are_entangled, asked, holds, named, with_named, words_of
from kcs.kb.settings.team import Team
from kcs.tuples import NamedTuple

DEFAULT_INTERVAL = "180d"
# An unreadable interval leaves no day on which to trust the article: a gate never fails open.
_UNREADABLE = Interval()


class Own(NamedTuple):
    """An article's own values that policies match on or give way to. None: not set.

    `types`, `products`, `languages`: the words of a list where one
    word is asked, so that no policy is escaped by writing one.
    """

    type: str = ""
    product: str = ""
    tags: tuple[str, ...] = ()
    confidence: str | None = None
    audience: str | None = None
    governance: str | None = None
    language: str | None = None
    verify_every: str | None = None
    has_reason: bool = False
    verifiers: tuple[str, ...] = ()
    owner: str = ""
    dated: bool = False
    types: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


# Values that only decide which policies match: the key of `match`, and the fields with their empty values.
_MATCHED: dict[str, dict[str, Any]] = {
    "type": {"type": "", "types": ()},
    "product": {"product": "", "products": ()},
    "tag": {"tags": ()},
}


class Settings(NamedTuple):
    """What holds for an article. `interval_from` is the interval's source: article, policy or default."""

    confidence: str
    audience: str
    governance: str
    language: str
    verify_every: str
    interval_from: str
    publishers: tuple[str, ...]
    images: bool
    second_eyes: bool
    terms: Terms


class Policies:
    """The policies of one base. Articles alike to them share one Settings."""

    def __init__(self, config: Config, team: Team) -> None:
        self._config = config
        self._team = team
        self._left = team.left()
        self._wanted = [asked(policy.match, config.types) for policy in config.policies]
        self._paths: list[Callable[[str], bool] | None] = [
            matcher(policy.match["path"]) if "path" in policy.match else None for policy in config.policies
        ]
        self._terms: dict[tuple[int, Interval | None, frozenset[str] | None], Terms] = {}
        self._asked = {key for wanted in self._wanted for key in wanted}
        self._unasked = {
            field: blank
            for key, blanks in _MATCHED.items()
            if key not in self._asked
            for field, blank in blanks.items()
        }
        self._entangled = are_entangled(config.policies)
        self._known: dict[tuple[tuple[bool, ...], Own], Settings] = {}

    def settings(self, path: str, own: Own) -> Settings:
        """What holds for the article at `path`."""
        return self.settled(self.fits(path), own)

    def fits(self, path: str) -> tuple[bool, ...]:
        """Which policies may hold at `path`, in their order."""
        return tuple([match is None or match(path) for match in self._paths])

    def idle(self, articles: Iterable[tuple[str, Own, Settings]]) -> list[int]:
        """The places of the policies that hold for none of these articles: path, own values, settings."""
        left = dict(enumerate(self._config.policies))
        for path, own, settings in articles:
            fits, facts = self.fits(path), facts_of(own, settings, self._asked)
            left = {at: one for at, one in left.items() if not (fits[at] and holds(self._wanted[at], facts))}
            if not left:
                break
        return list(left)

    def settled(self, fits: tuple[bool, ...], own: Own) -> Settings:
        """What holds for all articles with these own values at paths that these policies fit."""
        key = (fits, own)
        found = self._known.get(key)
        if found is None:
            alike = (fits, own._replace(**self._unasked))
            found = self._known[key] = self._known[alike] = self._known.get(alike) or self._work_out(*alike)
        return found

    def _work_out(self, fits: tuple[bool, ...], own: Own) -> Settings:
        config = self._config
        on_path = [
            (policy, wanted)
            for policy, wanted, fit in zip(config.policies, self._wanted, fits, strict=True)
            if fit
        ]
        words = words_of(own, self._asked)

        def said(key: str, facts: Facts) -> Any:
            return _first(key, on_path, facts, config.defaults)

        found = named(own, words, said, config.audiences, entangled=self._entangled)
        facts = with_named(words, dict(zip(found._fields, found, strict=True)))

        def set_to(key: str) -> Any:
            return said(key, facts)

        every, interval, source = _interval(own, set_to("verify_every"))
        verifiers = own.verifiers or set_to("verifiers") or ()
        return Settings(
            confidence=own.confidence or set_to("confidence") or (VALIDATED if own.dated else NOT_VALIDATED),
            audience=found.audience,
            governance=found.governance,
            language=found.language,
            verify_every=every,
            interval_from=source,
            publishers=set_to("publishers") or (),
            images=bool(set_to("images")),
            second_eyes=bool(set_to("second_eyes")),
            terms=self._shared(set_to("quorum") or 1, interval, self._team.entitled(verifiers, own.owner)),
        )

    def _shared(self, quorum: int, interval: Interval | None, entitled: frozenset[str] | None) -> Terms:
        """One object for equal terms, so that judging many can compare by identity."""
        key = (quorum, interval, entitled)
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = Terms(quorum, interval, entitled, self._left)
        return found


def _first(key: str, policies: list[tuple[Policy, Facts]], facts: Facts, defaults: Policy) -> Any:
    for policy, wanted in policies:
        if key in policy.sets and holds(wanted, facts):
            return policy.sets[key]
    return defaults.sets.get(key)


def facts_of(own: Own, settings: Settings, keys: Iterable[str]) -> Facts:
    """All that `match` looks at, by its key, but the path; of words, for those of these keys."""
    three = {key: getattr(settings, key) for key in Named._fields}
    return with_named(words_of(own, keys), three)


def _interval(own: Own, asked: str | None) -> tuple[str, Interval | None, str]:
    """The interval as text and as a value (None: never), and where it comes from."""
    if own.verify_every is not None and (own.verify_every != "never" or own.has_reason):
        text, source = own.verify_every, "article"
    else:
        text, source = asked or DEFAULT_INTERVAL, "policy" if asked else "default"
    return text, None if text == "never" else parse_interval(text) or _UNREADABLE, source
