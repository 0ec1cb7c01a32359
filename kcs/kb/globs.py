"""Path globs as kcs.toml and the command line write them: `*` within a folder, `**` through any number of folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

# `**/` is any number of folders, none too, where a folder's name begins; elsewhere `**` is any signs.
_ANY_DEPTH = re.compile(r"((?:^|(?<=/))\*\*/|\*\*)")


def _translate(pattern: str) -> str:
    """A regular expression that takes no longer for a hostile pattern: of each part between two wildcards it
    tries the first place that fits and no other, since whatever lies between that and a later one the next
    wildcard takes as well.
    """
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/"):
        pattern += "**"
    first, *others = _ANY_DEPTH.split(pattern)
    if not others:
        return _names(first, "[^/]*")
    out = [_names(first, "[^/]*?")]
    *units, (wild, last) = zip(others[::2], others[1::2], strict=True)
    for one, part in units:
        out.append(f"(?>{'(?:.*?/)??' if one == '**/' else '.*?'}{_names(part, '[^/]*?')})")
    out += ["(?:.*/)?" if wild == "**/" else ".*", _names(last, "[^/]*")]
    return "".join(out)


def _names(part: str, star: str) -> str:
    """A part without `**`; `star` is for the last `*` of each folder's name."""
    return "/".join(_name(name, star) for name in part.split("/"))


def _name(name: str, star: str) -> str:
    first, *others = (re.escape(one).replace(r"\?", "[^/]") for one in name.split("*"))
    if not others:
        return first
    return "".join([first, *(f"(?>[^/]*?{one})" for one in others[:-1]), star, others[-1]])


@lru_cache(maxsize=256)
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a path (with /, from the root) fits any of `patterns`."""
    if not patterns:
        return lambda _: False
    folders = tuple(pattern.removeprefix("./")[:-2] for pattern in patterns if pattern.endswith("/**"))
    if len(folders) == len(patterns) and not any(sign in one for one in folders for sign in "*?"):
        return lambda path: path.startswith(folders)  # as most policies: there is nothing to compile
    match = re.compile(_any(patterns), re.DOTALL).fullmatch
    return lambda path: match(path) is not None


@lru_cache(maxsize=16)
def chooser(include: tuple[str, ...], exclude: tuple[str, ...]) -> Callable[[str], bool]:
    """A test whether a path fits any of `include` and none of
    `exclude`; a single match, since it runs for each path of a base.
    """
    if not include or not exclude:
        return matcher(include)
    match = re.compile(rf"(?!(?:{_any(exclude)})\Z)(?:{_any(include)})", re.DOTALL).fullmatch
    return lambda path: match(path) is not None


def _any(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{_translate(pattern)})" for pattern in patterns)


def fixed_part(pattern: str) -> str:
    """The folder below which everything lies that `pattern` can match; "" for the root."""
    folders = pattern.removeprefix("./").split("/")[:-1]
    fixed = []
    for folder in folders:
        if any(sign in folder for sign in "*?"):
            break
        fixed.append(folder)
    return "/".join(fixed)


def beginnings(include: Sequence[str], exclude: Sequence[str], name: str) -> list[str]:
    """The folders at the start of `include` patterns that can
    hold an article of this file name, in order, each once.
    """
    chosen = chooser(include, exclude)
    folders = dict.fromkeys(map(fixed_part, include))
    return [one for one in folders if chosen(f"{one}/{name}" if one else name)]


def roots_of(patterns: Iterable[str]) -> list[str]:
    """The folders to walk for `patterns`, none inside another."""
    roots: list[str] = []
    for root in sorted({fixed_part(pattern) for pattern in patterns}):
        if not any(root == other or not other or root.startswith(other + "/") for other in roots):
            roots.append(root)
    return roots
