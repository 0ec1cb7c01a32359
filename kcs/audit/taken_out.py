"""What a change of kcs.toml takes out of judgement: articles that are none any more, and rules that are off now.

Whoever moves the bar and is below it in the same change is told so. What the baseline knows, warnings, and what a day brings
stop nobody, nor does a rule that is switched off for articles which the change leaves as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.article.states import VALIDATED
from kcs.audit.finding import ERROR, OFF
from kcs.audit.perform import rules_of
from kcs.audit.runner import audit
from kcs.kb.cache import Cache
from kcs.kb.source import WorkingTree
from kcs.kb.staged import StagedTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kcs.audit.change import Change
    from kcs.audit.finding import Finding
    from kcs.audit.settings import Chosen
    from kcs.audit.wanted import Wanted
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

_WHY = "kcs.toml takes {what} out of judgement in this same change"
_WAY = "or leave kcs.toml as it was; a change that is meant to do so is let pass by --allow-exclusion"


def taken_out(change: Change, wanted: Wanted) -> Iterator[Finding]:
    """Errors, by the rules as they were, in validated or unreadable articles that the change takes away from these."""
    kb, then = change.kb, change.before
    if kb.config == then.config:
        return
    old = {one.entry.code: one for one in rules_of(then, wanted) if not one.rule.by_time}
    if (kb.config.include, kb.config.exclude) != (then.config.include, then.config.exclude):
        wider = _included_as_before(change)
        for one in _errors(wider, list(_left(change, wider)), old, then):
            yield _told(one, "the article")
    if kb.config.rules != then.config.rules:
        new = {one.entry.code: one for one in rules_of(kb, wanted)}
        quiet = {code: one for code, one in old.items() if code in new and _may_be_off(new[code])}
        for one in _errors(kb, change.touched, quiet, then):
            if new[one.rule].at(one.path).severity == OFF:
                yield _told(one, "the rule")


def _left(change: Change, wider: KnowledgeBase) -> Iterator[Article]:
    """What was an article, wherever it lies now, and is none by kcs.toml alone."""
    kb, then = change.kb, change.before
    moved = {then.key(one) for one in then.articles} - {kb.key(one) for one in kb.articles}
    for article in wider.articles:
        if article.path not in kb.by_path and (article.path in then.by_path or wider.key(article) in moved):
            yield article


def _errors(
    kb: KnowledgeBase, articles: Iterable[Article], rules: dict[str, Chosen], before: KnowledgeBase
) -> list[Finding]:
    concerned = [one for one in articles if one.unreadable or one.confidence == VALIDATED]
    if not concerned or not rules:
        return []
    return [one for one in audit(kb, concerned, list(rules.values()), before=before) if one.severity == ERROR]


def _told(finding: Finding, what: str) -> Finding:
    ways = "\n".join([*finding.help.splitlines(), _WAY])
    return finding._replace(message=f"{finding.message}; {_WHY.format(what=what)}", help=ways, fixable=False)


def _may_be_off(chosen: Chosen) -> bool:
    return chosen.defaults.severity == OFF or any(severity == OFF for _, severity, _ in chosen.layers)


class _Unkept(Cache):
    """Keeps nothing: what is kept is of the base as kcs.toml has it now."""

    def read_bytes(self, name: str, key: str = "") -> bytes | None:  # noqa: ARG002
        """Nothing is kept."""
        return None

    def write_bytes(self, name: str, body: bytes, key: str = "") -> bool:  # noqa: ARG002
        """Nothing is kept."""
        return False

    def drop(self, name: str) -> None:
        """Nothing is kept."""


def _included_as_before(change: Change) -> KnowledgeBase:
    """The base as it is, with the articles that kcs.toml made of its files before."""
    kb, then = change.kb, change.before.config
    cache = _Unkept(kb.root)
    working = WorkingTree(kb.root, cache, kb.repo.object_format if kb.repo else "sha1")
    staged = isinstance(kb.source, StagedTree) and kb.repo is not None
    base = type(kb)(
        kb.root,
        repo=kb.repo,
        commit=None,
        source=StagedTree(kb.repo, kb.prefix, working) if staged and kb.repo else working,
        config=kb.config._replace(include=then.include, exclude=then.exclude),
        team=kb.team,
        today=kb.today,
    )
    base.cache = cache
    return base
