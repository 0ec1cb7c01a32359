"""`kcs gaps` as a user runs it: tickets, searches and the taxonomy of a real base."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kcs.coverage.asked import Asked
from kcs.coverage.gaps import Gap, Gaps
from kcs.coverage.judging import Judge, Judgement
from kcs.coverage.recurring import Recurring, of_product
from kcs.coverage.taxonomy import Cell
from kcs.coverage.tickets import Ticket
from kcs.coverage.topics import Topic
from kcs.insight.gap_list import GapLine, gap_chart
from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Event, Ledger, new_event
from kcs.render.gap_lines import gap_lines
from kcs.render.gaps import nearest_text
from tests.conftest import KCS_TOML, Base, Run
from tests.quick import in_process
from tests.test_json_schemas import check

VPN = (
    "---\nid: kb-vpn00001\ntitle: The VPN drops every hour\nconfidence: validated\nproduct: vpn\ncreated: 2026-01-05\n---\n"
    "## Issue\n\nThe VPN connection drops every hour and must be started again.\n\n## Resolution\n\nTurn off power saving.\n"
)
PRINTER = (
    "---\nid: kb-prn00001\ntitle: The printer shows error E42\nconfidence: validated\nproduct: printer\ncreated: 2026-01-05\n---\n"
    "## Issue\n\nThe printer stops with error E42.\n\n## Resolution\n\nOpen the tray.\n"
)
LATE = (
    "---\nid: kb-scn00001\ntitle: Scanner makes blurred pictures\nconfidence: validated\ncreated: 2026-09-01\n"
    "sources: [{id: t-90, resource: 'ticket:T-90'}]\n---\n## Issue\n\nThe scanner makes blurred pictures.\n\n## Resolution\n\nClean it.\n"
)
# So many others that an answer can stand out from what was found.
OTHERS = {
    f"articles/other-{number}.md": f"---\ntitle: Set up {word}\nconfidence: validated\ncreated: 2026-01-05\n---\n"
    f"## Resolution\n\nOpen the settings of {word} and follow the assistant until the {word} is ready.\n"
    for number, word in enumerate(
        [
            "calendar",
            "mailbox",
            "telephone",
            "projector",
            "whiteboard",
            "badge",
            "camera",
            "keyboard",
            "monitor",
            "headset",
            "router",
            "tablet",
        ]
    )
}
HEADER = "id,created_at,closed_at,subject,description,product,handle_minutes,linked_articles"


def export(folder: Path, rows: Sequence[Sequence[Any]], name: str = "tickets.csv") -> Path:
    """id, day, subject, description, minutes, linked."""
    lines = [HEADER]
    for identifier, day, subject, text, minutes, linked in rows:
        lines.append(f'{identifier},{day}T10:00:00Z,{day}T12:00:00Z,"{subject}","{text}",,{minutes},{linked}')
    file = folder / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


@pytest.fixture
def kcs(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, {**kcs_env, "XDG_DATA_HOME": str(tmp_path / "data")}, tmp_path)


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base({
        "articles/vpn.md": VPN, "articles/printer.md": PRINTER, "articles/scanner.md": LATE, **OTHERS,
    })  # fmt: skip


ROWS = [
    ("T-1", "2026-06-01", "The VPN drops every hour", "It drops every hour, I must start the VPN again.", 10, "kb-vpn00001"),
    ("T-2", "2026-07-01", "VPN connection drops every hour", "The VPN connection drops every hour.", 10, ""),
    ("T-3", "2026-07-01", "Scanner makes blurred pictures", "Since today the scanner makes blurred pictures.", 10, ""),
    ("T-90", "2026-08-01", "Blurry scans", "All of them.", 10, ""),
    ("T-4", "2026-10-01", "Export the invoices to Excel", "How can I export invoices to Excel?", 30, ""),
    ("T-5", "2026-11-01", "invoices export Excel", "Hi,\n\nI want an Excel export of my invoices, call +66 2 123 4567.", 50, ""),
    ("T-6", "2026-11-02", "Excel: exporting invoices", "Exporting the invoices to Excel does not work", "", ""),
    ("T-7", "2026-11-03", "ลืมรหัสผ่านธนาคาร", "ลืมรหัสผ่านธนาคาร เข้าใช้งานไม่ได้", 20, ""),
]  # fmt: skip


def gaps(kcs: Run, base: Base, *words: str | Path, code: int = 0) -> Any:
    told = kcs("gaps", *words, "--as-of", "2026-11-20", "--format", "json", cwd=base.root)
    assert told.code == code, told.err
    return check(told, "gaps")


def test_tickets_are_known_unlinked_new_or_uncovered(kcs: Run, base: Base, tmp_path: Path) -> None:
    found = gaps(kcs, base, "--tickets", export(tmp_path, ROWS))
    tickets = found["tickets"]
    assert {name: tickets[name] for name in ("known", "unlinked", "new", "uncovered")} == {
        "known": 1, "unlinked": 1, "new": 2, "uncovered": 4,
    }  # fmt: skip
    assert (tickets["rows"], tickets["read"], tickets["judged"]) == (8, 8, 8)
    first, second = found["gaps"]
    assert first["count"] == 3 and first["topic"]["examples"] == ["T-4", "T-5", "T-6"]
    assert {"invoices", "excel"} <= {word.casefold() for word in first["topic"]["words"]}
    # Two took 30 and 50 minutes; the third is reckoned at the mean of the seven that say.
    assert first["minutes"] == pytest.approx(80 + 140 / 7, abs=0.1) and first["topic"]["timed"] == 2
    assert (first["topic"]["last_30_days"], first["topic"]["30_days_before"]) == (2, 1)
    assert second["topic"]["language"] == "th" and "".join(second["topic"]["words"]).startswith("ลืมรหัสผ่าน")


@pytest.mark.parametrize("words", [["solved"], ["solved", "wrong"], ["wrong", "solved"], ["wrong"]])
def test_gaps_and_metrics_say_the_same_of_links_by_the_newest_word(
    kcs: Run,
    base: Base,
    tmp_path: Path,
    kcs_env: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    """T-1 is linked by the export as well; what somebody here calls wrong is no link, whoever else says so."""
    made = [new_event("link", datetime(2026, 11, 3, 10 + hour, tzinfo=UTC), article="kb-vpn00001", ticket=ticket, outcome=word)
            for ticket in ("T-1", "T-4") for hour, word in enumerate(words)]  # fmt: skip
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *reversed(made))
    file = export(tmp_path, ROWS)
    tickets = gaps(kcs, base, "--tickets", file)["tickets"]
    told = kcs(
        "metrics",
        "--tickets",
        file,
        "--as-of",
        "2026-11-20",
        "--since",
        "2026-06-01",
        "--format",
        "json",
        cwd=base.root,
    )
    found = {one["name"]: one["numerator"] for one in check(told, "metrics")["metrics"]}
    holds = words[-1] == "solved"
    # T-90 has its own article; T-3 has one that came later, and no link: only gaps looks for that.
    assert (found["known"], found["new"], found["unlinked"]) == (2 if holds else 0, 1, 5 if holds else 7)
    assert (tickets["known"], tickets["new"] - 1) == (found["known"], found["new"])


def test_gaps_and_metrics_have_the_links_of_the_day_that_is_looked_at(
    kcs: Run, base: Base, tmp_path: Path, kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [new_event("link", datetime(2026, 11, day, 10, tzinfo=UTC), article="kb-vpn00001", ticket=f"T-{day}") for day in (4, 5)]  # fmt: skip
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *made)
    file = export(tmp_path, [(f"T-{n}", "2026-11-01", f"Parking permit {n}", "For the garage", 5, "") for n in (4, 5)])  # fmt: skip
    for day, known in (("2026-11-05", 2), ("2026-11-04", 1), ("2026-11-03", 0), ("2026-11-05", 2)):
        words = ("--tickets", file, "--as-of", day, "--format", "json")
        tickets = kcs("gaps", *words, cwd=base.root).json["tickets"]
        told = kcs("metrics", *words, "--since", "2026-06-01", cwd=base.root).json["metrics"]
        figures = {one["name"]: one["numerator"] for one in told}
        assert (tickets["known"], figures["known"], figures["unlinked"]) == (known, known, 2 - known)


def test_verdicts_are_those_of_the_links_that_are_there(
    kcs: Run, base: Base, tmp_path: Path, kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a change of branches, where as many others are noted and the newest one is the same."""
    link = new_event(
        "link", datetime(2026, 11, 4, 10, tzinfo=UTC), article="kb-vpn00001", ticket="T-4", outcome="solved"
    )
    ledger_of(base, kcs_env, tmp_path, monkeypatch, link)
    file = export(tmp_path, ROWS)
    assert gaps(kcs, base, "--tickets", file)["tickets"]["known"] == 2
    (noted,) = Ledger(base.root).folder.glob("*/*.jsonl")
    noted.write_text(noted.read_text("utf-8").replace("solved", "wrong"), "utf-8")
    assert gaps(kcs, base, "--tickets", file)["tickets"]["known"] == 1


