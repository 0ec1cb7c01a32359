"""Automatic fixes: by splicing, article by article, read back before writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kcs.audit.baseline import Baseline, load
from kcs.audit.finding import OFF, Hit
from kcs.audit.page import Page, Scene, concerns
from kcs.audit.perform import change_of, rules_of
from kcs.audit.runner import name_of
from kcs.audit.wanted import Wanted
from kcs.errors import KcsError
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


class Fixed(NamedTuple):
    """One article's bytes before and after, and the rules whose findings were fixed.
    `refused`: what was left, and why.
    """

    article: Article
    old: bytes
    new: bytes
    rules: tuple[str, ...]
    refused: tuple[str, ...]


def fixes(
    kb: KnowledgeBase,
    articles: Sequence[Article],
    rules: Sequence[Chosen],
    *,
    unsafe: bool,
    known: frozenset[str],
) -> Iterator[Fixed]:
    """The possible fixes in these articles; debts of the baseline are left alone.

    A safe fix never changes the title or the body of an article that is trusted: somebody vouches for exactly these.
    """
    scene = Scene(kb)
    wanted = [one for one in rules if one.rule.fix is not None and (unsafe or not one.rule.unsafe)]
    for article in articles:
        page = Page(scene, article)
        hits: dict[str, list[Hit]] = defaultdict(list)
        for chosen in wanted:
            severity, values = chosen.at(page.path)
            if severity == OFF or not concerns(chosen, article):
                continue
            for hit in chosen.rule.check(page, values):
                silent = chosen.rule.ignorable and page.silenced(chosen.entry.code, hit.line)
                if hit.fixable and not silent and name_of(page, chosen, hit) not in known:
                    hits[chosen.entry.code].append(hit)
        if hits:
            yield _fixed(page, [(one, hits[one.entry.code]) for one in wanted if hits[one.entry.code]])


def mend(kb: KnowledgeBase, wanted: Wanted, *, unsafe: bool, write: bool) -> list[Fixed]:
    """What is fixed in the articles of a run; with `write`, all
    files are written, or none if somebody changed one meanwhile.
    """
    from kcs.kb.select import Filters

    baseline = Baseline() if wanted.ignore_baseline else load(kb, wanted.baseline)
    articles = Filters(paths=wanted.paths).choose(kb)
    change = change_of(kb, wanted)
    if change is not None:
        mine = {one.path for one in change.touched}
        articles = [one for one in articles if one.path in mine]
    done = list(fixes(kb, articles, rules_of(kb, wanted), unsafe=unsafe, known=baseline.fingerprints))
    if write:
        from kcs.authoring import Edit, write_edits

        write_edits(kb, [Edit(one.article.path, one.old, one.new) for one in done if one.new != one.old])
    return done


def _fixed(page: Page, work: Sequence[tuple[Chosen, list[Hit]]]) -> Fixed:
    kb, old = page.kb, page.raw
    now, done, refused = old, [], []
    trusted = page.verdict.trusted
    for chosen, hits in work:
        code, rule = chosen.entry.code, chosen.rule
        assert rule.fix is not None, "only rules that can mend are here"
        try:
            new = rule.fix(page, now, hits)
        except KcsError as error:
            refused.append(f"{code}: {error.message}")
            continue
        after = kb.edited(page.article, new)
        changes_text = after.record.skeleton != page.article.record.skeleton
        if after.unreadable and not page.article.unreadable:
            refused.append(f"{code}: the file could not be read after it")
        elif changes_text and trusted and not rule.unsafe:
            refused.append(f"{code}: it would change a text that is vouched for")
        elif new != now:
            now = new
            done.append(code)
    return Fixed(page.article, old, now, tuple(done), tuple(refused))
