"""Exports of many gigabytes through the command itself: is all of it read, at what cost, and in how much memory?

    python -m bench.coverage_giants BASE FOLDER --gb 5 --engine tantivy               all three shapes
    python -m bench.coverage_giants BASE FOLDER --gb 5 --shape jira --since 2026-11-01

The shapes: `zendesk`, JSON lines with comments in text and HTML; `jira`, a CSV in UTF-16 with repeated columns and line breaks in its
cells; `intercom`, one JSON text with seconds since 1970. Each ticket has 30 to 100 KB. Near the end, where only a reader who gets there
sees it, are broken rows, a repeated ticket and a day that is none, the last row of the CSV opens a quote that never ends. Says what
`kcs gaps` took, all its processes together and the largest of them, and exits 1 if its counts or the lines it names are not those that
were written. The file is deleted afterwards unless `--keep`.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

from bench.coverage_many import Words, varied, ways_of, words_of

_THINGS, _PARAGRAPHS = 2_000, 3_000
_FIRST, _DAYS = datetime(2024, 11, 20, 8, tzinfo=UTC), 730
_JIRA = (
    "Summary", "Issue key", "Created", "Resolved", "Labels", "Labels", "Component/s", "Reporter", "Description",
    "Custom field (Knowledge articles)", "Comment", "Comment", "Comment",
)  # fmt: skip


class Ticket(NamedTuple):
    """What is asked, when, and at length."""

    number: int
    asked_at: datetime
    subject: str
    text: list[str]
    replies: list[list[str]]


@dataclass(slots=True)
class Told:
    """What `kcs gaps` must say of the file; `lines`: of the rows that are refused."""

    rows: int = 0
    repeated: int = 0
    undated: int = 0
    too_old: int = 0
    lines: list[int] = field(default_factory=list)

    def expected(self) -> dict[str, Any]:
        """As in its JSON."""
        read = self.rows - self.repeated - len(self.lines)
        return {
            "rows": self.rows, "read": read, "refused": len(self.lines), "repeated": self.repeated, "cut_off": 0,
            "unread": {"created_at": self.undated} if self.undated else {}, "problems": self.lines,
            "too_old": self.too_old, "judged": read - self.too_old,
        }  # fmt: skip


class Tickets:
    """As many as are asked for, all by one seed."""

    def __init__(self, words: Words, seed: int) -> None:
        self._draw = draw = random.Random(seed)
        made_up = [
            "".join(draw.choices("abcdefghiklmnoprstuvw", k=draw.randrange(5, 10))) for _ in range(_THINGS)
        ]
        self._things = [list(ways_of(words, draw, made_up)) for _ in range(_THINGS)]
        self._paragraphs = [
            f'{" ".join(draw.choices(words.all, cum_weights=words.sums, k=draw.randrange(40, 160)))}, "{made_up[one % _THINGS]}".'
            for one in range(_PARAGRAPHS)
        ]

    def __iter__(self) -> Iterator[Ticket]:
        draw, number = self._draw, 0
        while True:
            number += 1
            way = draw.choice(draw.choice(self._things))
            said = " ".join(way if draw.random() < 0.5 else varied(way, draw))
            yield Ticket(
                number,
                _FIRST + timedelta(minutes=draw.randrange(_DAYS * 1440)),
                said,
                [f"Hello, {said}.", draw.choice(self._paragraphs)[:200], *self._quoted(18)],
                [self._quoted(18) for _ in range(3)],
            )

    def _quoted(self, number: int) -> list[str]:
        """What a mail has below its words: all that was said before."""
        some = self._draw.choices(self._paragraphs, k=self._draw.randrange(number // 2, number))
        return [f"> {one}" for one in some]


class File:
    """An export as it is written. `line`: where the next row begins."""

    def __init__(self, stream: IO[str], begin: datetime | None) -> None:
        self.line, self.told, self._stream, self._begin = 1, Told(), stream, begin

    def write(self, text: str) -> None:
        """Bare text."""
        self._stream.write(text)
        self.line += text.count("\n")

    def row(self, text: str, ticket: Ticket | None = None, *, refused: bool = False) -> None:
        """A row, of this ticket where it can be read."""
        self.told.rows += 1
        if refused:
            self.told.lines.append(self.line)
        elif ticket is None:
            self.told.repeated += 1
        elif self._begin and ticket.asked_at < self._begin:
            self.told.too_old += 1
        self.write(text)


Writer = Callable[[File, Iterator[Ticket], Callable[[], bool]], None]


def _zendesk(file: File, tickets: Iterator[Ticket], full: Callable[[], bool]) -> None:
    row = ""
    while not full():
        ticket = next(tickets)
        file.row(row := json.dumps(_zendesk_of(ticket)) + "\n", ticket)
    file.row(row[: len(row) // 2] + "\n", refused=True)
    file.row('["no ticket"]\n', refused=True)
    file.row(row)
    ticket = next(tickets)
    file.told.undated += 1
    file.row(
        json.dumps({**_zendesk_of(ticket), "created_at": "soon"}) + "\n", ticket._replace(asked_at=_undated())
    )
    file.row(row.removesuffix("}\n"), refused=True)


def _undated() -> datetime:
    """A ticket without a day is never too old."""
    return datetime.max.replace(tzinfo=UTC)


def _zendesk_of(ticket: Ticket) -> dict[str, Any]:
    said = [(7, ticket.text), *zip((8, 7, 8), ticket.replies, strict=True)]
    comments = [
        {
            "author_id": who, "public": True, "body": "\n\n".join(text), "plain_body": "\n\n".join(text),
            "html_body": _html(text),
        }
        for who, text in said
    ]  # fmt: skip
    return {
        "id": ticket.number, "subject": ticket.subject, "description": comments[0]["body"], "requester_id": 7,
        "created_at": ticket.asked_at.isoformat(), "tags": ["product:mail"], "status": "open", "comments": comments,
    }  # fmt: skip


def _html(text: list[str]) -> str:
    """Paragraphs, the quoted ones set in as mail programs do."""
    return "".join(
        f"<blockquote><p>{one[2:]}</p></blockquote>" if one.startswith("> ") else f"<p>{one}</p>"
        for one in text
    )


class _Rows:
    """csv.writer's rows as texts."""

    def __init__(self) -> None:
        self._text = ""
        self._writer = csv.writer(self)

    def write(self, text: str) -> None:
        self._text = text

    def of(self, cells: Sequence[str]) -> str:
        self._writer.writerow(cells)
        return self._text