def test_a_ticket_since_a_day_and_an_article_that_was_archived(kcs: Run, base: Base, tmp_path: Path) -> None:
    file = export(tmp_path, ROWS)
    found = gaps(kcs, base, "--tickets", file, "--since", "60d")
    assert (found["tickets"]["judged"], found["tickets"]["too_old"]) == (4, 4)
    base.write("articles/vpn.md", VPN.replace("validated", "archived"))
    assert gaps(kcs, base, "--tickets", file)["tickets"]["unlinked"] == 0


def test_tickets_without_a_day_are_told_where_a_day_was_asked_for(
    kcs: Run, base: Base, tmp_path: Path
) -> None:
    file = tmp_path / "undated.csv"
    file.write_text("id,subject,arrived\nT-1,The VPN drops every hour,2026-11-01\nT-2,Parking,2025-01-01\n")
    words = ("gaps", "--tickets", file, "--since", "90d", "--as-of", "2026-11-20")
    told = kcs(*words, cwd=base.root)
    assert "2 tickets have no day that can be read, and --since leaves none of them out" in told.err
    assert "no day" not in kcs("gaps", "--tickets", file, "--as-of", "2026-11-20", cwd=base.root).err
    told = kcs(*words, "--map", "created_at=arrived", cwd=base.root)
    assert "no day" not in told.err and "1 ticket from before --since left out" in told.err


def test_a_day_is_one_of_the_base_s_timezone(kcs: Run, base: Base, tmp_path: Path) -> None:
    base.write("kcs.toml", base.read("kcs.toml").replace('timezone = "UTC"', 'timezone = "Asia/Bangkok"'))
    file = tmp_path / "two.csv"
    # There it is 1 o'clock in the morning of the first, and 11 in the evening before.
    file.write_text(
        "id,subject,closed\n1,aaa,2026-04-30T18:00:00Z\n2,bbb,2026-05-01T01:00:00+09:00\n", "utf-8"
    )
    found = gaps(kcs, base, "--tickets", file, "--since", "2026-05-01")["tickets"]
    assert (found["judged"], found["too_old"], found["first"]) == (1, 1, "2026-05-01")


def test_text_for_pipes_and_what_could_not_be_read(kcs: Run, base: Base, tmp_path: Path) -> None:
    file = export(tmp_path, ROWS)
    file.write_text(file.read_text("utf-8") + "T-8,only,three\nT-4,,,again,again,,,\n", "utf-8")
    told = kcs("gaps", "--tickets", file, cwd=base.root)
    assert told.code == 0
    assert (
        "8 of 10 tickets read (1 refused, 1 repeated)" in told.err and f"{file}:12: has 3 cells" in told.err
    )
    rows = [line.split("\t") for line in told.out.splitlines()]
    assert [row[0] for row in rows] == ["1", "2"] and rows[0][5] == "tickets" and rows[0][9] == "T-4,T-5,T-6"
    assert "indicator" in told.err


