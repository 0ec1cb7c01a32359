"""Which rule is meant by a word that names none: one that is really near, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.audit.rule_meant import rule_meant
from kcs.audit.rules import RULES
from tests.conftest import Base, Run


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("KCS999", "kcs rules lists them"),  # no other code is nearer than the rest
        ("KCS199", "kcs rules KCS1 lists those that begin so"),
        ("KCS1029", "did you mean 'KCS102'?"),
        ("kcs50", "kcs rules KCS50 lists those that begin so"),
        ("KCS-102", "did you mean 'KCS102'?"),
        ("kcs1o2", "did you mean 'KCS102'?"),
        ("102", "did you mean 'KCS102'?"),
        ("stael", "did you mean 'stale'? kcs rules lists them"),
        ("broken_links", "did you mean 'broken-link'? kcs rules lists them"),
        ("anchor", "did you mean 'broken-anchor'? kcs rules lists them"),
        ("e", "kcs rules lists them"),
        ("spelling", "kcs rules lists them"),
        ("", "kcs rules lists them"),
    ],
)
def test_only_what_is_really_near_is_named(word: str, hint: str) -> None:
    assert rule_meant(word) == hint


def test_every_command_that_takes_a_rule_says_the_same(native: Base, quick: Run) -> None:
    for words in (("rule", "KCS199"), ("rules", "KCS199"), ("audit", "--select", "KCS199")):
        told = quick(*words, cwd=native.root)
        assert told.code == 2 and "\n     kcs rules KCS1 lists those that begin so\n" in told.err


@given(st.text())
def test_any_word_gets_a_hint(word: str) -> None:
    hint = rule_meant(word)
    named = [entry for entry in RULES if repr(entry.code) in hint or repr(entry.name) in hint]
    assert "kcs rules" in hint or named
