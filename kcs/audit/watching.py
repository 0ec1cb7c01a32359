"""Audits again whenever something changes that the answer rests on.
Looks by asking for the files' times, as every run does.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.audit.baseline import NAME as BASELINE_NAME
from kcs.audit.kept import run_key, what_was_looked_for
from kcs.audit.perform import perform
from kcs.audit.redirects import digests
from kcs.audit.settings import asked_codes
from kcs.audit.wanted import Wanted
from kcs.errors import KcsError
from kcs.kb.moves import MOVES_NAME
from kcs.kb.settings.config import CONFIG_NAME
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.state import lies_at
from kcs.kb.walk import mark_of, walk
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.finding import Finding
    from kcs.audit.report import Report
    from kcs.kb.base import KnowledgeBase
    from kcs.kb.walk import Mark

_BESIDE = (CONFIG_NAME, TEAM_NAME, MOVES_NAME, BASELINE_NAME)
# Looking must stay cheap however large the base: at most this part of the time is spent on it.
_SHARE = 0.04
_LEAST = 0.5
_SETTLE = 0.15
_HISTORY, _DAY = "Git's history", "the day"


class Round(NamedTuple):
    """One look: what changed, and how the findings changed. `error` replaces `report` if the audit failed."""

    report: Report | None
    error: KcsError | None
    changed: Sequence[str]
    new: Sequence[Finding]
    gone: Sequence[Finding]


class _Seen(NamedTuple):
    """What a round rested on: articles, files beside them, and
    which files looked for were there, in the base and on the disk.
    """

    articles: Mapping[str, Mark]
    beside: Mapping[str, object]
    probes: Mapping[str, bool]
    looked: Mapping[str, bool]

    def differs(self, other: _Seen) -> list[str]:
        """What differs between the two."""
        found = []
        for mine, theirs in zip(self, other, strict=True):
            if mine is not theirs:
                both = sorted({*mine, *theirs})
                found += [path for path in both if mine.get(path) != theirs.get(path)]
        return list(dict.fromkeys(found))


def watch(
    first: KnowledgeBase,
    open_again: Callable[[], KnowledgeBase],
    wanted: Wanted,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """A round for the base as it is, and one for each change, until somebody interrupts.

    What cannot be audited for a moment (half a kcs.toml) is an
    error of its round, except in the first: that one is raised.
    """
    base = first
    seen = _look(base, wanted, _Seen({}, {}, {}, {}))
    report = perform(base, wanted)
    seen = _with_probes(seen, base, wanted)
    yield Round(report, None, (), report.findings, ())
    known: Sequence[Finding] = report.findings
    while True:
        now, changed = _next(base, wanted, seen, sleep)
        try:
            # Files beside articles, and articles, are looked at before they are read: no change is missed between.
            base = open_again()
            seen = _Seen(walk(base.root, base.config), now.beside, now.probes, now.looked)
            report = perform(base, wanted)
            seen = _with_probes(seen, base, wanted)
        except KcsError as error:
            seen = now
            yield Round(None, error, changed, (), ())
            continue
        yield Round(report, None, changed, _without(report.findings, known), _without(known, report.findings))
        known = report.findings
        # The program as a whole does without; a watch lives for hours.
        gc.collect()


def _next(
    base: KnowledgeBase, wanted: Wanted, seen: _Seen, sleep: Callable[[float], None]
) -> tuple[_Seen, list[str]]:
    """Waits until something is another than it was, and has been so for a moment."""
    pause = _LEAST
    while True:
        sleep(pause)
        begun = time.process_time()
        now = _look(base, wanted, seen)
        pause = max(_LEAST, (time.process_time() - begun) / _SHARE)
        if not seen.differs(now):
            continue
        before = None
        while before is None or before.differs(now):
            sleep(_SETTLE)
            before, now = now, _look(base, wanted, now)
        # An editor that writes and takes back has changed nothing.
        if changed := seen.differs(now):
            return now, changed


def _look(base: KnowledgeBase, wanted: Wanted, seen: _Seen) -> _Seen:
    names = [*_BESIDE, str(wanted.baseline.absolute())] if wanted.baseline else _BESIDE
    beside: dict[str, object] = {name: _mark(base.root / name) for name in names}
    templates = base.root / "templates"
    if templates.is_dir():
        beside |= {f"templates/{one.name}": _mark(one) for one in templates.iterdir()}
    beside |= digests(base)
    beside[_HISTORY] = base.repo.head() if base.repo else None
    # The clock's, whatever --as-of says: a day too many costs one look and finds nothing.
    beside[_DAY] = base.config.today()
    probes = {path: base.exists(path) for path in seen.probes}
    looked = {path: lies_at(base.root, path) for path in seen.looked}
    return _Seen(walk(base.root, base.config, seen.articles), beside, probes, looked)


def _with_probes(seen: _Seen, base: KnowledgeBase, wanted: Wanted) -> _Seen:
    """With the files beside the articles that this round looked for, as it found them."""
    key = run_key(base, asked_codes(wanted.select, wanted.ignore))
    probes, looked, _ = (what_was_looked_for(base, key) if key else None) or ({}, {}, "")
    return seen._replace(probes=probes | (base.standings.probes() or {}), looked=looked | base.looked)


def _mark(file: Path) -> Mark | None:
    try:
        found: Mark = mark_of(file.stat())
    except OSError:
        return None
    return found


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """The findings beyond those that the others hold too, by fingerprint: lines move when somebody writes."""
    left = Counter(one.fingerprint for one in others)
    found = []
    for one in findings:
        if left[one.fingerprint]:
            left[one.fingerprint] -= 1
        else:
            found.append(one)
    return found
