"""What is surely different has different skeletons, whatever stands around the place where two texts part."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.kcs1 import normalise
from kcs.article.likeness import compare

LINES = (
    "", "", "", "Words here", "Other words", "# Head", "## Head ##", "===", "---", "***", "- item", "  in it", "    code",
    "1. one", "   > deep", "> quote", ">", "```sh", "```", "~~~", "`span", "[a](b.md) x", "[a](", "c.md)", "![p](q.png)",
    "| a | b |", "|---|---|", "a | b", "--|--", "<div>", "</div>", "<pre>", "</pre>", "<!-- c", "-->", "<script>x",
    "</script>", '<a href="d">t</a>', "[r]: e.md", "[r]", "\tTab", "hard  ", "back\\", "  ", "e\u0301", "é", "Wo\rrds",
    "- ", "-", "<?php", "<![CDATA[", "&amp;", "1) x", "+ y",
)  # fmt: skip
texts = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(texts, texts, texts, texts)
@example("Words here\n\n# Head\n\n", "Other words", "Words here", "\n\n- item")
@example("- item\n\n  in it\n\nWords here", "", "\n\n    code", "\n")
def test_never_wrong(before: str, one: str, other: str, after: str) -> None:
    first, second = f"{before}\n{one}\n{after}", f"{before}\n{other}\n{after}"
    check(first, second)
    assert same_text(first, first) is not False


def same_text(one: str, other: str) -> bool | None:
    """Whether these bodies count as the same, destinations compared as spelt; None if still unknown."""
    same, leads = compare(one, other)
    return None if leads else same


def check(first: str, second: str) -> None:
    """What is said of them holds."""
    same = same_text(first, second)
    assert same is None or same == (normalise("", first) == normalise("", second))
    if same is False:
        assert normalise("", first)[0] != normalise("", second)[0]
    alike, leads = compare(first, second)
    assert (alike, same) in ((True, None if leads else True), (None, None), (False, False))
    if alike:
        (counted, spelt), (counted_beside, beside) = normalise("", first), normalise("", second)
        assert counted == counted_beside
        assert leads == [pair for pair in zip(spelt, beside, strict=True) if pair[0] != pair[1]]


CHARACTERS = " \t\n\n#>*-+_1.)abA:|`~<>/[]()!\\=&@\"'é"
PIECES = (
    *CHARACTERS,
    *LINES,
    "word",
    "A word",
    "**bold**",
    "\n\n",
    "\n    ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "](x)",
    "<!--",
    "-->",
)
words = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(words, words, words, words)
@example("A ", "word", "  word", "\n---\n")
@example("<pre>\n\n<a\n\nhref=", "a", "b", ">")
@example("A word", " #", " ##", "\n")
@example("- a\n\n", "word", "A word", "\n\n|-|\n")
@example("a | b\n", "-- | --", "A | --", "\nx | y")
def test_never_wrong_inside_a_line(before: str, one: str, other: str, after: str) -> None:
    check(before + one + after, before + other + after)


@pytest.mark.parametrize(("pieces", "between", "least"), [(LINES, "\n", 330), (PIECES, "", 1000)])
def test_never_wrong_over_thousands(pieces: tuple[str, ...], between: str, least: int) -> None:
    """The same by a plain seed, which makes ten texts in the time that Hypothesis takes for one it can shrink."""
    chance, told = random.Random(11), 0
    for _ in range(4000):
        before, one, other, after = (
            between.join(chance.choices(pieces, k=chance.randrange(13))) for _ in range(4)
        )
        first, second = between.join((before, one, after)), between.join((before, other, after))
        check(first, second)
        told += same_text(first, second) is not None
    assert told > least, "hardly anything was judged"


OPENERS = ("```", "~~~", "<pre>", "<script>", "<style>", "<textarea>", "<!-- c", "<?php", "<!DOCTYPE", "<![CDATA[", "> ```", "- ~~~", "<PRE>", "`")  # fmt: skip
LAYOUT = (" ", "  ", "\n", "\n\n", "\n ", "\n    ", "", "\t", "  \n", "\\\n")


def test_never_wrong_where_only_blanks_and_line_ends_differ() -> None:
    """They count in code and in raw HTML, and as hard breaks: what stands there must not pass for the same."""
    chance, told, same = random.Random(5), 0, 0
    for _ in range(4000):
        head, middle, tail = (chance.choices(LINES, k=chance.randrange(least, 6)) for least in (0, 0, 1))
        first = "\n".join((*head, chance.choice(OPENERS), "", *middle, "", "Words here", *tail))
        behind = chance.choice((0, first.index("Words here")))
        blanks = [at for at, sign in enumerate(first) if sign in " \t\n" and at >= behind]
        second = first
        for at in sorted(set(chance.choices(blanks, k=2)), reverse=True):
            second = second[:at] + chance.choice(LAYOUT) + second[at + 1 :]
        check(first, second)
        said = same_text(first, second)
        told, same = told + (said is not None), same + (said is True)
    assert told > 1500 and same > 200, (told, same)


# As people write, and what they change: a sign, or two, inside a link, a tag, code or words.
WRITTEN = (
    "See [the page](docs/one.md) first", "Use `kcs list` now", 'A <a href="two.md">tag</a> here', "![shot](img/a.png)", "**Bold** words",
    "- item [x](y.md 'why')", "<https://x.example/a>", "An &amp; entity", "a \\[no link\\](x)", "Then [ref] and [other][ref]", "[ref]: one.md",
    "| a | [b](c.md) |", "Words here", "1. Open it", "> Said <b>so</b>", "", "", "", "[an [ref] inside](d.md)", "## Head", "```", "    code",
)  # fmt: skip
SIGNS = "abA1 .#[]()`<>\\\n"


def test_never_wrong_where_a_sign_or_two_are_changed() -> None:
    chance, told = random.Random(9), 0
    for _ in range(4000):
        first = second = "\n".join(chance.choices(WRITTEN, k=chance.randrange(1, 8)))
        for _ in range(chance.randrange(1, 3)):
            at = chance.randrange(len(second) + 1)
            second = second[:at] + chance.choice(("", *SIGNS)) + second[at + chance.randrange(2) :]
        check(first, second)
        told += same_text(first, second) is not None
    assert told > 1000


def test_a_definition_far_off_may_make_words_of_a_link() -> None:
    """A link in a link's text: then the outer one is none, and blanks in it count."""
    there, elsewhere = "\n\n[r]: e.md\n", "\n\n[x]: e.md\n"
    for one in (there, elsewhere):
        for other in (there, elsewhere):
            check(f"[an [r] inside]( d.md){one}", f"[an [r] inside](d.md){other}")
            check(f"{one}\n[an [r] inside]( d.md)", f"{other}\n[an [r] inside](d.md)")
    assert normalise("", f"[an [r] inside]( d.md){there}") != normalise("", f"[an [r] inside](d.md){there}")


