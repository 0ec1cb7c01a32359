"""The articles: unreadable ones, duplicates, and impossible claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from shlex import quote

from kcs.authoring.doctor.model import Check, Patient, info, ok, problem
from kcs.kb.articles import MAPPED_DATE, Article
from kcs.kb.base import KnowledgeBase
from kcs.kb.past.references import KNOWN
from kcs.kb.settings.config import CONFIG_NAME
from kcs.kb.settings.team import TEAM_NAME
from kcs.kb.settings.toml_lines import line_of, quoted

_SHOWN = 10
_NOT_PORTABLE = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f\udc80-\udcff]|[. ](?:/|$)')
_RESERVED = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.[^/]*)?(?:/|$)", re.IGNORECASE)


def _lines(
    name: str,
    found: Iterable[tuple[str, str]],
    what: str,
    fine: str,
    status: Callable[..., Check] = problem,
) -> Iterator[Check]:
    """The first ten findings (message, fix), each a line, then how many there are; or that there are none."""
    findings = list(found)
    for message, fix in findings[:_SHOWN]:
        yield status(name, message, fix)
    if len(findings) > _SHOWN:
        yield status(name, f"{len(findings)} {what} in all; the first {_SHOWN} are shown")
    if not findings:
        yield ok(name, fine)


def unreadable(patient: Patient) -> Iterator[Check]:
    """Articles that cannot be understood, with line and reason."""
    kb = patient.kb
    if kb is None:
        return
    found = []
    for article in kb.articles:
        trouble = article.record.unreadable
        if trouble:
            fix = "kcs resolve" if trouble.code == "merge-conflict" else ""
            place = f"{article.path}:{trouble.line}" if trouble.line else article.path
            found.append((f"{place}: {trouble.message}", fix))
    if not kb.articles:
        patterns = ", ".join(kb.config.include)
        yield problem("unreadable", f"no article: nothing matches {patterns}", "mend [articles] in kcs.toml")
        return
    yield from _lines("unreadable", found, "unreadable articles", _all_read(len(kb.articles)))


def _all_read(count: int) -> str:
    return "the one article can be read" if count == 1 else f"all {count:,} articles can be read"


def duplicate_ids(patient: Patient) -> Iterator[Check]:
    """One id, two articles."""
    if patient.kb is not None:
        pairs = ((article.id, article.path) for article in patient.kb.articles)
        yield from _twice("ids", "the id", pairs, "no id stands twice")


def duplicate_permalinks(patient: Patient) -> Iterator[Check]:
    """One permalink, two articles."""
    if patient.kb is not None and patient.kb.config.link_by == "permalink":
        pairs = ((article.permalink.strip("/"), article.path) for article in patient.kb.articles)
        yield from _twice("permalinks", "the permalink", pairs, "no permalink stands twice")


def _twice(name: str, what: str, pairs: Iterable[tuple[str, str]], fine: str) -> Iterator[Check]:
    places: dict[str, list[str]] = defaultdict(list)
    for value, path in pairs:
        if value:
            places[value].append(path)
    found = [
        (f"{what} {value} stands in {', '.join(paths)}", "give each its own")
        for value, paths in sorted(places.items())
        if len(paths) > 1
    ]
    yield from _lines(name, found, "that stand twice", fine)


def idle_policies(patient: Patient) -> Iterator[Check]:
    """Policies that hold for no article: of articles to come, or with a name that is spelt otherwise."""
    kb = patient.kb
    if kb is None or not kb.config.policies:
        return
    text = kb.text(CONFIG_NAME) or ""
    found = []
    for nth in kb.reader.policies.idle((one.path, one.own, one.settings) for one in kb.articles):
        asked = ", ".join(
            f"{key} {' or '.join(names)}" for key, names in kb.config.policies[nth].match.items()
        )
        line = line_of(text, "policy", "match", nth=nth)
        found.append((f"{CONFIG_NAME}:{line}: this policy holds for no article ({asked})", ""))
    yield from _lines("policies", found, "idle policies", "each policy holds for some article", info)


def unknown_people(patient: Patient) -> Iterator[Check]:
    """Whom articles and kcs.toml name as owner, verifier or publisher, and team.toml does not know."""
    kb = patient.kb
    if kb is None or not kb.team.present:
        return
    known = {*kb.team.people, *kb.team.teams, *kb.team.members}
    places: dict[str, list[str]] = defaultdict(list)
    for article in kb.articles:
        for name in dict.fromkeys((article.owner, *article.own.verifiers)):
            if name and name not in known:
                places[name].append(article.path)
    for name, place in _named_in_config(kb):
        if name not in known:
            places[name].append(place)
    found = [
        (
            f"{name} is in no {TEAM_NAME}, and named by {_some(paths)}",
            f"add [people.{_as_key(name)}], or name another",
        )
        for name, paths in sorted(places.items())
    ]
    yield from _lines("people", found, "unknown names", f"every owner and verifier is in {TEAM_NAME}")


def _named_in_config(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Each verifier and publisher of kcs.toml with its line: by a mistyped one nobody is entitled."""
    text = kb.text(CONFIG_NAME) or ""
    tables = [("defaults", 0, kb.config.defaults)]
    tables += [("policy", nth, policy) for nth, policy in enumerate(kb.config.policies)]
    for table, nth, policy in tables:
        for key in ("verifiers", "publishers"):
            for name in policy.sets.get(key, ()):
                yield name, f"{CONFIG_NAME}:{line_of(text, table, key, nth=nth)}"


