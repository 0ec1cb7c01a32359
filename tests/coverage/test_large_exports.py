"""Exports that take minutes to read: how far it is can be seen at
any time, whatever becomes of the rows, and long texts are not held.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.coverage import ticket_gaps, work, workers
from kcs.coverage.export import Export
from kcs.coverage.gaps import Wish, find_gaps
from kcs.coverage.linking import import_links
from kcs.coverage.tickets import Ticket, json_window, open_tickets
from kcs.coverage.tickets.columns import LINKS
from kcs.kb.base import KnowledgeBase
from kcs.render.progress import Pace
from tests.conftest import Base, Run, Terminal
from tests.coverage.exports import CONVERSATION, ZENDESK
from tests.coverage.test_gaps import base, export, gaps, kcs  # noqa: F401 - fixtures

OLD = "T-{n},2020-01-01T10:00:00Z,An old question,{text}\n"
BROKEN = "T-{n},2020-01-01T10:00:00Z,One cell too many,{text},\n"


class Watched:
    """Progress as it was shown: how much was done when it was told of a number."""

    def __init__(self) -> None:
        self.far: list[tuple[float, int]] = []

    @contextmanager
    def counting(
        self, _: str, __: int, far: Callable[[], tuple[float, int]] | None = None, /
    ) -> Iterator[Callable[[int], None]]:
        def tick(number: int) -> None:
            if far:
                self.far.append(far())

        yield tick


@pytest.mark.parametrize("row", [OLD, BROKEN])
def test_progress_goes_on_while_no_ticket_is_judged(
    kcs: Run,  # noqa: F811
    base: Base,  # noqa: F811
    tmp_path: Path,
    row: str,
) -> None:
    file = tmp_path / "old.csv"
    rows = [row.format(n=n, text="words " * 500) for n in range(200)]
    file.write_text("".join(["id,created_at,subject,description\n", *rows, "T-X,2026-06-01,New,New\n"]))
    watched = Watched()
    wish = Wish(Export(file), since=date(2026, 1, 1))
    found = find_gaps(KnowledgeBase.open(base.root), wish, watched.counting).tickets
    assert found and found.judged == 1
    parts = [part for part, _ in watched.far]
    assert len({round(part, 2) for part in parts}) > 20 and parts == sorted(parts)
    assert watched.far[-1] == (1, 1)


def test_progress_goes_on_while_links_are_looked_for(native: Base, tmp_path: Path) -> None:
    file = tmp_path / "closed.csv"
    rows = [f"T-{n},,{'words ' * 500}\n" for n in range(200)]
    file.write_text("".join(["id,linked_articles,subject\n", *rows]))
    kb = KnowledgeBase.open(native.root)
    tickets = Export(file).open(kb, LINKS)
    read: list[tuple[int, float]] = []
    tickets.watch = lambda: read.append((tickets.count.rows, tickets.part()))
    import_links(kb, tickets)
    assert len(read) > 20 and read == sorted(read)


def test_figures_of_a_large_export_show_how_far_it_is_read(
    native: Base, terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "closed.csv"
    rows = [f"T-{n},2026-05-02T08:00:00Z,Question\n" for n in range(120_000)]
    file.write_text("".join(["id,closed_at,subject\n", *rows]))
    shown = terminal("metrics", "--tickets", file, "--no-charts", cwd=native.root)
    assert shown.code == 0 and "120,000 of 120,000 tickets read" in shown.out
    assert re.search(r"\rtickets read: [\d,]+, \d+% read", shown.out), shown.out


@pytest.mark.parametrize("name", ["a.xml", "b.jsonl", "c.json"])
def test_how_much_is_read_is_known_of_every_shape(tmp_path: Path, name: str) -> None:
    one = "<ticket><id>7</id><subject>Fire</subject><description>Words</description></ticket>"
    many = {
        "a.xml": f"<tickets>{one * 300}</tickets>",
        "b.jsonl": f"{json.dumps(ZENDESK)}\n" * 300,
        "c.json": json.dumps([ZENDESK] * 300),
    }
    (tmp_path / name).write_text(many[name], "utf-8")
    tickets = open_tickets(tmp_path / name)
    assert tickets.part() == 0
    assert len(list(tickets)) == 1 and tickets.count.repeated == 299
    assert tickets.part() == 1 and tickets.count.seen == len(many[name])


def test_the_time_that_is_left_follows_the_pace_of_the_last_half_minute() -> None:
    pace = Pace()
    assert pace.words(0, 0.0, 0, 100.0) == ", 0% read"
    assert pace.words(0, 0.01, 0, 102.0) == ", 1% read"
    assert pace.words(0, 0.10, 0, 110.0) == ", 10% read, 90 s left"
    assert pace.words(7, 0.50, 9, 150.0) == ", 50% read, 50 s left"
    # Then a stretch begins that takes longer.
    assert pace.words(7, 0.51, 900, 181.0) == ", 51% read, 25 min left"
    assert pace.words(8, 0.51, 950, 250.0) == ", 51% read"
    # All is read, and most is still to be judged.
    assert pace.words(100, 1.0, 1_000, 260.0) == " of 1,000"
    assert pace.words(200, 1.0, 1_000, 270.0) == " of 1,000, 80 s left"


def test_of_long_texts_only_what_is_searched_waits_for_the_workers(
    kcs: Run,  # noqa: F811
    base: Base,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "The VPN drops every hour. " + "and more words " * 20_000
    file = export(tmp_path, [(f"T-{n}", "2026-06-01", "A question", text, 5, "") for n in range(12)])
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(ticket_gaps, "_ALONE", 1)
    monkeypatch.setattr(ticket_gaps, "_MANY", 2)
    held: list[int] = []

    def watched(
        _: work.Work, tickets: Iterator[Ticket], alone: Callable[[Ticket], str]
    ) -> Iterator[list[str]]:
        for ticket in tickets:
            held.append(len(ticket.description))
            yield [alone(ticket)]

    monkeypatch.setattr(workers, "judged_lines", watched)
    found = gaps(kcs, base, "--tickets", file)
    assert found["tickets"]["judged"] == 12 and held == [8_000] * 11


def test_lines_that_begin_with_a_long_ticket_are_lines_and_one_text_on_one_line_is_not(
    tmp_path: Path,
) -> None:
    long = ZENDESK | {"description": "many words " * 50_000}
    lines = [
        json.dumps(long),
        json.dumps(ZENDESK | {"id": 8}),
        '{"id": 9, "subj',
        json.dumps(ZENDESK | {"id": 10}),
        "",
        '{"id": 11, "subject": "caf\udce9"}',
        json.dumps(ZENDESK | {"id": 12}),
    ]
    file = tmp_path / "tickets"
    file.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    tickets = open_tickets(file)
    assert tickets.shape == "jsonl" and [one.line for one in tickets] == [1, 2, 4, 7]
    assert [(one.line, one.message[:14]) for one in tickets.count.problems] == [
        (3, "is broken JSON"),
        (6, "holds bytes th"),
    ]
    for whole in ([long, ZENDESK | {"id": 8}], {"tickets": [long, ZENDESK | {"id": 8}], "count": 2}):
        file.write_text(json.dumps(whole))
        tickets = open_tickets(file)
        assert tickets.shape == "json" and [one.id for one in tickets] == ["ZD-35436", "ZD-8"]
    file.write_text(
        "\n".join([json.dumps({"tickets": [long]}), json.dumps({"tickets": [ZENDESK | {"id": 8}]})])
    )
    tickets = open_tickets(file)
    assert tickets.shape == "jsonl" and [one.id for one in tickets] == ["ZD-35436", "ZD-8"]


@pytest.mark.parametrize("size", [300_000, 521_000])
def test_what_a_page_holds_before_its_tickets_may_be_long(tmp_path: Path, size: int) -> None:
    tickets = [ZENDESK | {"id": number, "tags": ["words"] * 99} for number in range(1000)]
    page = {"users": [{"name": "n" * size}], "groups": [1, 2], "tickets": tickets, "count": 1000}
    file = tmp_path / "tickets.json"
    file.write_text(json.dumps(page))
    assert [one.id for one in open_tickets(file)] == [f"ZD-{number}" for number in range(1000)]
    file.write_text("\n".join(json.dumps({"blob": "n" * size} | one, indent=1) for one in tickets[:3]))
    assert [one.id for one in open_tickets(file)] == ["ZD-0", "ZD-1", "ZD-2"]


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('ab"\\\n{}[],:\u0e01', max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab") | st.just("tickets"), inner)
    ),
    max_leaves=6,
)
_TICKET = st.fixed_dictionaries({"id": st.integers(), "subject": _VALUE, "more": _VALUE})


@given(
    st.lists(_TICKET | st.integers() | st.none(), max_size=4),
    st.dictionaries(st.sampled_from(["count", "users", "next"]), _VALUE),
    st.dictionaries(st.sampled_from(["page", "end"]), _VALUE),
    st.sampled_from(["list", "under a key", "a level deeper", "one after the other", "with commas"]),
    st.sampled_from([None, 1]),
    st.sampled_from([1, 2, 3, 5, 8, 64]),
)
@settings(max_examples=300)
def test_a_window_of_any_size_gives_what_the_whole_text_holds(
    listed: list[Any], before: dict[str, Any], after: dict[str, Any], how: str, indent: int | None, size: int
) -> None:
    objects = [one for one in listed if isinstance(one, dict)]
    page = {**before, "tickets": listed, **after}
    whole = {"list": listed, "under a key": page, "a level deeper": {"_embedded": page, **after}}
    each = [json.dumps(one, indent=indent, ensure_ascii=False) for one in objects]
    text = (
        json.dumps(whole[how], indent=indent, ensure_ascii=False)
        if how in whole
        else (",\n" if "commas" in how else "\n").join(each)
    )
    refused: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_window, "_CHUNK", size)
        window = json_window.Window(io.StringIO(text), "x")
        found = list(window.objects(lambda line, _: refused.append(line)))
    assert [one.record for one in found] == objects
    assert len(refused) == (len(listed) - len(objects) if how in whole else 0)
    lines = text.split("\n")
    assert all("{" in lines[one.line - 1] for one in found) and all(0 < one <= len(lines) for one in refused)


@pytest.mark.parametrize("size", [1, 7, 1 << 18])
@pytest.mark.parametrize("much", ["[" * 5000 + '"]\\"{"' + "]" * 5000, "1" * 5000])
@pytest.mark.parametrize(
    "where", ['[A,{"id":2}]', '[{"id":1,"a":A},\n{"id":2}]', '{"a":A,"tickets":[{"id":2}],"b":A}']
)
def test_what_python_does_not_read_costs_that_ticket_alone(much: str, where: str, size: int) -> None:
    refused: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_window, "_CHUNK", size)
        window = json_window.Window(io.StringIO(where.replace("A", much)), "x")
        found = list(window.objects(lambda line, _: refused.append(line)))
    assert [one.record for one in found] == [{"id": 2}]
    assert refused == ([1] if where.startswith("[") else [])


@pytest.mark.parametrize("number", [10**30, 1784588129 * 10**9, True, [1784588129]])
def test_a_moment_that_is_none_is_counted(tmp_path: Path, number: object) -> None:
    file = tmp_path / "conversations.json"
    file.write_text(json.dumps([CONVERSATION | {"created_at": number}]))
    tickets = open_tickets(file)
    assert [one.created_at for one in tickets] == [None] and tickets.count.unread == {"created_at": 1}


@pytest.mark.parametrize("time", [-1, 2e9, 10**400, "soon", True, [5]])
def test_a_time_that_nobody_spent_is_counted(tmp_path: Path, time: object) -> None:
    file = tmp_path / "tickets.json"
    file.write_text(
        json.dumps([ZENDESK | {"handle_minutes": 5}, ZENDESK | {"id": 8, "handle_minutes": time}])
    )
    tickets = open_tickets(file)
    assert [one.handle_minutes for one in tickets] == [5, None]
    assert tickets.count.unread == {"handle_minutes": 1}


def test_the_first_value_that_cannot_be_read_is_named_with_its_line(
    kcs: Run,  # noqa: F811
    base: Base,  # noqa: F811
    tmp_path: Path,
) -> None:
    file = tmp_path / "jira.csv"
    file.write_text(
        'Issue key,Created,Summary,Description,Time Spent\nA-1,03/Mar/26 10:00 AM,One,"and\nmore",60\n'
        "A-2,31/Feb/26 10:00 AM,Two,,long\nA-3,yesterday,Three,,60\n"
    )
    said = kcs("gaps", "--tickets", file, cwd=base.root).err
    assert f"{file}:4: has created_at '31/Feb/26 10:00 AM', which cannot be read\n" in said
    assert f"{file}:4: has handle_minutes 'long', which cannot be read\n" in said
    assert "2 without a created_at that can be read" in said and "yesterday" not in said


def test_the_bench_of_giant_exports_reads_what_it_wrote(tmp_path: Path) -> None:
    """In short; bench/coverage_giants.py --gb 5 takes an hour."""
    examples = Path(__file__).resolve().parents[2] / "examples" / "kb"
    words = ["-m", "bench.coverage_giants", str(examples), str(tmp_path), "--gb", ".003"]
    done = subprocess.run(
        [sys.executable, *words, "--engine", "sqlite", "--since", "2026-06-01"],
        cwd=examples.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["zendesk", "jira", "intercom"]
