"""Patterns that are compiled when they are first used are right all the same, and as fast as any."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from pathlib import Path

import pytest

import kcs
from kcs.patterns import _Later, later

ROOT = Path(kcs.__file__).parent


def test_it_is_the_pattern_from_the_first_question_on() -> None:
    pattern = later(r"a(b)c", re.IGNORECASE)
    found = pattern.search("xABC")
    assert found and found.span(1) == (2, 3)
    assert pattern.sub("-", "abc abc") == "- -" and pattern.pattern == r"a(b)c"
    assert pattern.search is pattern.search, "asked twice, it is at hand"


def test_one_that_is_none_says_so() -> None:
    with pytest.raises(re.error):
        later("(").search("x")


def test_all_that_wait_can_be_compiled() -> None:
    for file in ROOT.rglob("*.py"):
        if "later(" in file.read_text("utf-8"):
            import_module(
                ".".join(("kcs", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
            )
    waiting = [one for one in gc.get_objects() if isinstance(one, _Later) and one._made[0] != "("]
    assert len(waiting) > 80
    for one in waiting:
        assert re.compile(*one._made)
