"""Before a new article: what may be written already, and whether to reuse it, improve it, or write all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kcs.errors import Refused
from kcs.render.asking import asked
from kcs.render.reasons import quoted
from kcs.render.search import block
from kcs.render.terminal import can_ask, note, safe
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.search.answer import Answer


class Choice(NamedTuple):
    """What the user wants; `article` is None if it is to be created."""

    what: Literal["reuse", "improve", "create"]
    article: Article | None = None


def choose(kb: KnowledgeBase, answer: Answer) -> Choice:
    """Show the near-duplicates and ask. Refused, with their names, if there is nobody to ask, or no answer."""
    if not can_ask():
        raise Refused(
            "there may be an article on this already; nothing was written",
            hint="".join(f"{safe(one.article.name)}  {safe(one.article.title)}\n     " for one in answer.hits)
            + "kcs show NAME to reuse it, kcs edit NAME to improve it, --force to write a new one",
        )
    note("There may be an article on this already:\n")
    for number, hit in enumerate(answer.hits, 1):
        for line in block(kb, number, hit):
            print(line)
        print()
    return _chosen(answer)


def _chosen(near: Answer) -> Choice:
    count = len(near.hits)
    numbers = "1" if count == 1 else f"1-{count}"
    question = f"Reuse one ({numbers}), improve one (i1), or create a new one (c)? [{numbers}/i1/c/q] "
    # A slip of the finger must not discard a title or a pasted ticket: anything but an answer is asked again.
    while (typed := asked(question)) is not None and (said := typed.lower()) not in ("q", "quit"):
        if said in ("c", "create"):
            return Choice("create")
        what: Literal["reuse", "improve"] = "improve" if said.startswith("i") else "reuse"
        number = said.removeprefix("improve").removeprefix("i").removeprefix("reuse").strip() or (
            "1" if said else ""
        )
        if number.isdecimal() and number.isascii() and 1 <= int(number) <= count:
            return Choice(what, near.hits[int(number) - 1].article)
    raise Refused("nothing was written")


def reused_text(article: Article, ticket: str, *, improved: bool = False) -> None:
    """What makes a reuse count; the ticket is noted by nothing else."""
    command = f"kcs link {quoted(article.name)} {quoted(ticket) if ticket else 'TICKET'}"
    note(f"kcs: {'' if improved else 'nothing was written; '}once it has helped: {command}")
