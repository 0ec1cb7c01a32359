"""The ledger: nothing noted is lost or counted twice, whatever merging, crashes and strangers do to its files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Event, Ledger, new_event
from kcs.kb.ledger_lines import KINDS, LONGEST_LINE, LONGEST_QUERY, ORIGINS, from_line, to_line
from kcs.kb.ledger_read import read_month
from tests.conftest import KCS_TOML, OUTLOOK, Base, without_rights

DAY = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
SHARED = KCS_TOML + "[ledger]\nshared = true\n"
UNION = {".gitattributes": "/ledger/**/*.jsonl merge=union\n"}


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def shared(make_base: Callable[..., Base]) -> Base:
    return make_base({"articles/email/outlook.md": OUTLOOK, **UNION}, config=SHARED)


def searched(words: str, who: str = "human:jd", at: datetime = DAY) -> Event:
    return new_event("search", at, actor=who, session="s1", query=words, answered=True, total=3, match=0.5)


def queries(ledger: Ledger, since: datetime | None = None) -> list[str]:
    return sorted(event.query for event in ledger.read(since))


_TEXT = st.text(max_size=40)
EVENTS = st.builds(
    Event,
    id=st.text(min_size=1, max_size=64), at=st.datetimes(timezones=st.just(UTC)).map(lambda d: d.replace(microsecond=0)),
    kind=st.sampled_from(KINDS), actor=_TEXT, origin=st.sampled_from(ORIGINS), session=_TEXT, query=_TEXT,
    answered=st.booleans(), total=st.integers(0, 10**6), match=st.floats(0, 1), top=_TEXT, article=_TEXT,
    after=_TEXT, ticket=_TEXT, outcome=_TEXT, minutes=st.floats(0, 1e6),
)  # fmt: skip


@given(EVENTS)
def test_a_line_says_all_of_its_event(event: Event) -> None:
    line = to_line(event)
    assert line.count(b"\n") == 1 and line.endswith(b"\n") and b"\r" not in line
    assert from_line(line) == event


# Ledgers outlive the program that wrote them: a line says the same for ever. What is left out of one says nothing.
FOR_EVER = [
    (
        '{"id":"a1","at":"2026-11-20T09:12:00Z","kind":"open"}',
        Event("a1", DAY, "open", "", "person", "", "", False, 0, 0.0, "", "", "", "", "", 0.0),
    ),
    (
        '{"id":"a2","at":"2026-11-20T09:12:00Z","kind":"search","actor":"human:jd","origin":"agent","session":"s1",'
        '"query":"รหัสผ่าน","answered":true,"total":3,"match":0.5,"top":"kb-1"}',
        Event("a2", DAY, "search", "human:jd", "agent", "s1", "รหัสผ่าน", True, 3, 0.5, "kb-1"),
    ),
    (
        '{"id":"a3","at":"2026-11-20T09:12:00Z","kind":"link","article":"kb-1","after":"a2","ticket":"ZD-1",'
        '"outcome":"solved","minutes":1.5}',
        Event("a3", DAY, "link", article="kb-1", after="a2", ticket="ZD-1", outcome="solved", minutes=1.5),
    ),
]


@pytest.mark.parametrize(("line", "event"), FOR_EVER)
def test_a_line_says_the_same_for_ever(line: str, event: Event) -> None:
    assert from_line(line.encode()) == event
    assert to_line(event).decode() == line + "\n"


@given(st.binary(max_size=200))
def test_any_line_is_an_event_or_none(line: bytes) -> None:
    found = from_line(line)
    assert found is None or isinstance(found, Event)


def test_a_query_of_pages_is_cut_as_ours_are() -> None:
    found = from_line(
        json.dumps(
            {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "search", "query": "x" * 60_000}
        ).encode()
    )
    assert found and found.query == "x" * LONGEST_QUERY


@pytest.mark.parametrize("told", [
    {}, [], {"id": 1}, {"id": "a", "at": "2026-11-20", "kind": "open"}, {"id": "a", "at": 5, "kind": "open"},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "delete"}, {"id": "", "at": "2026-11-20T00:00:00Z", "kind": "open"},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "search", "total": "many"},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "search", "total": True},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "link", "minutes": 10**400},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "link", "minutes": float("inf")},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "link", "minutes": 1e308},
    {"id": "a", "at": "2026-11-20T00:00:00Z", "kind": "link", "minutes": -5},
    {"id": "a", "at": "9999-12-31T23:59:59-14:00", "kind": "open"}, {"id": "a", "at": "0001-01-01T00:00:00+14:00", "kind": "open"},
    {"id": "a" * 65, "at": "2026-11-20T00:00:00Z", "kind": "open"},
])  # fmt: skip
def test_what_is_no_event_is_none(told: object) -> None:
    assert from_line(json.dumps(told).encode()) is None


def test_private_by_default(native: Base, tmp_path: Path) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    ledger.append(searched("vpn"), searched("imap", at=DAY.replace(month=12)))
    assert queries(ledger) == ["imap", "vpn"]
    assert native.git("status", "--porcelain") == ""
    assert ledger.folder.is_relative_to(tmp_path / "data") and ledger.months() == ["2026-11", "2026-12"]
    for path in (ledger.folder, *ledger.folder.rglob("*")):
        if "lock" not in path.name and sys.platform != "win32":
            assert path.stat().st_mode & 0o077 == 0, path


def test_since_counts_the_moment_not_the_month(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    ledger.append(searched("before"), searched("after", at=DAY.replace(hour=10)))
    assert queries(ledger, DAY.replace(minute=30)) == ["after"]


def test_one_kind_alone(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    events = [new_event("search", query='"link"'), new_event("link", ticket="ZD-1"), new_event("open")]
    ledger.append(*events)
    assert list(ledger.read(kind="link")) == [events[1]._replace(at=events[1].at.replace(microsecond=0))]


def test_what_was_noted_lately_is_read_from_the_ends_of_files(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    assert list(ledger.lately(DAY)) == []
    before, since = datetime(2026, 10, 31, 23, 59, 30, tzinfo=UTC), datetime(2026, 10, 31, 23, 59, tzinfo=UTC)
    many = [searched(f"printer {number} {'x' * 200}", at=since) for number in range(400)]
    old, last = searched("old", at=since.replace(hour=9)), searched("vpn", at=before)
    ledger.append(old, *many, last)
    ledger.append(new := searched("wifi", at=datetime(2026, 11, 1, tzinfo=UTC)))
    found = [event.id for event in ledger.lately(since)]
    assert found[-2:] == [last.id, new.id] and old.id not in found
    assert 10 < len(found) < 400, "of a long file only the end"
    assert list(ledger.lately(datetime.now(UTC) + timedelta(hours=1))) == [], "nothing was written since"


def test_a_file_that_was_copied_to_another_month_doubles_nothing(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    ledger.append(searched("vpn"))
    (file,) = ledger.files("2026-11")
    for month in ("2026-10", "9999-12", "0000-13"):
        (ledger.folder / month).mkdir()
        (ledger.folder / month / "copy.jsonl").write_bytes(file.read_bytes())
    # Seven in the morning of the first in Bangkok is still October.
    late = '{"id":"b","at":"2026-11-01T06:00:00+07:00","kind":"search","query":"late"}\n'
    (ledger.folder / "2026-10" / "other.jsonl").write_text(late, "utf-8")
    assert queries(ledger) == ["late", "vpn"]


def test_two_branches_of_one_person_merge_to_the_set_of_both(shared: Base) -> None:
    def note(*words: str) -> None:
        Ledger.of(KnowledgeBase.open(shared.root)).append(*map(searched, words))
        shared.commit(message="use")

    note("before")
    shared.git("checkout", "-q", "-b", "other")
    note("theirs 1", "theirs 2")
    shared.git("checkout", "-q", "main")
    note("ours 1")
    shared.git("checkout", "-q", "-b", "third")
    shared.git("merge", "-q", "--no-edit", "other", **_person())
    note("third")
    shared.git("checkout", "-q", "main")
    note("ours 2")
    shared.git("merge", "-q", "--no-edit", "third", **_person())
    shared.git("merge", "-q", "--no-edit", "other", **_person())
    ledger = Ledger.of(KnowledgeBase.open(shared.root))
    assert [one.name for one in ledger.files("2026-11")] == ["jd.jsonl"]
    assert queries(ledger) == ["before", "ours 1", "ours 2", "theirs 1", "theirs 2", "third"]


def _person() -> dict[str, str]:
    return {
        f"GIT_{role}_{what}": "jd@acme.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }


def test_a_conflict_somebody_committed_is_still_read(make_base: Callable[..., Base]) -> None:
    base = make_base({"articles/a.md": OUTLOOK}, config=SHARED)  # no merge=union
    ledger = Ledger.of(KnowledgeBase.open(base.root))
    ledger.append(searched("base"))
    base.commit(message="use")
    base.git("checkout", "-q", "-b", "other")
    ledger.append(searched("theirs"))
    base.commit(message="use")
    base.git("checkout", "-q", "main")
    ledger.append(searched("ours"))
    base.commit(message="use")
    with pytest.raises(AssertionError):  # Git says by its exit code that there is a conflict
        base.git("-c", "merge.conflictStyle=diff3", "merge", "-q", "other", **_person())
    assert "<<<<<<<" in base.read("ledger/2026-11/jd.jsonl")
    assert queries(ledger) == ["base", "ours", "theirs"]
    ledger.append(searched("later"))
    assert queries(ledger) == ["base", "later", "ours", "theirs"]


def test_a_torn_line_costs_itself_alone(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    ledger.append(searched("whole"))
    (file,) = ledger.files("2026-11")
    whole = file.read_bytes()
    for cut in range(1, len(whole)):
        file.write_bytes(whole + to_line(searched("torn"))[:-cut][: len(whole)])
        ledger.append(searched("next"))
        assert {"whole", "next"} <= set(queries(ledger)), cut
    # A program that knew nothing of this wrote on behind it.
    file.write_bytes(to_line(searched("torn"))[:30] + to_line(searched("behind")))
    assert queries(ledger) == ["behind"]


def test_foreign_lines_are_passed_over_whatever_their_size(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    ledger.append(searched("one"))
    (file,) = ledger.files("2026-11")
    huge = b'{"id":"' + b"x" * (3 * LONGEST_LINE) + b'"}\n'
    file.write_bytes(
        b"\xef\xbb\xbfnot json\r\n\0\0\xff\n[[[[" + b"[" * 5000 + b"\n" + huge + file.read_bytes() + huge
    )
    ledger.append(searched("two"))
    assert queries(ledger) == ["one", "two"]


def test_a_large_month_is_read_in_parts_with_the_same_answer(native: Base) -> None:
    ledger = Ledger.of(KnowledgeBase.open(native.root))
    events = [searched(f"q{n}") for n in range(500)]
    ledger.append(*events, *events[200:300], searched("odd")._replace(id="\ud800"))
    (file,) = files = ledger.files("2026-11")
    for end in (b"", b"[]\n{}\n", to_line(searched("torn"))[:-9], to_line(searched("whole"))[:-1]):
        with file.open("ab") as stream:
            stream.write(end)
        at_once = [event.id for event in read_month(files)]
        in_parts = [event.id for event in read_month(files, at_once=5000)]
        assert sorted(in_parts) == sorted(at_once) and len({*at_once}) == len(at_once) >= 501


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read") as told:
        list(read_month([tmp_path]))
    assert told.value.path == str(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize("closed", ["", "2026-11"])
def test_a_folder_that_cannot_be_read_is_said_and_not_counted_as_empty(native: Base, closed: str) -> None:
    """As after a first `sudo kcs link`: reuse was nought. What nobody waits for goes on without."""
    ledger = Ledger(native.root)
    ledger.append(searched("q"))
    with without_rights(ledger.folder / closed, 0):
        with pytest.raises(FileProblem, match="cannot be read"):
            list(ledger.read())
        assert list(ledger.lately(datetime(2026, 1, 1, tzinfo=UTC))) == []
    assert queries(ledger) == ["q"]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_below_a_folder_that_may_not_be_entered_there_is_none(native: Base) -> None:
    """As in a container that runs as somebody else than whose home it has: `kcs queue` and `kcs report` were refused."""
    ledger = Ledger(native.root)
    ledger.append(searched("q"))
    with without_rights(ledger.folder.parent, 0):
        assert list(ledger.read()) == []


def test_a_damaged_secret_is_one_all_the_same(native: Base) -> None:
    ledger = Ledger(native.root)
    ledger.session()
    (ledger.private / "secret").write_bytes(b"\xff\xfe")
    assert Ledger(native.root).session() == Ledger(native.root).session() != ledger.session()


APPEND = """
import sys
from pathlib import Path
from kcs.kb.ledger import Ledger, new_event
ledger = Ledger(Path(sys.argv[1]), shared=sys.argv[3] == "shared")
for n in range(50):
    ledger.append(new_event("open", actor="human:jd", article=f"{sys.argv[2]}-{n}" + "x" * 300))
