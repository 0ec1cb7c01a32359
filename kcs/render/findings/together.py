"""What a rule says of many articles in the same words is said once to people, with where: an
area without an owner, not each of its 300 articles. Formats for programs keep each finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.finding import Finding

# How many places of one group are named.
_MOST = 3
# Stands for each article's name in what to do.
_NAME = "ARTICLE"
_BLANKS = re.compile(r"(\s+)")


class Together(NamedTuple):
    """One rule's findings that say the same, in their order; a single one is unchanged.
    `help`: what to do about all.
    """

    findings: Sequence[Finding]
    help: str

    @property
    def first(self) -> Finding:
        """One of them, with what to do about all of them."""
        return self.findings[0]._replace(help=self.help)

    @property
    def places(self) -> list[str]:
        """The first of them as `path:line`."""
        named = self.findings[: len(self.findings) - self.more]
        return [one.path if one.line is None else f"{one.path}:{one.line}" for one in named]

    @property
    def more(self) -> int:
        """How many are not named; never one, since naming it takes no more room."""
        left = len(self.findings) - _MOST
        return left if left > 1 else 0


def together(findings: Iterable[Finding]) -> list[Together]:
    """The findings in groups, ordered by the first of each. One with other words or another remedy stays alone."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        alike.setdefault((one.severity, one.rule, one.message), []).append(one)
    found = []
    for group in alike.values():
        way = _way(group)
        found += [Together([one], one.help) for one in group] if way is None else [Together(group, way)]
    return found


def _way(group: Sequence[Finding]) -> str | None:
    """What to do about all of them, if it differs only by the article's name; else None."""
    if len({one.help for one in group}) == 1:
        return group[0].help
    words = [_BLANKS.split(one.help.replace(quote(one.path), _NAME)) for one in group]
    if len({len(one) for one in words}) > 1:
        return None
    differ = [at for at, some in enumerate(zip(*words, strict=True)) if len({*some}) > 1]
    if any(len({one[at] for at in differ}) > 1 for one in words):
        return None
    return "".join(_NAME if at in differ else word for at, word in enumerate(words[0]))
