"""Text made to be slow to read. Each case is read at two sizes: four times the text may not take forty times."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from kcs.article.body import parse
from kcs.article.fingerprint import skeleton
from kcs.article.internal import internal_blocks

CASES: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: ">" * n,
    "open brackets": lambda n: "[" * n,
    "nested brackets": lambda n: "[" * n + "]" * n,
    "nested references": lambda n: "[x]: y\n\n" + "[x" * n + "]" * n,
    "nested links": lambda n: "[" * n + "a" + "](b)" * n,
    "backticks": lambda n: "`" * n,
    "growing backticks": lambda n: " ".join("`" * i for i in range(int((2 * n) ** 0.5))),
    "list markers": lambda n: "- " * n,
    "deep lists": lambda n: "\n".join("  " * min(i, 300) + "- a" for i in range(n // 600)),
    "almost a rule": lambda n: "* " * n + "x",
    "almost a heading": lambda n: "a\n" * n + "===",
    "unclosed comments": lambda n: "x " + "<!--" * n,
    "unclosed instructions": lambda n: "x " + "<?" * n,
    "unclosed tags": lambda n: "<a " * n,
    "attributes": lambda n: "x <a" + " b" * n,
    "crossed quotes": lambda n: "x " + "<a b=\"' <a b='\" " * (n // 16),
    "unclosed tags of a block": lambda n: "<div>\n" + '<a b="\n' * n,
    "unclosed links": lambda n: "[a](" * n,
    "unclosed parentheses": lambda n: "[a](b(c" * n,
    "unclosed titles": lambda n: "[a](b '[a](b \"[a](b (" * (n // 16),
    "unclosed fence": lambda n: "```\n" + "x\n" * n,
    "unclosed definition": lambda n: '[a]: b\n"' + "x\n" * n,
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "blanks": lambda n: "a" + " " * n + "b",
    "tabs": lambda n: "\t" * n + "x",
    "blank lines in a list": lambda n: "- a\n" + " \n" * n,
    "table rows": lambda n: "a|b\n-|-\n" + "|x|y|\n" * (n // 7),
    "pipes": lambda n: "|" * n + "\n" + "|-" * n + "|",
    "equal headings": lambda n: "# a\n" * (n // 4),
    "heading of tags": lambda n: "# " + "<a" * n,
    "heading of underscores": lambda n: "# " + "_" * n,
    "heading of backticks": lambda n: "# " + "`a" * n,
    "attribute list": lambda n: "{ " + "# " * n,
    "internal": lambda n: "<!-- internal -->" * (n // 17),
    "almost internal": lambda n: "<!--" + " " * n,
    "NUL": lambda n: "\0" * n,
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_text_takes_linear_time(name: str) -> None:
    small, large = (_seconds(CASES[name](size)) for size in (5_000, 20_000))
    assert large < 40 * max(small, 0.005), f"{small:.3f} s, then {large:.3f} s"


def _seconds(text: str) -> float:
    start = process_time()
    body = parse(text)
    assert body.links is not None
    assert body.anchors is not None
    assert len(skeleton(None, text).digest) == 64
    assert internal_blocks(text) is not None
    return process_time() - start


def test_a_heading_of_ticks_alone_has_an_anchor() -> None:
    """Looked for from each of them to the last, a code span in it would take half an hour."""
    assert len(parse("# " + "`" * 400_000 + " x").sections) == 1


def test_depth_is_capped() -> None:
    blocks = parse("> " * 1000 + "a").blocks
    assert [len(block.containers) for block in blocks] == [32]
    assert blocks[0].text == "> " * 968 + "a"
