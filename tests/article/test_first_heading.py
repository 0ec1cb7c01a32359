"""The title that stands in the text alone: found at a cheap look, and the same as the whole Markdown says."""

from __future__ import annotations

from itertools import pairwise, takewhile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kcs.article.body import Block, Body, parse
from kcs.article.first_heading import first_heading, is_title, title_words, without_title
from kcs.article.internal import without_internal
from kcs.search.text import block_text
from tests.article.oracle import JUDGE
from tests.article.test_body_oracle import TEXTS, _known_to_differ

FOUND = {
    "# Plain words\n\nText.\n": "Plain words",
    "# Closed ##  \n": "Closed",
    "#\tA tab\n": "A tab",
    "   # Three blanks\n": "Three blanks",
    "\n\n\nUnder\nlined\n=====\n": "Under lined",
    "Text first.\n# Then it\n": "Then it",
    "## Not this\n\n# This\n": "This",
    "# One\n\n# Two\n": "One",
    "# *Em* __strong__ ~~gone~~ snake_case_word\n": "Em strong gone snake_case_word",
    "# Run `kcs *list*` [now](x.md 'title') ![a picture](p.png)\n": "Run kcs *list* now a picture",
    "# [Words][a] and [others]\n\n[a]: x.md\n[others]: y.md\n": "Words and others",
    "# [BETA] List[int], an [inner [x]](y.md) and `a[0]` ![]\n": "[BETA] List[int], an inner [x] and a[0] ![]",
    "# \\[kept\\] [gone](x) ]\n": "[kept] gone ]",
    "# 1 &lt; 2 &amp; \\*3\\* <b>bold</b> <!-- said -->\n": "1 < 2 & *3* bold",
    "# With an anchor {#custom-id}\n": "With an anchor",
    "# With kramdown's {: #custom .wide}\n": "With kramdown's",
    "# Windows\r\n\r\nText.\r\n": "Windows",
    "Old Mac\r===\rText.\r": "Old Mac",
    "```sh\n# a comment\n```\n\n# After code\n": "After code",
    "~~~\n# a\n```\n# b\n~~~\n# After tildes\n": "After tildes",
    "    # indented\n\n# After it\n": "After it",
    "<!--\n# commented out\n-->\n# After a comment\n": "After a comment",
    "<div>\n# in HTML\n\n# After HTML\n": "After HTML",
    "> # quoted\n\n- # listed\n\n# The article's own\n": "The article's own",
    "import Tabs from '@theme/Tabs';\n\n# Docusaurus in MDX\n": "Docusaurus in MDX",
    "<!-- internal -->\n# Secret\n<!-- /internal -->\n\n# Open\n": "Open",
    "#\n\n# ![](logo.png)\n\n# {{ page.title }}\n\n# Words at last\n": "Words at last",
    "# แก้ปัญหาการเข้าสู่ระบบ\n": "แก้ปัญหาการเข้าสู่ระบบ",
}
NONE = [
    "", "\n", "Text.\n", "## Second\n", "#hashtag\n", "####### seven\n", "\\# escaped\n", "Second\n---\n", "a # b\n", "C# is\n",
    "```\n# code to the end\n", "x = 1\n===x\n", "- item\n===\n", "> # quoted\n", "<!-- internal -->\n# Secret\n", "===\n",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_found(text: str) -> None:
    assert first_heading(text) == FOUND[text]
    assert first_heading(without_title(text, FOUND[text])) != FOUND[text]


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert first_heading(text) == ""
    assert without_title(text, "") == text


def headings(text: str) -> tuple[list[Block], Body]:
    """Those of the first level that are the text's own, every block scanned."""
    body = parse(without_internal(text))
    own = (one for one in body.blocks if one.kind == "heading" and not one.containers)
    return [one for one in own if one.level == 1], body


def judged(text: str) -> list[str]:
    """What markdown-it-py takes for a heading of the first level, outside quotes and lists, markup and all."""
    return [
        inner.content
        for one, inner in pairwise(JUDGE.parse(text))
        if one.type == "heading_open" and one.tag == "h1" and not one.level
    ]


TITLED = st.tuples(
    TEXTS, st.sampled_from(["# a *b*", "a\n===", " # [t][a] `c` {#x}", "#", "<!-- internal -->"]), TEXTS
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS | TITLED)
def test_a_cheap_look_says_what_the_whole_text_says(text: str) -> None:
    found = first_heading(text)
    there, body = headings(text)
    silent = list(takewhile(lambda one: not is_title(one, found, body.labels), there)) if found else there
    assert all(block_text(one, body) == "" for one in silent)
    assert not found or len(silent) < len(there)


@settings(max_examples=200, deadline=None)
@given(TEXTS | TITLED)
def test_and_what_another_parser_says(text: str) -> None:
    assume("internal" not in text and not _known_to_differ(text))
    labels = parse(text).labels
    expected = [said for one in judged(text) if (said := title_words(one, labels))]
    assert first_heading(text) == (expected[0] if expected else "")


def test_a_long_text_is_looked_through_once() -> None:
    """Each line looks as if it began a heading, and none does."""
    assert first_heading("```\n" + "# no\n" * 50_000) == ""
    assert first_heading("x\n" + "    ===\n" * 50_000) == ""