@pytest.mark.parametrize("opener", [one for one in OPENERS if one[0] == "<"])
def test_a_destination_inside_raw_html_is_no_word(opener: str) -> None:
    check(f"{opener}\n\n<a\n\nhref=a>", f"{opener}\n\n<a\n\nhref=b>")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Text.\n" * 50 + "\nThe end.\n", "Text.\n" * 50 + "\nAnother end.\n"),
        ("# A\n\n" + "Long.\n\n" * 400, "# A\n\n" + "Long.\n\n" * 401),
        ("- a\n- b\n\nWords\n", "- a\n- c\n\nWords\n"),
        ("", "x"),
        ("```\na\n```\n\nWords\n\nB\n", "```\na\n```\n\nWords\n\nC\n"),
    ],
)
def test_what_differs_plainly_is_seen(one: str, other: str) -> None:
    assert same_text(one, other) is False and same_text(other, one) is False


def test_layout_alone_is_no_difference() -> None:
    assert same_text("# A\n\nOne two\nthree\n", "# A\n\n\nOne  two three\n\n") is not False


def test_destinations_alone() -> None:
    """All that is spelt otherwise, in order, and what lies between is not asked about."""
    one = "Before [a](b.md).\n\n- [c](d.md)\n\n" + "Words.\n\n" * 90 + "![e](f.png) [g](h.md)\n\nEnd.\n"
    other = one.replace("d.md", "i.md").replace("f.png", "j.png")
    leads = [(("d.md", False), ("i.md", False)), (("f.png", True), ("j.png", True))]
    assert compare(one, other) == (True, leads)
    assert compare(one, other.replace("Words", "Other", 1)) == (False, [])
    assert compare(one, other.replace("End", "Last")) == (False, [])


def test_longer_texts() -> None:
    """Many blocks, so that the scan begins in the middle and goes on in more than one piece."""
    chance = random.Random(3)
    seen = 0
    for _ in range(300):
        lines = chance.choices(LINES, k=120)
        changed = list(lines)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(60, 120)
            changed[at : at + chance.randrange(2)] = chance.choices(LINES, k=chance.randrange(3))
        one, other = "\n".join(lines), "\n".join(changed)
        if same_text(one, other) is False:
            seen += 1
            assert normalise("", one)[0] != normalise("", other)[0]
    assert seen
