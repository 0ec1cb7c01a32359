"""What one does with a hit: show it, copy it, link it, flag it, by its number; and what the ledger keeps of that."""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger_lines import new_event, to_line
from kcs.privacy import find
from kcs.render.search import _match
from kcs.search.answer import Hit
from kcs.search.borders import cells
from kcs.search.recording import _is_only_words
from tests.conftest import KCS_TOML, KP, Base, Run, Terminal, unprivileged
from tests.search.conftest import ARTICLES, article

pytestmark = pytest.mark.forked


def events(base: Base) -> list[dict[str, Any]]:
    """The lines of the ledger, in order."""
    folder = Path(base.env["HOME"]) / ".local" / "share" / "kcs" / "ledger"
    return [
        json.loads(line) for file in sorted(folder.rglob("*.jsonl")) for line in file.read_text().splitlines()
    ]


def test_after_a_search_that_found_nothing_a_number_names_nothing(ask: Run) -> None:
    assert ask("search", "outlook").code == 0
    assert "password" in ask("show", "1").out
    assert not ask("search", "xyzzyxq").out
    told = ask("show", "1")
    assert told.code == 2 and not told.out and told.err


def test_who_opens_an_article_without_a_search_is_noted(ask: Run, base: Base) -> None:
    assert ask("show", "kb-7f3q9xk2", env={"KCS_ORIGIN": "person"}).code == 0
    (opened,) = events(base)
    assert (opened["kind"], opened["actor"]) == ("open", "human:jd") and not opened.get("after")


def test_a_number_is_a_hit_for_every_command(ask: Run, base: Base) -> None:
    assert ask("search", "outlook mailbox phone", "-n", "3").code == 0
    second = ask("search", "outlook mailbox phone", "-n", "3", "--format", "ids").out.split()[1]
    assert second in ask("show", "2").out
    assert ask("path", "2").out.strip().endswith(".md")
    assert ask("log", "2").code == 0
    flagged = ask("flag", "2", "--reason", "unclear", "-m", "which menu?")
    assert flagged.code == 0 and second in flagged.out
    assert ask("flag", "2", "--resolve", "1").code == 0, "the first number is the hit, the second the flag"
    verified = ask("verify", "2", "--yes", "--validate")
    assert second in verified.out + verified.err
    told = ask("show", "9")
    assert told.code == 2 and "hits, and no hit 9" in told.err


def test_the_numbers_are_those_that_were_shown(ask: Run) -> None:
    ask("search", "refund")
    before = ask("search", "outlook password", "--format", "json").json
    assert ask("show", "1", "--format", "json").json["id"] == before["hits"][0]["id"]
    ask("search", "--queries", "-", "--format", "jsonl", stdin="refund\n")
    assert ask("show", "1", "--format", "json").json["id"] == before["hits"][0]["id"], (
        "--queries is not a terminal's search"
    )


@pytest.mark.skipif(os.name != "posix", reason="limits and permissions of POSIX")
@pytest.mark.parametrize("why", ["full disk", "read-only folder"])
def test_a_number_is_never_a_hit_of_an_earlier_search(base: Base, tmp_path: Path, why: str) -> None:
    def kcs(*words: str, before: str = "exec") -> subprocess.CompletedProcess[str]:
        env = {**base.env, "KCS_SESSION": str(tmp_path), "KCS_FORCE_TERMINAL": "1"}
        command = f"{before} {shlex.join([sys.executable, '-m', 'kcs', *words])}"
        return subprocess.run(
            ["sh", "-c", command], cwd=base.root, env=env, capture_output=True, text=True, check=False
        )

    assert kcs("search", "refund").returncode == 0 and "Give the money back" in kcs("show", "1").stdout
    folder = next(Path(base.env["XDG_CACHE_HOME"]).glob("kcs/*/recent-*")).parent
    if why == "read-only folder":
        folder.chmod(0o500)
    before = "ulimit -f 0; exec" if why == "full disk" else shlex.join(["exec", *unprivileged()])
    unkept = kcs("search", "outlook", "password", before=before)
    folder.chmod(0o700)
    assert unkept.returncode == 0 and "these hits have no numbers" in unkept.stderr
    told = kcs("show", "1")
    assert told.returncode == 2 and "there was none" in told.stderr


