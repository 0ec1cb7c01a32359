"""A rule's documentation, as the page shown by docs/rules, `kcs rule` and SARIF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kcs.audit.rule import Parameter, Rule
    from kcs.audit.rules import Entry

FAMILIES = {
    "KCS0": "The file and its metadata",
    "KCS1": "Verification",
    "KCS2": "People",
    "KCS3": "Safety",
    "KCS4": "Content standard",
    "KCS5": "Links",
}


def summary(entry: Entry) -> str:
    """What it finds, in a sentence."""
    return " ".join(entry.documentation().partition("\n\n")[0].split())


def page(entry: Entry) -> str:
    """The whole page, Markdown."""
    rule = entry.load()
    first, _, rest = entry.documentation().partition("\n\n")
    parts = [f"# {entry.code} {entry.name}", first, "\n".join(facts(entry, rule)), rest]
    if rule.parameters:
        parts.append("## Parameters\n\n" + "\n".join(_parameters(rule)))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def facts(entry: Entry, rule: Rule) -> Iterator[str]:
    """How severe it is, what it looks at, what can mend or silence it."""
    yield f"- **Severity**: {rule.severity}" + (
        " until kcs.toml gives it one" if rule.severity == "off" else ""
    )
    scope = {
        "file": "the file alone: it runs in `kcs check` too",
        "base": "the whole base",
        "history": "Git's history",
    }
    yield f"- **Looks at**: {scope[entry.scope]} ({', '.join(rule.reads)})"
    if rule.by_time:
        yield "- **A day that passes** can bring it: a run that judges a change asks it only of articles that the change touches"
    if rule.debt:
        yield f"- **In a baseline** it is one debt with the other rules of `{rule.debt}`"
    if rule.fix:
        yield "- **Mended by** `kcs audit " + (
            "--unsafe-fixes`: look at what it did" if rule.unsafe else "--fix`"
        )
    if not rule.ignorable:
        yield "- **No comment** in an article silences it"
    yield f"- **Since** {rule.since}"


def _parameters(rule: Rule) -> Iterator[str]:
    yield "| key | value | by itself | meaning |"
    yield "| --- | --- | --- | --- |"
    for one in rule.parameters:
        yield f"| `{one.name}` | {one.kind} | {_shown(one.default)} | {one.doc} |"


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(f"`{one}`" for one in value) or "none"
    return f"`{value}`" if value not in ("", None, {}) else "none"


def index(entries: tuple[Entry, ...]) -> str:
    """The list of all rules, Markdown."""
    lines = [
        "# Rules",
        "",
        "What `kcs audit` asks of each article. Written by docs/make.py from the rules themselves.",
        "",
    ]
    for family, title in FAMILIES.items():
        own = [entry for entry in entries if entry.code.startswith(family)]
        if own:
            lines += [f"## {family}: {title}", "", "| rule | severity | finds |", "| --- | --- | --- |"]
            lines += [
                f"| [{one.code} {one.name}]({one.code}.md) | {one.load().severity} | {_cell(summary(one))} |"
                for one in own
            ]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def settings_schema(entries: tuple[Entry, ...], kinds: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of `[rules]` in kcs.toml; `kinds`: that of each kind of value."""
    properties = {}
    for entry in entries:
        rule = entry.load()
        own = {one.name: {**_values(one, kinds), "description": one.doc} for one in rule.parameters}
        table = {
            "type": "object",
            "properties": {
                "severity": {"enum": ["error", "warning", "info", "off"]},
                "paths": {
                    **kinds["strings"],
                    "description": "Where this table holds: globs; else everywhere.",
                },
                **own,
            },
            "additionalProperties": False,
        }
        properties[entry.code] = {
            "description": summary(entry),
            "anyOf": [table, {"type": "array", "items": table}],
        }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _values(one: Parameter, kinds: dict[str, Any]) -> dict[str, Any]:
    if not one.choices:
        return dict(kinds[one.kind])
    word = {"enum": list(one.choices)}
    return {"anyOf": [word, {"type": "array", "items": word}]}
