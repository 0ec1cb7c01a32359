"""kcs show."""

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import ArticleName, AsOf, At, Format, FormatOption, Kb, one_name, open_base

if TYPE_CHECKING:
    from collections.abc import Callable

    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

app = typer.Typer(add_completion=False)


@app.command(
    epilog="kcs show kb-4c7mhx0q   ·   kcs show deposit back   ·   kcs show kb-4c7mhx0q --at HEAD --format json"
    "   ·   kcs show 2 --copy --section resolution   ·   kcs show kb-4c7mhx0q --trusted --copy"
)
def show(
    article: ArticleName,
    raw: Annotated[bool, typer.Option("--raw", help="The file as it is, and nothing else.")] = False,
    copy: Annotated[
        bool,
        typer.Option(
            "--copy",
            help="Put the text on the clipboard (in a pipe: on stdout), plain, without internal blocks.",
        ),
    ] = False,
    section: Annotated[
        str,
        typer.Option(
            "--section", metavar="NAME", help="With --copy: this section alone, such as resolution."
        ),
    ] = "",
    internal: Annotated[
        bool, typer.Option("--internal", help="With --copy: even from an article that is not for outside.")
    ] = False,
    trusted: Annotated[
        bool, typer.Option("--trusted", help="Nothing, and exit 1, unless it can be trusted.")
    ] = False,
    kb: Kb = None,
    at: At = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show an article with its trust: until when, or why not and what to do; and whose changes who has not seen."""
    from kcs.errors import UsageProblem

    if raw and format is Format.JSON:
        raise UsageProblem("--raw gives the file's bytes, --format json a description: give one of the two")
    if copy and (raw or format is Format.JSON):
        raise UsageProblem("--copy gives plain text", hint="leave --raw and --format out")
    if (section or internal) and not copy:
        raise UsageProblem(
            "--section and --internal are for --copy", hint="kcs show ARTICLE --copy --section resolution"
        )
    base = open_base(kb, at, as_of)
    from kcs.kb.select import find_article

    found = find_article(base, one_name(article))

    def check() -> None:
        """Called when what will be printed was read: it must be what the verdict is about."""
        if trusted:
            _demand_trust(base, found)

    if raw:
        _raw(base, found, check)
        return
    if copy:
        _copy(base, found, section, check, internal=internal)
    elif format is Format.JSON:
        from kcs.insight.seen import look
        from kcs.render.article_json import show_json

        document = base.read(found)
        check()
        show_json(base, look(base, found), document)
    else:
        show_article(base, found, check)
    if base.commit is None:
        from kcs.search.recording import keep_open

        keep_open(base, found)


def show_article(
    base: "KnowledgeBase", article: "Article", check: "Callable[[], None]" = lambda: None
) -> None:
    """The article for people. `check` is called between reading and printing."""
    from kcs.insight.seen import look
    from kcs.render.article import article_text

    document = base.read(article)
    check()
    article_text(base, look(base, article), document)
    _say_if_old(base)


def _raw(base: "KnowledgeBase", article: "Article", check: "Callable[[], None]") -> None:
    import sys

    raw = base.raw(article)
    check()
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)


def _copy(
    base: "KnowledgeBase", article: "Article", section: str, check: "Callable[[], None]", *, internal: bool
) -> None:
    from kcs.authoring.answer_text import text_to_send
    from kcs.render.clipboard import copied_text

    text = text_to_send(base, article, section, internal=internal)
    check()
    asked = [*(("--section", section) if section else ()), *(("--internal",) if internal else ())]
    copied_text(base, article, text, asked)


def _demand_trust(base: "KnowledgeBase", article: "Article") -> None:
    """Refused if the article cannot be trusted, or its file is no more what was judged."""
    from kcs.errors import Refused
    from kcs.render.reasons import advice, sentence

    verdict = base.verdicts_of([article])[article.path]
    if not verdict.trusted:
        first = verdict.reasons[0]
        raise Refused(
            f"{article.name} cannot be trusted: {sentence(base, article, verdict, first)}",
            hint=advice(base, article, verdict, first),
        )
    if base.unsteady:
        raise Refused(f"{article.name} was changed while it was read", hint="ask again")


def _say_if_old(base: "KnowledgeBase") -> None:
    """A line on stderr where the last fetch is older than a day: others may have changed the article since."""
    from kcs.counting import counted
    from kcs.insight.freshness import days_since_fetch
    from kcs.render.terminal import note

    days = days_since_fetch(base) if base.commit is None else None
    if days:
        note(f"last fetched {counted(days, 'day')} ago: kcs sync brings in what others changed since")