"""


@pytest.mark.parametrize("where", ["shared", "private"])
def test_processes_that_write_at_once_lose_nothing(native: Base, tmp_path: Path, where: str) -> None:
    env = {**native.env, "XDG_DATA_HOME": str(tmp_path / "data")}
    started = [
        subprocess.Popen([sys.executable, "-c", APPEND, str(native.root), str(n), where], env=env)
        for n in range(4)
    ]
    assert [one.wait(timeout=60) for one in started] == [0] * 4
    ledger = Ledger(native.root, shared=where == "shared")
    assert len({event.article for event in ledger.read()}) == 200
    raw = b"".join(file.read_bytes() for month in ledger.months() for file in ledger.files(month))
    assert all(from_line(line) for line in raw.splitlines()) and raw.count(b"\n") == 200


def test_pseudonyms_tell_nobody(
    make_base: Callable[..., Base], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    base = make_base({"articles/a.md": OUTLOOK}, config=SHARED + "pseudonyms = true\n")

    def note() -> str:
        ledger = Ledger.of(KnowledgeBase.open(base.root))
        ledger.append(searched("one"), searched("machine", who="process:ci"))
        return ledger.known_as("human:jd")

    here, again = note(), note()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    assert here == again != note()
    written = {file.name: file.read_text() for file in (base.root / "ledger").rglob("*.jsonl")}
    assert len(written) == 3 and "ci.jsonl" in written
    # whole words: two letters of a random id may well be these
    assert not any(re.search(r"\bjd\b", f"{name} {text}") for name, text in written.items())


def test_a_name_is_never_a_path(native: Base) -> None:
    ledger = Ledger(native.root, shared=True)
    for who in ("human:../../evil", "human:/etc/x", "human:", "", "human:ผู้ใช้", "human:" + "n" * 300):
        ledger.append(searched("q", who=who))
    assert {file.parent for file in (native.root / "ledger").rglob("*.jsonl")} == {
        native.root / "ledger" / "2026-11"
    }
    assert len(queries(ledger)) == 6


def test_what_cannot_be_written_is_said_and_a_link_is_not_followed(native: Base, tmp_path: Path) -> None:
    ledger = Ledger(native.root, shared=True)
    (native.root / "ledger").write_text("a file")
    with pytest.raises(FileProblem, match="ledger cannot be written"):
        ledger.append(searched("q"))
    assert list(ledger.read()) == []
    (native.root / "ledger").unlink()
    ledger.append(searched("q"))
    (file,) = ledger.files("2026-11")
    target = tmp_path / "target.jsonl"
    file.rename(target)
    file.symlink_to(target)
    with pytest.raises(FileProblem, match="symbolic link"):
        ledger.append(searched("again"))
    assert list(ledger.read()) == [] and target.read_text().count("\n") == 1
    for link in (file.parent, native.root / "ledger"):
        shutil.rmtree(link)
        link.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(FileProblem, match="symbolic link"):
            ledger.append(searched("again"))
        link.unlink()
        link.mkdir()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_an_event_that_a_full_disk_cuts_off_is_said_to_be_lost(native: Base) -> None:
    import resource

    ledger = Ledger(native.root)
    ledger.append(searched("first"))
    (file,) = ledger.files("2026-11")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 20, before[1]))
    try:
        with pytest.raises(FileProblem, match="ledger cannot be written"):
            ledger.append(searched("cut off"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ledger.append(searched("third"))
    assert queries(ledger) == ["first", "third"]


def test_a_terminal_has_one_session(native: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(native.root)
    first = ledger.session()
    assert first == Ledger(native.root).session()
    monkeypatch.setenv("KCS_SESSION", "another")
    assert ledger.session() != first


def test_a_terminal_s_session_does_not_tell_who_has_a_made_up_name(native: Base) -> None:
    before = Ledger(native.root, shared=True).session()
    made_up = Ledger(native.root, shared=True, pseudonyms=True).session()
    assert before != made_up == Ledger(native.root, shared=True, pseudonyms=True).session()


def test_events_say_their_zone_and_are_of_a_known_kind() -> None:
    with pytest.raises(ValueError, match="zone"):
        new_event("open", datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="no such event"):
        new_event("open", origin="nobody")
