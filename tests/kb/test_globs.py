from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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


_SIGNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
NAMES = st.lists(st.sampled_from(("*", "?", "a", "b", "*a", "a*")), min_size=1, max_size=4).map("".join)
PARTS = st.one_of(
    st.sampled_from(("**", "a**", "**a", "a**b", "**a*")), NAMES.filter(lambda one: "**" not in one)
)


@settings(max_examples=400)
@given(st.lists(PARTS, min_size=1, max_size=5), st.text("ab/", max_size=12))
@example(["**", "*a", "**", "b"], "aa/a/b")
def test_globs_fit_what_their_signs_say(parts: list[str], path: str) -> None:
    pattern = "/".join(parts)
    signs = re.split(r"((?:^|(?<=/))\*\*/|\*\*|\*|\?)", pattern)
    said = "".join(_SIGNS.get(one) or re.escape(one) for one in signs if one)
    assert matcher((pattern, "x"))(path) == (re.fullmatch(said, path) is not None)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 20 + "b", "a" * 250),
        ("**/" * 20 + "b", "a/" * 250),
        ("**/a/" * 20 + "b", "a/" * 250),
        ("**/*a/" * 20 + "b", "a/" * 250),
        ("**a" * 20 + "b", "a" * 250),
        ("**a*/" * 20 + "b", "a/" * 250),
    ],
)
def test_no_glob_takes_for_ever(pattern: str, path: str) -> None:
    assert not matcher((pattern,))(path)


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
