"""The user's clipboard: the desktop's own program if there is a desktop, else tmux's,
else the terminal's (OSC 52)."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from shlex import join
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.errors import UsageProblem
from kcs.render.terminal import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

# Terminals cut off or refuse longer sequences, each at another length; this one all take that take any.
_MOST = 74_000
_LETS = "the terminal, if it lets programs write its clipboard"


def copied_text(kb: KnowledgeBase, article: Article, text: str, asked: Sequence[str] = ()) -> None:
    """Put the text on the clipboard, and say so; in a pipe, write it on stdout for the next program.

    `asked`: the options beside --copy that gave this text.
    """
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    how = _by_program(text) or _by_terminal(text)
    if how is None:
        raise UsageProblem(
            "there is no clipboard here",
            hint=f"kcs show {join([kb.command_name(article), '--copy', *asked])} | cat shows the text itself",
        )
    lines = text.count("\n")
    note(f"copied {article.name}: {counted(lines, 'line')}, by {how}")


def _programs() -> list[list[str]]:
    """Programs for this desktop's clipboard. Over SSH, it would be the clipboard of a machine that nobody looks at."""
    if sys.platform == "darwin":
        return [["pbcopy"]]
    if sys.platform == "win32":
        return [["clip.exe"]]
    found: list[list[str]] = []
    if not os.environ.get("SSH_CONNECTION"):
        if os.environ.get("WAYLAND_DISPLAY"):
            found += [["wl-copy"]]
        if os.environ.get("DISPLAY"):
            found += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
        if "WSL_DISTRO_NAME" in os.environ:
            found += [["clip.exe"]]
    if "TMUX" in os.environ:  # since 3.3 it lets no sequence through unless told to; this it hands on
        found += [["tmux", "load-buffer", "-w", "-"]]
    return found


def _by_program(text: str) -> str | None:
    from shutil import which

    for program, *options in _programs():
        path = which(program)
        if path is None:
            continue
        import subprocess

        # clip.exe recognises UTF-16, and takes everything else for the old code page.
        raw = text.encode("utf-16-le" if program == "clip.exe" else "utf-8")
        done = subprocess.run(
            [path, *options],
            input=raw,
            stdout=subprocess.DEVNULL,  # xclip lives on and would keep our pipe open
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode == 0:
            return program if program != "tmux" else f"tmux, and {_LETS}"
    return None


def _by_terminal(text: str) -> str | None:
    code = b64encode(text.encode()).decode("ascii")
    if os.environ.get("TERM", "dumb") == "dumb" or len(code) > _MOST:
        return None
    sequence = f"\x1b]52;c;{code}\x07"
    if "TMUX" in os.environ:  # an older tmux passes it on to its terminal
        sequence = f"\x1bPtmux;\x1b{sequence}\x1b\\"
    sys.stdout.write(sequence)
    sys.stdout.flush()
    return _LETS
