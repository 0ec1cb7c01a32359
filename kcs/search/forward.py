"""What precedes the ranked articles: those pinned for the query, and translations in its language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kcs.kb.base import KnowledgeBase
from kcs.search.answer import LIMIT, Placed, Request


def forward(
    kb: KnowledgeBase,
    placed: Sequence[Placed],
    request: Request,
    within: Collection[str] | None,
    *,
    translations: bool,
) -> list[Placed]:
    """`placed` in the order given by pins and, if the base has any, `translations`. `within`: the paths that fit."""
    first = _pinned(kb, placed, request, within) if kb.config.pins else []
    pins = [pin.article for pin in first]
    order = first + [one for one in placed if one.article not in pins]
    return _translated(kb, order, request, within) if translations else order


def _pinned(
    kb: KnowledgeBase, placed: Sequence[Placed], request: Request, within: Collection[str] | None
) -> list[Placed]:
    from kcs.search.pins import pinned

    pins = pinned(kb.config.pins, request.query.words, kb.articles)
    known = {one.article.path: one for one in placed}
    top = placed[0].score if placed else 1.0
    first = []
    for path, pin in pins.items():
        if within is None or path in within:
            article = kb.by_path[path]
            own = known.get(path) or Placed(article, kb.verdicts_of([article])[path], 0.0, 0.0)
            # Pinning it means that it answers the query.
            why = (*own.why, f"pinned for {pin!r} in kcs.toml")
            first.append(own._replace(score=max(top, own.score), match=1.0, why=why))
    return first


def _translated(
    kb: KnowledgeBase, placed: Sequence[Placed], request: Request, within: Collection[str] | None
) -> list[Placed]:
    from kcs.search.translations import Translations

    known = {one.article.path: one for one in placed}
    found: list[Placed] = []
    leading = placed[: max(request.limit, LIMIT)]
    for article, hit in Translations(kb).first((one.article for one in leading), request.query.words):
        if hit is None:
            found.append(known[article.path])
        elif within is None or article.path in within:
            asked = known[hit.path]
            own = known.get(article.path)
            verdict = own.verdict if own else kb.verdicts_of([article])[article.path]
            match = max(asked.match, own.match if own else 0.0)
            why = f"in the language of the query: a translation of {hit.name}, or its original"
            found.append(Placed(article, verdict, asked.score, match, (*(own.why if own else ()), why)))
    return found
