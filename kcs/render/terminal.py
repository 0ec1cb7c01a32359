"""Where text goes and how it looks there: colour and boxes for eyes, plain lines for pipes, JSON for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kcs.hints import with_base
from kcs.patterns import later
from kcs.streams import in_ci, tell

if TYPE_CHECKING:
    from rich.console import Console


# By these a terminal may be repainted, or its lines turned around; JSON itself escapes those below U+0020.
REPAINTS = later("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def for_eyes() -> bool:
    """Whether stdout is a terminal. KCS_FORCE_TERMINAL=1 says it is: for screenshots and pagers."""
    return sys.stdout.isatty() or os.environ.get("KCS_FORCE_TERMINAL") == "1"


def can_ask() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not in_ci()


def out_of_reach() -> bool:
    """Whether somebody is at a terminal who cannot be asked, as with `|
    less`, behind `xargs`, or where CI is set in a person's own shell.
    """
    return not can_ask() and any(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def why_unasked() -> tuple[str, str]:
    """Why nobody can be asked, and what to do about it: in a person's own shell CI is easily forgotten."""
    if in_ci():
        return "CI is set, where nobody answers", "`unset CI` lets kcs ask"
    return "input or output is not the terminal", "run it without a pipe (xargs -o keeps the terminal)"


def console() -> Console:
    """A Rich console on stdout; colourless under NO_COLOR (Rich sees to that) and in a pipe."""
    from rich.console import Console

    return Console(highlight=False, markup=False, force_terminal=True if for_eyes() else None, emoji=False)


def write_json(schema: str, value: dict[str, Any]) -> None:
    """One JSON document with its schema's name first."""
    sys.stdout.write(as_json({"schema": schema, **value}, indent=2, default=str) + "\n")


def as_json(value: Any, **way: Any) -> str:
    """JSON in readable letters, but with escapes for the signs by which a
    terminal that shows it could be repainted, or its lines turned around.
    """
    import json

    return REPAINTS.sub(
        lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False, **way)
    )


def say(text: str = "", style: str = "", hang: int | None = None) -> None:
    """One line on stdout, in a style where people look: there
    on as many as it needs, those that follow `hang` columns in.
    """
    text = safe(text)
    if not for_eyes():
        print(text)
        return
    from kcs.render.ansi import columns
    from kcs.render.folding import folded

    text = folded(text, columns(1), hang)
    if style:
        console().print(text, style=style, soft_wrap=True)
    else:
        print(text)


def prose(text: str, style: str = "", indent: int = 0) -> None:
    """Text to read, not to copy: on a terminal, wrapped between words, which the terminal would split."""
    if not for_eyes():
        print(" " * indent + safe(text))
        return
    from rich.text import Text

    out = console()
    for line in Text(safe(text), style).wrap(out, max(out.width - indent, 1)) or [Text()]:
        line.pad_left(indent)
        out.print(line, soft_wrap=True)


def note(text: str, *, hints: bool = True) -> None:
    """A message on stderr: counts, hints, progress. Never data. One
    line, for scripts to match; on a terminal, as many as it needs.

    Without `hints` what an article says: a command in it stays as it is.
    """
    text = with_base(safe(text)) if hints else safe(text)
    if sys.stderr.isatty():
        from kcs.render.ansi import columns
        from kcs.render.folding import folded

        text = folded(text, columns(2))
    tell(text)


def committed(commit: str | None) -> None:
    """What was written is in a commit, where one was made: `commit
    = true` in a user's own settings is far from the command.
    """
    if commit:
        note(f"committed as {commit[:12]}")


def safe(text: str) -> str:
    """`text` without the control characters by which a file could repaint the terminal."""
    if text.isprintable():
        return text
    return "".join(
        sign
        if sign in "\n\t"
        or sign.isprintable()
        or sign in _JOINERS
        or (ord(sign) > 0x9F and not _hidden(sign))
        else "\ufffd"
        for sign in text
    )


