"""The options that narrow down, shared by all commands that list; made where such a command runs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kcs.cli.options import Paths, read_day
from kcs.errors import UsageProblem

if TYPE_CHECKING:
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.select import Filters

_PANEL = "Narrow down"


def _offering(name: str) -> Callable[[typer.Context, str], list[str]]:
    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from kcs.cli.completing import complete_value

        return complete_value(ctx, name, incomplete)

    return complete


def _list_option(name: str, help_text: str) -> Any:
    return Annotated[
        list[str] | None,
        typer.Option(
            f"--{name}",
            metavar=name.upper(),
            help=help_text,
            rich_help_panel=_PANEL,
            autocompletion=_offering(name),
        ),
    ]


_FILTERS: dict[str, tuple[Any, Any]] = {
    "owner": (_list_option("owner", "Owned by this person or team."), None),
    "product": (_list_option("product", "About this product."), None),
    "tag": (_list_option("tag", "With this tag."), None),
    "type": (_list_option("type", "Of this type, such as Solution."), None),
    "confidence": (
        _list_option("confidence", "work-in-progress, not-validated, validated or archived."),
        None,
    ),
    "audience": (_list_option("audience", "For this audience."), None),
    "governance": (_list_option("governance", "experience or compliance."), None),
    "language": (_list_option("language", "In this language: th, or en-GB."), None),
    "reason": (_list_option("reason", "Not trusted for this reason, such as stale."), None),
    "trusted": (
        Annotated[
            bool | None,
            typer.Option(
                "--trusted/--untrusted", help="Only those that are, or are not.", rich_help_panel=_PANEL
            ),
        ],
        None,
    ),
    "flagged": (
        Annotated[
            bool, typer.Option("--flagged", help="Only those with an open flag.", rich_help_panel=_PANEL)
        ],
        False,
    ),
    "due_before": (
        Annotated[
            str | None,
            typer.Option("--due-before", metavar="DATE", help="Due before this day.", rich_help_panel=_PANEL),
        ],
        None,
    ),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters that all listing commands share; it gets them as `filters`.

    An option of the command's own with a filter's name (or `paths`) takes that filter's place.
    """
    command.__annotations__["filters"] = object  # its own type is imported only when the command runs
    signature = inspect.signature(command, eval_str=True)
    kept = [one for one in signature.parameters.values() if one.name != "filters"]
    own = {one.name for one in kept}
    kind = inspect.Parameter.KEYWORD_ONLY
    paths = inspect.Parameter("paths", kind, default=None, annotation=Paths)
    added = [
        inspect.Parameter(name, kind, default=default, annotation=a)
        for name, (a, default) in _FILTERS.items()
        if name not in own
    ]
    shared = [one.name for one in (paths, *added) if one.name not in own]

    @wraps(command)
    def with_filters(**values: Any) -> None:
        given = {name: values.pop(name) for name in shared}
        command(filters=_filters(given), **values)

    everything = [*([] if "paths" in own else [paths]), *(one.replace(kind=kind) for one in kept), *added]
    with_filters.__signature__ = signature.replace(parameters=everything)  # type: ignore[attr-defined]
    with_filters.__annotations__ = {one.name: one.annotation for one in everything}
    return with_filters


def _filters(given: dict[str, Any]) -> Filters:
    from kcs.article.states import CONFIDENCES
    from kcs.article.trust import REASONS
    from kcs.errors import nearest_hint
    from kcs.kb.select import Filters

    values: dict[str, Any] = {
        name: tuple(value or ()) if isinstance(value, list | None) else value for name, value in given.items()
    }
    for name, choices in (("confidence", CONFIDENCES), ("reason", REASONS)):
        if name in values:  # in any case, as every other filter
            values[name] = tuple(map(str.casefold, values[name]))
        for value in values.get(name, ()):
            if value not in choices:
                raise UsageProblem(f"--{name} {value!r} is unknown", hint=nearest_hint(value, list(choices)))
    values["due_before"] = read_day(given["due_before"], "--due-before")
    values["trusted"] = given["trusted"]
    return Filters(**values)


def choose(base: KnowledgeBase, filters: Filters) -> list[Article]:
    """The articles that the filters leave; what they ask for that no article has goes to stderr."""
    warn(base, filters)
    return filters.choose(base)


def warn(base: KnowledgeBase, filters: Filters) -> None:
    """Say on stderr which values of the filters no article has."""
    for said in filters.unheard(base):
        from kcs.render.terminal import note

        note(f"kcs: {said}")
