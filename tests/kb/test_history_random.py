"""The walk against walks that are too simple to be wrong: over a model of random histories, and over real ones."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.kb.git.repository import Repository, path_text
from kcs.kb.kept.cache import Cache
from kcs.kb.past.facts import Facts
from kcs.kb.past.history import History
from tests.kb.git_sandbox import Node, Sandbox, article, claim, corpora

VALUES = ("2019-01-01", "2020-02-02", "2020-03-03")
ARTICLES = ("first", "second")


@dataclass(frozen=True)
class State:
    """One article in one commit: what it is called, its date, and a note that changes nothing else."""

    path: str
    value: str
    note: str


@dataclass(frozen=True)
class Drawn:
    parents: list[int]
    day: int
    articles: dict[str, State]


@st.composite
def histories(draw: st.DrawFn, *, renames: bool) -> list[Drawn]:
    """Up to fourteen commits with branches, merges (evil ones too), deletions, resurrections and skewed dates."""
    made: list[Drawn] = []
    for number in range(draw(st.integers(2, 14))):
        parents = sorted(_parents(draw, number), reverse=draw(st.booleans()))
        articles = {}
        for name in ARTICLES:
            state = _state(draw, name, number, [made[p].articles.get(name) for p in parents], renames=renames)
            if state:
                articles[name] = state
        made.append(Drawn(parents, draw(st.integers(0, 30)), articles))
    return made


def _parents(draw: st.DrawFn, number: int) -> set[int]:
    if number == 0:
        return set()
    # Mostly recent commits, so that branches live long enough to be interesting.
    one = st.integers(max(0, number - 4), number - 1)
    return draw(st.one_of(st.sets(one, min_size=1, max_size=1), st.sets(one, min_size=1, max_size=3)))


def _state(
    draw: st.DrawFn, name: str, number: int, before: list[State | None], *, renames: bool
) -> State | None:
    there = [state for state in before if state]
    fresh = State(
        f"{name}.md" if not renames else f"{name}-{number}.md", draw(st.sampled_from(VALUES)), str(number)
    )
    if not there:
        # Written anew under a name that no rename leads to, it would be another article.
        return fresh if number == 0 or (not renames and draw(st.integers(0, 3)) == 0) else None
    state = draw(st.sampled_from(there))
    what = draw(
        st.sampled_from(
            ["keep", "keep", "keep", "date", "date", "note", "rename", "rename and date", "delete"]
        )
    )
    if what == "delete":
        return None
    # What a merge renames is found only after the parents that have the file by name: cases by hand cover it.
    renamed = renames and "rename" in what and len(before) == 1
    path = f"{name}-{number}.md" if renamed else state.path
    value = fresh.value if "date" in what else state.value
    return State(path, value, str(number) if what == "note" else state.note)


def build(box: Sandbox, drawn: list[Drawn]) -> None:
    nodes = {}
    for number, commit in enumerate(drawn):
        files = {s.path: article(s.value, body=name, note=s.note) for name, s in commit.articles.items()}
        nodes[f"c{number}"] = Node(
            [f"c{p}" for p in commit.parents], files | {"other": str(number)}, commit.day
        )
    box.build(nodes)


def model(
    drawn: list[Drawn], name: str, holds: Callable[[State], bool], *, back: bool = False
) -> tuple[str, str]:
    """(commit, path) by the definition, commit by commit: the first parent that has the article so
    is followed; `back`: if none has it at all, the line of the first one, to where it was removed.
    """
    at = len(drawn) - 1
    while True:
        for parent in drawn[at].parents:
            state = drawn[parent].articles.get(name)
            if state and holds(state):
                at = parent
                break
        else:
            parents = drawn[at].parents
            earlier = None
            if back and parents and not any(name in drawn[parent].articles for parent in parents):
                earlier = parents[0]
                while earlier is not None and name not in drawn[earlier].articles:
                    earlier = next(iter(drawn[earlier].parents), None)
            if earlier is None or not holds(drawn[earlier].articles[name]):
                return f"c{at}", drawn[at].articles[name].path
            at = earlier


def check_first(drawn: list[Drawn], name: str, found: str, by_parents: str, value: str) -> None:
    """Who sets a date back sets none: it is found in no later version than one before which no other had it."""

    def before(number: int) -> set[int]:
        parents = drawn[number].parents
        # What a merge left as its first parent has it came from there.
        if parents and drawn[number].articles.get(name) == drawn[parents[0]].articles.get(name):
            parents = parents[:1]
        return {one for parent in parents for one in {parent} | before(parent)}

    def had(number: int) -> set[int]:
        states = ((one, drawn[one].articles.get(name)) for one in before(number))
        return {one for one, state in states if state and state.value == value}

    at, latest = int(found[1:]), int(by_parents[1:])
    assert not had(at) and (at == latest or at in had(latest))


def content(state: State) -> tuple[str, str]:
    return state.value, state.note


def check(drawn: list[Drawn], *, renames: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        box = Sandbox(Path(folder))
        build(box, drawn)
        repository = Repository.find(box.root)
        assert repository
        history = History.read(repository)
        present = drawn[-1].articles
        claims = {state.path: {"date": state.value} for state in present.values()}
        found = history.references(claims, claim)
        # One file at a time asks Git for what it needs; all at once are told everything first.
        at_once = Facts.of(repository, repository.head() or "", Cache(box.root))
        for name, state in present.items():
            version = found[state.path, "date"].version
            dated = model(drawn, name, lambda past, now=state: past.value == now.value, back=True)  # type: ignore[misc]
            assert version
            check_first(drawn, name, version.subject, dated[0], state.value)
            if version.subject == dated[0]:
                assert version.path == dated[1]
            came = model(drawn, name, lambda _: True)
            changed = model(drawn, name, lambda past, now=state: content(past) == content(now))  # type: ignore[misc]
            for one in (history, at_once, History.read(repository)):
                created, last = one.created(state.path), one.last(state.path)
                assert created and (created.subject, created.path) == came
                assert last and (last.subject, last.path) == changed
        if not renames:
            check_versions(box, history, list(claims))


def check_versions(box: Sandbox, history: History, paths: list[str]) -> None:
    for path in paths:
        logged = box.git("log", "--format=%s", "--", path).split()
        mine = [version.subject for version in history.versions(path)]
        deleted = box.git("log", "-m", "--diff-filter=D", "--format=%s", "--", path)
        # Git goes on into what an earlier file of that name was.
        assert set(mine) <= set(logged) if deleted else sorted(mine) == sorted(logged)


random_histories = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@random_histories
@given(histories(renames=False))
def test_references_creation_and_versions(drawn: list[Drawn]) -> None:
    check(drawn, renames=False)


@random_histories
@given(histories(renames=True))
def test_references_and_creation_with_renames(drawn: list[Drawn]) -> None:
    check(drawn, renames=True)


# -- the real base -----------------------------------------------------------------------------------------

DATE = re.compile(rb"^audit_date:[ \t]*(.*?)\s*$", re.M)


def audit_date(raw: bytes) -> dict[str, str]:
    found = DATE.search(raw[:2000])
    value = found[1].strip(b"'\"").decode("utf-8", "replace") if found else ""
    return {"date": value} if value else {}


class Naive:
    """`git cat-file` of commit:path, commit after commit, and a rename looked up where a file came in."""

    def __init__(self, box: Repository) -> None:
        self.box = box
        lines = box.run("rev-list", "--parents", "HEAD").decode().splitlines()
        self.parents = {line[:40]: line[41:].split() for line in lines}

    def values(self, path: str, commits: list[str]) -> list[str | None]:
        specs = "".join(f"{commit}:{path}\n" for commit in commits).encode()
        answers = self.box.run("cat-file", "--batch-check=%(objectname)", data=specs).decode().splitlines()
        blobs = [None if answer.endswith(" missing") else answer for answer in answers]
        read = {oid: audit_date(raw).get("date", "") for oid, raw in self.box.blobs({b for b in blobs if b})}
        return [read[blob] if blob else None for blob in blobs]

    def walk(self, path: str, value: str, at: str) -> tuple[str, str]:
        everywhere = dict(zip(self.parents, self.values(path, list(self.parents)), strict=True))
        while True:
            holding = [p for p in self.parents[at] if everywhere[p] == value]
            if not holding:
                break
            at = holding[0]
        for parent in self.parents[at]:
            former = self.former(parent, at, path) if everywhere[parent] is None else None
            if former and self.values(former, [parent]) == [value]:
                return self.walk(former, value, parent)
        earlier = "" if any(everywhere[one] is not None for one in self.parents[at]) else at
        while earlier and (earlier == at or everywhere[earlier] is None):
            earlier = next(iter(self.parents[earlier]), "")
        return self.walk(path, value, earlier) if earlier and everywhere[earlier] == value else (at, path)

    def former(self, parent: str, commit: str, path: str) -> str | None:
        tokens = self.box.run("diff-tree", "-r", "-M", "-z", "--diff-filter=R", parent, commit).split(b"\0")
        renames = {tokens[n + 2]: tokens[n + 1] for n in range(0, len(tokens) - 1, 3)}
        found = renames.get(path.encode())
        return found.decode() if found else None


@pytest.fixture(scope="module")
def rackspace(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    bundle = corpora() / "rackspace-how-to.bundle"
    if not bundle.is_file():
        pytest.skip("the Rackspace base is not on this machine")
    box = Sandbox(tmp_path_factory.mktemp("rackspace") / "kb")
    box.git("fetch", "--quiet", str(bundle), "HEAD")
    box.git("update-ref", "refs/heads/main", "FETCH_HEAD")
    found = Repository.find(box.root)
    assert found
    return found


def test_real_base_has_the_files_and_references_that_git_shows(rackspace: Repository) -> None:
    history = History.read(rackspace)
    claims = {path_text(path): entry[2].decode() for path, entry in history._read().present()}
    assert claims == rackspace.tree("HEAD")
    raws = dict(rackspace.blobs(sorted(set(claims.values()))))
    dated = {path: values for path, oid in claims.items() if (values := audit_date(raws[oid]))}
    found = history.references(dated, audit_date)
    assert len(found) == 893 and {reference.status for reference in found.values()} == {"known"}
    head, naive = rackspace.head(), Naive(rackspace)
    assert head
    branched = [path for path in sorted(dated) if not _linear(history, path)]
    chosen = random.Random(4).sample(branched, 8) + random.Random(5).sample(sorted(dated), 4)
    for path in chosen:
        version = found[path, "date"].version
        assert version and (version.commit, version.path) == naive.walk(path, dated[path]["date"], head)


def _linear(history: History, path: str) -> bool:
    """Whether each change in the log starts from what the one before it left."""
    log = history._read()
    chain = [entry for entry in log.entries(path.encode()) if len(log.parents[entry[0]]) < 2]
    return all(newer[1] in (older[2], b"") for newer, older in pairwise(chain))


def test_real_versions_are_those_of_git_log(rackspace: Repository) -> None:
    history = History.read(rackspace)
    for path in random.Random(6).sample(sorted(rackspace.tree("HEAD")), 10):
        logged = rackspace.run("log", "--format=%H", "HEAD", "--", path).decode().split()
        mine = [version.commit for version in history.versions(path) if version.path == path]
        deleted = rackspace.run(
            "log", "-m", "--no-renames", "--diff-filter=D", "--format=%H", "HEAD", "--", path
        )
        # Git goes on into what an earlier file of that name was.
        assert set(mine) <= set(logged) if deleted else sorted(mine) == sorted(logged)