def test_copying_gives_plain_text_without_what_is_internal(ask: Run) -> None:
    ask("search", "outlook", "password", "loop")
    told = ask("show", "1", "--copy")
    assert told.out.startswith(
        "Outlook keeps asking for the password\n\nIssue\n\nOutlook asks for the password every"
    )
    assert "zebra" not in told.out and "<!--" not in told.out and "**" not in told.out
    assert "Set --no-cache in my.cnf." in told.out
    told = ask("show", "1", "--copy", "--section", "resolution")
    assert told.out == "Open the Credential Manager and remove the entry. Set --no-cache in my.cnf.\n"
    told = ask("show", "1", "--copy", "--section", "Causes")
    assert told.code == 2 and "it has: Issue, Environment, Resolution" in told.err


def test_a_title_that_is_also_the_first_heading_is_copied_once(ask: Run, base: Base) -> None:
    def copied(body: str) -> str:
        base.write("articles/twice.md", article("Reset a *password*", body, id="kb-twice001"))
        return ask("show", "kb-twice001", "--copy").out

    once = "Reset a *password*\n\nOpen the page.\n"
    for heading in (
        "# Reset a \\*password\\*",
        "Reset a \\*Password\\*\n===",
        "<!-- note -->\n\n## Reset a \\*password\\*",
    ):
        assert copied(f"{heading}\n\nOpen the page.").casefold() == once.casefold()
    assert copied("# Steps\n\nOpen the page.") == once.replace("\n\n", "\n\nSteps\n\n")
    assert copied("See:\n\n# Reset a \\*password\\*").count("Reset") == 2
    assert copied("> # Reset a \\*password\\*\n\nx").count("Reset") == 2, "a heading that is quoted"


def test_a_section_by_its_name_in_any_language(ask: Run) -> None:
    for name in ("resolution", "วิธีแก้ไข", "Cách khắc phục"):
        assert "quên mật khẩu" in ask("show", "kb-viet0001", "--copy", "--section", name).out


def test_what_is_not_for_outside_is_not_copied(ask: Run) -> None:
    told = ask("show", "kb-team0001", "--copy")
    assert told.code == 1 and not told.out and "is for internal, not for external" in told.err
    assert "extension 12" in ask("show", "kb-team0001", "--copy", "--internal").out
    assert "zebra" not in ask("show", "kb-7f3q9xk2", "--copy", "--internal").out, "internal blocks never"
    for words in (["--section", "x"], ["--internal"], ["--copy", "--raw"], ["--copy", "--format", "json"]):
        assert ask("show", "kb-team0001", *words).code == 2


def test_a_copied_section_keeps_the_addresses_of_its_links(base: Base, ask: Run) -> None:
    base.write(
        "articles/two.md",
        "---\nid: kb-two00001\ntitle: Two\naudience: external\n---\n## Resolution\n\nSee [the page][p] and [q].\n\n## More\n\nx\n\n"
        "[p]: https://help.acme.example/p\n[q]:\n  https://help.acme.example/q\n",
    )
    told = ask("show", "kb-two00001", "--copy", "--section", "resolution")
    assert told.out == "See the page (https://help.acme.example/p) and q (https://help.acme.example/q).\n"


