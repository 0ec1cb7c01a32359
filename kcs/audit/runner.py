"""Asks every chosen rule about every chosen article, and gives back what they found as plain values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.audit.finding import ERROR, OFF, Finding, Hit, fingerprint
from kcs.audit.page import Page, Scene

if TYPE_CHECKING:
    from kcs.audit.rules import Entry
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Not in the list, and in no kcs.toml: nobody can switch it off.
BROKEN_RULE = ("KCS000", "rule-failed")


def audit(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    rules: Sequence[Chosen],
    *,
    before: KnowledgeBase | None = None,
) -> list[Finding]:
    """What the rules find in these articles, worst first.

    No article makes it fail: a rule that cannot judge one is a finding of its own.
    """
    found: list[Finding] = []
    scene = Scene(kb, before)
    ordered = sorted(rules, key=lambda one: one.rule.last)
    for article in articles:
        found += audit_page(Page(scene, article), ordered)
    scene.close()
    found.sort(key=lambda one: one.order)
    return found


def audit_page(page: Page, rules: Iterable[Chosen]) -> Iterator[Finding]:
    """What the rules find in one article, without what it silences itself. Rules that ask what others found come last."""
    for chosen in rules:
        severity, values = chosen.at(page.path)
        if severity == OFF or not _concerns(chosen, page.article):
            continue
        code, rule = chosen.entry.code, chosen.rule
        page.asked.add(code)
        if rule.ignorable:
            page.ignorable.add(code)
        try:
            for hit in rule.check(page, values):
                if not (rule.ignorable and page.silenced(code, hit.line)):
                    yield _finding(page, chosen, severity, hit)
        except Exception as error:  # what a rule of ours cannot judge must not pass, nor stop the others
            if "KCS_DEBUG" in os.environ:
                raise
            yield _failed(page, chosen.entry, error)


def _concerns(chosen: Chosen, article: Article) -> bool:
    """Whether the rule is asked of articles like this one."""
    rule = chosen.rule
    if article.unreadable:
        return rule.unreadable
    return rule.archived or article.confidence != ARCHIVED


def _finding(page: Page, chosen: Chosen, severity: str, hit: Hit) -> Finding:
    entry, rule = chosen.entry, chosen.rule
    key = page.kb.key(page.article)
    name = fingerprint(rule.debt, key, "") if rule.debt else fingerprint(entry.code, key, hit.subject)
    return Finding(
        entry.code,
        entry.name,
        severity,
        page.path,
        hit.line,
        hit.column,
        hit.message,
        hit.help,
        rule.fix is not None and hit.fixable,
        name,
    )


def _failed(page: Page, entry: Entry, error: Exception) -> Finding:
    code, name = BROKEN_RULE
    message = f"{entry.code} could not judge this article: {type(error).__name__}: {error}"
    help_text = "KCS_DEBUG=1 kcs audit shows where; please report it"
    key = fingerprint(code, page.kb.key(page.article), entry.code)
    return Finding(code, name, ERROR, page.path, None, None, message, help_text, False, key)
