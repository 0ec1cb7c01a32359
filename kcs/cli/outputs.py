"""The files to which reports are written: which are meant, and which cannot be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase


def destinations(outputs: Sequence[str], formats: Sequence[str]) -> list[tuple[str, str]]:
    """Each `[FORMAT:]FILE` as (format or nothing, file).

    UsageProblem for `srif:a.sarif`, a mistyped format rather than a file (one letter is a
    drive), for `sarif`, into which text would be written, and for a file that is named twice.
    """
    from kcs.errors import nearest_hint

    found, seen = [], set()
    for one in outputs:
        name, colon, file = one.partition(":")
        if one in formats:
            hint = f"--output {one}:FILE; a file of that name is ./{one}"
            raise UsageProblem(f"--output {one} names a format, and no file", hint=hint)
        if not colon or name not in formats:
            if colon and len(name) > 1 and name.isalpha():
                hint = nearest_hint(name, list(formats)) + f"; a file of that name is ./{one}"
                raise UsageProblem(f"--output {one}: no format is called {name!r}", hint=hint)
            name, file = "", one
        if not file:
            raise UsageProblem(f"--output {one!r} names no file")
        if file == "-":
            hint = "--format says how stdout is written; a file of that name is ./-"
            raise UsageProblem(f"--output {one}: only files are named there", hint=hint)
        place = os.path.realpath(file)
        if place in seen:
            raise UsageProblem(f"--output names {file} twice: one report would overwrite the other")
        seen.add(place)
        found.append((name, file))
    return found


def refuse_own(base: KnowledgeBase, file: Path | str, *given: Path | None, new_articles: bool = True) -> None:
    """UsageProblem where a report would take the place of an article, of what the base itself reads, or of a
    file that was `given` to be read, and where it has no place. `new_articles`: may it become one that is not
    there yet?
    """
    from kcs.audit.baseline import NAME
    from kcs.insight.figures import DEFAULT_NAME
    from kcs.kb.moves import MOVES_NAME
    from kcs.kb.select import path_in
    from kcs.kb.settings.config import CONFIG_NAME
    from kcs.kb.settings.team import TEAM_NAME

    path = path_in(base, os.path.realpath(file))
    # Outside the base its path is a whole one, and `**/*.md` fits that too.
    becomes_article = not new_articles and not Path(path).is_absolute() and base.is_article(path)
    if (
        becomes_article
        or path in base.by_path
        or path in (CONFIG_NAME, TEAM_NAME, MOVES_NAME, NAME, DEFAULT_NAME)
    ):
        raise UsageProblem(f"--output {file}: that is part of the knowledge base", hint="name another file")
    if any(one is not None and os.path.realpath(one) == os.path.realpath(file) for one in given):
        raise UsageProblem(f"--output {file}: that is the file to read", hint="name another file")
    if os.path.isdir(file) or not os.path.isdir(os.path.dirname(os.path.realpath(file))):  # noqa: PTH112, PTH120
        why = "that is a folder" if os.path.isdir(file) else "there is no such folder"  # noqa: PTH112
        raise UsageProblem(
            f"--output {file}: cannot be written: {why}", hint="name a file in a folder that is there"
        )