def test_copying_an_article_that_is_internal_from_end_to_end(base: Base, ask: Run) -> None:
    base.write("articles/all.md", article("", "<!-- internal -->\n# Secret\nsecret", id="kb-a1100000"))
    told = ask("show", "kb-a1100000", "--copy")
    assert told.code == 2 and "secret" not in told.out + told.err.lower().replace("kb-a1100000", "")


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_the_clipboard_of_a_terminal(base: Base, terminal: Terminal, tmp_path: Path) -> None:
    remote = {"TERM": "xterm", "SSH_CONNECTION": "x", "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}
    told = terminal("show", "kb-refund01", "--copy", cwd=base.root, env=remote).out
    sent = told.partition("\x1b]52;c;")[2].partition("\x07")[0]
    assert base64.b64decode(sent).decode().startswith("Give the money back\n\nResolution\n")
    assert "copied kb-refund01: 5 lines, by the terminal" in told
    program = tmp_path / "bin" / "wl-copy"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/clipboard\n")
    program.chmod(0o755)
    desktop = {
        "TERM": "xterm",
        "WAYLAND_DISPLAY": "w",
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "SSH_CONNECTION": "",
    }
    told = terminal("show", "kb-thai0001", "--copy", cwd=base.root, env=desktop).out
    assert "by wl-copy" in told and "\x1b]52" not in told
    assert "ลืมรหัสผ่าน" in (tmp_path / "clipboard").read_text("utf-8")
    bare = {"TERM": "dumb", "SSH_CONNECTION": "x"}
    without = terminal("show", "kb-refund01", "--copy", cwd=base.root, env=bare)
    assert without.code == 2 and "there is no clipboard here" in without.out
    assert "kcs show kb-refund01 --copy | cat" in without.out
    part = ("--section", "resolution", "--internal")
    without = terminal("show", "kb-refund01", "--copy", *part, cwd=base.root, env=bare)
    assert f"kcs show kb-refund01 --copy {' '.join(part)} | cat" in without.out


def test_the_hints_of_copying_name_one_article_where_an_id_stands_twice(
    base: Base, ask: Run, terminal: Terminal
) -> None:
    for name in ("one of two", "two"):
        base.write(f"articles/{name}.md", article("Twice", "<!-- internal -->\nx", id="kb-twice001"))
    told = ask("show", "articles/one of two.md", "--copy", "--section", "Twice")
    assert "has no section" in told.err
    path = "articles/one of two.md"
    bare = {"TERM": "dumb", "SSH_CONNECTION": "x"}
    assert f"kcs show '{path}' --copy | cat" in terminal("show", path, "--copy", cwd=base.root, env=bare).out
    untitled = base.read(path).replace("title: Twice\n", "")
    base.write(path, untitled)
    assert f"kcs show '{path}'" in ask("show", path, "--copy").err


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
def test_the_clipboard_inside_tmux(base: Base, terminal: Terminal, tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "t"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    inside = {"TERM": "screen", "SSH_CONNECTION": "x", "TMUX": f"{tmp_path}/t,1,0"}
    try:
        told = terminal("show", "kb-thai0001", "--copy", cwd=base.root, env=inside).out
        kept = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True).stdout.decode()
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)
    assert "ลืมรหัสผ่าน" in kept and "by tmux, and the terminal" in told
    told = terminal("show", "kb-refund01", "--copy", cwd=base.root, env=inside).out
    assert "\x1bPtmux;\x1b\x1b]52;c;" in told, "a tmux that does not answer, or knows no -w"


def test_an_article_is_no_ticket(ask: Run, base: Base) -> None:
    for words, hint in (
        (("ZD-1", "kb-7f3q9xk2"), "kcs link kb-7f3q9xk2 ZD-1"),
        (("kb-thai0001", "kb-7f3q9xk2"), "kcs link kb-7f3q9xk2 TICKET"),
        (("kb-thai0001", "articles/email/outlook.md"), "kcs link articles/email/outlook.md TICKET"),
    ):
        told = ask("link", *words)
        assert (
            told.code == 2
            and told.err == f"kcs: {words[1]} is an article, and the ticket comes last\n     {hint}\n"
        )
    assert not [one for one in events(base) if one["kind"] == "link"]


def test_a_link_names_the_search_that_found_its_article(ask: Run, base: Base) -> None:
    """So that `kcs gaps` does not count that search as one whose hit nobody wanted."""
    ask("search", "outlook", "password")
    ask("link", "1", "ZD-1")
    ask("link", "kb-refund01", "ZD-2")
    asked, found, other = events(base)
    assert found["after"] == asked["id"] and "after" not in other


