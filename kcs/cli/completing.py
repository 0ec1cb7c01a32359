"""Shell completion for articles' values: `--product`, and `product:` in a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.cli.options import articles_read, shell_safe

if TYPE_CHECKING:
    import typer

_TRUSTED = ("yes", "no")


def complete_query(ctx: typer.Context, incomplete: str) -> list[str]:
    """A condition of a search, `product:` and a value, from the second letter of its name on."""
    typed, sign, value = incomplete.rpartition(":")
    if not sign:  # bash makes words of its own of what stands around a colon
        return _after_colon(ctx, incomplete) or _begun(ctx, incomplete)
    return [f"{typed}:{one}" for one in _of(ctx, typed.removeprefix("not:"), value)]


def _after_colon(ctx: typer.Context, value: str) -> list[str]:
    return _of(ctx, _last(ctx, 1), value) if _last(ctx) == ":" else []


def _begun(ctx: typer.Context, begun: str) -> list[str]:
    from kcs.search.language import FIELDS

    fields = [one for one in FIELDS if len(begun) > 1 and one.startswith(begun)]
    return [f"{one}:{value}" for one in fields for value in _of(ctx, one, "")]


def _last(ctx: typer.Context, before: int = 0) -> str:
    words: Sequence[str] = ctx.params.get("words") or ()
    return words[-1 - before] if len(words) > before else ""


def _of(ctx: typer.Context, name: str, begun: str) -> list[str]:
    if name == "trusted":
        return [one for one in _TRUSTED if one.startswith(begun)]
    return complete_value(ctx, "language" if name == "lang" else name, begun)


def complete_value(ctx: typer.Context, field: str, begun: str) -> list[str]:
    """The values of a field that articles have and that begin so, as they can be typed without quotes."""
    from kcs.article.trust import REASONS
    from kcs.kb.values import VALUES, alike, known

    if field == "reason":
        return [one for one in REASONS if one.startswith(begun)]
    if field not in VALUES:
        return []
    fit = alike(begun)
    return sorted(one for one in known(articles_read(ctx), field) if one.startswith(fit) and shell_safe(one))
