"""Which base is in use and why, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.terminal import note, say, write_json

if TYPE_CHECKING:
    from kcs.authoring.choose import Choice

_WHY = {
    "option": "named by --kb",
    "KCS_KB": "named by KCS_KB",
    "folder": "it holds the folder you are in",
    "settings": "chosen with kcs use",
}


def choice_text(choice: Choice) -> None:
    """The folder on stdout, the reason on stderr."""
    if choice.root is None or choice.why is None:
        note("no base is chosen, and none holds the folder you are in")
        return
    say(str(choice.root))
    note(f"{_WHY[choice.why]}")
    if choice.why != "settings" and choice.chosen:
        note(f"elsewhere: {choice.chosen} ({choice.settings})")


def chosen_text(choice: Choice) -> None:
    """What the settings say now, and what takes precedence here."""
    say(f"from anywhere: {choice.chosen}" if choice.chosen else "no base is chosen now")
    note(f"{choice.settings}")
    if choice.root is not None and choice.why in ("KCS_KB", "folder") and str(choice.root) != choice.chosen:
        note(f"here kcs works on {choice.root}: {_WHY[choice.why]}")


def choice_json(choice: Choice) -> None:
    """`kcs.use/1`."""
    write_json(
        "kcs.use/1",
        {
            "root": str(choice.root) if choice.root else None,
            "why": choice.why,
            "chosen": choice.chosen or None,
            "settings": str(choice.settings),
        },
    )