def _jira(file: File, tickets: Iterator[Ticket], full: Callable[[], bool]) -> None:
    rows, cells = _Rows(), [""]
    file.write(rows.of(_JIRA))
    while not full():
        ticket = next(tickets)
        file.row(rows.of(cells := _jira_of(ticket)), ticket)
    file.row(rows.of([*cells, "one more"]), refused=True)
    file.row(rows.of(cells))
    ticket = next(tickets)
    cells = _jira_of(ticket)
    file.told.undated += 1
    file.row(rows.of([*cells[:2], "31/Feb/26 10:00 AM", *cells[3:]]), ticket._replace(asked_at=_undated()))
    file.row(f'{cells[0]},MAIL-0,{cells[2]},,"and never\r\nends,,,', refused=True)


def _jira_of(ticket: Ticket) -> list[str]:
    created = f"{ticket.asked_at:%d/%b/%y %I:%M %p}"
    replies = ["\n".join(one) for one in ticket.replies]
    return [
        ticket.subject, f"MAIL-{ticket.number}", created, "", "mail", "login", "Mail", "Jo Doe",
        "\n\n".join([*ticket.text, *ticket.text]), "", *replies,
    ]  # fmt: skip


def _intercom(file: File, tickets: Iterator[Ticket], full: Callable[[], bool]) -> None:
    file.write('{"type": "conversation.list",\n"conversations": [\n')
    row = ""
    while not full():
        ticket = next(tickets)
        file.row(row := json.dumps(_intercom_of(ticket)), ticket)
        file.write(",\n")
    file.row('"no conversation"', refused=True)
    file.write(",\n")
    file.row(row)
    file.write(",\n")
    ticket = next(tickets)
    file.told.undated += 1
    file.row(json.dumps({**_intercom_of(ticket), "created_at": 10**30}), ticket._replace(asked_at=_undated()))
    file.write('\n],\n"total_count": 1}\n')


