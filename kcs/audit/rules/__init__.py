"""The rules: one file each, and this list. A rule's name is its module's; the list's order is the order of the codes."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from kcs.audit.rule import Rule

# What a rule must see to judge one article: its file, the rest of the base as well, or Git's history.
FILE, BASE, HISTORY = "file", "base", "history"
SCOPES = (FILE, BASE, HISTORY)


class Entry(NamedTuple):
    """One rule: `module` below this package holds `RULE`."""

    code: str
    scope: str
    module: str

    @property
    def name(self) -> str:
        """As people write it: `duplicate-key`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def load(self) -> Rule:
        """The rule itself."""
        rule: Rule = import_module(f"{__name__}.{self.module}").RULE
        return rule

    def documentation(self) -> str:
        """What it says of itself: its module's docstring, Markdown."""
        from inspect import cleandoc

        return cleandoc(import_module(f"{__name__}.{self.module}").__doc__ or "")


RULES = (
    # KCS0: the file and its metadata
    Entry("KCS001", FILE, "file.unreadable"),
    Entry("KCS006", FILE, "file.duplicate_key"),
    # KCS1: verification
    Entry("KCS101", BASE, "verification.stale"),
)


def known(entries: Iterable[Entry] = RULES) -> dict[str, Entry]:
    """Code -> rule."""
    return {entry.code: entry for entry in entries}
