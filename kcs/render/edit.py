"""What an edit means for the verification, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.render.reasons import quoted
from kcs.render.terminal import committed, note, say
from kcs.render.trust import meaning

if TYPE_CHECKING:
    from kcs.authoring.launch_editor import Edited


def edited_text(done: Edited) -> None:
    """One line of what changed, one of what follows."""
    name = done.article.name
    if done.code:
        note(f"kcs: the editor ended with code {done.code}")
    if done.kind == "nothing":
        say(f"{name}: nothing changed")
    elif done.kind == "unreadable":
        say(f"{name}: can no longer be read, so it is not trusted", "red")
        note(f"{done.problem}; fix it with kcs edit {quoted(name)}")
    elif done.kind == "around":
        say(f"{name}: changed, but not in its title or text; {_standing(done)}")
    else:
        _text(done)
    committed(done.commit)


def _text(done: Edited) -> None:
    name = done.article.name
    say(f"{name}: its title or text changed; {_standing(done)}", "" if done.after.trusted else "yellow")
    if "content-changed" in done.after.reasons and "content-changed" not in done.before.reasons:
        note(
            f"what was verified is another text now. kcs verify {quoted(name)} shows the difference and vouches for it;"
            " with --minor it carries the verification over a change of no weight"
        )
    elif "content-changed" in done.before.reasons and "content-changed" not in done.after.reasons:
        note("it matches the verified text again")


def _standing(done: Edited) -> str:
    now = "trusted" if done.after.trusted else "not trusted: " + ", ".join(
        f"{reason} ({meaning(reason)})" for reason in done.after.reasons
    )  # fmt: skip
    return f"still {now}" if done.after.reasons == done.before.reasons else f"now {now}"
