"""Questions on the terminal: a line typed in answer, whatever was typed, and an end that leaves the line whole."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def asked(question: str) -> str | None:
    """What was typed; None at the end of input (Ctrl-D)."""
    from kcs.render.ansi import columns
    from kcs.render.folding import folded

    blank = question[len(question.rstrip()) :]
    print(folded(question.rstrip(), columns(1) - len(blank) - 1) + blank, end="", flush=True)
    if isinstance(sys.stdin, TextIOWrapper) and sys.stdin.errors != "replace":
        # A backspace takes half a Thai letter where the terminal does not know that input is UTF-8.
        sys.stdin.reconfigure(errors="replace")
    line = sys.stdin.readline()
    if not line:
        print()  # what is said next begins a line of its own
        return None
    return line.strip()


def agrees(question: str) -> bool | None:
    """Yes or no, no where only Enter was typed; anything else is asked again. None at the end of input."""
    while (said := asked(f"{question} [y/N] ")) is not None:
        if said.lower() in ("y", "yes"):
            return True
        if said.lower() in ("", "n", "no"):
            return False
    return None
