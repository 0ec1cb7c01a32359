"""The findings that a base had at first: they are known, fail no run, and may only become fewer.

A text file with one finding per line, sorted, so that two branches that pay debts merge: fingerprint, rule
and path, separated by tabs. The fingerprint counts; rule and path are for people, and tell which entries a
narrower run may remove. A debt of verification also names the day on which the article was last verified:
verified since, it is paid, even if its line is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kcs.audit.finding import INFO, Finding, fingerprint
from kcs.audit.rules.verification import DEBT, DEBT_CODES
from kcs.counting import counted
from kcs.errors import ConfigProblem, FileProblem
from kcs.kb.files import decoded, read_kept, refuse_link, write_file
from kcs.patterns import later
from kcs.tuples import NamedTuple

if TYPE_CHECKING:
    from kcs.audit.report import Report
    from kcs.audit.settings import Chosen
    from kcs.kb.articles import Article
    from kcs.kb.base import KnowledgeBase

NAME = "kcs-baseline.tsv"
_HEAD = "# What the audit found before; kcs audit --write-baseline makes it shorter. fingerprint, rule, path, verified\n"
# "Too few" means that somebody vouches: the first of two verifiers has made no new debt.
_NEW_AFTER = frozenset(DEBT_CODES) - {"KCS108"}
_LINE = later(r"([0-9a-f]{32})\t(KCS\d{3})\t([^\t]*)(?:\t(\d{4}-\d\d-\d\d))?")


class Entry(NamedTuple):
    """One known finding. `path` as `shown` gives it; `verified`: the day of a debt's last verification, or empty."""

    path: str
    rule: str
    fingerprint: str
    verified: str = ""


class Baseline(NamedTuple):
    """The entries, and their file.
    `there`: whether it exists; `file`: the one named, if any; `notes`: lines that people wrote into it.
    """

    entries: tuple[Entry, ...] = ()
    name: str = NAME
    there: bool = False
    file: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def fingerprints(self) -> frozenset[str]:
        """What is known."""
        return frozenset(one.fingerprint for one in self.entries)


def load(kb: KnowledgeBase, file: Path | None = None, *, new: bool = False) -> Baseline:
    """The baseline of this state of the base, or the named file. ConfigProblem for a malformed line.

    FileProblem if a named file is not there, unless it is to be made (`new`); without a name a base may have none.
    """
    if file is None:
        text = kb.text(NAME)
        return Baseline() if text is None else Baseline(parse(text, NAME), NAME, True, None, _notes(text))
    if new and not file.exists():
        return Baseline((), str(file), False, file)
    try:
        raw = read_kept(file) if new else file.read_bytes()  # a file that is only read may be a pipe
    except OSError as error:
        hint = "kcs audit --write-baseline makes one"
        raise FileProblem(f"cannot be read: {error.strerror}", path=str(file), hint=hint) from error
    # A path in it may not be UTF-8, and is written as it is.
    text = decoded(raw, "surrogateescape")
    return Baseline(parse(text, str(file)), str(file), True, file, _notes(text))


def parse(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a baseline's text."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ConfigProblem(
                "is not a line of a baseline (fingerprint, rule and path, separated by tabs)",
                path=name,
                line=number,
                hint="resolve a merge conflict by keeping the lines of both sides, then kcs audit --write-baseline",
            )
        found.append(Entry(match[3], match[2], match[1], match[4] or ""))
    return tuple(found)


def _notes(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.startswith("#") and line != _HEAD.strip())


def split(
    kb: KnowledgeBase,
    baseline: Baseline,
    findings: Sequence[Finding],
    articles: Iterable[Article],
    before: Callable[[], KnowledgeBase | None] | None = None,
) -> tuple[list[Finding], list[Finding]]:
    """The findings (in `articles`) that are new, and those that the baseline knows.

    A debt of verification is known until the article is verified once: whatever it owes after that is new.
    `before`: the base before the change, where a verification counts that the change takes away.
    """
    entries = {one.fingerprint: one for one in baseline.entries}
    owing = [one for one in findings if one.rule in _NEW_AFTER and one.fingerprint in entries]
    days = verified_days(kb, {one.path for one in owing}, articles)
    earlier: Mapping[tuple[str, str], str] = {}
    if owing and before and (then := before()) is not None:
        earlier = _days_before(then, owing)
    fresh: list[Finding] = []
    known: list[Finding] = []
    for one in findings:
        entry = entries.get(one.fingerprint)
        day = max(days.get(one.path, ""), earlier.get((one.path, one.fingerprint), ""))
        if (
            entry is None
            or (one.rule in DEBT_CODES and _of_another(kb, entry, one))
            or (one.rule in _NEW_AFTER and day > entry.verified)
        ):
            fresh.append(one)
        else:
            known.append(one)
    return fresh, known


def _of_another(kb: KnowledgeBase, entry: Entry, finding: Finding) -> bool:
    """Whether the debt belongs to an article that is still at its place, while this one only has the same id."""
    if entry.path == shown(finding.path):
        return False
    owes, this = kb.by_path.get(entry.path), kb.by_path.get(finding.path)
    return owes is not None and this is not None and kb.key(owes) == kb.key(this)


