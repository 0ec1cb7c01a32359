"""kcs.toml as typed values. A wrong key or value is refused with its line and the nearest right one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kcs.article.trust import Adoption
from kcs.errors import ConfigProblem
from kcs.kb.files import decoded, read_kept
from kcs.tuples import NamedTuple

CONFIG_NAME = "kcs.toml"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
# A name of another key that begins so keeps ours apart from it.
APART = "kcs_"


class Policy(NamedTuple):
    """One `[[policy]]`, or `[defaults]` (matches everything). `sets`: key -> value, an interval as text."""

    match: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, Any]


class Config(NamedTuple):
    """The values in kcs.toml, with defaults for the rest."""

    engine: str = "whoosh"
    zone: str = "UTC"
    date_order: str = ""
    audiences: tuple[str, ...] = ("internal", "partner", "external")
    include: tuple[str, ...] = ("articles/**/*.md",)
    exclude: tuple[str, ...] = ("**/README.md", "**/index.md", "**/log.md")
    fields: Mapping[str, str] = _NOTHING
    types: Mapping[str, str] = _NOTHING
    link_root: str = ""
    link_by: str = "path"
    link_folders: tuple[str, ...] = ()
    link_relative: str = "file"
    link_site: str = ""
    defaults: Policy = Policy(_NOTHING, _NOTHING)
    policies: tuple[Policy, ...] = ()
    targets: Mapping[str, Any] = _NOTHING
    taxonomy: Mapping[str, tuple[str, ...]] = _NOTHING
    synonyms: Mapping[str, tuple[str, ...]] = _NOTHING
    pins: Mapping[str, tuple[str, ...]] = _NOTHING
    search: Mapping[str, float] = _NOTHING
    ledger: Mapping[str, bool] = _NOTHING
    adoption: Adoption | None = None
    rules: Mapping[str, Any] = _NOTHING
    style: Mapping[str, Any] = _NOTHING

    @property
    def links_by_address(self) -> bool:
        """Whether relative links count from the page's address."""
        return self.link_relative == "address"

    @property
    def timezone(self) -> tzinfo:
        """The base's time zone."""
        return zone_of(self.zone)

    def today(self) -> date:
        """Today in the base's time zone."""
        return datetime.now(self.timezone).date()

    def apart(self, name: str) -> bool:
        """Whether the base itself uses this key for something else: ours is then kcs_..."""
        return self.fields.get(name, "").startswith(APART)


def zone_of(name: str) -> tzinfo:
    """The time zone of this name. KeyError, ValueError or OSError if this machine knows none."""
    if name == "UTC":  # zoneinfo is a tenth of the start-up time, and most bases never need it
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def load_config(path: Path) -> Config:
    """Read kcs.toml. ConfigProblem, with the line, if it is missing, not TOML, or has a wrong key or value."""
    return parse_config(config_bytes(path), str(path))


def config_bytes(path: Path) -> bytes:
    """The bytes of kcs.toml; ConfigProblem if it cannot be read."""
    try:
        return read_kept(path)
    except OSError as error:
        raise ConfigProblem(
            f"cannot be read: {error.strerror}", path=str(path), hint="kcs init --adopt writes one"
        ) from error


def parse_config(raw: bytes, name: str = CONFIG_NAME) -> Config:
    """As `load_config`, from bytes: for a kcs.toml in a commit."""
    from kcs.kb.settings.reader import read_config

    return read_config(raw, name)


def parse_toml(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text and its values. ConfigProblem, with the line, if it is not UTF-8 or not TOML."""
    import tomllib  # not needed where the values were kept

    from kcs.kb.settings.toml_lines import opened_before, refuse_endless

    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigProblem("is not UTF-8", path=name, line=line, hint="save it as UTF-8") from error
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        message, _, place = str(error).partition(" (at ")
        number = place.removeprefix("line ").split(",")[0]
        line_number = int(number) if number.isdigit() else _line_of_number(text)
        wrong = text.split("\n")[line_number - 1 : line_number]
        hint = (
            "a merge left its conflict here: keep what is right, delete the markers" if _marks(wrong) else ""
        )
        if message.endswith("twice") and (twice := opened_before(text, line_number)):
            message, hint = twice
        raise ConfigProblem(
            f"is not valid TOML: {message}", path=name, line=line_number, hint=hint
        ) from error
    refuse_endless(text, found, name)
    return text, found


def _marks(lines: list[str]) -> bool:
    """Whether one of them is a conflict's marker."""
    return any(line.startswith(("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")) for line in lines)


def _line_of_number(text: str) -> int:
    """The line of the number that Python refuses to read for its length; else the last."""
    import re

    found = re.search(r"\d(?:_?\d){4299}", text)
    return text.count("\n", 0, found.start() if found else len(text)) + 1