def test_no_number_or_address_of_anybody_is_shown(kcs: Run, base: Base, tmp_path: Path) -> None:
    rows = [
        (f"T-{n}", "2026-11-01", "Where is my parcel, I am jane@example.org", "Call +66 2 123 4567", 5, "")
        for n in range(3)
    ]
    told = kcs("gaps", "--tickets", export(tmp_path, rows), "--format", "json", cwd=base.root)
    assert "jane@" not in told.out and "4567" not in told.out


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file")
def test_a_disk_that_fills_up_is_said_and_costs_nothing_that_was_judged(
    kcs: Run, base: Base, tmp_path: Path
) -> None:
    import resource

    rows = [(f"T-{n}", "2026-11-01", f"Subject {n} of something else", "Words", 5, "") for n in range(450)]
    file = export(tmp_path, rows)
    whole = gaps(kcs, base, "--tickets", file)
    base.write("kcs.toml", base.read("kcs.toml") + "# so that nothing is known of it\n")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    try:
        told = kcs("gaps", "--tickets", file, cwd=base.root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (
        told.code == 2 and "cannot be written: File too large" in told.err and "free some space" in told.err
    )
    assert gaps(kcs, base, "--tickets", file) == whole


def test_an_interrupted_run_goes_on_where_it_stopped(
    kcs: Run, base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"T-{n}", "2026-11-01", f"Subject {n} of something else", "Words", 5, "") for n in range(450)]
    file = export(tmp_path, rows)
    whole = gaps(kcs, base, "--tickets", file)
    base.write("articles/one-more.md", "---\ntitle: One more\n---\nText\n")
    judged: list[str] = []
    limit = 300
    real = Judge.judge

    def watched(self: Judge, ticket: Ticket, said: Asked) -> Judgement:
        if len(judged) == limit:
            raise KeyboardInterrupt
        judged.append(ticket.id)
        return real(self, ticket, said)

    monkeypatch.setattr(Judge, "judge", watched)
    with pytest.raises(BaseException):  # noqa: B017 - whatever the runner makes of Ctrl-C
        assert kcs("gaps", "--tickets", file, "--as-of", "2026-11-20", cwd=base.root).code == 0
    limit = 1000
    again = gaps(kcs, base, "--tickets", file)
    assert judged == [f"T-{n}" for n in range(450)], "each is judged once, none twice"
    assert again["tickets"] == whole["tickets"]


