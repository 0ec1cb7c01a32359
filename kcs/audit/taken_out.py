"""What a change removes from judgement: former articles, and promises and rules that kcs.toml withdraws.

Whoever lowers the bar and stays below the old one in the same change is told. Findings in the baseline,
warnings and findings that come with time stop nobody, nor does a rule or a promise withdrawn for articles
that the change leaves as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED
from kcs.audit.finding import ERROR
from kcs.audit.perform import rules_of
from kcs.audit.runner import audit
from kcs.errors import ConfigProblem
from kcs.kb.destinations import leads_out
from kcs.kb.kept.cache import Cache
from kcs.kb.source import WorkingTree
from kcs.kb.staged import StagedTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kcs.audit.change import Change
    from kcs.audit.finding import Finding
    from kcs.audit.settings import Chosen
    from kcs.audit.wanted import Wanted
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.settings.config import Config

CHANGED = "KCS102"
WAY = "a change that is meant to do so is let pass by --allow-exclusion"


def taken_out(change: Change, wanted: Wanted) -> Iterator[Finding]:
    """The errors that the earlier rules find in validated or
    unreadable articles, and that the change hides from the rules.
    """
    old = {one.entry.code: one for one in _earlier_rules(change, wanted) if not one.rule.by_time}
    found = {one.fingerprint: one for one in _by_settings(change, wanted, old)}
    if change.stand_ins:
        from kcs.audit.moved_out import moved_out

        found |= {one.fingerprint: one for one in moved_out(change, old) if one.fingerprint not in found}
    yield from found.values()


def _earlier_rules(change: Change, wanted: Wanted) -> list[Chosen]:
    """Those of the earlier kcs.toml; the present ones if nobody could audit by that one, which the change may mend."""
    try:
        return rules_of(change.before, wanted)
    except ConfigProblem:
        return rules_of(change.kb, wanted)


def _by_settings(change: Change, wanted: Wanted, old: dict[str, Chosen]) -> Iterator[Finding]:
    kb, then = change.kb, change.before.config
    if kb.config == then:
        return
    if (kb.config.include, kb.config.exclude) != (then.include, then.exclude):
        wider = _with(change, kb.config._replace(include=then.include, exclude=then.exclude))
        yield from _told(errors(wider, _left(change, wider), old, change), "the article")
    if _asks(kb.config) != _asks(then):
        # An article that names no audience has the first one. New audiences stay known: no earlier policy was for them.
        audiences = tuple(dict.fromkeys((*then.audiences, *kb.config.audiences)))
        asked = kb.config._replace(
            defaults=then.defaults, policies=then.policies, audiences=audiences, style=then.style
        )
        yield from _told(_asked_before(change, asked, old), "what it asks")
    if (kb.config.fields, kb.config.types) != (then.fields, then.types):
        promising = kb.config._replace(
            fields=then.fields, types=then.types, defaults=then.defaults, policies=then.policies
        )
        stricter = _with(change, promising)
        yield from _told(errors(stricter, _taken_back(change, stricter), old, change), "the promise")
    if kb.config.link_root != then.link_root and leads_out(kb.config.link_root):
        # Another site's addresses would count as the base's own, and a link could be redirected there.
        plain = _with(change, kb.config._replace(link_root=then.link_root))
        mine = {one.path for one in change.touched}
        bent = errors(plain, [one for one in plain.articles if one.path in mine], old, change)
        yield from _told([one for one in bent if one.rule == CHANGED], "its links")
    if kb.config.link_site != then.link_site and then.link_site:
        yield from _told(
            _asked_before(change, kb.config._replace(link_site=then.link_site), old), "its links"
        )
    if kb.config.rules != then.rules:
        yield from _told(_made_less_of(change, wanted, old), "the rule")


def _asks(config: Config) -> tuple[object, ...]:
    """The settings that decide what an article must satisfy."""
    return config.defaults, config.policies, config.audiences, config.style


def _left(change: Change, wider: KnowledgeBase) -> Iterator[Article]:
    """Former articles, wherever they are now, that only kcs.toml excludes."""
    kb, then = change.kb, change.before
    moved = {key for key in change.departed if not change.goes_on(key)}
    for article in wider.articles:
        if article.path not in kb.by_path and (article.path in then.by_path or wider.key(article) in moved):
            yield article


def _asked_before(change: Change, asked: Config, old: Mapping[str, Chosen]) -> list[Finding]:
    """Findings in the touched articles under `asked` (kcs.toml with
    one part as before) that the present kcs.toml does not give.
    """
    stricter, mine = _with(change, asked), {one.path for one in change.touched}
    found = errors(stricter, [one for one in stricter.articles if one.path in mine], old, change)
    if not found:
        return []
    return _not_among(found, errors(change.kb, change.touched, old, change))


def _made_less_of(change: Change, wanted: Wanted, old: Mapping[str, Chosen]) -> list[Finding]:
    """Errors in the touched articles under the earlier rules that the present ones do not give."""
    kb = change.kb
    new = {one.entry.code: one for one in rules_of(kb, wanted)}
    other = {code: one for code, one in old.items() if code in new and not _alike(one, new[code], change)}
    found = errors(kb, change.touched, other, change)
    if not found:
        return []
    return _not_among(found, errors(kb, change.touched, {code: new[code] for code in other}, change))


def _not_among(found: Sequence[Finding], now: Iterable[Finding]) -> list[Finding]:
    """By their place too: translations with one permalink share their findings' names."""
    known = {(one.path, one.fingerprint) for one in now}
    return [one for one in found if (one.path, one.fingerprint) not in known]


