from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.article.trust import Adoption
from kcs.audit.rules import RULES
from kcs.audit.rules.file.keys import KEYS, MAPPED
from kcs.errors import ConfigProblem
from kcs.kb.kept.cache import Cache
from kcs.kb.settings import kept as kept_settings
from kcs.kb.settings.config import Config, Policy, parse_config
from kcs.kb.settings.kept import Settings, load_settings, packed, read_settings, unpacked
from kcs.kb.settings.keys import FIELD_NAMES
from kcs.kb.settings.team import Area, Person, Team
from kcs.kb.settings.team_reader import parse_team
from tests.conftest import KCS_TOML

EVERYTHING = b"""
engine = "sqlite"
timezone = "Asia/Bangkok"
audiences = ["staff", "all"]
[articles]
include = ["content/**/*.md", "\xe0\xb8\x84\xe0\xb8\xb9\xe0\xb9\x88\xe0\xb8\xa1\xe0\xb8\xb7\xe0\xb8\xad/**"]
[fields]
verified_at = "audit_date"
[links]
root = "/how-to/"
folders = ["a", "b"]
[defaults]
verify_every = "6 months"
quorum = 2
verifiers = []
images = true
[[policy]]
match = {path = "old/**", tag = ["x", "y"]}
confidence = "archived"
[[policy]]
second_eyes = false
[targets]
growth = [5, 10.5]
trust = 97
[taxonomy]
products = ["a:b", ""]
[synonyms]
"2fa" = ["otp", "two\\nlines 3:x"]
[search]
floor = 0.25
[ledger]
pseudonyms = true
[adopt]
on = 2026-01-31
over = "1 year"
[rules.KCS405]
days = 30
[[rules.KCS102]]
paths = "x/**"
severity = "off"
[style]
avoid = {utilise = "use"}
"""
TEAM = b"""
[people.jd]
name = "J. Doe"
emails = ["JD@acme.example"]
teams = ["email"]
left = 2026-05-01
[people.kp]
[teams.email]
representative = "kp"
[teams.nobody-yet]
[areas.imap]
owner = "jd"
match = {path = ["mail/**"]}
[bots]
emails = ["Robot-[x]@acme.example"]
"""


def readings(cache: Cache, config: bytes, team: bytes | None) -> Settings:
    return read_settings(cache, (config, "kcs.toml"), (team, "team.toml"))


def never(raw: bytes, name: str) -> Config:
    raise AssertionError(f"{name} was read again: {raw!r}")


@pytest.mark.parametrize("team", [TEAM, b"", None])
@pytest.mark.parametrize("config", [EVERYTHING, b"", KCS_TOML.encode()])
def test_what_is_kept_is_what_was_read(
    config: bytes, team: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)
    read = readings(cache, config, team)
    assert read == Settings(parse_config(config), Team() if team is None else parse_team(team))
    monkeypatch.setattr(kept_settings, "parse_config", never)
    kept = readings(cache, config, team)
    assert kept == read and repr(kept) == repr(read), "not even True for 1"


def test_other_bytes_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)
    assert readings(cache, b'engine = "sqlite"\n', b"").config.engine == "sqlite"
    assert readings(cache, b'engine = "whoosh"\n', b"").config.engine == "whoosh"
    assert readings(cache, b'engine = "whoosh"\n', b"[people.jd]\n").team.people == {"jd": Person("jd")}
    assert not readings(cache, b'engine = "whoosh"\n', None).team.present
    # The same bytes, but for the place where one file ends and the other begins.
    whole = b"[people.jd]\n[people.kp]\n"
    assert {*readings(cache, b"", whole).team.people} == {"jd", "kp"}
    with pytest.raises(ConfigProblem, match="people"):
        readings(cache, whole[:12], whole[12:])


