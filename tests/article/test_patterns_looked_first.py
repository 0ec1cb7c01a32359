"""What is looked at so that a pattern need not be made never hides what the pattern would find."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from kcs.article.days import parse_interval
from kcs.article.letters import _UNSEEN
from kcs.article.lines import _DELIMITER, is_table_head
from kcs.article.plain_words import _ANCHOR, _TEMPLATE, heading_words, plain_words, without_templates
from kcs.search.analysis.scripts import _NOT_LATIN, _NOT_PLAIN

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
INTERVAL = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|m|mo|months?|y|years?)$")


def test_nothing_unseen_is_printable() -> None:
    assert not [one for one in EVERY if _UNSEEN.search(one) and one.isprintable()]


def test_what_is_not_plain_is_not_latin_either() -> None:
    assert not [one for one in EVERY if _NOT_PLAIN.search(one) and not _NOT_LATIN.search(one)]


@given(st.text("|:- \t\nx", max_size=12))
def test_a_table_has_the_same_delimiters(delimiter: str) -> None:
    if is_table_head("a|b", delimiter):
        assert _DELIMITER.match(delimiter)
    if _DELIMITER.match(delimiter):
        assert not delimiter.strip("|:- \t\n")


@given(st.text("{}%<>: #a\n", max_size=16))
def test_templates_and_anchors_go_where_the_patterns_find_them(text: str) -> None:
    assert without_templates(text) == _TEMPLATE.sub(" ", text)
    assert heading_words(text) == plain_words(_ANCHOR.sub("", text))


@given(
    st.lists(st.sampled_from([*"0179dwmy ٣²\n\t", "days", "week", "mo", "months", "years"]), max_size=6).map(
        "".join
    )
)
def test_an_interval_is_read_as_its_pattern_has_it(text: str) -> None:
    found, match = parse_interval(text), INTERVAL.match(text.strip().lower())
    assert found is None or match
    if match and 0 < int(match[1]) < 100:
        assert found is not None
        assert (found.days + found.months) % int(match[1]) == 0