def _intercom_of(ticket: Ticket) -> dict[str, Any]:
    def part(kind: str, text: list[str]) -> dict[str, Any]:
        return {"part_type": "comment", "author": {"type": kind}, "body": _html(text)}  # fmt: skip

    parts = [
        part(kind, [*text, *text])
        for kind, text in zip(("admin", "user", "admin"), ticket.replies, strict=True)
    ]
    return {
        "type": "conversation", "id": str(ticket.number), "created_at": int(ticket.asked_at.timestamp()),
        "title": ticket.subject, "state": "open", "source": part("user", ticket.text),
        "conversation_parts": {"conversation_parts": parts},
    }  # fmt: skip


SHAPES: dict[str, tuple[Writer, str, str]] = {
    "zendesk": (_zendesk, "jsonl", "utf-8"),
    "jira": (_jira, "csv", "utf-16"),
    "intercom": (_intercom, "json", "utf-8"),
}


def write(shape: str, path: Path, size: int, words: Words, begin: datetime | None, seed: int = 7) -> Told:
    """An export of so many bytes and a little more."""
    writer, _, encoding = SHAPES[shape]
    with path.open("wb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as stream:
        file = File(stream, begin)
        writer(file, iter(Tickets(words, seed)), lambda: raw.tell() >= size)
    return file.told


def run(base: Path, file: Path, engine: str, home: Path, more: Sequence[str]) -> tuple[dict[str, Any], str]:
    """What `kcs gaps` says of the tickets, and what it took. RuntimeError where it fails."""
    places = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data")}
    command = [
        sys.executable,
        "-m",
        "kcs",
        "gaps",
        "--tickets",
        str(file),
        "--kb",
        str(base),
        "--engine",
        engine,
    ]
    begin = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*command, "--format", "json", *more],
            stdout=output,
            env={**os.environ, **places, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        )
        _, status, took = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"exit {os.waitstatus_to_exitcode(status)}")
        output.seek(0)
        found = json.load(output)["tickets"]
    kept = sum(one.stat().st_size for one in (home / "cache").rglob("*.jsonl"))
    return found, (
        f"{(took.ru_utime + took.ru_stime) / 60:.1f} min of CPU, {(time.monotonic() - begin) / 60:.1f} on the clock; "
        f"no process above {took.ru_maxrss / 1024:.0f} MB; {kept / 1e6:.1f} MB kept for the next run"
    )


def _fine(shape: str, given: argparse.Namespace, words: Words) -> bool:
    begin = datetime.fromisoformat(given.since).replace(tzinfo=UTC) if given.since else None
    file = given.folder / f"{shape}.{SHAPES[shape][1]}"
    told = write(shape, file, int(given.gb * 1e9), words, begin)
    size = file.stat().st_size
    try:
        more = ["--since", given.since] if given.since else []
        found, took = run(given.base.resolve(), file, given.engine, given.folder, more)
    finally:
        if not given.keep:
            file.unlink()
    found["problems"] = [one["line"] for one in found["problems"]]
    expected = told.expected()
    said = {key: found[key] for key in expected}
    print(
        f"{shape}: {size / 1e9:.2f} GB, {told.rows:,} rows, {found['judged']:,} judged: {took}",
        "" if said == expected else f"\n{shape}: WRITTEN {expected}\n{shape}: READ    {said}",
        flush=True,
    )
    return said == expected


def main(arguments: Sequence[str] | None = None) -> int:
    """Make them, and have them read."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base", type=Path)
    options.add_argument("folder", type=Path, help="for the exports, the index and what is kept")
    options.add_argument("--gb", type=float, default=5.0)
    options.add_argument("--shape", action="append", choices=SHAPES, default=None)
    options.add_argument("--engine", default="tantivy")
    options.add_argument("--since", default="", help="a day")
    options.add_argument("--keep", action="store_true", help="leave the files there")
    given = options.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    words = words_of(given.base, random.Random(7))
    fine = [_fine(shape, given, words) for shape in given.shape or SHAPES]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