def test_words_of_a_title_need_no_quotes_before_a_ticket(ask: Run, base: Base) -> None:
    told = ask("link", "outlook", "keeps", "asking", "ZD-9912")
    assert told.out == "linked kb-7f3q9xk2 to ZD-9912\n"
    for words in (("outlook", "keeps"), ("outlook", "keeps", "asking")):
        told = ask("link", *words)
        assert told.code == 2 and "the ticket comes last" in told.err
        assert told.err.endswith(f"kcs link '{' '.join(words)}' ZD-9912\n"), "the ticket was forgotten"
    assert ask("link", "kb-7f3q9xk2", "kb-refund01", "ZD-1").code == 2
    begun = ask("link", "kb-7f3q", "QWERTY")
    assert begun.out == "linked kb-7f3q9xk2 to QWERTY\n", (
        "an id may be cut off, and not every ticket has digits"
    )
    assert len([one for one in events(base) if one["kind"] == "link"]) == 2


def test_links_go_into_the_ledger_with_their_outcome(ask: Run, base: Base) -> None:
    ask("search", "outlook", "password", "--no-log")
    told = ask("link", "1", "ZD-9912", "--outcome", "solved")
    assert told.out == "linked kb-7f3q9xk2 to ZD-9912 (solved)\n"
    assert ask("link", "kb-refund01", "ZD-1").code == 0
    told = ask("link", "kb-refund01", "ticket:ZD-2", "--outcome", "wrong", "--format", "json").json
    assert (told["ticket"], told["outcome"], told["id"]) == ("ZD-2", "wrong", "kb-refund01")
    kept = [(one["article"], one["ticket"], one.get("outcome", "")) for one in events(base)]
    assert kept == [
        ("kb-7f3q9xk2", "ZD-9912", "solved"),
        ("kb-refund01", "ZD-1", ""),
        ("kb-refund01", "ZD-2", "wrong"),
    ]
    assert {one["actor"] for one in events(base)} == {"human:jd"}
    for bad in ("", "a b", "joe.bloggs@customer.example.com"):
        assert ask("link", "1", bad).code == 2
    assert ask("link", "1", "ZD-1", "--outcome", "splendid").code == 2
    assert ask("link", "1", "ZD-1", "--map", "ticket=Id").code == 2, "that is for --import"
    assert len(events(base)) == 3


def test_a_link_that_was_a_mistake_is_taken_back(ask: Run, base: Base) -> None:
    ask("search", "refund")
    ask("link", "1", "ZD-9912")
    ask("link", "1", "ZD-9921", "--outcome", "solved")
    told = ask("link", "1", "ZD-9912", "--undo")
    assert told.code == 0 and told.out == "kb-refund01 is no longer linked to ZD-9912\n"
    reuse = {one["name"]: one["value"] for one in ask("metrics", "--format", "json").json["metrics"]}["reuse"]
    assert reuse == 1, "the other link still counts"
    again = ask("link", "1", "ZD-9912", "--undo")
    assert (
        again.code == 2
        and "kb-refund01 is not linked to ZD-9912" in again.err
        and "it is to ZD-9921" in again.err
    )
    assert "it is to ZD-9921\n" in ask("link", "1", "ZD-1", "--undo").err, "no more to what was taken back"
    assert ask("link", "1", "ZD-9912", "--undo", "--outcome", "wrong").code == 2
    assert ask("link", "1", "ZD-9921", "--undo", "--format", "json").json["outcome"] == "undone"
    (file,) = (Path(base.env["HOME"]) / ".local/share/kcs/ledger").rglob("*.jsonl")
    later = datetime.now(UTC) + timedelta(seconds=9)
    file.write_bytes(
        file.read_bytes() + to_line(new_event("link", later, article="kb-refund01", ticket="ZD-9921"))
    )
    assert ask("link", "1", "ZD-9921", "--undo").code == 0, "linked once more, and taken back once more"
    assert ask("link", "1", "ZD-9921").code == 0
    assert [one.get("outcome", "") for one in sorted(events(base), key=itemgetter("at"))][-3:] == [
        "",
        "undone",
        "",
    ], "the newest word counts, also in the second of the one before"


