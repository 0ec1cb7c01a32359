"""What a change moves out of the rules' sight without touching
kcs.toml: what fails there, and what nobody vouches for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcs.audit.finding import OFF, Finding, fingerprint
from kcs.audit.rules.verification import DEBT
from kcs.audit.taken_out import CHANGED, WAY, errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kcs.audit.change import Change
    from kcs.audit.settings import Chosen
    from kcs.audit.stand_ins import StandIn

_WAYS = (
    "put it back among the articles, delete it, or say in it that it promises nothing (confidence: archived)"
)


def moved_out(change: Change, rules: Mapping[str, Chosen]) -> Iterator[Finding]:
    """What failed before as well, and what is not the text that somebody vouched for."""
    by_path = {one.article.path: one for one in change.stand_ins}
    failing = errors(change.before, [one.article for one in change.stand_ins], rules, change)
    for finding in failing:
        yield _told(change, by_path[finding.path], finding, finding.message)
    chosen, failed = rules.get(CHANGED), {one.path for one in failing}
    for path, one in by_path.items():
        if chosen and not one.same and path not in failed and chosen.at(path).severity != OFF:
            yield _another_text(change, chosen, one)


def _another_text(change: Change, chosen: Chosen, stand_in: StandIn) -> Finding:
    """Reported by the rule that would have said so about the article, and so under the name that a baseline knows."""
    article, entry = stand_in.article, chosen.entry
    severity = chosen.at(article.path).severity
    name = fingerprint(DEBT, change.before.key(article), "")
    found = Finding(entry.code, entry.name, severity, article.path, None, None, "", "", False, name)
    return _told(change, stand_in, found, "somebody vouched for another text")


def _told(change: Change, stand_in: StandIn, finding: Finding, message: str) -> Finding:
    prefix, place = change.kb.prefix, stand_in.place
    path = place[len(prefix) :] if stand_in.file and place.startswith(prefix) else finding.path
    said = f"{message}; {place} stands for {stand_in.article.name} now, and no rule looks at it"
    return finding._replace(
        path=path, line=None, column=None, message=said, help=f"{_WAYS}; {WAY}", fixable=False
    )
