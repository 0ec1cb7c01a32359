"""A pin fits the same words in any order and form; what it names may be gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import KCS_TOML, Base, Run

ARTICLE = "---\nid: kb-{0}\ntitle: {1}\n---\n\n{1}.\n"
PINS = '[pins]\n"reset passwords" = ["kb-gone0001", "kb-pinned01", "articles/path.md"]\n"รหัสผ่านใหม่" = ["kb-pinned01"]\n"vpn" = ["kb-pinned01"]\n"hoà mạng" = ["kb-pinned01"]\n"install c++" = ["kb-pinned01"]\n'


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    files = {
        "articles/a.md": ARTICLE.format("words001", "Reset the password of a mailbox"),
        "articles/b.md": ARTICLE.format("pinned01", "Identity portal"),
        "articles/path.md": "---\ntitle: Second portal\n---\n\nHere.\n",
    }
    return make_base(files, config=KCS_TOML + PINS)


@pytest.mark.parametrize(
    ("query", "pinned"),
    [
        ("reset passwords", True),
        ("Password reset", True),
        ("how do I reset the password?", True),
        ("please help me reset my password", True),
        ("cho em hỏi hoà mạng với ạ", True),
        ("รหัสผ่านใหม่", True),
        ("VPNs", True),
        ("vpns", True),
        ("hòa mạng", True),
        ("hoa mang", True),
        ("Mạng hoà", True),
        ("hóa mạng", False),
        ("hoa mạng", True),
        ("hoà", False),
        ("vpn drops", False),
        ("C++ install?", True),
        ("install c", False),
        ("install c#", False),
        ("reset password mailbox", False),
        ("reset", False),
        ("รหัสผ่าน", False),
    ],
)
def test_a_pin_fits_the_same_words(query: str, pinned: bool, base: Base, quick: Run) -> None:
    found = quick("search", query, "--format", "json", cwd=base.root)
    assert found.code == 0 or not pinned, found.err
    paths = [one["path"] for one in found.json["hits"]]
    first = ["articles/b.md"] if "reset" not in query.lower() else ["articles/b.md", "articles/path.md"]
    assert (paths[: len(first)] == first) is pinned, paths
    if "reset" in query:
        assert "articles/a.md" in paths