def test_columns_are_explained_and_mapped(kcs: Run, base: Base, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Ref;Was ist;Wann\n1;Rechnungen als Excel;03/04/2026\n", "utf-8")
    refused = kcs("gaps", "--tickets", file, cwd=base.root)
    assert refused.code == 2 and "--map subject=COLUMN" in refused.err and f"{file}:1" in refused.err
    told = kcs("gaps", "--tickets", file, "--map", "subject=Was ist", "--map", "created_at=Wann", "--explain-columns",
               "--format", "json", cwd=base.root)  # fmt: skip
    columns = {one["name"]: one["field"] for one in check(told, "columns")["columns"]}
    assert columns == {"Ref": None, "Was ist": "subject", "Wann": "created_at"}
    assert (
        "Was ist\tsubject"
        in kcs("gaps", "--tickets", file, "--map", "subject=Was ist", "--explain-columns", cwd=base.root).out
    )
    found = gaps(
        kcs, base, "--tickets", file, "--map", "subject=Was ist", "--map", "created_at=Wann", "--dates", "dmy"
    )
    assert found["tickets"]["first"] == "2026-04-03"


@pytest.mark.parametrize(
    "words",
    [
        ("--explain-columns",), ("--explain-columns", "--tickets", "x.csv", "--draft", "2"), ("--dates", "ymd"), ("--since", "soon"), ("--product", "x"), ("--tickets", "missing.csv"),
        ("--tickets", "kcs.toml"), ("--taxonomy",), ("--tickets", "t.csv", "--map", "subjct=a"), ("--draft", "0"),
        ("--recurring", "--draft", "1"), ("--recurring", "--searches"), ("--dry-run",), ("--dates", "dmy"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_ends_with_2(kcs: Run, base: Base, words: tuple[str, ...]) -> None:
    told = kcs("gaps", *words, cwd=base.root)
    assert told.code == 2 and told.err.strip() and not told.out.strip()


# ---- drafts


def test_the_worst_become_articles_with_evidence(kcs: Run, base: Base, tmp_path: Path) -> None:
    file = export(tmp_path, ROWS)
    dry = check(
        kcs("gaps", "--tickets", file, "--draft", "1", "--dry-run", "--format", "json", cwd=base.root),
        "drafts",
    )
    assert not dry["written"] and not base.git("status", "--short").strip()
    told = kcs("gaps", "--tickets", file, "--draft", "1", cwd=base.root)
    (path,) = told.out.split()
    text = base.read(path)
    assert "confidence: work-in-progress" in text and "ticket:T-4" in text and "ticket:T-6" in text
    assert "+66" not in text and "export invoices to Excel" in text
    assert "as last given" in kcs("gaps", "--draft", "1", "--dry-run", cwd=base.root).err
    # What is being written is not asked for again.
    found = gaps(kcs, base, "--tickets", file)
    assert all("T-4" not in one["topic"]["examples"] for one in found["gaps"])


def test_a_draft_keeps_the_lines_of_steps_and_logs(kcs: Run, base: Base, tmp_path: Path) -> None:
    said = "Our till prints blank receipts.\n1. Turn it on\n2. Print one\n\nLog:\nERR 42 head offline\n- the paper is new"
    file = tmp_path / "lines.csv"
    rows = [f'T-{number},2026-11-0{number},Till prints blank receipts,"{said}"' for number in (1, 2, 3)]
    file.write_text("\n".join(("id,created_at,subject,description", *rows, "")))
    told = kcs("gaps", "--tickets", file, "--draft", "1", cwd=base.root)
    assert told.code == 0, told.err
    assert said in base.read(told.out.split()[0])


def test_nobody_whom_a_field_names_gets_into_a_list_or_a_draft(kcs: Run, base: Base, tmp_path: Path) -> None:
    """From a table and from a help desk's own shape, in four languages; where something was taken out a mark stands."""
    said = [
        ("Jo Brown", "Vouchers cannot be printed", "My name is Jo Brown. Call +49 170 1234567 or write jo@acme.example today"),
        ("สมชาย", "พิมพ์บัตรของขวัญไม่ได้", "ผมชื่อสมชาย พิมพ์บัตรของขวัญไม่ได้เลย โทร 081-234-5678"),
        ("Nguyễn Văn An", "Không in được phiếu quà tặng", "Tôi tên là Nguyễn Văn An, không in được phiếu quà tặng"),
        ("علي حسن", "لا أستطيع طباعة القسائم", "اسمي علي حسن ولا أستطيع طباعة القسائم من الجهاز"),
    ]  # fmt: skip
    table = tmp_path / "t.csv"
    rows = [f'{at},{who},"{subject}","{text}"' for at, (who, subject, text) in enumerate(said, 1)]
    table.write_text("\n".join(["id,requester,subject,description", *rows]) + "\n", "utf-8")
    desk = tmp_path / "t.json"
    desk.write_text(json.dumps({"tickets": [
        {"id": at, "subject": subject, "description": text, "requester_id": at, "requester": {"id": at, "name": who}}
        for at, (who, subject, text) in enumerate(said, 1)
    ]}), "utf-8")  # fmt: skip
    for file in (table, desk):
        shown = json.dumps(gaps(kcs, base, "--tickets", file), ensure_ascii=False)
        told = kcs("gaps", "--tickets", file, "--draft", "4", cwd=base.root)
        paths = told.out.split()
        texts = "\n".join(base.read(path) for path in paths)
        for who, _, _ in said:
            assert who not in shown and who not in texts, (file.name, who)
        assert len(paths) == 4 and "Call […] or write […] today" in texts and "1234567" not in texts
        for path in paths:
            (base.root / path).unlink()


def test_a_mapped_requester_is_masked_besides_those_that_the_ticket_names(
    kcs: Run, base: Base, tmp_path: Path
) -> None:
    ticket = {"id": 1, "subject": "Vouchers cannot be printed", "requester_id": 7, "requester": {"id": 7, "name": "Jo Brown"},
              "custom_attributes": {"Branch": "Ada Lark"}, "description": "Jo Brown and Ada Lark cannot print vouchers today"}  # fmt: skip
    file = tmp_path / "t.json"
    file.write_text(json.dumps([ticket]), "utf-8")
    words = ("--tickets", file, "--map", "requester=custom_attributes.Branch")
    told = kcs("gaps", *words, "--draft", "1", cwd=base.root)
    text = base.read(told.out.split()[0])
    assert "[name] and [name] cannot print vouchers" in text
    assert "Brown" not in text and "Lark" not in text


def test_what_every_article_begins_with_is_no_gap_to_draft(kcs: Run, base: Base, tmp_path: Path) -> None:
    said = "This article discusses the following topics"
    for path, text in OTHERS.items():
        base.write(path, text.replace("Open the", f"{said}:\n\nOpen the"))
    rows = [
        (f"B-{number}", "2026-11-01", word, said, 500, "")
        for number, word in enumerate(("Zebra", "Quince", "Yonder"))
    ]
    file = export(tmp_path, [*rows, *ROWS])
    made = kcs("gaps", "--tickets", file, "--draft", "2", "--dry-run", "--format", "json", cwd=base.root)
    assert "passed over" in made.err and "discusses" in made.err
    assert made.code == 0 and "B-0" not in made.out and "T-4" in made.out
    listed = gaps(kcs, base, "--tickets", file)
    assert [one["examples"] for one in listed["passed_over"]] == [["B-0", "B-1", "B-2"]]
    assert listed["gaps"][0]["topic"]["examples"][0] == "T-4"
    assert "passed over" in kcs("gaps", "--tickets", file, cwd=base.root).err


def test_what_mails_end_with_is_no_gap(kcs: Run, base: Base, tmp_path: Path) -> None:
    """A signature that no pattern knows, alone and under other questions."""
    signed = "Brisk Widgets of Lower Quarry keeps you rolling"
    asked = ("invoices to Excel", "parking permit renewal", "broken window handle", "holiday calendar import", "badge photo upload")  # fmt: skip
    rows = [(f"S-{n}", "2026-11-01", "", f"{signed}.", 900, "") for n in range(3)]
    rows += [(f"Q-{n}{k}", "2026-11-01", one, f"{one} {one} fails.\n{signed}.", 10, "") for n, one in enumerate(asked) for k in range(2)]  # fmt: skip
    found = gaps(kcs, base, "--tickets", export(tmp_path, rows))
    assert [one["examples"][0] for one in found["passed_over"]] == ["S-0"]


def test_nothing_to_draft(kcs: Run, base: Base, tmp_path: Path) -> None:
    told = kcs("gaps", "--tickets", export(tmp_path, ROWS[:1]), "--draft", "2", cwd=base.root)
    assert told.code == 1 and "nothing" in told.err


# ---- searches


def ledger_of(
    base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *events: Event
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    Ledger(base.root).append(*events)


NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def test_searches_unanswered_or_never_opened_and_synonyms(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    for number in range(3):
        begin = NOW + timedelta(hours=number)
        first = new_event("search", begin, query="tunnel drops", answered=False, session=f"s{number}")
        second = new_event("search", begin + timedelta(minutes=1), query="vpn drops", answered=True, total=2, match=0.9,
                           session=f"s{number}", top="kb-vpn00001")  # fmt: skip
        opened = new_event(
            "open", begin + timedelta(minutes=2), article="kb-vpn00001", after=second.id, session=f"s{number}"
        )
        events += [first, second, opened]
    events.append(
        new_event("search", NOW, query="trusted:yes audience:external parking permit", answered=False)
    )
    events.append(
        new_event(
            "search", NOW, query="scanner pictures", answered=True, total=1, match=0.8, top="kb-scn00001"
        )
    )
    events.append(new_event("search", NOW, query="from a batch", answered=False, origin="batch"))
    used = new_event(
        "search", NOW, query="vpn reconnect", answered=True, total=1, match=0.9, top="kb-vpn00001"
    )
    events += [used, new_event("link", NOW, article="kb-vpn00001", ticket="T-1", after=used.id)]
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *events)
    found = gaps(kcs, base, "--searches")
    # What was put better and found then is a synonym, and no gap.
    # Nor is a gap about the conditions that a program adds.
    assert found["searches"]["counted"] == 6
    assert found["gaps"][0]["topic"]["words"] == ["parking", "permit"]
    assert (found["searches"]["unanswered"], found["searches"]["unopened"]) == (1, 1)
    assert found["searches"]["synonyms"] == [
        {"asked": "tunnel", "found": "vpn", "article": "kb-vpn00001", "times": 3}
    ]
    assert [one["count"] for one in found["gaps"]] == [1, 1] and found["gaps"][0]["minutes"] == 2
    assert '"tunnel" = ["vpn"]' in kcs("gaps", "--searches", cwd=base.root).err
    made = kcs("gaps", "--searches", "--draft", "5", "--dry-run", "--format", "json", cwd=base.root).json
    assert [one["title"] for one in made["drafts"]] == ["parking permit"], "the other one has its article"
    kb = KnowledgeBase.open(base.root)
    (path,) = [one.path for one in kb.articles if one.id == "kb-scn00001"]
    said = [nearest_text(kb, Topic(0, nearest=path, match=match, missing=["lid"])) for match in (0.8, 0.3)]
    assert said == [
        "kb-scn00001 (80%): was found, but not opened",
        "kb-scn00001 (30%): says nothing about lid",
    ]


def test_of_a_run_of_refinements_only_the_last_is_a_gap(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(second: int, query: str, **facts: Any) -> Event:
        return new_event("search", NOW + timedelta(seconds=second), actor="human:jd", query=query, session="s1", **facts)  # fmt: skip

    slip, right = asked(0, "scaner pictures"), asked(5, "scanner pictures", answered=True, total=1, match=0.8)
    looked = new_event("open", NOW + timedelta(seconds=9), actor="human:jd", article="kb-scn00001", after=right.id, session="s1")  # fmt: skip
    ledger_of(
        base, kcs_env, tmp_path, monkeypatch, slip, right, looked,
        asked(20, "parking"), asked(30, "parking permit"), asked(40, "parking permit", origin="agent"),
    )  # fmt: skip
    found = gaps(kcs, base, "--searches")
    told = found["searches"]
    assert [told[one] for one in ("counted", "unanswered", "unopened")] == [3, 2, 0]
    assert [one["count"] for one in found["gaps"]] == [2], "the refined ones, of the person and of the agent"


def test_a_link_to_what_did_not_help_suggests_no_synonym(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    for number, outcome in enumerate(("solved", "", "wrong", "undone")):
        for word in ("tunnel", "printer"):
            if word == "printer" and outcome not in ("wrong", "undone"):
                continue
            session, begin = f"{word}{number}", NOW + timedelta(hours=number)
            first = new_event("search", begin, query=f"{word} drops", session=session)
            second = new_event("search", begin + timedelta(minutes=1), query=f"{word}s drop", answered=True, total=1, match=0.9, session=session)  # fmt: skip
            events += [first, second, new_event("link", begin + timedelta(minutes=2), article="kb-vpn00001", ticket=session, after=second.id, session=session, outcome=outcome)]  # fmt: skip
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *events)
    told = gaps(kcs, base, "--searches")["searches"]["synonyms"]
    assert [(one["asked"], one["times"]) for one in told] == [("tunnel drops", 2)]


def test_tickets_end_with_the_day_that_is_looked_at(kcs: Run, base: Base, tmp_path: Path) -> None:
    """A ticket is there from the day on which it came, closed or not; without a day it counts."""
    file = tmp_path / "t.csv"
    days = (
        ("", ""),
        ("2026-10-30", "2026-11-03"),
        ("2026-10-31", ""),
        ("2026-11-01", "2026-11-02"),
        ("", "2026-11-02"),
    )
    rows = [
        f"T-{n},{made},{closed},Parking permit {n} for the garage" for n, (made, closed) in enumerate(days)
    ]
    file.write_text("id,created_at,closed_at,subject\n" + "\n".join(rows) + "\n", "utf-8")
    for day, judged, later in (("2026-10-31", 3, 2), ("2026-11-20", 5, 0), ("2026-10-31", 3, 2)):
        words = ("gaps", "--tickets", file, "--as-of", day)
        told = kcs(*words, "--format", "json", cwd=base.root).json["tickets"]
        assert (told["judged"], told["too_new"], told["too_old"]) == (judged, later, 0), day
        assert ("2 tickets from after --as-of left out" in kcs(*words, cwd=base.root).err) is bool(later)


def test_searches_end_with_the_day_that_is_looked_at(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the figures of the same report do; how lately something was asked is counted from the newest search of all."""
    early, late = NOW - timedelta(days=70), NOW + timedelta(days=5)
    events = [
        *(new_event("search", early + timedelta(hours=n), query="parking permit", session=f"s{n}") for n in range(3)),
        new_event("search", NOW, query="vpn", answered=True, total=1, match=0.9, session="t", top="kb-vpn00001"),
        new_event("search", late, query="badge photo", session="u"),
        new_event("link", NOW, article="kb-vpn00001", ticket="ZD-1"),
        new_event("link", late, article="kb-vpn00001", ticket="ZD-2"),
    ]  # fmt: skip
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *events)
    then = gaps(kcs, base, "--searches")
    whole = kcs("gaps", "--searches", "--as-of", "2026-11-30", "--format", "json", cwd=base.root).json
    assert [one["searches"]["counted"] for one in (whole, then)] == [5, 4]
    trends = {one["topic"]["words"][0]: (one["topic"]["last_30_days"], one["topic"]["30_days_before"]) for one in then["gaps"]}  # fmt: skip
    assert trends["parking"] == (0, 0), "asked seventy days before the newest search, which was answered"
    costs = kcs("gaps", "--recurring", "--as-of", "2026-11-19", "--format", "json", cwd=base.root).json
    assert [one["tickets"] for one in costs["issues"]] == [1]
    told = kcs("gaps", "--searches", "--since", "2026-11-25", "--as-of", "2026-11-30", cwd=base.root)
    assert "no search is recorded from 2026-11-25 on; those of a script" in told.err


def test_whoever_searches_asks_whatever_articles_begin_with(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "this article discusses the following topics"
    for path, text in OTHERS.items():
        base.write(path, text.replace("Open the", f"{said}:\n\nOpen the"))
    asked = [new_event("search", NOW, query=said, session=f"s{number}") for number in range(4)]
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *asked)
    found = gaps(kcs, base, "--searches")
    assert [one["count"] for one in found["gaps"]] == [4] and not found["passed_over"]
    made = kcs("gaps", "--searches", "--draft", "1", "--dry-run", cwd=base.root)
    assert made.code == 0 and "1 work-in-progress article would be written" in made.err
    words = ("gaps", "--searches", "--draft", "1", "--dry-run", "--format", "json")
    assert kcs(*words, cwd=base.root).json["drafts"][0]["evidence"] == [], "a search is no ticket"


def test_what_search_answers_by_now_is_no_gap(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(hour: int, query: str) -> Event:
        return new_event("search", NOW + timedelta(hours=hour), query=query, session="s1")

    asks = ("shelf label printer", "badge photo upload audience:external", "parking permit", "gone changed:")
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *(asked(hour, query) for hour, query in enumerate(asks)))
    before = gaps(kcs, base, "--searches")
    assert (before["searches"]["unanswered"], before["searches"]["answered_since"]) == (4, 0)
    made = ("Shelf label printer", "Badge photo upload")
    base.commit(
        {
            f"articles/{title[:5]}.md": f"---\ntitle: {title}\naudience: internal\n---\nIn the hall.\n"
            for title in made
        }
    )
    found = gaps(kcs, base, "--searches")
    told = found["searches"]
    assert (told["unanswered"], told["answered_since"]) == (4, 1), "for outside, there is no badge yet"
    assert {one["topic"]["example"] for one in found["gaps"]} == set(asks[1:])
    assert "4 unanswered (100%), 1 of these answered by now" in kcs("gaps", "--searches", cwd=base.root).err


def test_a_link_that_was_taken_back_opened_nothing(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = new_event("search", NOW, query="vpn reconnect", answered=True, total=1, match=0.9)
    words = ("", "undone", "solved")
    links = [
        new_event("link", NOW + timedelta(hours=at), article="kb-vpn00001", ticket="T-1", after=search.id, outcome=word)
        for at, word in enumerate(words)
    ]  # fmt: skip
    ledger_of(base, kcs_env, tmp_path, monkeypatch, search, *links[:2])
    assert gaps(kcs, base, "--searches")["searches"]["unopened"] == 1
    ledger_of(base, kcs_env, tmp_path, monkeypatch, links[2])
    assert gaps(kcs, base, "--searches")["searches"]["unopened"] == 0, "it was linked again"


def test_tickets_that_tell_no_time_are_no_smaller_than_a_search(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = new_event("search", NOW, query="parking permit", answered=False, session="s1")
    ledger_of(base, kcs_env, tmp_path, monkeypatch, asked)
    file = export(tmp_path, [(*row[:4], "", row[5]) for row in ROWS])
    found = gaps(kcs, base, "--tickets", file, "--searches")["gaps"]
    assert [(one["kind"], one["count"], one["minutes"]) for one in found] == [
        ("tickets", 3, None),
        ("tickets", 1, None),
        ("searches", 1, 2),
    ]
    lines = [GapLine("Invoices to Excel", 3, None), GapLine("Parking", 1, 2.0), GapLine("vpn: 9 not in th", 9, None, asked=False)]  # fmt: skip
    chart = gap_chart(lines)
    assert (chart.title, list(chart.labels), list(chart.series[0].values)) == (
        "Gaps",
        ["Invoices to Excel", "Parking"],
        [3, 1],
    )
    assert gap_chart(lines[1:]).title == "Gaps by cost"
    assert list(gap_chart(lines[2:]).series[0].values) == [9]


# ---- taxonomy


def test_an_article_and_its_translations_are_one(kcs: Run, make_base: Callable[..., Base]) -> None:
    config = KCS_TOML + (
        '[taxonomy]\nproducts = ["vpn", "printer"]\ntypes = ["Solution"]\naudiences = ["internal"]\nlanguages = ["en", "th"]\n'
    )
    article = "---\nid: {0}\ntitle: {0}\ntype: Solution\nproduct: vpn\naudience: internal\nlanguage: {1}\n{2}---\nText\n"
    base = make_base(
        {
            "articles/a.md": article.format("kb-aaaaaaaa", "en", ""),
            "articles/a-th.md": article.format(
                "kb-bbbbbbbb", "th", "translation_of: {id: kb-aaaaaaaa, content: x}\n"
            ),
            "articles/b.md": article.format("kb-cccccccc", "en", ""),
            "articles/c.md": "---\ntitle: outside\n---\nText\n",
        },
        config=config,
    )
    found = gaps(kcs, base, "--taxonomy")
    vpn, printer = found["taxonomy"]["cells"]
    assert vpn["articles"] == 2 and vpn["lacking"] == {"th": 1}
    assert printer["articles"] == 0 and found["taxonomy"]["outside"] == 1
    assert {one["kind"] for one in found["gaps"]} == {"taxonomy", "languages"}
    told = kcs("gaps", "--taxonomy", cwd=base.root)
    assert "no article: printer · Solution · internal" in told.out and "1 of 2 not in th" in told.out


def test_a_family_is_one_however_far_its_originals_and_without_the_archived(
    kcs: Run, make_base: Callable[..., Base]
) -> None:
    article = "---\nid: kb-{0}\ntitle: {0}\nlanguage: {1}\n{2}---\nText\n"
    of = "translation_of: {id: kb-%s}\n"
    base = make_base(
        {
            "articles/a.md": article.format("aaaaaaaa", "EN-US", ""),
            "articles/b.md": article.format("bbbbbbbb", "th", of % "aaaaaaaa"),
            "articles/c.md": article.format("cccccccc", "vi", of % "bbbbbbbb"),
            "articles/d.md": article.format("dddddddd", "en", of % "gone0000"),
            "articles/e.md": article.format("eeeeeeee", "en", "confidence: archived\n"),
            "articles/f.md": article.format("ffffffff", "th", of % "eeeeeeee"),
            "articles/g.md": article.format("gggggggg", "english", of % "gggggggg"),
        },
        config=KCS_TOML + '[taxonomy]\nlanguages = ["en", "th", "vi"]\n',
    )
    (cell,) = gaps(kcs, base, "--taxonomy")["taxonomy"]["cells"]
    # a, b and c; d, whose original is gone; f without e; and g, in no language that is asked for.
    assert cell["articles"] == 4 and cell["lacking"] == {"en": 2, "th": 2, "vi": 3}


def test_figures_behind_an_arabic_name_stay_behind_it(base: Base) -> None:
    cells = (Cell("المدفوعات", "حل", "", 3, {"en": 3, "th": 1}), Cell("vpn", "How-to", "", 0, {}))
    lines = gap_lines(
        KnowledgeBase.open(base.root), Gaps([Gap("languages", 4, None, cell=one) for one in cells])
    )
    assert [one.name for one in lines] == [
        "\u2068المدفوعات\u2069 · \u2068حل\u2069: 3 of 3 not in en, 1 not in th",
        "no article: vpn · How-to",
    ]


def test_a_taxonomy_that_lists_nothing_asks_for_nothing(kcs: Run, make_base: Callable[..., Base]) -> None:
    base = make_base({}, config=KCS_TOML + "[taxonomy]\nproducts = []\n")
    for words in (("gaps",), ("report", "--output", "-")):
        told = kcs(*words, cwd=base.root)
        assert told.code == 0 and "not shown" in told.err


def test_the_taxonomy_is_compared_as_people_type(kcs: Run, make_base: Callable[..., Base]) -> None:
    config = KCS_TOML + '[taxonomy]\nproducts = ["rackspace-email"]\ntypes = ["how to"]\n'
    base = make_base(
        {"articles/a.md": "---\ntitle: A\ntype: How-to\nproduct: Rackspace Email\n---\nText\n"},
        config=config,
    )
    assert not gaps(kcs, base, "--taxonomy")["gaps"]
    page = kcs("report", "--output", "-", cwd=base.root).out
    assert "without an article" not in page and "rackspace-email, how to: 1" in page


# ---- all together, and what keeps costing


def test_all_of_it_with_the_tickets_given_last(kcs: Run, base: Base, tmp_path: Path) -> None:
    nothing = kcs("gaps", cwd=base.root)
    assert nothing.code == 0 and "no tickets were given yet" in nothing.err
    file = export(tmp_path, ROWS)
    gaps(kcs, base, "--tickets", file)
    found = gaps(kcs, base)
    assert found["tickets"]["judged"] == 8 and found["searches"]["counted"] == 0
    file.unlink()
    assert "can no longer be read" in kcs("gaps", cwd=base.root).err


def test_a_product_of_known_issues_is_typed_as_in_any_filter() -> None:
    issues = [
        Recurring(path, product, 1, 1, None, 1, 0, whole=True, won=None)
        for path, product in (("a.md", "Rackspace Email"), ("b.md", "Éclair"), ("c.md", ""))
    ]
    assert of_product(issues, "rackspace-email") == ([issues[0]], "")
    assert of_product(issues, "eclair") == ([issues[1]], "")
    assert of_product(issues, "zebra") == ([], "no known issue has product 'zebra'")


def test_known_issues_that_keep_costing(kcs: Run, base: Base, tmp_path: Path) -> None:
    rows = [(f"T-{n}", f"2026-{month:02}-05", "The VPN drops every hour", "The VPN drops every hour.", 10, "kb-vpn00001")
            for n, month in enumerate([6, 6, 7, 7, 8, 9, 10, 11])]  # fmt: skip
    told = kcs("gaps", "--recurring", "--tickets", export(tmp_path, rows), "--format", "json", cwd=base.root)
    (issue,) = check(told, "recurring")["issues"]
    assert (issue["id"], issue["tickets"], issue["linked"], issue["minutes"]) == ("kb-vpn00001", 8, 8, 80)
    assert (issue["last_3_months"], issue["3_months_before"], issue["minutes_won"]) == (3, 5, 20)
    other = kcs("gaps", "--recurring", "--product", "printer", cwd=base.root)
    assert other.code == 0 and not other.out and "0 known issues" in other.err
    assert "as last given" in other.err and "no known issue has product 'printer'" in other.err
    assert "did you mean" not in other.err
    typo = check(
        kcs("gaps", "--recurring", "--product", "vpm", "--format", "json", cwd=base.root), "recurring"
    )
    assert typo["issues"] == [] and "no known issue has product 'vpm'; did you mean 'vpn'?" in typo["notes"]
    text = kcs("gaps", "--recurring", cwd=base.root)
    assert text.out.split("\t")[5:8] == ["3", "5", "20"]
    assert "1 known issue, 1 of them rarer than before: 20 min less" in text.err


def test_articles_of_one_ticket_share_its_time_and_each_of_them_has_it(
    kcs: Run, base: Base, tmp_path: Path
) -> None:
    """And what tells no time counts with the mean of the
    export, as in a gap: together they cost what the tickets do.
    """
    both = "kb-vpn00001 kb-prn00001"
    rows = [(f"T-{n}", f"2026-08-{n:02}", "It drops", "It drops.", minutes, linked) for n, (minutes, linked) in enumerate(
        [(30, both), ("", both), (10, "kb-vpn00001"), ("", "kb-prn00001")], 1)]  # fmt: skip
    file = export(tmp_path, rows)
    assert kcs("link", "--import", file, cwd=base.root).code == 0
    for words in ((), ("--tickets", file)):  # from the ledger, and from the export
        told = kcs("gaps", "--recurring", *words, "--format", "json", cwd=base.root)
        issues = {one["id"]: (one["tickets"], one["linked"], one["minutes"]) for one in told.json["issues"]}
        assert issues == {"kb-vpn00001": (3, 3, 35.0), "kb-prn00001": (3, 3, 45.0)}


def test_a_month_that_has_only_begun_is_no_fall(kcs: Run, base: Base, tmp_path: Path) -> None:
    days = [date(2026, 3, 1) + timedelta(days=7 * week) for week in range(36)]
    assert days[-1] == date(2026, 11, 1)
    rows = [(f"T-{n}", f"{day}", "The VPN drops", "The VPN drops.", 10, "kb-vpn00001") for n, day in enumerate(days)]  # fmt: skip
    file = export(tmp_path, rows)
    told = kcs("gaps", "--recurring", "--tickets", file, "--format", "json", cwd=base.root)
    (issue,) = check(told, "recurring")["issues"]
    figures = ("last_3_months", "3_months_before", "before_is_whole", "minutes_won")
    assert [issue[name] for name in figures] == [13, 13, True, None]
    # What is older was left out: nobody knows whether it is more than before.
    words = ("gaps", "--recurring", "--tickets", file, "--since", "2026-07-20")
    (issue,) = check(kcs(*words, "--format", "json", cwd=base.root), "recurring")["issues"]
    assert [issue[name] for name in figures] == [13, 2, False, None]
    assert kcs(*words, cwd=base.root).out.split("\t")[5:8] == ["13", "", ""]


@pytest.mark.parametrize(("minutes", "won"), [(10, 20), ("", None)])
def test_a_fall_among_too_few_weeks_is_certain(
    kcs: Run, base: Base, tmp_path: Path, minutes: object, won: int | None
) -> None:
    """If tickets from before are missing, there were even more: with and without handling times."""
    days = ["2026-07-20", "2026-07-21", "2026-07-22", "2026-10-31"]
    rows = [(f"T-{n}", day, "The VPN drops", "The VPN drops.", minutes, "kb-vpn00001") for n, day in enumerate(days)]  # fmt: skip
    words = ("gaps", "--recurring", "--tickets", export(tmp_path, rows))
    (issue,) = check(kcs(*words, "--format", "json", cwd=base.root), "recurring")["issues"]
    figures = ("last_3_months", "3_months_before", "before_is_whole", "minutes_won")
    assert [issue[name] for name in figures] == [1, 3, False, won]
    assert kcs(*words, cwd=base.root).out.split("\t")[5:8] == ["1", "3", str(won or "")]
    eyes = {"KCS_FORCE_TERMINAL": "1", "COLUMNS": "200", "TERM": "xterm", "NO_COLOR": "1"}
    assert "1 (was 3)" in kcs(*words, cwd=base.root, env=eyes).out


def test_links_of_the_ledger_alone_say_what_recurs(
    kcs: Run, base: Base, kcs_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = KnowledgeBase.open(base.root).links.key("articles/printer.md")
    links = [
        new_event("link", NOW, article=key, ticket=f"T-{n}", outcome="solved", minutes=7.0) for n in range(2)
    ]
    later = NOW + timedelta(hours=1)
    # The newest word counts: one of them was first linked in part, another was taken back.
    again = new_event(
        "link", NOW - timedelta(hours=1), article=key, ticket="T-1", outcome="partly", minutes=7.0
    )
    solved = new_event("link", NOW, article=key, ticket="T-9", outcome="solved", minutes=7.0)
    wrong = new_event("link", later, article=key, ticket="T-9", outcome="wrong")
    ledger_of(base, kcs_env, tmp_path, monkeypatch, *links, again, solved, wrong)
    told = kcs("gaps", "--recurring", "--format", "json", cwd=base.root)
    (issue,) = check(told, "recurring")["issues"]
    assert (issue["path"], issue["tickets"], issue["minutes"]) == ("articles/printer.md", 2, 14)


def test_the_same_tickets_give_the_same_answer(kcs: Run, base: Base, tmp_path: Path) -> None:
    first = gaps(kcs, base, "--tickets", export(tmp_path, ROWS))
    base.write("articles/other-0.md", OTHERS["articles/other-0.md"] + "\n")
    second = gaps(kcs, base, "--tickets", export(tmp_path, ROWS))
    assert json.dumps(first["gaps"]) == json.dumps(second["gaps"])


def test_a_long_ticket_is_read_sentence_by_sentence(kcs: Run, base: Base, tmp_path: Path) -> None:
    story = (
        "We have been with you for many years and never had to complain about anything. My colleague likes the new office, "
        "and the coffee there is better than it was before we moved. "
    )
    asked = "The VPN drops every hour?"
    rows = [
        (name, "2026-06-01", "Hello", text, 5, "")
        for name, text in (("T-1", f"{story * 2}{asked} {story}"), ("T-2", story * 3))
    ]
    tickets = gaps(kcs, base, "--tickets", export(tmp_path, rows))["tickets"]
    assert (tickets["unlinked"] + tickets["new"], tickets["uncovered"]) == (1, 1)