def test_what_is_noted_of_a_search(ask: Run, base: Base) -> None:
    ask("search", "outlook", "password", "loop")
    ask("search", "my card 4111 1111 1111 1111 and joe@customer.com", "tag:imap")
    ask("search", "tag:imap")  # asks nothing
    ask("search", "outlook", "--no-log")
    ask("search", "outlook", env={"CI": "true"})
    ask("search", "--queries", "-", "--format", "jsonl", stdin="outlook\n")
    first, second = events(base)
    assert first["query"] == "outlook password loop" and first["answered"] and first["top"] == "kb-7f3q9xk2"
    assert first["actor"] == "human:jd" and first["origin"] == "batch" and 0 < first["match"] <= 1
    assert second["query"] == "my card [card] and [email] tag:imap"
    ask("search", "outlook", env={"KCS_ORIGIN": "agent"}, who=KP)
    third = events(base)[-1]
    assert (third["origin"], third["actor"]) == ("agent", "human:kp")


def test_an_opened_hit_knows_its_search(ask: Run, base: Base) -> None:
    agent = {"KCS_ORIGIN": "agent"}
    ask("search", "outlook", "password", env=agent)
    ask("show", "1", env=agent)
    ask("show", "kb-refund01", env=agent)
    ask("show", "kb-refund01")  # a script's
    search, hit, other = events(base)
    assert (hit["kind"], hit["article"], hit["after"]) == ("open", "kb-7f3q9xk2", search["id"])
    assert (other["article"], other.get("after")) == ("kb-refund01", None)
    ask("queue", env=agent)  # now numbers are its lines, and what the search found is what it found
    ask("show", "kb-7f3q9xk2", env=agent)
    assert events(base)[-1]["after"] == search["id"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_ledger_that_cannot_be_written_keeps_nobody_from_searching(ask: Run, base: Base) -> None:
    folder = Path(base.env["HOME"]) / ".local"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert ask("search", "outlook", "password").code == 0
    assert ask("link", "1", "ZD-1").code == 2


def test_a_ledger_in_the_way_keeps_nobody_from_searching(ask: Run, base: Base) -> None:
    (Path(base.env["HOME"]) / ".local").write_text("a file")
    told = ask("search", "outlook", "password")
    assert told.code == 0 and "kb-7f3q9xk2" in told.out and not told.err
    told = ask("link", "1", "ZD-1")
    assert told.code == 2 and "the ledger cannot be written" in told.err


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_picking_with_the_arrow_keys(base: Base, kcs_env: dict[str, str]) -> None:
    def shown(keys: bytes) -> tuple[int, str]:
        return typed(base, kcs_env, ["search", "outlook mailbox phone", "-i"], b"q leaves", keys)

    code, first = shown(b"\r")
    assert code == 0
    _, second = shown(b"\x1b[B\r")
    assert first.rpartition("\x1b[J")[2] != second.rpartition("\x1b[J")[2]
    assert "not trusted" in first.rpartition("\x1b[J")[2]
    code, left = shown(b"q")
    assert code == 0, left
    assert "not trusted" not in left.rpartition("\x1b[J")[2]
    assert shown(b"\x03")[0] == 130
    _, shifted = shown(b"\x1b[1;2B\r")  # no arrow alone, and no digit
    assert shifted.rpartition("\x1b[J")[2] == first.rpartition("\x1b[J")[2]
    opened = [one for one in events(base) if one["kind"] == "open"]
    searches = [one["id"] for one in events(base) if one["kind"] == "search"]
    assert [one["after"] for one in opened] == [searches[0], searches[1], searches[4]]


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_who_leaves_the_list_has_its_numbers_and_is_told_what_to_do(
    base: Base, kcs_env: dict[str, str]
) -> None:
    code, told = typed(base, kcs_env, ["search", "outlook zzyzx qwop", "-i"], b"q leaves", b"q")
    assert code == 0 and "capture the question: kcs new" in told.rpartition("\x1b[J")[2]
    assert typed(base, kcs_env, ["search", "outlook", "-i"], b"q leaves", b"\x03")[0] == 130
    assert [one["query"] for one in events(base) if one["kind"] == "search"][-1] == "outlook"


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_low_terminal_shows_what_is_chosen(base: Base, kcs_env: dict[str, str]) -> None:
    for number in range(30):
        body = "## Issue\n\nThe mailbox asks for the password, over and over again, whatever one does."
        base.write(
            f"articles/many/{number:02}.md", article(f"Mailbox password {'ยาว ' * number}{number}", body)
        )
    rows, columns = 10, 40
    for keys in (b"\x1b[A", b"jjj", b"\x1b[A" * 12):
        _, told = typed(
            base,
            kcs_env,
            ["search", "mailbox password", "-i", "-n", "30"],
            b"Enter shows",
            keys + b"q",
            (rows, columns),
        )
        frames = re.sub(r"\x1b\[[0-9;]*m", "", told).split("\x1b[J")
        drawn = [one.splitlines()[:-1] for one in frames[:-1]]
        assert len(drawn) > 1
        for lines in (one for one in drawn if one):
            assert sum(max(1, -(-cells(line) // columns)) for line in lines) < rows, lines
            assert any("not trusted" in line for line in lines), lines


def typed(
    base: Base,
    env: dict[str, str],
    words: list[str],
    when: bytes,
    keys: bytes,
    size: tuple[int, int] = (24, 80),
) -> tuple[int, str]:
    """Runs a command on a real terminal of so many rows and columns and types `keys` once it has shown `when`."""
    import fcntl
    import pty
    import select
    import signal
    import struct
    import subprocess
    import sys
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "kcs", *words],
        cwd=base.root, env={**env, "TERM": "xterm"}, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
        if keys and when in seen:
            if keys == b"\x03":  # this terminal controls no process, so that it sends no signal
                process.send_signal(signal.SIGINT)
            os.write(ours, keys)
            keys = b""
    os.close(ours)
    try:
        return process.wait(timeout=30), seen.decode("utf-8", "replace")
    finally:
        process.kill()


def test_pick_needs_a_terminal(ask: Run) -> None:
    told = ask("search", "password", "-i")
    assert told.code == 2 and "needs a terminal" in told.err
    told = ask("search", "password", "-i", "--explain")
    assert told.code == 2 and "give one of the two" in told.err


@pytest.fixture
def plain(make_base: Callable[..., Base]) -> Base:
    return make_base(ARTICLES, name="plain", config=KCS_TOML)


def test_an_area_of_responsibility_is_compared_with_others_alone(plain: Base, run: Run) -> None:
    words = ("new", "area-of-responsibility", "Outlook password")
    made = run(*words, cwd=plain.root)
    assert made.code == 0, made.err
    assert not (Path(plain.env["HOME"]) / ".local").exists(), "a subject is no question"
    again = run(*words, cwd=plain.root)
    assert again.code == 1 and "Outlook password" in again.err and "kb-7f3q9xk2" not in again.err


def test_a_new_article_is_not_written_where_there_may_be_one(
    plain: Base, run: Run, terminal: Terminal
) -> None:
    title = "Outlook keeps asking for a password"
    told = run("new", title, cwd=plain.root)
    assert (
        told.code == 1 and not told.out and "kb-7f3q9xk2  Outlook keeps asking for the password" in told.err
    )
    assert plain.git("status", "--short") == ""
    dry = run("new", title, "--dry-run", cwd=plain.root)
    assert dry.code == 0 and "there may be an article on this already: kb-7f3q9xk2" in dry.err
    assert [one["origin"] for one in events(plain)] == ["batch", "batch"]

    reused = terminal("new", title, "--ticket", "ZD-9912", answers=["1"], cwd=plain.root)
    assert "once it has helped: kcs link kb-7f3q9xk2 ZD-9912\n" in reused.out, "it was told which ticket"
    reused = terminal("new", title, answers=["1"], cwd=plain.root)
    assert reused.code == 0 and "kcs link kb-7f3q9xk2 TICKET" in reused.out
    improved = terminal("new", title, answers=["i1"], cwd=plain.root, env={"EDITOR": "true"})
    assert improved.code == 0 and "outlook.md" in improved.out
    mend = {"VISUAL": "sed -i s/password/passphrase/"}
    ticket = ("--ticket", "ZD-9912")
    improved = terminal("new", title, *ticket, "--commit", answers=["i1"], cwd=plain.root, env=mend)
    assert "kcs: once it has helped: kcs link kb-7f3q9xk2 ZD-9912\n" in improved.out
    assert improved.code == 0 and plain.git("log", "-1", "--format=%s").startswith("Edit: ")
    plain.git("reset", "--quiet", "--hard", "HEAD~1")
    left = terminal("new", title, answers=["q"], cwd=plain.root)
    assert left.code == 1 and "nothing was written" in left.out
    assert plain.git("status", "--short") == ""
    assert {one["origin"] for one in events(plain) if one["kind"] == "search"} == {"batch", "new"}
    made = terminal("new", title, answers=["c"], cwd=plain.root)
    assert made.code == 0 and plain.git("status", "--short").count("??") == 1


def test_force_looks_for_nothing_and_what_is_new_is_written(plain: Base, run: Run) -> None:
    assert run("new", "Outlook keeps asking for the password", "--force", cwd=plain.root).code == 0
    shown = run("search", "outlook", "--format", "ids", cwd=plain.root).out.split()
    assert run("new", "Quokka enclosure humidity regulator", cwd=plain.root).code == 0
    assert shown[0] in run("show", "1", cwd=plain.root).out, "what is on the screen keeps its numbers"
    assert (
        run("new", "--translation-of", "kb-refund01", "--language", "th", "คืนเงิน", cwd=plain.root).code == 0
    )


def test_a_search_that_fails_keeps_nobody_from_writing(plain: Base, run: Run) -> None:
    plain.write("kcs.toml", KCS_TOML)
    told = run("new", "Outlook keeps asking", cwd=plain.root, env={"KCS_ENGINE": "no-such-engine"})
    assert told.code == 0 and "near-duplicates were not looked for" in told.err


_TOLD = st.sampled_from(
    ["password", "my", "is", "was", "hunter", "HunterTwo", "pin", "รหัสผ่าน", "คือ", "là", "mật khẩu", "هي", "كلمة المرور",
     "a" * 40, "QwErTyUiOpAsDfGhJkLzXcVbNmQwErTyUiOp", "otp", "joe", "at", "gmail", "dot", "com", "secret", "token", "ñandú"]
)  # fmt: skip


@given(st.lists(_TOLD | st.text(max_size=12), max_size=8).map(" ".join))
def test_what_is_kept_without_a_closer_look_holds_nothing_personal(text: str) -> None:
    if _is_only_words(text):
        assert not find(text)


def test_most_queries_need_no_closer_look() -> None:
    assert _is_only_words("outlook password loop") and _is_only_words("đặt lại mật khẩu")
    assert not _is_only_words("my password is hunter") and not _is_only_words("call 0812345678")


def test_a_weak_match_is_never_shown_as_the_floor(native: Base) -> None:
    (article, *_) = KnowledgeBase.open(native.root).articles
    verdict = KnowledgeBase.open(native.root).verdicts[article.path]
    shown = [
        _match(Hit(article, verdict, 1.0, match, match < 0.5))
        for match in (0.4996, 0.29, 0.4, 0.5, 0.7049, 1.0)
    ]
    assert shown == ["0.49", "0.29", "0.40", "0.50", "0.70", "1.00"]
