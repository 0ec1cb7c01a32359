"""What a rule is. Its documentation is its module's docstring: what it does, and then under `##` headings why it matters,
an example, how to mend it. `kcs rule` and docs/rules show that text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.finding import Hit
    from kcs.audit.page import Page

# What a rule's answer depends on, besides kcs.toml.
# The front matter, the text under it and the path are the file itself: what rests on these alone is kept by content.
PATH, FRONT_MATTER, TEXT = "path", "front matter", "text"
# Others: articles beside this one. Files: whether images and the like are there. Today: the day.
TEAM, OTHERS, FILES, VERDICT, TODAY, HISTORY = "team", "others", "files", "verdict", "today", "history"
OF_THE_FILE = frozenset((PATH, FRONT_MATTER, TEXT, TEAM))

Values = Mapping[str, Any]
Check = Callable[["Page", Values], "Iterator[Hit]"]
# The article's bytes and the hits that can be fixed -> the bytes without them.
Fix = Callable[["Page", bytes, "list[Hit]"], bytes]


class Parameter(NamedTuple):
    """A value that kcs.toml may set for a rule. `kind` is one of kcs.kb.config_keys.Key's."""

    name: str
    kind: str
    default: Any
    doc: str


class Rule(NamedTuple):
    """One rule; its code, name and scope are in the list (kcs.audit.rules).

    `check` yields what it finds in one article; it may raise nothing. `since`: the version that brought it.
    `by_time`: a day that passes can bring it, without anybody's change. `unreadable`, `archived`: whether it is asked
    of articles that cannot be understood, that have no value any more. `ignorable`: whether a comment in the article may
    silence it. `debt`: the name under which rules that are paid together share a fingerprint. `fix`, where there is one,
    splices; `unsafe`: it may change what is said. `last`: it asks what the others found. `look` draws from a text, while
    it is at hand for other rules, what `check` will need of it; it may not be called.
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
        """Whether its answer rests on the file, kcs.toml and team.toml alone."""
        return OF_THE_FILE.issuperset(self.reads)
