from __future__ import annotations

import pytest

from kcs.kb.globs import matcher, roots_of


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (
            "articles/**/*.md",
            ["articles/a.md", "articles/b/c/a.md"],
            ["a.md", "articles/a.txt", "xarticles/a.md"],
        ),
        ("**/README.md", ["README.md", "a/README.md"], ["a/XREADME.md", "README.md/x"]),
        ("*.md", ["a.md"], ["b/a.md"]),
        ("docs/", ["docs/a", "docs/b/c"], ["docsa"]),
        ("a?c.md", ["abc.md"], ["a/c.md", "ac.md"]),
        ("./a[1].md", ["a[1].md"], ["a1.md"]),
        ("th/**", ["th/ก.md", "th/a\nb.md", "th/b/c.md"], ["t/a", "th", "a/th/b", "Th/a"]),
        ("./th/**", ["th/a.md"], ["./th/a.md"]),
        ("t?/**", ["th/a.md"], ["t/a.md", "t?x/a.md"]),
        ("/**", ["/a"], ["a"]),
    ],
)
def test_globs(pattern: str, yes: list[str], no: list[str]) -> None:
    fits = matcher((pattern,))
    assert [path for path in yes if not fits(path)] == []
    assert [path for path in no if fits(path)] == []


def test_any_of_several() -> None:
    fits = matcher(("old/**", "th/new/**"))
    assert [fits(path) for path in ("old/a.md", "th/new/a", "th/a.md", "th/old/a.md")] == [
        True,
        True,
        False,
        False,
    ]


def test_no_patterns_fit_nothing() -> None:
    assert not matcher(())("a")


def test_only_folders_that_can_hold_a_match_are_walked() -> None:
    assert roots_of(["articles/**/*.md", "articles/x/*.md", "guides/en/*.md"]) == ["articles", "guides/en"]
    assert roots_of(["*.md", "articles/*.md"]) == [""]
