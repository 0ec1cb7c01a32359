"""kcs show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import ArticleName, AsOf, At, Format, FormatOption, Kb, open_base

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs show kb-7f3q9xk2   ·   kcs show outlook password   ·   kcs show vpn --at 2020-11-10 --format json"
)
def show(
    article: ArticleName,
    raw: Annotated[bool, typer.Option("--raw", help="The file as it is, and nothing else.")] = False,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show an article with its trust: until when, or why not and what to do; and whose change who has not seen."""
    from kcs.errors import UsageProblem

    if raw and format is Format.JSON:
        raise UsageProblem("--raw gives the file's bytes, --format json a description: give one of the two")
    base = open_base(kb, at, as_of)
    from kcs.kb.select import find_article

    found = find_article(base, article)
    if raw:
        import sys

        sys.stdout.flush()
        sys.stdout.buffer.write(base.raw(found))
        return
    from kcs.insight.seen import look

    seen, document = look(base, found), base.read(found)
    if format is Format.JSON:
        from kcs.render.article_json import show_json

        show_json(base, seen, document)
        return
    from kcs.render.article import article_text

    article_text(base, seen, document)
    _say_if_old(base)


def _say_if_old(base: KnowledgeBase) -> None:
    """A line on stderr where the last fetch is older than a day: others may have changed the article since."""
    from kcs.insight.freshness import days_since_fetch
    from kcs.render.terminal import note

    days = days_since_fetch(base) if base.commit is None else None
    if days:
        note(
            f"last fetched {days} day{'s' if days > 1 else ''} ago: kcs sync brings in what others changed since"
        )
