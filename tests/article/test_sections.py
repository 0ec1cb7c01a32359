"""Which sections there are, and whether anything stands in them."""

from __future__ import annotations

import pytest

from kcs.article.body import parse
from kcs.article.sections import filled, says_something

NOTHING = (
    "",
    " \n\t\n",
    "1.",
    "10.",
    "2)",
    "- ",
    "* * *",
    "TODO",
    "- [ ] tbd!",
    "3. n/a",
    "<!-- say how -->",
    "<!-- open\nto the end",
    "<br><p>&nbsp;",
    "## Only a heading",
    "#",
)
SOMETHING = (
    "x",
    "1. Open it",
    "10",
    "#1234 is its number",
    "Press # twice",
    "C# has it",
    "xxxl",
    "TODO list",
    "<!-- a --> b",
    "| a |",
    "ที่",
    "```\ncode\n```",
    "![](a.png)",
)


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_what_says_something(text: str) -> None:
    assert says_something(text)


def test_a_section_is_filled_where_any_of_that_name_is() -> None:
    body = parse("# Issue\n\n## Cause\n\nTODO\n\n## Anything else\n\nx\n\n## Resolution\n\n## สาเหตุ\n\nมี\n")
    assert filled(body) == {"issue": True, "cause": True, "resolution": False}
    assert filled(parse("## Cause\n\nx\n\n## Cause\n\n## Resolution\n")) == {
        "cause": True,
        "resolution": False,
    }


@pytest.mark.parametrize(
    "heading", ["How do I?", "**Is it so?**", "كيف؟", "どうやって？", "_Is it so (and is it?)_"]
)
def test_a_heading_that_asks_is_the_question_where_one_is_asked_for(heading: str) -> None:
    body = parse(f"## {heading}\n\nSo.\n\n## Plain words\n\nWords.\n\n## Is it so?\n\n")
    assert filled(body, ["question"]) == {"question": True, "answer": True}
    assert filled(body, ["issue"]) == filled(body) == {}
    assert filled(parse(f"## {heading}\n"), ["question"]) == {"question": True, "answer": False}
    assert filled(parse("## Plain words\n\nWords.\n"), ["question"]) == {}


def test_a_rule_as_long_as_a_book_is_read_in_one_go() -> None:
    """Divided in every way, these would take an hour."""
    assert not says_something("-" * 300_000)
    assert says_something("-" * 300_000 + "x") and says_something("- " * 300_000 + "1. x")
