"""`kcs link --import`: the links that an export holds come into the ledger once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs.kb.ledger import Ledger
from tests.conftest import Base, Run
from tests.quick import in_process
from tests.test_json_schemas import check

ROWS = """\
id,closed_at,subject,handle_minutes,linked_articles
T-1,2026-05-01T10:00:00Z,a,12,kb-7f3q9xk2
T-2,2026-05-02T10:00:00Z,b,,"articles/vpn.md, kb-7f3q9xk2"
T-3,2026-05-02T10:00:00Z,c,,https://help.example.com/kb/gone
T-4,2026-05-02T10:00:00Z,d,,
"""


@pytest.fixture
def kcs(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return in_process(monkeypatch, {**kcs_env, "XDG_DATA_HOME": str(tmp_path / "data")}, tmp_path)


def test_each_link_comes_in_once(kcs: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(ROWS, "utf-8")
    first = check(kcs("link", "--import", file, "--format", "json", cwd=native.root), "links")
    assert (first["linked"], first["known"], first["unknown"]) == (2, 0, 1)
    assert first["missing"] == ["https://help.example.com/kb/gone"]
    events = sorted(Ledger(native.root).read(), key=lambda one: (one.ticket, one.article))
    assert [(one.kind, one.ticket, one.article, one.minutes, one.origin) for one in events] == [
        ("link", "T-1", "kb-7f3q9xk2", 12.0, "batch"),
        ("link", "T-2", "kb-7f3q9xk2", 0.0, "batch"),
        ("link", "T-2", "kb-vpn00001", 0.0, "batch"),
    ]
    assert str(events[0].at) == "2026-05-01 10:00:00+00:00"
    again = kcs("link", "--import", file, cwd=native.root)
    assert again.code == 0 and "linked 0 tickets, 2 were linked before" in again.out
    assert len(list(Ledger(native.root).read())) == 3


def test_articles_share_the_time_of_a_ticket_that_names_several(
    kcs: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(ROWS.replace("b,,", "b,30,"), "utf-8")
    assert kcs("link", "--import", file, cwd=native.root).code == 0
    told = kcs("gaps", "--recurring", "--as-of", "2026-06-01", "--format", "json", cwd=native.root)
    issues = check(told, "recurring")["issues"]
    assert {one["id"]: (one["tickets"], one["minutes"]) for one in issues} == {
        "kb-7f3q9xk2": (2, 27.0), "kb-vpn00001": (1, 15.0),
    }  # fmt: skip


def test_a_day_to_come_outranks_no_word_that_somebody_says_before_it(
    kcs: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(ROWS.replace("2026-05", "2399-05"), "utf-8")
    assert kcs("link", "--import", file, cwd=native.root).code == 0
    assert max(one.at for one in Ledger(native.root).read()) <= datetime.now(UTC)


def test_what_was_linked_by_hand_is_not_linked_again(kcs: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(ROWS, "utf-8")
    assert kcs("link", "kb-7f3q9xk2", "T-1", cwd=native.root).code == 0
    assert "linked 1 ticket, 1 was linked before" in kcs("link", "--import", file, cwd=native.root).out


def test_of_a_long_export_every_link_comes_in(kcs: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    rows = (f"T-{number},{'' if number % 2 else 'kb-vpn00001'}\n" for number in range(2_500))
    file.write_text("id,linked_articles\n" + "".join(rows), "utf-8")
    assert "linked 1,250 tickets, 0 were linked before" in kcs("link", "--import", file, cwd=native.root).out
    there = [one.ticket for one in Ledger(native.root).read()]
    assert sorted(there) == sorted(f"T-{number}" for number in range(0, 2_500, 2))
    assert "linked 0 tickets, 1,250 were" in kcs("link", "--import", file, cwd=native.root).out


def test_a_number_that_is_a_mail_address_never_reaches_the_ledger(
    kcs: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(
        "id,subject,linked_articles\nanna@acme.example,Hello,kb-7f3q9xk2\nT-5,Hello,kb-7f3q9xk2\n", "utf-8"
    )
    told = kcs("link", "--import", file, cwd=native.root)
    assert told.code == 0 and "1 ticket left out" in told.err
    assert [one.ticket for one in Ledger(native.root).read()] == ["T-5"]


def test_two_columns_are_enough_and_what_is_missing_is_said(kcs: Run, native: Base, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    address = "https://help.acme.example/articles/vpn"
    file.write_text(f"nr,kb\nT-1,KB-7F3Q9XK2\nT-2,{address}\n,kb-7f3q9xk2\nT 4,kb-7f3q9xk2\nT-5,\n", "utf-8")
    lost = kcs("link", "--import", file, cwd=native.root)
    assert lost.code == 2 and "no column known to name its articles" in lost.err
    assert "--map linked_articles=COLUMN" in lost.err
    words = ("--map", "linked_articles=kb", "--map", "id=nr")
    told = kcs("link", "--import", file, *words, cwd=native.root)
    assert "linked 2 tickets, 0 were linked before" in told.out and "2 tickets left out" in told.err
    linked = {(one.ticket, one.article) for one in Ledger(native.root).read()}
    assert linked == {("T-1", "kb-7f3q9xk2"), ("T-2", "kb-vpn00001")}
    assert "5 of 5 tickets read" in told.err
    file.write_text('{"id": "T-7", "subject": "a"}\n{"id": "T-8", "subject": "b"}\n', "utf-8")
    assert "no ticket names an article" in kcs("link", "--import", file, cwd=native.root).err


def test_an_article_that_the_base_lacks_is_said_of_a_ticket_that_has_others(
    kcs: Run, native: Base, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    rows = 'T-1,"kb-7f3q9xk2, kb-gone0001"\nT-2,kb-gone0002\nanna@acme.example,kb-7f3q9xk2\n'
    file.write_text("id,linked_articles\n" + rows, "utf-8")
    told = check(kcs("link", "--import", file, "--format", "json", cwd=native.root), "links")
    figures = ("linked", "unknown", "partly", "left_out", "missing")
    assert [told[name] for name in figures] == [1, 1, 1, 1, ["kb-gone0001", "kb-gone0002"]]
    text = kcs("link", "--import", file, cwd=native.root).err
    assert "2 tickets name articles that the base does not hold: kb-gone0001, kb-gone0002" in text
    file.write_text(f"id,linked_articles\nT-3,{'x' * 5000}\n", "utf-8")
    assert f"hold: {'x' * 79}…\n" in kcs("link", "--import", file, cwd=native.root).err


@pytest.mark.parametrize(
    "words", [(), ("kb-7f3q9xk2",), ("kb-7f3q9xk2", "T-1", "--import", "x.csv"), ("--import", "missing.csv")]
)
def test_what_cannot_be_meant(kcs: Run, native: Base, words: tuple[str, ...]) -> None:
    told = kcs("link", *words, cwd=native.root)
    assert told.code == 2 and told.err.strip()
