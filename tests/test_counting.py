"""A number and its noun agree, whatever the number is: on a base of one article every command says so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kcs.counting import counted
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

ONE = {"articles/a.md": "---\ntitle: Wait\n---\n\n# Wait\n\nText.\n"}
# `1 of 1 articles`, `1 files`; not `of 1 has`, `1 was`.
_WRONG = re.compile(
    r"\b1 (?:of them |more |open |Markdown )?(articles|files|links|checks|problems|people|flags|days|rows|cells|tickets)\b"
)


def test_a_noun_as_its_number_wants_it() -> None:
    assert [counted(number, "day") for number in (0, 1, 2, 1226)] == [
        "0 days",
        "1 day",
        "2 days",
        "1,226 days",
    ]
    assert [counted(number, "article is", "articles are") for number in (1, 2)] == [
        "1 article is",
        "2 articles are",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--untrusted"),
        ("trust",),
        ("audit",),
        ("audit", "--format", "markdown"),
        ("index",),
        ("flag", "--list"),
        ("mv", "articles/a.md", "articles/b.md", "--dry-run"),
        ("doctor",),
        ("metrics",),
        ("queue",),
        ("gaps",),
    ],
    ids=" ".join,
)
def test_of_one_article_no_command_speaks_as_of_several(
    make_base: Callable[..., Base], run: Run, words: tuple[str, ...]
) -> None:
    base = make_base(ONE)
    assert run("flag", "articles/a.md", "--reason", "wrong", "-m", "no", cwd=base.root).code == 0
    told = run(*words, cwd=base.root)
    assert not _WRONG.search(told.out + told.err), told.out + told.err


def test_adopting_one_file_says_one_file(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base(ONE)
    (base.root / "kcs.toml").unlink()
    told = run("init", "--adopt", cwd=base.root)
    assert told.code == 0 and "1 Markdown file, 1 of them an article" in told.out
    assert not _WRONG.search(told.out + told.err + base.read("kcs.toml"))


def test_a_folder_whose_one_markdown_file_is_no_article_is_told_so(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base({"README.md": "# Ours\n"})
    (base.root / "kcs.toml").unlink()
    told = run("init", "--adopt", cwd=base.root)
    assert told.code == 2 and "no articles here: its one Markdown file is none" in told.err
