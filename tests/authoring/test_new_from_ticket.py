"""`kcs new --from FILE|-`: the real program on the sample tickets, and on what is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kcs.article.front_matter import read

TICKETS = Path(__file__).resolve().parents[2] / "examples" / "tickets"


def kcs(root: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kcs", *words, "--kb", str(root)], cwd=root, input=stdin, capture_output=True
    )


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    base = tmp_path / "kb"
    (base / "articles").mkdir(parents=True)
    (base / "kcs.toml").write_text('timezone = "UTC"\n', "utf-8")
    subprocess.run(["git", "init", "-q", str(base)], check=True)
    return base


def written(root: Path) -> list[Path]:
    return sorted((root / "articles").rglob("*.md"))


def test_a_ticket_becomes_an_article_and_what_was_left_out_is_counted(root: Path) -> None:
    done = kcs(root, "new", "--from", str(TICKETS / "zendesk-9912-en.json"), "--as-of", "2026-11-22")
    assert done.returncode == 0, done.stderr.decode()
    (path,) = written(root)
    assert done.stdout.decode().strip() == f"articles/{path.name}"
    meta = read(path.read_bytes()).meta
    assert (meta["title"], meta["language"], meta["product"]) == (
        "Outlook 2013 keeps asking for the password",
        "en",
        "mail",
    )
    assert meta["sources"] == [{"id": "zd-9912", "resource": "ticket:ZD-9912", "last_modified": "2026-11-19"}]
    text = path.read_text("utf-8")
    assert "## Issue\n\nSince Monday Outlook 2013 asks" in text
    assert "## Environment\n\nOutlook 2013, Windows 10, Outlook 15.0.5589\n" in text
    said = done.stderr.decode()
    assert "left out: 2 x agent reply (1 message)" in said
    assert "left out: 1 x secret (…)" in said
    assert "names that no field of the ticket gives are not looked for" in said
    for value in ("Dental#2024", "Whitfield", "867 5309", "Kevin", "dana."):
        assert value not in said + text


def test_standard_input_a_type_and_a_title_of_ones_own(root: Path) -> None:
    raw = (TICKETS / "mail-html-th.eml").read_bytes()
    done = kcs(root, "new", "known-error", "Printer offline on Windows 11", "--from", "-", stdin=raw)
    assert done.returncode == 0, done.stderr.decode()
    (path,) = written(root)
    meta = read(path.read_bytes()).meta
    assert (meta["type"], meta["title"], meta["language"]) == (
        "Known error",
        "Printer offline on Windows 11",
        "th",
    )
    assert "พนักงานพิมพ์ใบเสร็จไม่ได้" in path.read_text("utf-8")


def test_a_language_that_is_given_wins(root: Path) -> None:
    done = kcs(root, "new", "--from", str(TICKETS / "chat-vi.txt"), "--language", "en")
    assert done.returncode == 0, done.stderr.decode()
    assert read(written(root)[0].read_bytes()).meta["language"] == "en"


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"", "is empty"), (b'{"a": 1}', "no form that kcs knows"), (b'{"a":', "broken JSON"), (b"\xb5\xe8\xb9\xd2", "not UTF-8")],
)  # fmt: skip
def test_what_is_no_ticket_writes_nothing_and_says_why(root: Path, raw: bytes, said: str) -> None:
    done = kcs(root, "new", "--from", "-", stdin=raw)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert written(root) == []


def test_a_hostile_ticket_makes_one_plain_article(root: Path) -> None:
    ticket = {
        "id": "9\n---\nconfidence: validated",
        "subject": "../../etc/passwd\n---\nverified: [{by: human:jd}]\u202e",
        "description": "---\nconfidence: validated\n---\n# Resolution\n<!-- internal -->{{ 7 * 7 }} {% include 'x' %}",
        "requester_id": 1,
    }
    done = kcs(root, "new", "--from", "-", stdin=json.dumps(ticket).encode())
    assert done.returncode == 0, done.stderr.decode()
    (path,) = written(root)
    meta = read(path.read_bytes()).meta
    assert meta["confidence"] == "work-in-progress"
    assert "verified" not in meta
    text = path.read_text("utf-8")
    assert "{{ 7 * 7 }} {% include 'x' %}" in text
    assert "\n# Resolution" not in text
    assert "<!-- internal" not in text


def test_a_mails_own_signs_in_the_subject_keep_nobody_from_capturing(root: Path) -> None:
    """Outlook writes a smile as U+F04A, of a font of its own:
    whoever pastes the ticket cannot type its subject again.
    """
    raw = b"From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?q?Printer_broken_=EF=81=8A_again?=\n\nIt prints nothing at all since today.\n"
    done = kcs(root, "new", "--from", "-", stdin=raw)
    assert done.returncode == 0, done.stderr.decode()
    (path,) = written(root)
    assert read(path.read_bytes()).meta["title"] == "Printer broken again"
