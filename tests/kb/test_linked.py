"""What lies behind a symbolic link of the base: the same in the folder, as staged, and in a commit."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from kcs.kb.linked import follow
from tests.conftest import KCS_TOML, Base, Run

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
PATH = "articles/vpn.md"
TEXT = "---\nid: kb-vpn00001\ntitle: VPN drops\nconfidence: validated\n---\n## Resolution\n\n![a](pictures/a.png) ![b](b.png) ![c](c.png)\n"


@pytest.mark.parametrize("images", [False, True])
def test_a_picture_behind_a_link_counts_alike_everywhere(
    make_base: Callable[..., Base], quick: Run, *, images: bool
) -> None:
    config = KCS_TOML + ("images = true\n" if images else "")
    base = make_base({PATH: TEXT, "shared/a.png": b"a", "shared/deep/b.png": b"b"}, config=config, team=None)
    (base.root.parent / "c.png").write_bytes(b"c")
    for name, target in (
        ("pictures", "../shared"), ("b.png", "../shared/deep/../again/b.png"), ("c.png", "../../c.png"), ("../shared/again", "deep"),
    ):  # fmt: skip
        (base.root / "articles" / name).symlink_to(target)
    base.git("add", "--all")
    assert quick("verify", PATH, cwd=base.root).code == 0
    base.git("add", "--all")
    assert quick("check", "--verified", PATH, cwd=base.root).code == 0

    def reasons() -> list[list[str]]:
        """In the folder, and in the commit."""
        told = [
            quick("list", *when, "--format", "json", cwd=base.root).json for when in ((), ("--at", "HEAD"))
        ]
        return [one["reasons"] for document in told for one in document["articles"]]

    base.commit()
    assert reasons() == [[], []]
    base.commit({"shared/deep/b.png": b"another"})
    assert reasons() == ([["content-changed"]] * 2 if images else [[], []])


def test_links_are_followed_inside_the_base_alone() -> None:
    links = {"a": "1", "b/c": "2", "round": "3", "out": "4", "away": "5", "nothing": "6"}
    said = {"1": b"b/./c", "2": b"../d//e", "3": b"round", "4": b"../x", "5": b"/etc", "6": b""}

    def led(path: str) -> str | None:
        return follow(path, links, said.__getitem__)

    assert [led("x/y.png"), led("a/f.png"), led("b/c"), led("b/../a/f")] == [
        "x/y.png",
        "d/e/f.png",
        "d/e",
        "d/e/f",
    ]
    assert [led("round/x"), led("out/x"), led("away/x"), led("../x")] == [None, None, None, None]
    assert led("nothing/x") == "x"
