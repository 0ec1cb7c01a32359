"""The settings in `[rules.X]` of kcs.toml for each rule on each path. Invalid ones are refused with their line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from kcs.audit.finding import OFF, SEVERITIES
from kcs.audit.rules import RULES, Entry, known
from kcs.errors import ConfigProblem, UsageProblem, nearest_hint
from kcs.kb.globs import matcher
from kcs.kb.settings.config import CONFIG_NAME
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.rule import Rule

_OWN = ("severity", "paths")


class Asked(NamedTuple):
    """What kcs.toml sets for one rule on one path."""

    severity: str
    values: Mapping[str, Any]


class Chosen(NamedTuple):
    """One rule of this run.
    `layers`: (whether a path fits, severity or None, values), the first that fits and sets counts.
    """

    entry: Entry
    rule: Rule
    layers: tuple[tuple[Callable[[str], bool] | None, str | None, Mapping[str, Any]], ...]
    defaults: Asked

    def at(self, path: str) -> Asked:
        """What holds at `path`."""
        if not self.layers:
            return self.defaults
        severity, values = None, dict(self.defaults.values)
        own: dict[str, Any] = {}
        for fits, asked, said in self.layers:
            if fits is None or fits(path):
                severity = severity or asked
                own = {**said, **own}
        return Asked(severity or self.defaults.severity, values | own)


def choose(
    config_rules: Mapping[str, Any],
    *,
    text: str = "",
    name: str = CONFIG_NAME,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    scopes: tuple[str, ...] = (),
    absent: Collection[str] = (),
    audiences: tuple[str, ...] = (),
) -> list[Chosen]:
    """The rules of a run, in their order.
    `text` is kcs.toml's, for the lines of errors; `audiences` those that it knows.

    `absent`: what neither the files of the run nor the base have; rules
    that speak of that alone are left out, unless kcs.toml sets them.

    ConfigProblem for a table, a key or a value that no rule knows; UsageProblem if a selector names no rule.
    """
    tables = {_code(code, text, name): said for code, said in config_rules.items()}
    wanted = asked_codes(select, ignore)
    for code in tables.keys() - wanted:  # what is wrong is reported, whatever is selected
        _chosen(known()[code], tables[code], text, name, audiences)
    return [
        _chosen(entry, tables.get(entry.code, {}), text, name, audiences)
        for entry in RULES
        if entry.code in wanted
        and (not scopes or entry.scope in scopes)
        and (entry.only not in absent or entry.code in tables)
    ]


def asked_codes(select: tuple[str, ...], ignore: tuple[str, ...]) -> set[str]:
    """The codes of a run. UsageProblem if a selector names no rule."""
    wanted = named(select, "--select") if select else set(known())
    return wanted - named(ignore, "--ignore")


def named(selectors: tuple[str, ...], option: str) -> set[str]:
    """The codes that selectors (a code, the beginning of one, a name; commas between) stand for."""
    found: set[str] = set()
    for selector in (one.strip() for words in selectors for one in words.split(",")):
        folded = selector.upper()
        fits = {
            entry.code
            for entry in RULES
            if selector and (entry.code.startswith(folded) or entry.name == selector.lower())
        }
        if not fits:
            raise UsageProblem(f"{option} {selector!r} names no rule", hint=_meant(selector))
        found |= fits
    return found


def find_rule(word: str) -> Entry:
    """The rule with this code or name. UsageProblem with the nearest one."""
    for entry in RULES:
        if word.upper() == entry.code or word.lower() == entry.name:
            return entry
    raise UsageProblem(f"no rule is called {word!r}", hint=_meant(word))


def _meant(word: str) -> str:
    from kcs.audit.rule_meant import rule_meant

    return rule_meant(word)


def _code(code: str, text: str, name: str) -> str:
    if code in known():
        return code
    by_name = {entry.name: entry.code for entry in RULES}
    hint = f"it is known there as {by_name[code]}" if code in by_name else _meant(code)
    raise _problem(f"[rules] knows no rule {code!r}", text, name, ("rules", code), hint)


def _chosen(entry: Entry, said: Any, text: str, name: str, audiences: tuple[str, ...]) -> Chosen:
    rule = entry.load()
    defaults = Asked(rule.severity, {one.name: one.default for one in rule.parameters})
    tables = said if isinstance(said, list) else [said]
    if not all(isinstance(one, dict) for one in tables):
        raise _wrong(entry, text, name, f"rules.{entry.code} must be a table: [rules.{entry.code}]")
    layers = []
    for number, one in enumerate(tables):
        if one:
            wrong = partial(_wrong, entry, text, name, nth=number)
            layers.append(_layer(entry, rule, one, wrong, audiences))
    return Chosen(entry, rule, tuple(layers), defaults)


def _layer(
    entry: Entry,
    rule: Rule,
    table: Mapping[str, Any],
    wrong: Callable[..., ConfigProblem],
    audiences: tuple[str, ...],
) -> tuple[Callable[[str], bool] | None, str | None, Mapping[str, Any]]:
    """One table. `wrong`: message, key and hint -> the error."""
    from kcs.kb.settings.kinds import WANTED, read_value  # most bases set nothing for a rule

    kinds = {one.name: one.kind for one in rule.parameters} | {"severity": "string", "paths": "strings"}
    # A misspelt audience would find nothing, and nobody would know.
    choices = {one.name: audiences if one.kind == "audiences" else one.choices for one in rule.parameters}
    values = {}
    for key, value in table.items():
        if key not in kinds:
            hint = nearest_hint(key, [*kinds])
            raise wrong(f"unknown key {key!r} in [rules.{entry.code}]", key, hint)
        read = read_value(kinds[key], value)
        if read is None:
            what = f"{key} is {value!r}, but must be {WANTED[kinds[key]]}"
            raise wrong(what, key, _why_not(kinds[key], value))
        if other := next((one for one in read if one not in choices[key]), "") if choices.get(key) else "":
            hint = nearest_hint(other, [*choices[key]])
            raise wrong(f"{key} holds {other!r}, but knows only {', '.join(choices[key])}", key, hint)
        values[key] = read
    severity = values.pop("severity", None)
    if severity is not None and severity not in (*SEVERITIES, OFF):
        wanted = ", ".join((*SEVERITIES, OFF))
        hint = nearest_hint(severity, [*SEVERITIES, OFF])
        raise wrong(f"severity is {severity!r}, but must be one of {wanted}", "severity", hint)
    paths = values.pop("paths", None)
    return None if paths is None else matcher(paths), severity, values


def _why_not(kind: str, value: Any) -> str:
    """Which of several regular expressions is none, as help."""
    from kcs.kb.settings.kinds import why_no_expression

    items = value if isinstance(value, list) else [value]
    if kind != "expressions" or not all(isinstance(one, str) for one in items):
        return ""
    return "; ".join(f"{one!r}: {why}" for one in items if (why := why_no_expression(one)))


def _wrong(
    entry: Entry, text: str, name: str, message: str, key: str = "", hint: str = "", nth: int = 0
) -> ConfigProblem:
    keys = ("rules", entry.code, key) if key else ("rules", entry.code)
    return _problem(message, text, name, keys, hint, nth)


def _problem(
    message: str, text: str, name: str, keys: tuple[str, ...], hint: str, nth: int = 0
) -> ConfigProblem:
    from kcs.kb.settings.toml_lines import line_of

    line = line_of(text, *keys, nth=nth) or line_of(text, *keys)
    return ConfigProblem(message, path=name, line=line, hint=hint)
