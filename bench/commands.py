"""Whole commands: start, `kcs list` and `kcs trust`, as a user runs them, in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.bases import HERE, Ground
from bench.measure import Command, Line


def start(ground: Ground) -> Iterator[Line]:
    """`kcs --version` and one new article beside a Typer program that does nothing."""
    version = Command(ground.kcs("--version"), ground.folder, ground.env)
    said = "empty Typer app of the same version"
    yield Line("start", "`kcs --version`", said, [_empty(ground)], version, goal=1.15)
    new = Command(ground.kcs("new", "--force", "The mail does not arrive"), ground.fresh(), ground.env)
    yield Line("new", "`kcs new --force`", said, [_empty(ground)], new, goal=3.0)


def listing(ground: Ground) -> Iterator[Line]:
    """The second run of `kcs list`, over 10,000 articles verified by date and by stamp."""
    for name, root in (("dates", ground.scaled()), ("stamps", ground.stamped())):
        yield Line(
            f"list-{name}",
            f"`kcs list`, 10,000 articles verified by {name}, second run, beyond start",
            "`git status`",
            [_status(ground, root)],
            Command(ground.kcs("list"), root, ground.env),
            goal=5.0,
            start=_empty(ground),
        )


def information(ground: Ground) -> Iterator[Line]:
    """First and second runs that no goal is set on."""
    for size, root in (("1,390", ground.rackspace()), ("10,000", ground.scaled())):
        for command in ("list", "trust"):
            for which, before in (("first", ground.forget), ("second", None)):
                yield Line(
                    f"{command}-{size}-{which}",
                    f"`kcs {command}`, {size} articles, {which} run, beyond start",
                    "`git status`",
                    [_status(ground, root)],
                    Command(ground.kcs(command), root, ground.env, before),
                    start=_empty(ground),
                )


def committed(ground: Ground) -> Iterator[Line]:
    """`kcs list` after a commit that edits one article; no goal is set on it."""
    root = ground.rackspace()
    start = ground.run("git", "rev-parse", "HEAD", cwd=root).strip()
    article = root / "content" / "general" / "dns-basics.md"

    def commit() -> None:
        ground.run(*ground.kcs("list"), cwd=root)
        with article.open("a") as stream:
            stream.write("\nanother word\n")
        ground.run("git", "commit", "--quiet", "--all", "--message=Another word", cwd=root)

    yield Line(
        "list-1,390-commit",
        "`kcs list`, 1,390 articles, after a commit that edits one, beyond start",
        "`git status`",
        [_status(ground, root)],
        Command(ground.kcs("list"), root, ground.env, commit),
        start=_empty(ground),
    )
    ground.run("git", "reset", "--quiet", "--hard", start, cwd=root)


def _empty(ground: Ground) -> Command:
    return Command([sys.executable, str(HERE / "empty_typer.py")], ground.folder, ground.env)


def _status(ground: Ground, root: Path) -> Command:
    return Command(["git", "status"], root, ground.env)