# Thai, Arabic and emoji text may hold these honestly; bidi overrides (U+202A to U+202E) may not pass.
_JOINERS = "\u200b\u200c\u200d\u200e\u200f\u00a0\u2060\ufeff\u3000\u2066\u2067\u2068\u2069"


def one_line(text: str) -> str:
    """`text`, safe, with a blank for each line break: a title of two lines must not look like two rows."""
    return text if text.isprintable() else safe(" ".join(text.split()))


def _hidden(sign: str) -> bool:
    return "\u202a" <= sign <= "\u202e" or "\ud800" <= sign <= "\udfff"


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """A table: aligned and coloured for eyes, tab-separated lines without a header for pipes."""
    if not for_eyes():
        columns = map(_even, zip(*rows, strict=True))
        sys.stdout.write("".join([f"{line}\n" for line in map("\t".join, zip(*columns, strict=True))]))
        return
    from kcs.render.columns import fitting, widths_of

    out = console()
    # Areas, which people name, are headers too.
    headers, rows = list(map(one_line, headers)), [list(map(one_line, row)) for row in rows]
    headers, rows, styles = fitting(headers, rows, styles, out.width)
    if (widths := widths_of(headers, rows, out.width)) is None:
        _cards(headers, rows, styles)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for index, header in enumerate(headers):
        style = styles[index] if index < len(styles) else ""
        drawn.add_column(
            Text(header),
            style=style or None,
            overflow="fold",  # Thai has no blanks: its titles are folded, not cut off
            width=widths[index],
        )
    for row in rows:
        drawn.add_row(*map(_cell, row, widths))
    out.print(drawn)


def _cards(headers: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
    """Each row as lines of its own: the first two cells, then
    the others with their headers, as many as fit on a line.
    """
    width = console().width
    for row in rows:
        # A figure says nothing without the name of its column.
        second = [
            f"{header}: {cell}" if header and cell and not _FIGURE.sub("", cell) else cell
            for header, cell in zip(headers[1:2], row[1:2], strict=True)
        ]
        say("  ".join(cell for cell in (*row[:1], *second) if cell), styles[0] if styles else "")
        line = ""
        for header, cell in list(zip(headers, row, strict=True))[2:]:
            if not cell:
                continue
            told = f"{header}: {cell}" if header else cell
            if line and (header == "Title" or len(line) + len(told) + 7 > width):
                indented(line)
                line = ""
            line = f"{line} · {told}" if line else told
        if line:
            indented(line)


def indented(text: str, style: str = "") -> None:
    """Wrap between words; one longer than a line, such as a path to copy, stays whole."""
    from kcs.render.folding import folded

    for line in folded(safe(text), console().width - 4).split("\n"):
        say(f"    {line}", style)


_FIGURE = later(r"[\d.,%–-]+")
_UNEVEN = ("  ", "\n ", " \n")


def _even(column: Sequence[str]) -> Sequence[str]:
    """Cells of one line each, blanks evened out.
    Nearly all already are: looking at all at once takes a tenth of the time.
    """
    values = set(column)
    text = "\n".join(["", *values, ""])
    even = " " not in text or not any(signs in text for signs in _UNEVEN)
    if even and "".join(values).isprintable():
        return column
    mended = {cell: safe(" ".join(cell.split())) for cell in values}
    return [mended[cell] for cell in column]


def _cell(text: str, width: int) -> Any:
    from rich.text import Text

    from kcs.render.folding import between_parts, folded
    from kcs.search.borders import cells

    shown = safe(text)
    if cells(shown) > width:  # Rich would break a path, and Thai, anywhere
        shown = between_parts(folded(shown, width), width)
    return Text(shown, style=_TONES.get(text.split(",")[0].split(" ")[0], ""))


_TONES = {
    "trusted": "green",
    "stale": "yellow",
    "adopted": "yellow",
    "content-changed": "red",
    "flagged": "red",
    "unreadable": "bold red",
    "never-verified": "yellow",
    "not-validated": "dim",
}