def verified_days(kb: KnowledgeBase, paths: Collection[str], articles: Iterable[Article]) -> dict[str, str]:
    """The day of the last verification, by path; those that have none are left out."""
    if not paths:
        return {}
    judged = kb.verdicts_of([one for one in articles if one.path in paths])
    return {path: one.verified_at.isoformat() for path, one in judged.items() if one.verified_at}


def _days_before(then: KnowledgeBase, findings: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """The last day on which each was verified in `then`, by path and
    fingerprint: the article with its key, and the one at its path.

    By the debt's own name: of an article that something else stands for now, no article here has the key.
    """
    by_debt = {fingerprint(DEBT, then.key(one), ""): one for one in then.articles}
    found: dict[tuple[str, str], str] = {}
    for one in findings:
        both = {by_debt.get(one.fingerprint), then.by_path.get(one.path)}
        former = [article for article in both if article is not None]
        days = verified_days(then, [article.path for article in former], former)
        found[one.path, one.fingerprint] = max(days.values(), default="")
    return found


def shown(path: str) -> str:
    """A path on one line: a line break or tab in it must not break the baseline."""
    return "".join(
        one if one.isprintable() or "\udc80" <= one <= "\udcff" else f"\\u{ord(one):04x}" for one in path
    )


def text_of(entries: Iterable[Entry], notes: Iterable[str] = ()) -> str:
    """The file: what people wrote into it, then the entries sorted by path, one a fingerprint."""
    by_name = {one.fingerprint: one for one in sorted(entries, reverse=True)}
    return _HEAD + "".join(f"{one}\n" for one in notes) + "".join(map(_line, sorted(by_name.values())))


def _line(entry: Entry) -> str:
    verified = f"\t{entry.verified}" if entry.verified else ""
    return f"{entry.fingerprint}\t{entry.rule}\t{entry.path}{verified}\n"


def worth_keeping(finding: Finding, by_time: Collection[str]) -> bool:
    """Whether it is a debt: a hint that comes and goes with time is not."""
    return finding.severity != INFO or finding.rule not in by_time


def shrunk(
    old: Baseline, findings: Iterable[Finding], rules: Iterable[Chosen], audited: Collection[str], whole: bool
) -> tuple[list[Entry], list[Finding]]:
    """The baseline that is left, and the findings not in it.

    An entry goes when its finding is gone; an entry that this run
    could not have found again (another rule, another path) stays.
    """
    rules = list(rules)
    by_time = {one.entry.code for one in rules if one.rule.by_time}
    asked = {one.entry.code for one in rules}
    # Rules that share a debt are paid together: a run of only some of them cannot tell whether it is paid.
    sharing = set(DEBT_CODES)
    asked -= set() if sharing <= asked else sharing
    now = {one.fingerprint: one for one in findings if worth_keeping(one, by_time)}
    kept = []
    for entry in old.entries:
        if entry.fingerprint in now:
            one = now[entry.fingerprint]
            kept.append(Entry(shown(one.path), one.rule, one.fingerprint, entry.verified))
        elif entry.rule not in asked or not (whole or entry.path in audited):
            kept.append(entry)
    known = old.fingerprints
    return kept, [one for one in now.values() if one.fingerprint not in known]


def _entry(finding: Finding, days: Mapping[str, str]) -> Entry:
    verified = days.get(finding.path, "") if finding.rule in DEBT_CODES else ""
    return Entry(shown(finding.path), finding.rule, finding.fingerprint, verified)


def write(report: Report, *, whole: bool, growth: bool) -> tuple[Report, str]:
    """Write the base's baseline; returns the report against it, and a sentence about what was done.

    An existing one grows only with `growth`: otherwise what it does not hold stays a finding.
    """
    old, audited = report.baseline, {shown(one.path) for one in report.articles}
    found = [*report.findings, *report.known]
    again = {one.fingerprint for one in report.findings}  # paid once, and owed again: new
    owed = old._replace(entries=tuple(one for one in old.entries if one.fingerprint not in again))
    kept, new = shrunk(owed, found, report.rules(), audited, whole)
    grown = new if growth or not old.there else []
    owing = {one.path for one in grown if one.rule in DEBT_CODES}
    days = verified_days(report.kb, owing, report.articles)
    entries = [*kept, *(_entry(one, days) for one in grown)]
    if old.file is None:  # what the base brings, not what somebody named
        refuse_link(report.kb.root / old.name, old.name)
    write_file(
        old.file or report.kb.root / old.name,
        text_of(entries, old.notes).encode("utf-8", "surrogateescape"),
        old.name,
    )
    baseline = Baseline(tuple(entries), old.name, True, old.file, old.notes)
    known = baseline.fingerprints
    found.sort(key=lambda one: one.order)
    fresh, old_ones = split(report.kb, baseline, found, report.articles)
    now = report._replace(findings=fresh, known=old_ones, baseline=baseline)
    gone = len(old.fingerprints - known)
    left = ""
    if new and not grown:
        left = f"; {counted(len(new), 'new one is', 'new ones are')} not in it (--allow-growth takes in what is new)"
    debts = counted(len(known), "debt")
    return now, f"wrote {old.name}: {debts}, {len(grown):,} taken in, {gone:,} paid{left}"
