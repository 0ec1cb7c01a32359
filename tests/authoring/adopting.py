"""Bases as they were before kcs, then adopted: what tests of adopting begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.conftest import Base, Run

PROSE = "Restart the service, wait for the green light, and then look whether the queue becomes shorter. " * 8
Adopted = Callable[[dict[str, str]], tuple[Base, str]]


def page(title: str, body: str = PROSE, **keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\n{lines}---\n\n{body}\n"


def article(title: str, body: str = "Text\n", **keys: str) -> str:
    """The same with few words, and nothing after `body`."""
    return page(title, body, **keys).removesuffix("\n")


def adopt(
    make_base: Callable[..., Base], run: Run, files: Mapping[str, str], *options: str,
    team: str | None = None, day: str = "2026-05-01",
) -> tuple[Base, str]:  # fmt: skip
    """A base made of these files and adopted; what was said."""
    base = make_base(files, team=team)
    (base.root / "kcs.toml").unlink()
    base.commit(message="Without kcs", day=day)
    done = run("init", "--adopt", "--no-input", *options, cwd=base.root)
    assert done.code == 0, done.err
    return base, done.out


@pytest.fixture
def adopted(make_base: Callable[..., Base], run: Run) -> Adopted:
    """A base of these files, adopted and committed, and what was said."""

    def make(files: dict[str, str]) -> tuple[Base, str]:
        base, said = adopt(make_base, run, files, "--no-team", day="2025-06-01")
        base.commit(message="Adopted", day="2025-06-02")
        return base, said

    return make


def broken(base: Base, run: Run) -> list[tuple[str, str]]:
    """The findings about links."""
    found = run("audit", "--format", "json", cwd=base.root).json["findings"]
    return [(one["rule"], one["message"]) for one in found if one["rule"].startswith("KCS50")]


def listed(base: Base, run: Run) -> dict[str, dict[str, object]]:
    """What a list of 2025-06-02 says of each article, by path."""
    found = run("list", "--format", "json", "--as-of", "2025-06-02", cwd=base.root).json["articles"]
    return {one["path"]: one for one in found}