def test_the_files_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache, config, team = Cache(tmp_path), tmp_path / "kcs.toml", tmp_path / "team.toml"
    with pytest.raises(ConfigProblem, match="cannot be read"):
        load_settings(tmp_path, cache)
    config.write_bytes(EVERYTHING)
    for _ in range(2):
        assert load_settings(tmp_path, cache) == (parse_config(EVERYTHING), Team())
    team.write_bytes(TEAM)
    for _ in range(2):
        assert load_settings(tmp_path, cache).team == parse_team(TEAM)
    team.write_text("[people.jd]\nemial = 'x'\n")
    for _ in range(2):
        with pytest.raises(ConfigProblem) as caught:
            load_settings(tmp_path, cache)
        assert (caught.value.path, caught.value.line) == (str(team), 2)


def test_a_time_zone_that_this_machine_has_lost_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache, config = Cache(tmp_path), parse_config(EVERYTHING)._replace(zone="Mars/Olympus")
    monkeypatch.setattr(kept_settings, "parse_config", lambda *_: config)
    readings(cache, b'timezone = "Mars/Olympus"\n', None)  # where it was known
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ConfigProblem, match="unknown timezone 'Mars/Olympus'"):
        readings(cache, b'timezone = "Mars/Olympus"\n', None)


def test_what_cannot_be_kept_is_read_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[rules.KCS405]\nx = 10:30:00\n"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = Cache(tmp_path)
    for _ in range(2):
        assert readings(cache, text.encode(), TEAM) == (parse_config(text.encode()), parse_team(TEAM))
    assert not (cache.folder / "settings").exists()


WORDS = st.text(string.printable + "ะấة\U0001f600\x00", max_size=8)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.dates()
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=4)
        | st.builds(
            Policy, st.dictionaries(WORDS, inner, max_size=2), st.dictionaries(WORDS, inner, max_size=2)
        )
        | st.builds(Person, WORDS, left=st.none() | st.dates(), teams=st.lists(WORDS).map(tuple))
        | st.builds(Area, WORDS, match=st.dictionaries(WORDS, inner, max_size=2))
        | st.builds(Adoption, st.dates(), st.integers())
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_comes_back(value: object) -> None:
    back = unpacked(packed(value))
    assert back == value and repr(back) == repr(value)


@given(st.data())
def test_a_damaged_document_is_read_anew_and_never_an_error(data: st.DataObject) -> None:
    read = Settings(parse_config(EVERYTHING), parse_team(TEAM))
    good = packed([*read.config, *read.team[:-2]]).encode()
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + data.draw(st.binary(max_size=3)) + good[at + data.draw(st.integers(0, 3)) :]
    # What the checksum lets pass is at worst no settings, or others of the same shape.
    found = kept_settings._settings(bad, TEAM)
    assert found is None or type(found) is Settings


@pytest.mark.parametrize(
    "kept",
    [
        "i1:5", "l0:", "l1:s1:a", "m1:s1:a", "z0:", "5000000", "s9", "l1:" * 5000 + "s0:", "",
        packed([*Config(zone="Mars/Olympus"), True, {}, {}, {}, (), {}]),
        packed([*Config(), True, [], {}, {}, (), {}]),
        packed([*Config(), True, {"jd": "jd"}, {}, {}, (), {}]),
        packed([*Config(), True, {}, {}, {}, ()]),
        packed([*Config(), True, {}, {}, {}, (), {}, {}]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_read_anew(kept: str) -> None:
    assert kept_settings._settings(kept.encode(), TEAM) is None
    assert kept_settings._settings(b"\xff" + kept.encode(), TEAM) is None


def test_a_folder_that_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for _ in range(2):
        assert readings(Cache(tmp_path), EVERYTHING, TEAM) == (parse_config(EVERYTHING), parse_team(TEAM))


def test_all_mapped_keys_have_a_kind() -> None:
    assert {*KEYS, *MAPPED, "author", "editor"} >= {*FIELD_NAMES}
    assert RULES
