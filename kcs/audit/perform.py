"""One audit, from the user's request to the report that every format shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kcs.audit.baseline import Baseline, load, split
from kcs.audit.report import Report
from kcs.audit.rules import RULES
from kcs.audit.settings import Chosen, asked_codes, choose
from kcs.audit.wanted import Wanted
from kcs.kb.articles import Along, untold
from kcs.kb.settings.config import CONFIG_NAME

if TYPE_CHECKING:
    from kcs.audit.change import Change
    from kcs.audit.finding import Finding
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


def perform(kb: KnowledgeBase, wanted: Wanted, along: Along = untold) -> Report:
    """Audit; with `staged`, the staged base."""
    from kcs.kb.select import Filters

    rules = cache(lambda: rules_of(kb, wanted))
    baseline = Baseline() if wanted.ignore_baseline else load(kb, wanted.baseline, new=wanted.new_baseline)
    articles = Filters(paths=wanted.paths).choose(kb)
    change = change_of(kb, wanted)
    if change is not None:
        from kcs.audit.runner import audit

        mine = {one.path for one in change.touched}
        articles = [one for one in articles if one.path in mine]
        findings = audit(kb, articles, rules(), before=change.before, along=along)
        if not wanted.paths:
            findings += change.elsewhere(rules(), baseline)
            if not wanted.allow_exclusion:
                from kcs.audit.taken_out import taken_out

                told = list(taken_out(change, wanted))
                said = {(one.rule, one.fingerprint) for one in told}
                # Warnings under the present kcs.toml that were errors under the earlier one.
                findings = [one for one in findings if (one.rule, one.fingerprint) not in said] + told
            findings.sort(key=lambda one: one.order)
    elif len(articles) == len(kb.articles):
        findings = _whole(kb, asked_codes(wanted.select, wanted.ignore), rules, along)
    else:
        from kcs.audit.runner import audit

        findings = audit(kb, articles, rules(), along=along)
    report = report_of(kb, findings, rules, baseline, articles, len(kb.articles), change)
    return report._replace(fail_on=wanted.fail_on, unmet=_unseen(change, wanted))


def _whole(
    kb: KnowledgeBase, codes: set[str], rules: Callable[[], list[Chosen]], along: Along
) -> list[Finding]:
    """The findings in the whole base; kept ones if nothing they rest on changed."""
    from kcs.audit.kept import keep_run, read_run, run_key

    key = run_key(kb, codes)
    found = read_run(kb, key) if key else None
    if found is None:
        from kcs.audit.runner import audit  # not needed for kept findings

        # Do not discard what is kept for all rules because of a run of a few.
        found = audit(kb, kb.articles, rules(), keep=len(codes) == len(RULES), along=along)
        if key:
            keep_run(kb, key, found)
    return found


def _unseen(change: Change | None, wanted: Wanted) -> tuple[str, ...]:
    """What a run of a change could not judge: no gate is met by what nobody has seen."""
    if change is None or wanted.paths:
        return ()
    from kcs.audit.gates import unseen

    return tuple(unseen(change))


def rules_of(
    kb: KnowledgeBase, wanted: Wanted, scopes: tuple[str, ...] = (), absent: Collection[str] = ()
) -> list[Chosen]:
    """The rules of this run, as kcs.toml sets them: see `choose`."""
    text = kb.text(CONFIG_NAME) or ""
    return choose(
        kb.config.rules,
        text=text,
        select=wanted.select,
        ignore=wanted.ignore,
        scopes=scopes,
        absent=absent,
        audiences=kb.config.audiences,
    )


def report_of(
    kb: KnowledgeBase,
    findings: Sequence[Finding],
    rules: Callable[[], Sequence[Chosen]],
    baseline: Baseline,
    articles: Sequence[Article],
    total: int,
    change: Change | None = None,
    before: Callable[[], KnowledgeBase | None] | None = None,
) -> Report:
    """The report without the findings in the baseline.
    `before`: the base before what is judged, if not that of `change`.
    """
    before = (lambda: change.before) if change else before
    # What a change breaks elsewhere is outside the articles that are audited.
    fresh, known = split(kb, baseline, findings, kb.articles if change else articles, before)
    return Report(
        kb=kb,
        findings=fresh,
        articles=articles,
        total=total,
        rules=rules,
        known=known,
        baseline=baseline,
        change=change,
    )


def change_of(kb: KnowledgeBase, wanted: Wanted) -> Change | None:
    """The change that a run judges; None if it judges the whole base."""
    if not wanted.change_run:
        return None
    from kcs.audit import change

    if wanted.changed_since is not None:
        return change.since(kb, wanted.changed_since)
    return change.staged(kb)
