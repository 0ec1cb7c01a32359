"""What a rule is. Its module's docstring is its documentation: what it does, then, under `##`
headings, why it matters, an example, and how to fix it. `kcs rule` and docs/rules show that text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.finding import Hit
    from kcs.audit.page import Page

# What a rule's answer depends on, besides kcs.toml. The front matter, the text below it
# and the path are the file itself: answers that depend on these alone are kept by content.
PATH, FRONT_MATTER, TEXT = "path", "front matter", "text"
# Others: the other articles. Files: whether images and the like exist. Today: the day.
TEAM, OTHERS, FILES, VERDICT, TODAY, HISTORY = "team", "others", "files", "verdict", "today", "history"
OF_THE_FILE = frozenset((PATH, FRONT_MATTER, TEXT, TEAM))

Values = Mapping[str, Any]
Check = Callable[["Page", Values], "Iterator[Hit]"]
# The article's bytes and the hits that can be fixed -> the bytes without them.
Fix = Callable[["Page", bytes, "list[Hit]"], bytes]


class Parameter(NamedTuple):
    """A value that kcs.toml may set for a rule.
    `kind` is one of kcs.kb.settings.keys.Key's; `choices`: the only words of a list.
    """

    name: str
    kind: str
    default: Any
    doc: str
    choices: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One rule; its code, name and scope are in the list (kcs.audit.rules).

    `check` yields what it finds in one article; it must not raise. `since`: the version that introduced it.
    `by_time`: the passing of days alone can cause a finding. `unreadable`, `archived`: whether it applies to articles that
    cannot be understood, or that are archived. `ignorable`: whether a comment in the article may silence it. `debt`: the name
    under which rules that are paid together share a fingerprint. `fix`, if any, splices; `unsafe`: it may change what the
    text says. `last`: it asks what the other rules found. `look` takes from a text, while it is loaded for other rules, what
    `check` will need; it is not always called.
    """

    check: Check
    severity: str
    reads: tuple[str, ...]
    since: str = "0.1"
    parameters: tuple[Parameter, ...] = ()
    by_time: bool = False
    unreadable: bool = False
    archived: bool = False
    ignorable: bool = True
    debt: str = ""
    fix: Fix | None = None
    unsafe: bool = False
    last: bool = False
    look: Callable[[Page], None] | None = None

    @property
    def by_content(self) -> bool:
        """Whether its answer depends on the file, kcs.toml and team.toml alone."""
        return OF_THE_FILE.issuperset(self.reads)
