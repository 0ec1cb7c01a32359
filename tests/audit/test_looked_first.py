"""What is asked cheaply first never says No where the whole
answer is Yes, and what is shared is what was made alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kcs.article.body import parse
from kcs.article.fingerprint import destinations, skeleton
from kcs.article.front_matter import read
from kcs.audit.rules.safety.active_content import _MAYBE, may_run
from kcs.audit.rules.safety.hidden_text import _held
from kcs.audit.rules.standard import heading_level_jump as jump
from kcs.audit.rules.standard import most_words, words
from kcs.audit.rules.standard.title_wording import _PATTERNS
from kcs.audit.sketches import phrases
from kcs.kb.past.past_texts import _RELATIVE, compare_documents
from kcs.kb.records import make_record

_HIDDEN = re.compile("[\u037e\u1fef\u212a\u202a-\u202e\u2066-\u2069\U000e0001\U000e0020-\U000e007f]")
_WORD = re.compile(r"\w+(?:['.-]\w+)*")
MARKDOWN = st.lists(
    st.sampled_from(
        ("# T\n", "a word", "a\u0301", "\n", "\n\n", "\r\n", "\0", "- x\n", "> q\n", "1. y\n", "```\n", "`c` ", "[a](b.md) ", "[a](/b) ",
         "[a](https://x.y) ", "![i](i.png)\n", "<a href=b.md>", "<a href='/b'>", "<mailto:a@b.c>", "<foo:bar>", "[r]: b.md\n", "[r] ",
         "[a](\n<c d>)", "<img src = b>", "| a | b |\n", "|---|---|\n", "    code\n", "***\n", "&nbsp;")
    ),
    max_size=14,
).map("".join)  # fmt: skip
VERSION = st.tuples(
    st.sampled_from(("---\ntitle: T\n---\n", "---\ntitle: Other\n---\n", "---\ntitle: [\n---\n", "")),
    MARKDOWN,
).map(lambda one: "".join(one).encode())


@given(st.text(alphabet=st.sampled_from("ab1_'.- \n,\u00e9\u2019\u0e01"), max_size=24))
def test_words_are_counted_by_their_shapes(text: str) -> None:
    if text.isascii():
        assert words(text) == len(_WORD.findall(text))
    assert most_words(text) >= words(text)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ("<script", "<Object ", "on", "click", "=", "srcdoc", "s", "c", "r", "i", "p", "t", ":", "data", "&#", "&Tab", " ", "\n", "\\", "\r",
             "x", "\u017f", "\u0130", "\u00e9", "java")
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_whatever_may_run_is_looked_at_closely(text: str) -> None:
    assert may_run(text) == (re.search(_MAYBE.pattern, text, re.IGNORECASE) is not None)


@settings(max_examples=300)
@given(
    st.text(
        alphabet=st.sampled_from(
            "a\u00e9\u037e\u1fef\u212a\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u2065\u2066\u2069\u206a\ud800"
            "\U0001f3f4\U000e0000\U000e0001\U000e0020\U000e007f\U000e0080\U000e0100"
        ),
        max_size=3,
    )
)
def test_a_hidden_sign_is_held_where_there_is_one(text: str) -> None:
    assert _held(text) == (_HIDDEN.search(text) is not None)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ("# a\n", "### a\n", "#### a\n\n", "b\n===\n", "b\n---\n", "#", "##", "####", " ", "\t", "a", "\n", "\n\n", "\r\n", "===", "--", ">", "- ", "1. ", "+", "```\n", "    ", "|", "\u00e9")
        ),
        max_size=18,
    ).map("".join)
)  # fmt: skip
def test_a_heading_that_may_leave_a_level_out_is_looked_at_closely(text: str) -> None:
    levels = [one.level for one in parse(text).sections]
    if any(after > before + 1 for before, after in pairwise(levels)):
        marked = list(jump._levels(text))
        assert jump._UNDERLINE.search(text) or any(after > before + 1 for before, after in pairwise(marked))


@pytest.mark.parametrize(("may_be", "pattern"), [(may_be, pattern) for may_be, pattern, _ in _PATTERNS])
def test_a_title_that_a_pattern_finds_was_looked_at(may_be: Callable[[str], bool], pattern: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.from_regex(pattern))
    def holds(title: str) -> None:
        assert may_be(title)

    holds()


@settings(max_examples=300)
@given(MARKDOWN)
def test_a_fingerprint_from_a_scan_is_the_one_made_alone(text: str) -> None:
    body = parse(text)
    assert body.links is body.links
    assert skeleton("T", text, scanned=body) == skeleton("T", text)


@settings(max_examples=300)
@given(
    MARKDOWN
    | MARKDOWN.map(lambda text: text.replace("\n", "\r\n"))
    | MARKDOWN.map(lambda text: f"e\u0301\0 {text}")
)
def test_destinations_alone_are_those_of_the_fingerprint(text: str) -> None:
    assert destinations(text, lambda: parse(text)) == skeleton("T", text).destinations


@settings(max_examples=300)
@given(MARKDOWN)
def test_what_means_the_same_from_everywhere_begins_at_a_root(text: str) -> None:
    if not _RELATIVE.search(text.encode()):
        for spelt, _ in skeleton("T", text).destinations:
            assert not spelt or spelt.startswith(("https://", "http://", "mailto:", "/", "#")), spelt


@settings(max_examples=400)
@given(
    st.tuples(VERSION, VERSION)
    | VERSION.map(lambda raw: (raw, raw.replace(b"b.md", b"c.md").replace(b"(/b)", b"(/d)")))
)
@example((b"---\ntitle: T\n---\n[a](b.md) [a](/b)\n", b"---\ntitle: T\n---\n[a](b.md) [a](/d)\n"))
def test_versions_are_told_apart_as_their_skeletons_are(versions: tuple[bytes, bytes]) -> None:
    one, other = versions
    told = [make_record(raw, "", "title").skeleton for raw in (one, other)]
    alike, leads = compare_documents(read(one), read(other), "title")
    if leads:
        assert alike and told[0] and told[1] and told[0].digest == told[1].digest
        assert leads == [pair for pair in zip(told[0][1], told[1][1], strict=True) if pair[0] != pair[1]]
    else:
        assert alike in (None, told[0] == told[1])


@given(st.text(alphabet=st.sampled_from("ab \n'\u2019\u00ae,.AB"), max_size=40))
def test_signs_between_words_make_no_other_phrases(text: str) -> None:
    assert phrases(text) == phrases(re.sub(r"\W", " ", text)) == phrases(f"{text} \u0301")