def _alike(one: Chosen, other: Chosen, change: Change) -> bool:
    """Whether both demand the same of every article that the change touches."""
    return all(one.at(article.path) == other.at(article.path) for article in change.touched)


def _taken_back(change: Change, stricter: KnowledgeBase) -> Iterator[Article]:
    """Touched articles that would be validated under the earlier kcs.toml."""
    mine = {one.path for one in change.touched if one.confidence != VALIDATED}
    yield from (one for one in stricter.articles if one.path in mine)


def errors(
    kb: KnowledgeBase, articles: Iterable[Article], rules: Mapping[str, Chosen], change: Change
) -> list[Finding]:
    """The errors that these rules find in the articles that are validated or unreadable."""
    before = None if kb is change.before else change.before
    concerned = [one for one in articles if one.unreadable or one.confidence == VALIDATED]
    if not concerned or not rules:
        return []
    return [one for one in audit(kb, concerned, list(rules.values()), before=before) if one.severity == ERROR]


def _told(found: Iterable[Finding], what: str) -> Iterator[Finding]:
    for one in found:
        ways = "\n".join([*one.help.splitlines(), f"or leave kcs.toml as it was; {WAY}"])
        message = f"{one.message}; kcs.toml takes {what} out of judgement in this same change"
        yield one._replace(message=message, help=ways, fixable=False)


class _Unkept(Cache):
    """A cache that keeps nothing: kept data belong to the present kcs.toml."""

    def read_bytes(self, name: str, key: str = "") -> bytes | None:  # noqa: ARG002
        """Nothing is kept."""
        return None

    def write_bytes(self, name: str, body: bytes, key: str = "") -> bool:  # noqa: ARG002
        """Nothing is kept."""
        return False

    def drop(self, name: str) -> None:
        """Nothing is kept."""


def _with(change: Change, config: Config) -> KnowledgeBase:
    """The present base under another kcs.toml."""
    kb = change.kb
    cache = _Unkept(kb.root)
    working = WorkingTree(kb.root, cache, kb.repo.object_format if kb.repo else "sha1")
    staged = isinstance(kb.source, StagedTree) and kb.repo is not None
    base = type(kb)(
        kb.root,
        repo=kb.repo,
        commit=None,
        source=StagedTree(kb.repo, kb.prefix, working) if staged and kb.repo else working,
        config=config,
        team=kb.team,
        today=kb.today,
    )
    base.cache = cache
    return base
