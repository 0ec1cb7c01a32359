"""kcs new."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kcs.cli.options import (
    AsOf,
    Commit,
    Format,
    FormatOption,
    Kb,
    commit_wanted,
    complete_article,
    complete_id,
    read_day,
    shell_safe,
)
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.authoring.new import NewArticle

app = typer.Typer(add_completion=False)
_BEGIN = "Where it begins"
_FACTS = "What is known of it"


def _complete(ctx: typer.Context, incomplete: str) -> list[str]:
    """The types, as the first word: nobody else knows the title."""
    from kcs.authoring.templates import all_templates
    from kcs.errors import KcsError
    from kcs.kb.place import find_root

    if ctx.params.get("words"):
        return []
    given = ctx.params.get("kb")
    root: Path | None = None
    with suppress(KcsError, OSError):
        root = find_root(Path(given) if given else None)
    types = [one.key for one in all_templates(root)[0]]
    return [one for one in types if one.startswith(incomplete) and shell_safe(one)]


@app.command(
    epilog='kcs new "Outlook keeps asking for the password"   ·   kcs new how-to "Print a receipt" --language th'
    "   ·   kcs new how-to --from kb-4c7mhx0q   ·   kcs new --list"
)
def new(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TYPE] TITLE",
            help="The title, in the requestor's words; before it a type, else Solution.",
            autocompletion=_complete,
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ARTICLE|FILE|-",
            help="An article to write the counterpart of; or a ticket, mail or thread.",
            rich_help_panel=_BEGIN,
            autocompletion=complete_id,
        ),
    ] = "",
    translation_of: Annotated[
        str,
        typer.Option(
            "--translation-of",
            metavar="ARTICLE",
            help="What it translates.",
            rich_help_panel=_BEGIN,
            autocompletion=complete_article,
        ),
    ] = "",
    product: Annotated[str, typer.Option("--product", help="What it is about.", rich_help_panel=_FACTS)] = "",
    ticket: Annotated[
        str, typer.Option("--ticket", metavar="ID", help="The ticket it comes from.", rich_help_panel=_FACTS)
    ] = "",
    language: Annotated[
        str,
        typer.Option("--language", help="th, vi, ar, en-GB: of its headings too.", rich_help_panel=_FACTS),
    ] = "",
    owner: Annotated[
        str, typer.Option("--owner", help="A person or team of team.toml.", rich_help_panel=_FACTS)
    ] = "",
    audience: Annotated[str, typer.Option("--audience", help="Whom it is for.", rich_help_panel=_FACTS)] = "",
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="A tag; give it again for more.", rich_help_panel=_FACTS)
    ] = None,
    release: Annotated[
        str, typer.Option("--release", help="Of a feature breakdown.", rich_help_panel=_FACTS)
    ] = "",
    launch: Annotated[
        str | None,
        typer.Option("--launch", metavar="DATE", help="Of a feature breakdown.", rich_help_panel=_FACTS),
    ] = None,
    folder: Annotated[
        str, typer.Option("--in", metavar="FOLDER", help="The folder it goes in; else the product's.")
    ] = "",
    edit: Annotated[bool, typer.Option("--edit", "-e", help="Open it in your editor.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file, write nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write it without looking for near-duplicates.")
    ] = False,
    commit: Commit = None,
    show: Annotated[bool, typer.Option("--list", help="List the templates, the base's own first.")] = False,
    preview: Annotated[
        str, typer.Option("--preview", metavar="TYPE", help="Show a template filled in.")
    ] = "",
    kb: Kb = None,
    as_of: AsOf = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Make an article: one line is enough, and it grows from there.

    Prints its path. The article is work-in-progress, and no editor opens unless you say --edit. If there may
    already be an article on it, you are shown that first; without a terminal nothing is written then, and the
    exit code is 1.
    """
    if show or preview:
        making = {
            "the title": words,
            "--from": source,
            "--translation-of": translation_of,
            "--product": product,
            "--ticket": ticket,
            "--owner": owner,
            "--audience": audience,
            "--tag": tag,
            "--release": release,
            "--launch": launch,
            "--in": folder,
            "--edit": edit,
            "--commit": commit,
        }
        if show and preview:
            raise UsageProblem("--list names the templates, --preview shows one", hint="give one of the two")
        from kcs.cli.new_templates import show_templates

        show_templates(
            kb, as_of, preview, language, format, [name for name, given in making.items() if given]
        )
        return
    from kcs.authoring.creating import Order, create
    from kcs.authoring.wanted import Wanted
    from kcs.kb.place import find_root
    from kcs.kb.settings.config import CONFIG_NAME, load_config
    from kcs.render import new as render

    wanted = Wanted(
        words=tuple(words or ()),
        product=product,
        ticket=ticket,
        language=language,
        owner=owner,
        audience=audience,
        tags=tuple(tag or ()),
        folder=folder,
        release=release,
        launch=read_day(launch, "--launch"),
    )
    root, day = find_root(kb), read_day(as_of, "--as-of")
    committing = commit_wanted(commit)

    def look_up(planned: "NewArticle") -> None:
        from kcs.cli.new_near import (
            offer_near_duplicates,  # only once the request is known to be possible
        )

        offer_near_duplicates(root, day, product, planned, dry_run=dry_run, commit=committing)

    made = create(
        root,
        load_config(root / CONFIG_NAME),
        day,
        Order(wanted, source, translation_of, committing, dry_run),
        read_input=_read_input,
        edit=_edit if edit else None,
        look_up=None if force else look_up,
    )
    render.notes_text(made)
    if format is Format.JSON:
        render.created_json(root, made, dry_run=dry_run)
    elif dry_run:
        render.planned_text(made.article)
    else:
        render.created_text(root, made, edited=edit)


def _read_input() -> bytes:
    import sys

    if sys.stdin.isatty():
        from kcs.render.terminal import note

        key = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        note(f"kcs: paste the ticket, then {key} on a line of its own [Ctrl-C gives up]")
    return sys.stdin.buffer.read()


def _edit(file: Path) -> int:
    from kcs.authoring.launch_editor import launch

    return launch(file)
