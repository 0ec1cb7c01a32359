"""The rules of the audit, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kcs.audit.rule_pages import page, summary
from kcs.render.terminal import console, for_eyes, say, table, write_json

if TYPE_CHECKING:
    from kcs.audit.rules import Entry


def rule_text(entry: Entry) -> None:
    """Its page: drawn for eyes, as Markdown in a pipe."""
    text = page(entry)
    if for_eyes():
        from rich.markdown import Markdown

        console().print(Markdown(text))
    else:
        say(text.rstrip("\n"))


def rules_text(entries: Sequence[Entry]) -> None:
    """One line per rule: code, name, severity, what it finds."""
    rows = [(one.code, one.name, one.load().severity, summary(one)) for one in entries]
    table(("Rule", "Name", "Severity", "Finds"), rows, ("cyan", "", "dim", ""))


def rules_json(schema: str, entries: Sequence[Entry]) -> None:
    """`kcs.rules/1`, and of one rule `kcs.rule/1`."""
    rows = []
    for one in entries:
        rule = one.load()
        rows.append({
            "rule": one.code,
            "name": one.name,
            "summary": summary(one),
            "severity": rule.severity,
            "scope": one.scope,
            "reads": list(rule.reads),
            "by_time": rule.by_time,
            "fixable": rule.fix is not None,
            "since": rule.since,
            "parameters": [
                {"name": each.name, "kind": each.kind, "default": each.default, "doc": each.doc} for each in rule.parameters
            ],
            "documentation": page(one),
        })  # fmt: skip
    write_json(schema, {"rules": rows})
