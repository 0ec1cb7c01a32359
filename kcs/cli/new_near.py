"""Before `kcs new` writes: the articles that may say it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.errors import KcsError
from kcs.kb.base import KnowledgeBase
from kcs.kb.values import alike, known, nearest
from kcs.render import near
from kcs.render.progress import counting
from kcs.render.terminal import note
from kcs.search.near import near_duplicates

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kcs.authoring.new import NewArticle


# Their titles name what many articles are about: only another one of the type says the same.
_OF_A_SUBJECT = ("Area of responsibility",)


def offer_near_duplicates(
    root: Path, day: date | None, product: str, planned: NewArticle, *, dry_run: bool, commit: bool
) -> None:
    """Show what may be written already, and do what the user wants with it: then nothing new is written (SystemExit).

    `commit`: an article that is improved instead.
    """
    base = KnowledgeBase.open(root, as_of=day)
    if product and (near_one := _other_spelling(base, product)):
        note(f"kcs: no article has product {product!r}; did you mean {near_one!r}?")
    try:
        kind = planned.type if planned.type in _OF_A_SUBJECT else ""
        answer = near_duplicates(base, planned.title, progress=counting, kind=kind)
    except KcsError as problem:
        # Capturing comes first: a failed search must not keep anybody from writing down what they know.
        note(f"kcs: near-duplicates were not looked for: {problem}")
        return
    if not answer.hits:
        return
    if dry_run:
        names = ", ".join(one.article.name for one in answer.hits)
        note(f"kcs: there may be an article on this already: {names}")
        return
    choice = near.choose(base, answer)
    if choice.article is None:
        return
    if choice.what == "improve":
        from kcs.cli.edit import edit_article

        code = edit_article(base, choice.article.path, commit=commit)
        if planned.ticket:
            near.reused_text(choice.article, planned.ticket, improved=True)
        raise SystemExit(code)
    from kcs.cli.show import show_article
    from kcs.search.recording import keep_open

    show_article(base, choice.article)
    keep_open(base, choice.article)
    near.reused_text(choice.article, planned.ticket)
    raise SystemExit(0)


def _other_spelling(base: KnowledgeBase, product: str) -> str:
    """How articles spell what `product` is likely to mean;
    empty if they have it so, or a list of products says more.
    """
    if base.config.taxonomy.get("products") or any(one.own.product == product for one in base.articles):
        return ""
    there = known(base.articles, "product")
    return there.get(alike(product)) or nearest(product, there)
