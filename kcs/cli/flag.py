"""kcs flag."""

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.filters import choose, filtered
from kcs.cli.options import (
    AsOf,
    Commit,
    Format,
    FormatOption,
    Kb,
    commit_wanted,
    complete_article,
    one_name,
    open_base,
)
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.authoring.flag import Flagged
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.select import Filters

app = typer.Typer(add_completion=False)


def _complete(incomplete: str) -> list[str]:
    from kcs.article.stamps import FLAG_REASONS

    return [one for one in FLAG_REASONS if one.startswith(incomplete)]


@app.command(
    epilog='kcs flag kb-4c7mhx0q#resolution --reason unclear -m "which menu?"   ·   kcs flag --list --owner care'
    "   ·   kcs flag kb-e6rn83vd --resolve 1"
)
@filtered
def flag(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE[#SECTION]]",
            help="What to flag; with --list: files, folders, globs or ids; after --resolve: also the flag's number.",
            autocompletion=complete_article,
        ),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            help="wrong, outdated, unsafe, changed (untrusted at once); unclear, style, duplicate.",
            autocompletion=_complete,
        ),
    ] = None,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="What you saw, in a few words.")] = "",
    show: Annotated[bool, typer.Option("--list", help="List the open flags, riskiest first.")] = False,
    resolve: Annotated[bool, typer.Option("--resolve", help="Remove a flag: number N, or --all.")] = False,
    every: Annotated[bool, typer.Option("--all", help="With --resolve: all flags of the article.")] = False,
    commit: Commit = None,
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
    filters: "Filters",
) -> None:
    """Say what is wrong with an article you cannot fix now; list the flags; resolve them."""
    if show and resolve:
        raise UsageProblem("--list and --resolve cannot be combined", hint="give one of them")
    if every and not resolve:
        raise UsageProblem("--all is for --resolve")
    if show and (why or commit is not None):
        option = "-m" if why else "--commit"
        raise UsageProblem(
            f"{option} is for what is written: --list writes nothing", hint="leave out one of them"
        )
    # Of a new flag it is the note; of one that is resolved only the commit tells it.
    committing = commit_wanted(commit, why if resolve else "")
    base = open_base(kb, None, as_of)
    if show:
        _list(base, filters._replace(paths=tuple(paths or ())), reason or [], format)
        return
    from kcs.kb.select import Filters

    if filters != Filters():
        raise UsageProblem("filters are for --list", hint="add --list, or leave them out")
    from kcs.render.flag import flagged_text, flags_json, resolved_text

    if resolve:
        if reason:
            raise UsageProblem("--reason is for a new flag", hint="kcs flag ARTICLE --resolve N")
        done = _resolve(base, paths or [], every, why, committing)
    else:
        done = _flag(base, paths or [], reason or [], why, committing)
    if format is Format.JSON:
        action = "resolve" if resolve else "flag"
        flags_json(action, [(done.after, one) for one in done.flags], done.commit)
    else:
        (resolved_text if resolve else flagged_text)(base, done)


def _list(base: "KnowledgeBase", filters: "Filters", reasons: list[str], format: Format) -> None:
    from kcs.authoring.flag import check_reason, open_flags
    from kcs.render.flag import flags_json, flags_text

    for reason in reasons:
        check_reason(reason)
    found = open_flags(choose(base, filters))
    found = [one for one in found if not reasons or one[1].reason in reasons]
    if format is Format.JSON:
        flags_json("list", found)
    else:
        flags_text(found)


def _flag(base: "KnowledgeBase", names: list[str], reasons: list[str], why: str, commit: bool) -> "Flagged":
    from kcs.authoring import flag as feature

    if not names:
        raise UsageProblem(
            "no article named",
            hint='kcs flag ARTICLE --reason wrong -m "..."; kcs flag --list shows the open ones',
        )
    if len(reasons) > 1:
        raise UsageProblem("a flag has one reason", hint="raise two flags")
    name, reason = one_name(names), reasons[0] if reasons else ""
    if not (reason and why):
        from kcs.render.terminal import can_ask

        if can_ask():
            from kcs.render.flag import ask_what

            if reason:
                feature.check_reason(reason)
            reason, why = ask_what(feature.target(base, name)[0].title, reason, why)
    return feature.flag(base, name, reason, why, commit=commit)


def _resolve(base: "KnowledgeBase", words: list[str], every: bool, why: str, commit: bool) -> "Flagged":
    from kcs.authoring import flag as feature
    from kcs.kb.select import find_article
    from kcs.render.flag import ask_which

    # `--resolve 2 ARTICLE` reads as well as `ARTICLE --resolve 2`.
    # With two numbers, the first is one of the last search or queue.
    turned = len(words) == 2 and words[0].isdecimal() and not words[1].isdecimal()
    words = words[::-1] if turned else words
    if not 1 <= len(words) <= 2 or (len(words) == 2 and (every or not words[1].isdecimal())):
        raise UsageProblem(
            "name one article, and one flag by its number", hint="kcs flag ARTICLE --resolve 2"
        )
    article = find_article(base, words[0])
    if len(words) == 2:
        chosen = [feature.flag_number(article, int(words[1]))]
    elif every or len(article.flags) <= 1:
        chosen = list(article.flags) or [feature.flag_number(article, 1)]
    else:
        chosen = [feature.flag_number(article, ask_which(article))]
    return feature.resolve(base, article, chosen, why, commit=commit)
