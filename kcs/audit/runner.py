"""Runs every chosen rule on every chosen article, and returns the findings as plain values."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.article.states import ARCHIVED
from kcs.audit.finding import BROKEN_RULE, ERROR, OFF, Finding, Hit, fingerprint
from kcs.audit.page import Notes, Page, Scene, concerns
from kcs.audit.rules import PROBLEM
from kcs.errors import RepositoryProblem
from kcs.kb.articles import Along, untold

if TYPE_CHECKING:
    from kcs.audit.kept import KeptFiles
    from kcs.audit.rule import Values
    from kcs.audit.rules import Entry
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


def audit(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    rules: Sequence[Chosen],
    *,
    before: KnowledgeBase | None = None,
    keep: bool = False,
    along: Along = untold,
) -> list[Finding]:
    """The findings in these articles, worst first. `keep`: keep by content what a file alone determines.

    No article makes it fail: a rule that cannot judge one becomes a finding. RepositoryProblem if Git cannot
    tell what it is asked. Each text is read and parsed in a first round, for the rules that need nothing
    else; what the other rules need from it is taken from it then.
    """
    found: list[Finding] = []
    scene = Scene(kb, before, rules)
    of_file, of_base = map(by_kind, in_rounds(rules))
    looking = [one for one in rules if one.rule.look is not None]
    looks = by_kind(looking)
    kept = _kept(kb, rules) if keep else None
    notes: list[Notes] = []
    for article in along("articles read", articles):
        page = Page(scene, article)
        found += ask_of_file(page, of_file(article), kept)
        if looking:
            page.hand_over(looks(article))
        notes.append(page.notes())
    for article, noted in zip(along("articles judged", articles), notes, strict=True):
        found += ask(Page(scene, article, noted), of_base(article))
    scene.close()
    if kept is not None:
        kept.save()
    found.sort(key=lambda one: one.order)
    return found


def _kept(kb: KnowledgeBase, rules: Sequence[Chosen]) -> KeptFiles:
    from kcs.audit.kept import KeptFiles  # a check before the commit keeps nothing

    return KeptFiles(kb, rules)


def in_rounds(rules: Iterable[Chosen]) -> tuple[list[Chosen], list[Chosen]]:
    """The rules that need only the file, and the others; rules that ask what others found come last."""
    ordered = sorted(rules, key=lambda one: one.rule.last)
    return [one for one in ordered if one.rule.by_content], [
        one for one in ordered if not one.rule.by_content
    ]


def by_kind(rules: Sequence[Chosen]) -> Callable[[Article], Sequence[Chosen]]:
    """Which of these rules run on an article: decided once for all unreadable ones, all archived ones, and the rest.

    Rules about problems in reading a file run only if there were any.
    """
    made: dict[tuple[bool, bool, bool], Sequence[Chosen]] = {}

    def of(article: Article) -> Sequence[Chosen]:
        kind = article.unreadable, article.confidence == ARCHIVED, bool(article.record.problems)
        if kind not in made:
            made[kind] = [
                one for one in rules if concerns(one, article) and (kind[2] or one.entry.only != PROBLEM)
            ]
        return made[kind]

    return of


def ask_of_file(page: Page, rules: Iterable[Chosen], kept: KeptFiles | None) -> Iterator[Finding]:
    """The same for rules that need only the file: kept answers if there are any."""
    if kept is None:
        yield from ask(page, rules)
        return
    known = kept.get(page.article)
    if known is not None:
        page.ignores = known[1]
        yield from ask(page, rules, lambda chosen, _: known[0].get(chosen.entry.code, ()))
        return
    made: dict[str, list[Hit]] = {}

    def noted(chosen: Chosen, values: Values) -> list[Hit]:
        hits = made[chosen.entry.code] = list(chosen.rule.check(page, values))
        return hits

    yield from ask(page, rules, noted)
    if not page.failed:
        kept.put(page.article, made, [] if page.article.unreadable else page.ignores)


def ask(
    page: Page, rules: Iterable[Chosen], answer: Callable[[Chosen, Values], Iterable[Hit]] | None = None
) -> Iterator[Finding]:
    """What these rules, all of which apply to the article, find; `answer` is called in place of the rule itself."""
    for chosen in rules:
        severity, values = chosen.at(page.path)
        if severity == OFF:
            continue
        rule = chosen.rule
        try:
            for hit in answer(chosen, values) if answer else rule.check(page, values):
                if not (rule.ignorable and page.silenced(chosen.entry.code, hit.line)):
                    yield _finding(page, chosen, severity, hit)
        except RepositoryProblem:  # of no one article: every rule would ask again for each, for minutes
            raise
        except Exception as error:  # a rule that fails must neither let the article pass nor stop other rules
            if "KCS_DEBUG" in os.environ:
                raise
            page.failed = True
            yield _failed(page, chosen.entry, error)


def _finding(page: Page, chosen: Chosen, severity: str, hit: Hit) -> Finding:
    entry, rule = chosen.entry, chosen.rule
    return Finding(
        entry.code,
        entry.name,
        severity,
        page.path,
        hit.line,
        hit.column,
        hit.message,
        by_path(page, hit.help),
        rule.fix is not None and hit.fixable,
        name_of(page, chosen, hit),
    )


def by_path(page: Page, mend: str) -> str:
    """Its commands with the article's path where another article has the same id.

    Here and not in the rules: what a file alone determines is kept, and other files come and go. A check of
    staged files reads no others for it: unless they were read anyway, the id stays there, and the command
    asks which one is meant.
    """
    article, kb = page.article, page.kb
    if not article.id or "kcs " not in mend or not kb.articles_read or article.id not in kb.shared_ids:
        return mend
    import re
    from shlex import quote

    named = rf"(kcs [a-z]+ (?:--[a-z]+ )?){re.escape(quote(article.id))}(?![\w./-])"
    return re.sub(named, lambda match: match[1] + quote(article.path), mend)


def name_of(page: Page, chosen: Chosen, hit: Hit) -> str:
    """The fingerprint of a rule's finding in an article."""
    key = page.kb.key(page.article)
    debt = chosen.rule.debt
    return fingerprint(debt, key, "") if debt else fingerprint(chosen.entry.code, key, hit.subject)


def _failed(page: Page, entry: Entry, error: Exception) -> Finding:
    code, name = BROKEN_RULE
    message = f"{entry.code} could not judge this article: {type(error).__name__}: {error}"
    help_text = "KCS_DEBUG=1 kcs audit shows where; please report it"
    key = fingerprint(code, page.kb.key(page.article), entry.code)
    return Finding(code, name, ERROR, page.path, None, None, message, help_text, False, key)
