"""Options that many commands share, written once."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.commands import COMMANDS
from kcs.errors import KcsError, UsageProblem
from kcs.hints import name_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase


class Format(StrEnum):
    """What reads can be written as."""

    TEXT = "text"
    JSON = "json"


_WITHOUT_KB = frozenset({"init", "use", "rules", "rule", "merge-file"})


def hints_name_base(given: Path | None) -> Path | None:
    """Let hints say `--kb` where it was given, unless kcs finds the same base without it."""
    if given is None:
        name_base("", ())
    else:
        takes_it = (one.name for one in COMMANDS if one.name not in _WITHOUT_KB)
        name_base(str(given), takes_it, lambda: not _found_anyway(given))
    return given


def _found_anyway(given: Path) -> bool:
    from kcs.kb.place import find_root

    try:
        return find_root(None).resolve() == find_root(given).resolve()
    except (KcsError, OSError):
        return False


Kb = Annotated[
    Path | None,
    typer.Option(
        "--kb",
        metavar="FOLDER",
        help="The knowledge base; else KCS_KB, else the folder you are in.",
        callback=hints_name_base,
    ),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="REV|DATE", help="Read everything as of a commit, or of a day.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Set the clock, and nothing else.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, JSON for programs.")]
Commit = Annotated[
    bool | None,
    typer.Option("--commit/--no-commit", help="Commit the files that were written, and no others."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

_SHELL = r"""[\s\x00-\x1f\x7f-\x9f"'`$\\;&|<>(){}\[\]*?!:#\u202a-\u202e]+"""


def articles_read(ctx: typer.Context) -> Sequence[Article]:
    """The articles, for the shell's completion key; none where the base cannot be read, or never was."""
    from kcs.errors import KcsError
    from kcs.kb.base import KnowledgeBase

    try:
        given = ctx.params.get("kb")  # Typer converts nothing while it completes
        base = KnowledgeBase.open(Path(given) if given else None)
        if not (base.cache.folder / "records").exists():
            return ()  # to parse a whole base would keep somebody waiting who pressed a key
        return base.articles
    except (KcsError, OSError):
        return ()


def shell_safe(name: str) -> bool:
    """What a file says goes through eval in zsh, and through word splitting in bash: only what means nothing there."""
    return not re.search(_SHELL, name)


def complete_article(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids and paths that begin so, each with its title, for the shell's completion key."""
    return _begun(
        incomplete, ((name, one.title) for one in articles_read(ctx) for name in (one.id, one.path))
    )


def complete_id(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Ids alone, where folders and other files may stand as well: those the shell offers, where we offer nothing."""
    return _begun(incomplete, ((one.id, one.title) for one in articles_read(ctx))) if incomplete else []


def _begun(incomplete: str, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    fit = [(name, title) for name, title in names if name.startswith(incomplete) and shell_safe(name)]
    return [(name, re.sub(_SHELL, " ", title)) for name, title in fit if name]


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files, folders, globs or ids; else everything.",
        autocompletion=complete_id,
    ),
]
ArticleName = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLE",
        help="An id, a path, the beginning of either, words of the title, or a number of the last search or queue.",
        autocompletion=complete_article,
    ),
]


def one_name(words: list[str]) -> str:
    """What was typed for one article: words of a title need no quotes. UsageProblem where it is plainly several."""
    if len(words) > 1 and all(re.fullmatch(r"kb-\w+|\d{1,3}|.*\.md", word) for word in words):
        raise UsageProblem(f"one article at a time, not {len(words)}: {', '.join(words)}")
    return " ".join(words)


_CLOCKS = ("--as-of", "--from")
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


def read_day(given: str | None, option: str) -> date | None:
    """A date option's value.
    UsageProblem when it is not a date, or a clock so far off that no interval beside it has a date.
    """
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        what, write = _why_no_day(given) or ("is not a date", "")
        raise UsageProblem(f"{option} {given!r} {what}", hint=write or "write it as 2026-11-22") from None
    return _in_calendar(day, option) if option in _CLOCKS else day


def _why_no_day(given: str) -> tuple[str, str] | None:
    from kcs.article.no_day import why_no_day

    return why_no_day(given)


def _in_calendar(day: date, option: str) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        hint = f"a day from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise UsageProblem(f"{option} {day} lies beyond the calendar", hint=hint)
    return day


def read_since(given: str | None, today: date, otherwise: str = "1 year") -> date:
    """The day that `--since` names, or the first of so many that end with today: 7d, 2 weeks, 6 months.
    UsageProblem else.
    """
    from datetime import timedelta

    from kcs.article.days import Interval, parse_interval

    given = otherwise if given is None else given
    try:
        day = date.fromisoformat(given)
    except ValueError:
        span = parse_interval(given)
        if span is None:
            hint = "write a day, 2026-11-22, or a span: 90d, 6 months, 1 year"
            what, write = _why_no_day(given) or ("is neither a day nor a span of time", hint)
            raise UsageProblem(f"--since {given!r} {what}", hint=write) from None
        # Today is one of the seven days of 7d: no two Fridays report the same day.
        return min(Interval(-span.months, -span.days).after(today) + timedelta(1), today)
    if day > today:
        raise UsageProblem(f"--since {given} lies after {today}, the last day looked at")
    return _in_calendar(day, "--since")


def open_base(kb: Path | None, at: str | None = None, as_of: str | None = None) -> KnowledgeBase:
    """The base a command works on; what the output should say about it goes to stderr."""

    from kcs.kb.base import KnowledgeBase

    if at is not None:
        from kcs.kb.opening import day_at

        if (day := day_at(at)) is not None:
            _in_calendar(day, "--at")
    base = KnowledgeBase.open(kb, at=at, as_of=read_day(as_of, "--as-of"))
    for said in base.notes:
        from kcs.render.terminal import note

        note(f"kcs: {said}")
    return base


def commit_wanted(given: bool | None, message: str = "") -> bool:
    """`--commit`, else the user's own setting.

    UsageProblem for a `message` (of an -m that goes nowhere else) without a commit: it would be lost without a word.
    """
    from kcs.kb.place import user_settings

    wanted = bool(user_settings().get("commit", False)) if given is None else given
    if message and not wanted:
        raise UsageProblem(
            "-m is for the commit's message, and nothing is committed", hint="add --commit, or leave out -m"
        )
    return wanted
