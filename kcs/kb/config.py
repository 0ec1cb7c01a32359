"""kcs.toml as typed values. A wrong key or value is refused with its line and the nearest right one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kcs.article.days import Interval, parse_interval
from kcs.article.states import GOVERNANCES
from kcs.article.trust import Adoption
from kcs.errors import ConfigProblem, nearest_hint
from kcs.kb.config_keys import APART, TABLES, TOP_KEYS, Key, Table
from kcs.kb.config_values import WANTED, read_value
from kcs.kb.files import decoded, read_kept
from kcs.tuples import NamedTuple

CONFIG_NAME = "kcs.toml"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_BY_NAME = {table.name: table for table in TABLES}


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
        return _zone(self.zone)

    def today(self) -> date:
        """Today in the base's time zone."""
        return datetime.now(self.timezone).date()

    def apart(self, name: str) -> bool:
        """Whether the base itself uses this key for something else: ours is then kcs_..."""
        return self.fields.get(name, "").startswith(APART)


def _zone(name: str) -> tzinfo:
    if name == "UTC":  # zoneinfo is a tenth of the start-up time, and most bases never need it
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def load_config(path: Path) -> Config:
    """Read kcs.toml. ConfigProblem, with the line, if it is missing, not TOML, or has a wrong key or value."""
    try:
        raw = read_kept(path)
    except OSError as error:
        raise ConfigProblem(
            f"cannot be read: {error.strerror}", path=str(path), hint="kcs init --adopt writes one"
        ) from error
    return parse_config(raw, str(path))


def parse_config(raw: bytes, name: str = CONFIG_NAME) -> Config:
    """The same from bytes, for a kcs.toml in a commit."""
    return _Reader(raw, name).config()


