"""What is kept of kcs.toml and team.toml says what they say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.cache import Cache
from kcs.kb.toml_kept import values_of

TEXTS = [
    "",
    'engine = "sqlite"\n[adopt]\non = 2026-11-26\nover = "6 months"\n[people.jd]\nleft = 2026-05-01\nteams = ["a", "b"]',
    "x = 1e400\ny = [1, 2.5, true, -0.0, nan]\nbig = 123456789012345678901234567890",
    "at = 2026-11-26T10:00:00Z\ntime = 10:00:00",
    '"" = "2026-01-01"',
    '[a]\n"" = "no day"',
    '[a]\n"" = 5\nb = {"" = 2026-01-01}',
    "'\u0e01' = '\U0001f600'",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    cache = Cache(tmp_path_factory.mktemp("base"))
    cache.folder = tmp_path_factory.mktemp("cache")
    return cache


@pytest.mark.parametrize("text", TEXTS)
def test_the_second_look_says_what_the_first_said(cache: Cache, text: str) -> None:
    for _ in range(2):
        assert repr(values_of(text, "kcs.toml", cache)) == repr(tomllib.loads(text))


@given(st.dates(), st.text("ab\"' é\\", max_size=5), st.lists(st.integers() | st.booleans()))
def test_any_values(cache: Cache, day: object, word: str, some: list[object]) -> None:
    said = f"left = {day}\nname = '''{word.replace(chr(39), '')}'''\nsome = {str(some).lower()}"
    assert values_of(said, "team.toml", cache) == values_of(said, "team.toml", cache) == tomllib.loads(said)


def test_no_toml_is_kept_and_what_is_damaged_is_read_again(cache: Cache) -> None:
    for _ in range(2):
        with pytest.raises(tomllib.TOMLDecodeError):
            values_of("a = ", "kcs.toml", cache)
    assert values_of("a = 1", "kcs.toml", cache) == {"a": 1}
    file = Path(cache.folder / "values-kcs.toml")
    file.write_bytes(file.read_bytes().replace(b'"a"', b'"b"'))
    assert values_of("a = 1", "kcs.toml", cache) == {"a": 1}
    cache.write_bytes("values-kcs.toml", b"[1, 2]", "a = 1")
    assert values_of("a = 1", "kcs.toml", cache) == {"a": 1}
