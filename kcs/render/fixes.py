"""What `kcs audit --fix` mended, or would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.counting import counted
from kcs.render.terminal import for_eyes, note, safe, say

if TYPE_CHECKING:
    from kcs.audit.fixing import Fixed


def fixes_text(done: Sequence[Fixed]) -> None:
    """On stderr, a line per article: what was mended, what was left and why. Remaining findings follow."""
    for one in done:
        if one.rules:
            note(f"mended {one.article.path}: {', '.join(one.rules)}")
        for reason in one.refused:
            note(f"left {one.article.path}: {reason}")
    note(f"{counted(sum(one.new != one.old for one in done), 'article')} mended")


def fixes_diff(done: Sequence[Fixed]) -> None:
    """What would be mended, as a unified diff."""
    from difflib import unified_diff

    for one in done:
        before, after = (raw.decode("utf-8", "replace").splitlines() for raw in (one.old, one.new))
        lines = list(
            unified_diff(before, after, f"a/{one.article.path}", f"b/{one.article.path}", lineterm="")
        )
        if for_eyes() and lines:
            from kcs.render.diff import diff_for_eyes

            say(one.article.path, "bold")
            diff_for_eyes(lines[2:])
        else:
            for line in lines:
                print(safe(line))
        for reason in one.refused:
            note(f"would be left {one.article.path}: {reason}")
    note(f"{counted(sum(one.new != one.old for one in done), 'article')} would be mended")