def parse_toml(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text and its values. ConfigProblem, with the line, if it is not UTF-8 or not TOML."""
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigProblem("is not UTF-8", path=name, line=line, hint="save it as UTF-8") from error
    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" (at ")
        number = place.removeprefix("line ").split(",")[0]
        line_number = int(number) if number.isdigit() else text.count("\n") + 1
        raise ConfigProblem(f"is not valid TOML: {message}", path=name, line=line_number) from error


class _Reader:
    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self.text, self.data = parse_toml(raw, name)

    def fail(self, message: str, *keys: str, nth: int = 0, hint: str = "") -> ConfigProblem:
        from kcs.kb.toml_lines import line_of

        return ConfigProblem(message, path=self.name, line=line_of(self.text, *keys, nth=nth), hint=hint)

    def site(self, given: str) -> str:
        import re

        if given and not re.fullmatch(r"https?://[^/?#\s]+(?:/[^?#\s]*)?", given):
            example = 'site = "https://support.example.com/how-to/"'
            raise self.fail(f"[links] site is {given!r}, which is no address", "links", "site", hint=example)
        return given

    def config(self) -> Config:
        tops = {key.name: key for key in TOP_KEYS}
        for name in self.data:
            if name not in tops and name not in _BY_NAME:
                raise self.fail(f"unknown key {name!r}", name, hint=nearest_hint(name, [*tops, *_BY_NAME]))
        top = {name: self.value(tops[name], self.data[name], name) for name in tops if name in self.data}
        tables = {table.name: self.table(table) for table in TABLES if not table.many}
        if (zone := top.get("timezone")) is not None:
            self.check_zone(zone)
        links, articles = tables["links"], tables["articles"]
        plain = Config()
        audiences = top.get("audiences", plain.audiences) or plain.audiences
        policies = self.policies()
        self.check_audiences(audiences, tables["defaults"], policies)
        return Config(
            engine=top.get("engine", plain.engine),
            zone=top.get("timezone", plain.zone),
            date_order=top.get("date_order", ""),
            audiences=audiences,
            include=articles.get("include", plain.include),
            exclude=articles.get("exclude", plain.exclude),
            fields=tables["fields"],
            types=tables["types"],
            link_root=links.get("root", ""),
            link_by=links.get("by", "path"),
            link_folders=links.get("folders", ()),
            link_relative=links.get("relative", "file"),
            link_site=self.site(links.get("site", "")),
            defaults=Policy({}, tables["defaults"]),
            policies=policies,
            targets=tables["targets"],
            taxonomy=tables["taxonomy"],
            synonyms=tables["synonyms"],
            pins=tables["pins"],
            search=tables["search"],
            ledger=tables["ledger"],
            adoption=self.adoption(tables["adopt"]),
            rules=tables["rules"],
            style=tables["style"],
        )

    def check_zone(self, zone: str) -> None:
        try:
            _zone(zone)
        except (KeyError, ValueError, OSError) as error:
            raise self.fail(
                f"unknown timezone {zone!r}", "timezone", hint='a name such as "Asia/Bangkok" or "UTC"'
            ) from error

    def check_audiences(
        self, audiences: Sequence[str], defaults: Mapping[str, Any], policies: Sequence[Policy]
    ) -> None:
        """Refuse a policy for an impossible audience or governance: it would never hold, and nobody would notice."""
        self.one_of(audiences, "audience", defaults.get("audience"), "defaults", "audience")
        for nth, policy in enumerate(policies):
            self.one_of(audiences, "audience", policy.sets.get("audience"), "policy", "audience", nth=nth)
            for key, known in (("audience", audiences), ("governance", GOVERNANCES)):
                for value in policy.match.get(key, ()):
                    self.one_of(known, key, value, "policy", "match", nth=nth)

    def one_of(self, known: Sequence[str], key: str, value: str | None, *where: str, nth: int = 0) -> None:
        if value is not None and value not in known:
            hint = nearest_hint(value, list(known))
            raise self.fail(f"no article has {key} {value!r}", *where, nth=nth, hint=hint)

    def table(self, table: Table) -> dict[str, Any]:
        data = self.data.get(table.name, {})
        if not isinstance(data, dict):
            raise self.fail(f"{table.name} must be a table: [{table.name}]", table.name)
        return self.read_table(table, data)

    def read_table(self, table: Table, data: Mapping[str, Any], nth: int = 0) -> dict[str, Any]:
        known = {key.name: key for key in table.keys}
        values = {}
        for name, value in data.items():
            key = Key(name, table.free, "") if table.free else known.get(name)
            if key is None:
                hint = nearest_hint(name, list(known))
                raise self.fail(
                    f"unknown key {name!r} in [{table.name}]", table.name, name, nth=nth, hint=hint
                )
            values[name] = self.value(key, value, table.name, name, nth=nth)
        return values

    def policies(self) -> tuple[Policy, ...]:
        table = _BY_NAME["policy"]
        data = self.data.get("policy", [])
        if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
            raise self.fail("policy must be a list of tables: [[policy]]", "policy")
        found = []
        for nth, one in enumerate(data):
            values = self.read_table(table, one, nth)
            found.append(Policy(values.pop("match", {}), values))
        return tuple(found)

    def adoption(self, values: Mapping[str, Any]) -> Adoption | None:
        if not values:
            return None
        for key in ("on", "over"):
            if key not in values:
                raise self.fail(f"[adopt] needs {key!r} as well", "adopt")
        span: Interval | None = parse_interval(values["over"])
        if span is None:
            raise self.fail('"over" cannot be never', "adopt", "over")
        return Adoption(values["on"], (span.after(values["on"]) - values["on"]).days)

    def value(self, key: Key, value: Any, *where: str, nth: int = 0) -> Any:
        """`value` as the key's kind requires; else ConfigProblem."""
        result = read_value(key.kind, value)
        if result is None or (key.choices and result not in key.choices):
            wanted = " or ".join(map(repr, key.choices)) if key.choices else WANTED[key.kind]
            hint = nearest_hint(value, list(key.choices)) if key.choices and isinstance(value, str) else ""
            raise self.fail(f"{key.name} is {value!r}, but must be {wanted}", *where, nth=nth, hint=hint)
        return result