def _as_key(name: str) -> str:
    """A name as a key of TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def dates_in_the_future(patient: Patient) -> Iterator[Check]:
    """Verifications of days that have not come."""
    kb = patient.kb
    if kb is None:
        return
    verify = _verify(kb)
    found = [
        (f"{article.path}: verified on {day}, which is yet to come", verify(article))
        for article in kb.articles
        for day in _verified_days(article)
        if day > kb.today
    ]
    yield from _lines("dates", found, "dates in the future", "no verification is dated in the future")


def _verify(kb: KnowledgeBase) -> Callable[[Article], str]:
    """Gives the command that verifies an article: by its path where another one has the same id."""
    return lambda one: f"kcs verify {quote(kb.command_name(one))}"


def _verified_days(article: Article) -> Iterator[date]:
    claim = _day(article.claims.get(MAPPED_DATE, ""))
    yield from (day for day in (claim, *(stamp.day for stamp in article.stamps)) if day)


def claims_after_their_commit(patient: Patient) -> Iterator[Check]:
    """Mapped dates that are later than the commit that brought them in."""
    kb = patient.kb
    if kb is None or kb.repo is None or kb.repo.head() is None or MAPPED_DATE not in kb.config.fields:
        return
    verify = _verify(kb)
    found = [
        (
            f"{article.path}: {kb.config.fields[MAPPED_DATE]} is {day}, but was committed on {made}",
            verify(article),
        )
        for article in kb.articles
        for day, made in _claim_days(kb, article)
        if day > made
    ]
    # What was written years ago is no reason to fail today: only a new verification replaces it.
    yield from _lines("claims", found, "such dates", "no mapped date is later than its commit", info)


def _claim_days(kb: KnowledgeBase, article: Article) -> Iterator[tuple[date, date]]:
    day = _day(article.claims.get(MAPPED_DATE, ""))
    if day is None:
        return
    origin = kb.judge.origin(article, MAPPED_DATE)
    if origin.status == KNOWN:
        yield day, datetime.fromtimestamp(origin.at, UTC).astimezone(kb.config.timezone).date()


def file_names(patient: Patient) -> Iterator[Check]:
    """Paths that another system cannot hold, or takes for one another."""
    kb = patient.kb
    if kb is None:
        return
    folded: dict[str, list[str]] = defaultdict(list)
    for article in kb.articles:
        folded[article.path.casefold()].append(article.path)
    clashes = [
        (
            f"{', '.join(paths)} differ in case alone: Windows and macOS keep one",
            f"git mv {quote(paths[1])} ...",
        )
        for paths in folded.values()
        if len(paths) > 1
    ]
    odd = [
        (f"{article.path!r} cannot be a file name on Windows", "git mv it to a plain name")
        for article in kb.articles
        if _NOT_PORTABLE.search(article.path) or _RESERVED.search(article.path)
    ]
    yield from _lines("names", [*clashes, *odd], "file names", "every file name fits every system")


def _some(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
