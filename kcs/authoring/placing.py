"""The place of a new article: a folder in which it counts as one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kcs.authoring.naming import is_reserved, slug
from kcs.errors import UsageProblem
from kcs.kb.globs import beginnings, chooser, fixed_part, roots_of
from kcs.kb.settings.config import Config
from kcs.kb.walk import inside, is_repository

_PROBE = "new-article-0000.md"
_MOST_BYTES = 200


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder below the base's root; `name` with `/`, empty for the root itself. It need not exist."""

    root: Path
    name: str

    def names(self) -> list[str]:
        """The names in it."""
        try:
            return os.listdir(self.root / self.name)  # noqa: PTH208 - names alone
        except OSError:
            return []

    def path(self, name: str, config: Config) -> str:
        """The path of a file in it. UsageProblem if the base would not count that file as an article."""
        path = f"{self.name}/{name}" if self.name else name
        if not _is_article(path, config):
            raise UsageProblem(
                f"{path} would not be an article: [articles] include is {', '.join(config.include)}",
                hint="--in FOLDER names another folder",
            )
        if closed := closed_folder(self.root, config, path):
            raise UsageProblem(
                f"{path} would not be an article: {closed} is a repository of its own, a link, or Git's folder",
                hint="--in FOLDER names another folder",
            )
        return path


def closed_folder(root: Path, config: Config, path: str) -> str:
    """The folder above `path` into which nobody who looks for articles
    goes: a link, a repository of its own, Git's folder; else empty.
    """
    folder = next((one for one in roots_of(config.include) if not one or path.startswith(f"{one}/")), None)
    if folder is None:
        return ""
    for part in path[len(folder) :].strip("/").split("/")[:-1]:
        folder = f"{folder}/{part}" if folder else part
        if part.casefold() == ".git" or (root / folder).is_symlink() or is_repository(f"{root}/{folder}"):
            return folder
    return ""


def _is_article(path: str, config: Config) -> bool:
    return chooser(config.include, config.exclude)(path)


def choose_folder(root: Path, config: Config, wanted: str, product: str, beside: str | None) -> Folder:
    """The folder asked for, else that of the article it belongs to, else the product's, else the articles' first."""
    first = _first(config)
    if wanted:
        return _named(root, config, wanted, first)
    if beside is not None:
        return Folder(root, beside)
    return _checked(Folder(root, _product_folder(root, first, product) if product else first))


def chosen_among(config: Config, folder: Folder) -> str:
    """A note that another folder may be meant, if a new article goes to the first of several by default."""
    others = len(beginnings(config.include, config.exclude, _PROBE)) - 1
    if others < 1 or folder.name != _first(config):
        return ""
    return f"in {folder.name or 'the root'}, the first of {others + 1} folders in [articles] include: --in FOLDER names another"


def _first(config: Config) -> str:
    fitting = beginnings(config.include, config.exclude, _PROBE)
    return (fitting or [*map(fixed_part, config.include), ""])[0]


def _named(root: Path, config: Config, wanted: str, first: str) -> Folder:
    """A folder from the root, from the folder the user is in, or from where the articles begin."""
    places = [
        _as_walked(root, config, place) for place in _readings(root, wanted, first) if place is not None
    ]
    fitting = [one for one in places if _is_article(str(PurePosixPath(one, _PROBE)), config)]
    existing = [one for one in fitting if (root / one).is_dir()]
    if not fitting:
        raise UsageProblem(
            f"--in {wanted!r}: no article can be there: [articles] include is {', '.join(config.include)}",
            hint=f"name a folder below {first or 'the root'}",
        )
    return _checked(Folder(root, (existing or fitting)[0]))


def _readings(root: Path, wanted: str, first: str) -> Iterator[str | None]:
    for base in (root, Path.cwd(), root / first):
        yield _below(root, Path(os.path.normpath(base.absolute() / wanted.replace("\\", "/"))))


def _as_walked(root: Path, config: Config, place: str) -> str:
    """A folder by the path by which it is in the base, where `place` goes through a link to it."""
    if not closed_folder(root, config, f"{place}/{_PROBE}"):
        return place
    real = _below(root, Path(os.path.realpath(root / place)))
    return place if real is None else real


def _below(root: Path, folder: Path) -> str | None:
    for top in (root.absolute(), root.resolve()):
        if folder.is_relative_to(top):
            name = folder.relative_to(top).as_posix()
            return "" if name == "." else name
    return None


def _checked(folder: Folder) -> Folder:
    if not (folder.root / folder.name).is_dir() and (part := _unfit(folder.name)):
        raise UsageProblem(
            f"--in {folder.name!r} is not a folder name that every system allows: {part!r}",
            hint="letters, digits, hyphens, and blanks between words always work",
        )
    if not inside(folder.root, folder.root / folder.name):
        raise UsageProblem(f"{folder.name} leads out of the knowledge base", hint="--in FOLDER names another")
    return folder


def _unfit(name: str) -> str:
    """The first part of a folder's name that some system cannot hold."""
    for part in name.split("/"):
        odd = any(sign < " " or sign in '\x7f<>:"|?*' or "\ud800" <= sign <= "\udfff" for sign in part)
        if odd or part.endswith((" ", ".")) or is_reserved(part) or len(part.encode()) > _MOST_BYTES:
            return part
    return ""


def _product_folder(root: Path, first: str, product: str) -> str:
    """The folder named after the product, if there is one."""
    wanted = {product.casefold(), slug(product)}
    try:
        entries = [one.name for one in os.scandir(root / first) if one.is_dir(follow_symlinks=False)]
    except OSError:
        return first
    found = sorted(name for name in entries if name.casefold() in wanted)
    return "/".join(filter(None, (first, found[0]))) if found else first
