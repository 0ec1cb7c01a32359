"""Reading kcs.toml: each key and value as keys.py wants it, refused with its line and the nearest right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kcs.article.days import Interval, parse_interval
from kcs.article.states import GOVERNANCES
from kcs.article.trust import Adoption
from kcs.errors import ConfigProblem, nearest_hint
from kcs.kb.settings.config import Config, Policy, parse_toml, zone_of
from kcs.kb.settings.keys import TABLES, TOP_KEYS, Key, Table
from kcs.kb.settings.kinds import WANTED, read_value

_BY_NAME = {table.name: table for table in TABLES}


def read_config(raw: bytes, name: str) -> Config:
    """The values in a kcs.toml. ConfigProblem, with the line, if it is not TOML or has a wrong key or value."""
    return _Reader(raw, name).config()


class _Reader:
    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self.text, self.data = parse_toml(raw, name)

    def fail(self, message: str, *keys: str, nth: int = 0, hint: str = "") -> ConfigProblem:
        from kcs.kb.settings.toml_lines import line_of

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
                hint = _belongs(name) or nearest_hint(name, [*tops, *_BY_NAME])
                raise self.fail(f"unknown key {name!r}", name, hint=hint)
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
            if zone == "localtime":  # of each machine its own
                raise ValueError(zone)
            zone_of(zone)
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
                hint = _belongs(name) or nearest_hint(name, list(known))
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


def _belongs(name: str) -> str:
    """Where a key stands that was written elsewhere; empty for what is a key nowhere, or in several tables."""
    if any(key.name == name for key in TOP_KEYS):
        return f"{name} stands at the top, before the first [...]"
    tables = [table.name for table in TABLES if any(key.name == name for key in table.keys)]
    return f"{name} stands in [{tables[0]}]" if len(tables) == 1 else ""
