"""kcs edit."""

from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import ArticleName, Commit, Kb, commit_wanted, one_name, open_base

if TYPE_CHECKING:
    from kcs.kb.base import KnowledgeBase

app = typer.Typer(add_completion=False)


@app.command(epilog='kcs edit kb-4c7mhx0q   ·   kcs edit deposit back --commit -m "the menu has moved"')
def edit(
    article: ArticleName,
    why: Annotated[str, typer.Option("-m", metavar="WHY", help="Why, for the commit's message.")] = "",
    commit: Commit = None,
    kb: Kb = None,
) -> None:
    """Open an article in your editor, wait, and say what the change means for its verification.

    The editor is $VISUAL, else $EDITOR, else Git's core.editor, else vi (on Windows notepad). Exit code 1 where the
    file can no longer be read, or the editor failed.
    """
    committing = commit_wanted(commit, why)
    raise SystemExit(edit_article(open_base(kb), one_name(article), why, commit=committing))


def edit_article(base: "KnowledgeBase", article: str, why: str = "", *, commit: bool = False) -> int:
    """Do it, say what it means, and give the exit code."""
    from kcs.authoring import launch_editor as feature
    from kcs.render.edit import edited_text
    from kcs.render.terminal import note

    done = feature.edit(base, article, why, commit=commit)
    edited_text(done)
    if commit and done.code and done.kind in ("around", "text"):
        note("kcs: it was not committed")
    return 1 if done.code or done.kind == "unreadable" else 0
