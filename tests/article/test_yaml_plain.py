"""The short way to read front matter says what the YAML parser says, or nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.yaml_block import BlockError, Parsed, parse
from kcs.article.yaml_loader import parse_yaml
from kcs.article.yaml_plain import read_plain
from tests.article.hostile import BLOCKS

PIECES = (
    "a", "key", "b_2", "x-y", "null", "True", "nULL", "FALSE", "yes", "~", "<<", "1.10", "2026-02-30", "0x1f", "1e3", "=",
    ":", ": ", " :", "::", " ", "  ", "\t", "#", " #", "'", "''", '"', "\\", "- ", "-", "---", "...", "[", "]", "{}", ",",
    "&a", "*a", "!t", "|", ">", "%", "@", "`", "?", "? ", "/", "(", ")", ".", "$", "+", "ไทย", "عربي", "đ", "é", "\u2019",
    "\xa0", "\x85", "\u2028", "\ufeff", "\u200b", "\U0001f600", "\x7f", "\x00", "\r", "http://x.y/z?a=b#c", "a: b", "\xad",
)  # fmt: skip
values = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
# Pieces of which no line is odd: most lines of most files.
PLAIN = ("a", "key", "b_2", "x-y", "1.10", "2026-02-30", " and ", "/", ".", "ไทย", "đ")
KEYS = (
    "a",
    "b",
    "title",
    "Tag-s",
    "_x",
    "null",
    "True",
    "é",
    "1a",
    "- a",
    "a b",
    "a b-c 1_",
    "'a'",
    "? a",
    "%a",
    " a",
)
COLONS = (": ", ":", ":  ", " : ")
keys = st.sampled_from(KEYS)
lines = st.one_of(
    st.sampled_from(("", "", " ")),
    st.tuples(keys, st.sampled_from(COLONS), values, st.sampled_from(("", " ", "  "))).map("".join),
    values,
)
blocks = st.tuples(st.lists(lines, max_size=5), st.sampled_from(("\n", "\r\n", "\r"))).map(
    lambda drawn: drawn[1].join(drawn[0]) + drawn[1]
)


def by_parser(text: str) -> Parsed | str:
    try:
        return parse_yaml(text)
    except BlockError as error:
        return error.message


@settings(max_examples=300, deadline=None)
@given(blocks)
@example("a: b\n")
@example("a: 'x' \nb: \"y\"\r\nc:\nd: http://x/y#z\n")
@example("title: Thai ไทย: no\n")
@example("a: b\n  c\n")
@example("a:\n- b\n")
@example("a: b")
@example("a: b\n\n\r\nc d: e\n\na: f\na:\n")
@example("")
@example("\n\n")
def test_it_says_the_same_or_nothing(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        assert plain == by_parser(text)


def test_it_says_the_same_over_thousands() -> None:
    """The same by a plain seed, which makes ten blocks in the time that Hypothesis takes for one it can shrink."""
    chance, plainly = random.Random(5), 0
    for _ in range(10_000):
        made = []
        for _ in range(chance.randrange(1, 4)):
            value = "".join(chance.choices(chance.choice((PIECES, PLAIN)), k=chance.randrange(4)))
            head = chance.choice(KEYS) + chance.choice(COLONS) if chance.random() < 0.9 else ""
            value = "" if chance.random() < 0.1 and not head else value
            made.append(head + value + (chance.choice(("", " ", "  ")) if head else ""))
        end = chance.choice(("\n", "\r\n", "\r"))
        text = end.join(made) + end
        plain = read_plain(text)
        if plain is not None:
            plainly += 1
            assert plain == by_parser(text), text
    assert plainly > 300, f"only {plainly} blocks were read"


@pytest.mark.parametrize("block", BLOCKS)
def test_hostile_blocks(block: str) -> None:
    plain = read_plain(block)
    if plain is not None:
        assert plain == by_parser(block)


@pytest.mark.parametrize(
    "text",
    [
        "permalink: outlook-2013/\naudit_date: '2016-01-21'\ntitle: Set up Outlook 2013 - POP (Exchange)\ncreated_by: \"J. D.\"\n",
        "title: Đặt lại mật khẩu\nlanguage: vi\ndraft: true\nowner:\n",
        "a: http://example.com:80/x?y=z#w\r\nb: 1.10\r\n",
        "\ntitle: Two of a kind\ntype: article\n\nproduct name: x\ntype: 'page'\n\n",
    ],
)
def test_what_people_write_takes_the_short_way(text: str) -> None:
    assert read_plain(text) is not None
    assert parse(text) == parse_yaml(text)
