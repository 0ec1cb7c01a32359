"""The output of `kcs new`: the new file's path on stdout, everything else on stderr."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kcs.render.terminal import committed, for_eyes, note, say, table, write_json

if TYPE_CHECKING:
    from kcs.authoring.creating import Created
    from kcs.authoring.new import NewArticle
    from kcs.authoring.templates import Template
    from kcs.errors import FileProblem


def created_text(root: Path, made: Created, *, edited: bool) -> None:
    """For eyes `created ID PATH`; in a pipe the path alone, so that `$EDITOR "$(kcs new ...)"` works."""
    article = made.article
    shown = _from_here(root, article.path)
    if for_eyes():
        say(f"created {article.id} {shown}", "green")
    else:
        print(shown)
        a = "an" if article.type[:1].lower() in "aeiou" else "a"
        note(f"kcs: created {article.id}, {a} {article.type}")
    committed(made.commit)
    if for_eyes():
        first = "" if edited else f"kcs edit {article.id}, then "
        note(f"     next: {first}kcs verify {article.id} --validate")


def _from_here(root: Path, path: str) -> str:
    """The path from the current folder if that is inside the base, else the full path."""
    here = Path.cwd()
    if here.is_relative_to(root) or here.resolve().is_relative_to(root.resolve()):
        return os.path.relpath(root.resolve() / path, here.resolve()).replace(os.sep, "/")
    return str(root / path)


def created_json(root: Path, made: Created, *, dry_run: bool) -> None:
    """`kcs.new/1`. It holds the file's text if that was not written."""
    text = {"text": made.article.raw.decode()} if dry_run else {}
    left_out = [{"kind": kind, "shown": shown} for kind, shown in made.given.left_out]
    facts = {**_facts(root, made.article), "left_out": left_out}
    write_json("kcs.new/1", {**facts, "dry_run": dry_run, "commit": made.commit, **text})


def _facts(root: Path, article: NewArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path,
        "file": str(root / article.path),
        "type": article.type,
        "title": article.title,
        "language": article.language or None,
        "notes": list(article.notes),
    }


def planned_text(article: NewArticle) -> None:
    """The file that would be written, and where."""
    print(article.raw.decode(), end="")
    note(f"kcs: nothing was written (--dry-run); it would be {article.path}")


def notes_text(made: Created) -> None:
    """What the user should know, and what was left out of a ticket, without repeating it."""
    for one in made.article.notes:
        note(f"kcs: {one}")
    if made.given.left_out:
        _left_out_text(made.given.left_out)


def _left_out_text(left_out: Sequence[tuple[str, str]]) -> None:
    """By kind and count, with what each looks like, masked."""
    kinds = dict.fromkeys(kind for kind, _ in left_out)
    for kind in kinds:
        shown = [shown for one, shown in left_out if one == kind]
        distinct = list(dict.fromkeys(shown))
        more = f", and {len(distinct) - 3} more" if len(distinct) > 3 else ""
        note(f"kcs: left out: {len(shown)} x {kind} ({', '.join(distinct[:3])}{more})")


def templates_text(templates: Sequence[Template], problems: Sequence[FileProblem]) -> None:
    """One line a template, the base's own first."""
    rows = [(one.key, one.name, "own" if one.own else "", one.description) for one in templates]
    table(("Type", "Name", "", "What for"), rows, ("cyan", "bold", "dim", ""))
    for problem in problems:
        note(f"kcs: {problem}")


def templates_json(templates: Sequence[Template], problems: Sequence[FileProblem]) -> None:
    """`kcs.templates/1`."""
    rows = [
        {
            "type": one.key,
            "name": one.name,
            "description": one.description,
            "own": one.own,
            "path": one.path if one.own else None,
            "sections": list(one.sections),
            "optional": list(one.optional),
        }
        for one in templates
    ]
    broken = [{"path": one.path, "line": one.line, "message": one.message} for one in problems]
    write_json("kcs.templates/1", {"templates": rows, "broken": broken})


def preview_json(template: Template, text: str) -> None:
    """`kcs.preview/1`."""
    write_json(
        "kcs.preview/1", {"type": template.key, "name": template.name, "own": template.own, "text": text}
    )
