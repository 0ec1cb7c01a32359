"""kcs.toml and team.toml as they were read last, kept by their
bytes: TOML and its checks cost each command a few hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kcs.article.trust import Adoption
from kcs.kb.kept.cache import Cache
from kcs.kb.settings.config import CONFIG_NAME, Config, Policy, config_bytes, parse_config, zone_of
from kcs.kb.settings.team import TEAM_NAME, Area, Person, Team, members_of, team_bytes
from kcs.tuples import NamedTuple

# Raise it when the same bytes are read otherwise; new values are noticed by their names.
_FORMAT = 6
_NAME = "settings"


class Settings(NamedTuple):
    """What a base says of itself and of its people."""

    config: Config
    team: Team


def load_settings(root: Path, cache: Cache) -> Settings:
    """Those of the folder. ConfigProblem as `load_config` and `load_team`."""
    config, team = root / CONFIG_NAME, root / TEAM_NAME
    return read_settings(cache, (config_bytes(config), str(config)), (team_bytes(team), str(team)))


def read_settings(cache: Cache, config: tuple[bytes, str], team: tuple[bytes | None, str]) -> Settings:
    """Both from bytes, each with the name for errors; None stands for no team.toml."""
    source = team[0]
    key = _key(config[0], source)
    if (kept := _settings(cache.read_bytes(_NAME, key), source)) is not None:
        return kept
    from kcs.kb.settings.team_reader import parse_team

    read = Settings(parse_config(*config), Team() if source is None else parse_team(source, team[1]))
    # A time of the day, tables in tables without end: such settings are read each time.
    with suppress(KeyError, ValueError, RecursionError):
        cache.write_bytes(_NAME, packed([*read.config, *read.team[:-2]]).encode(), key)
    return read


def _key(config: bytes, team: bytes | None) -> str:
    """The bytes of both, told apart by the length of the first."""
    fields = [kind._fields for kind in (Config, Policy, Adoption, Team, Person, Area)]
    begin = f"{_FORMAT} {fields} {len(config)} {team is not None} "
    return begin + (config + (team or b"")).decode("utf-8", "surrogateescape")


def _settings(kept: bytes | None, source: bytes | None) -> Settings | None:
    """What was kept; None if it does not fit, or if this machine has lost the time zone: reading says so."""
    if kept is None:
        return None
    try:
        values = unpacked(kept.decode())
        config = Config._make(values[: len(Config._fields)])
        zone_of(config.zone)
        if source is None:
            return Settings(config, Team())
        team = values[len(Config._fields) :]
        members = members_of(team[1], team[2])
        return Settings(config, Team._make([*team, members, source]))
    except (TypeError, ValueError, LookupError, AttributeError, OSError, RecursionError):
        return None


def packed(value: Any) -> str:
    """A kind, a length and a colon, then the text, or so many
    values in turn: a check that loads JSON for this gains nothing.
    """
    if isinstance(value, Mapping):
        kind, items = "m", [one for pair in value.items() for one in pair]
    elif (kind := _KINDS[type(value)]) in _WORDED:
        text = value.isoformat() if kind == "d" else str(value)
        return f"{kind}{len(text)}:{text}"
    else:
        items = value
    return f"{kind}{len(items)}:{''.join(map(packed, items))}"


def unpacked(text: str) -> Any:
    """What was packed; ValueError or KeyError if it is something else."""
    return _taken(text, 0)[0]


def _taken(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where the next one does."""
    colon = text.index(":", at)
    kind, count, at = text[at], int(text[at + 1 : colon]), colon + 1
    if kind == "s":  # nearly all are
        return text[at : at + count], at + count
    if kind in _WORDED:
        return _WORDED[kind](text[at : at + count]), at + count
    values = []
    for _ in range(count):
        value, at = _taken(text, at)
        values.append(value)
    return _MADE[kind](values), at


_KINDS = {
    str: "s", int: "i", float: "f", bool: "b", type(None): "n", date: "d",
    tuple: "t", list: "l", Adoption: "A", Policy: "P", Person: "p", Area: "a",
}  # fmt: skip
_WORDED: Mapping[str, Callable[[str], Any]] = {
    "s": str, "i": int, "f": float, "b": "True".__eq__, "n": lambda _: None, "d": date.fromisoformat,
}  # fmt: skip
_MADE: Mapping[str, Callable[[list[Any]], Any]] = {
    "t": tuple, "l": list, "m": lambda values: dict(zip(values[::2], values[1::2], strict=True)),
    "A": Adoption._make, "P": Policy._make, "p": Person._make, "a": Area._make,
}  # fmt: skip
