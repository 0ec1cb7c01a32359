"""kcs queue --review on a real terminal: what is typed, what is shown, what lies in the repository afterwards."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import JD, KP, Base, Run, identity

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal needs POSIX", allow_module_level=True)

import pty
import termios

CONFIG = (
    '[articles]\ninclude = ["articles/**/*.md"]\n[defaults]\nverify_every = "90d"\naudience = "external"\n'
)
PROMPT = "\n> "
_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """The program on a terminal of its own: type, and wait for what it says."""

    def __init__(self, args: list[str], cwd: Path, env: Mapping[str, str]) -> None:
        self.master, slave = pty.openpty()
        quiet = termios.tcgetattr(slave)
        quiet[3] &= ~termios.ECHO
        termios.tcsetattr(slave, termios.TCSANOW, quiet)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kcs", *args],
            cwd=cwd,
            env=env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=_own_terminal,
        )
        os.close(slave)
        self.text = ""

    def until(self, sign: str, seconds: float = 30) -> str:
        """What it said up to and including `sign`; what came before is forgotten."""
        end = time.monotonic() + seconds
        while sign not in self.text:
            assert time.monotonic() < end, f"no {sign!r} in:\n{self.text}"
            if not self._read(0.2) and self.process.poll() is not None and not self._read(0.2):
                raise AssertionError(f"ended with {self.process.returncode} before {sign!r}:\n{self.text}")
        place = self.text.index(sign) + len(sign)
        said, self.text = self.text[:place], self.text[place:]
        return said

    def type(self, line: str) -> None:
        os.write(self.master, f"{line}\n".encode())

    def press(self, key: bytes) -> None:
        os.write(self.master, key)

    def ended(self) -> tuple[int, str]:
        """The exit code and what it said last."""
        end = time.monotonic() + 30
        while self.process.poll() is None:
            assert time.monotonic() < end, self.text
            self._read(0.2)
        while self._read(0.1):
            pass
        return self.process.returncode, self.text

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self.master)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            raw = os.read(self.master, 65536)
        except OSError:  # Linux: the other end is gone
            return False
        self.text += _CODES.sub("", raw.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(raw)


def _own_terminal() -> None:
    # So that Ctrl-C on it becomes a signal to the program and to nobody else.
    os.setsid()
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def article(number: str, title: str, body: str, *lines: str) -> str:
    head = [f"id: kb-{number}", f"title: {title}", "confidence: validated", *lines]
    return "\n".join(["---", *head, "---", body])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            "articles/a.md": article("aaaaaaa1", "First", "See [b](b.md) and [c](c.md).\n"),
            "articles/b.md": article("bbbbbbb2", "Second", "[c](c.md)\n"),
            "articles/c.md": article("ccccccc3", "Third", "Text of the third.\n"),
        },
        config=CONFIG,
    )


@pytest.fixture
def walk(base: Base, kcs_env: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    started: list[Terminal] = []

    def start(*args: str, **env: str) -> Terminal:
        whole = {**kcs_env, **identity(JD), "TERM": "xterm", "NO_COLOR": "1", **env}
        started.append(Terminal(["queue", "--review", *args], base.root, whole))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_a_walk_from_end_to_end(base: Base, walk: Callable[..., Terminal]) -> None:
    terminal = walk()
    first = terminal.until(PROMPT)
    assert "1 of 3" in first and "Third" in first and "Text of the third." in first
    terminal.type("v")
    second = terminal.until(PROMPT)
    assert "kb-ccccccc3: verified by jd" in second and "2 of 3" in second and "Second" in second
    terminal.type("f")
    terminal.until("Reason (")
    terminal.type("outdated")
    terminal.until("What did you see? ")
    terminal.type("ปุ่มหายไป: the button is gone")
    third = terminal.until(PROMPT)
    assert "3 of 3" in third and "First" in third
    terminal.type("s")
    terminal.until("Commit these 2 files? [y/N] ")
    terminal.type("y")
    code, said = terminal.ended()
    assert code == 0 and "3 of 3 dealt with: 1 verified, 1 flagged" in said
    assert base.git("status", "--short") == ""
    message = base.git("log", "-1", "--format=%B")
    assert message.startswith("Review: 1 verified, 1 flagged\n\n- Third (kb-ccccccc3): verified\n")
    assert "- Second (kb-bbbbbbb2): flagged outdated: ปุ่มหายไป: the button is gone" in message
    assert base.git("rev-list", "--count", "HEAD").strip() == "2"
    assert "unseen" not in base.read("articles/c.md")
    assert "reason: outdated" in base.git("show", "HEAD:articles/b.md")


def test_what_changed_since_the_newest_stamp_is_shown(
    base: Base, run: Run, walk: Callable[..., Terminal]
) -> None:
    run("verify", "kb-ccccccc3", "--yes", "--commit", "--kb", base.root)
    base.commit({"articles/c.md": base.read("articles/c.md").replace("of the third", "of the 3rd")}, "Change")
    terminal = walk("articles/c.md")
    shown = terminal.until(PROMPT)
    assert "-Text of the third." in shown and "+Text of the 3rd." in shown
    terminal.type("m")
    terminal.until("Why has the change no weight? ")
    terminal.type("a numeral")
    terminal.until("Verify? [y/N/e edit] ")
    terminal.type("y")
    terminal.until("Commit this file? [y/N] ")
    terminal.type("n")
    code, said = terminal.ended()
    assert code == 0 and "1 of 1 dealt with: 1 carried over" in said
    assert "minor: true" in base.diff() and base.git("status", "--short") == " M articles/c.md\n"


def test_edit_shows_the_article_again_and_the_commit_holds_it(
    base: Base, walk: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "my editor.sh"
    editor.write_text('#!/bin/sh\nprintf "And more.\\n" >> "$1"\n')
    editor.chmod(0o755)
    terminal = walk("articles/c.md", "--commit", VISUAL=f"'{editor}'")
    terminal.until(PROMPT)
    terminal.type("e")
    assert "And more." in terminal.until(PROMPT)
    terminal.type("v")
    code, said = terminal.ended()
    assert code == 0 and "committed as " in said
    assert "edited, verified" in base.git("log", "-1", "--format=%B")
    assert base.git("show", "HEAD:articles/c.md").endswith("And more.\n")


def test_the_whole_text_and_an_unknown_key_leave_it_on_the_desk(
    base: Base, walk: Callable[..., Terminal]
) -> None:
    terminal = walk("articles/c.md", COLUMNS="60")
    terminal.until(PROMPT)
    terminal.type("x")
    assert "v verify  m minor change  f flag  e edit  o whole text\ns skip  q quit\n> " in terminal.until(
        "> "
    )
    terminal.type("o")
    assert "Text of the third." in terminal.until(PROMPT)
    terminal.type("q")
    code, said = terminal.ended()
    assert code == 0 and "0 of 1 dealt with: nothing done" in said and base.diff() == ""


def test_a_line_pasted_by_mistake_is_no_key_and_a_failing_editor_is_said(
    base: Base, walk: Callable[..., Terminal]
) -> None:
    terminal = walk("--no-commit", EDITOR="false", VISUAL="")
    terminal.until(PROMPT)
    for line in ("vpn drops every hour", "no", ""):
        terminal.type(line)
        assert "v verify" in terminal.until("> ") and base.diff() == ""
    terminal.type("edit")
    assert "the editor ended with code 1" in terminal.until(PROMPT)
    terminal.type("quit")
    code, said = terminal.ended()
    assert code == 0 and "nothing done" in said


def test_a_refusal_is_said_and_the_walk_goes_on(base: Base, run: Run, walk: Callable[..., Terminal]) -> None:
    base.commit({"articles/c.md": article("ccccccc3", "Third", "Text.\n", "verifiers: [kp]")})
    run("verify", "kb-ccccccc3", "--yes", "--commit", "--kb", base.root, who=KP)
    base.commit({"articles/c.md": base.read("articles/c.md") + "And more.\n"}, "Change")
    terminal = walk("articles/c.md", "articles/b.md")
    terminal.until(PROMPT)
    terminal.type("v")
    assert "may not verify" in terminal.until(PROMPT)
    terminal.type("f")
    terminal.until("Reason (")
    terminal.type("wrogn")
    assert "'wrogn' is none of these\n  did you mean 'wrong'?" in _CODES.sub("", terminal.until("Reason ("))
    terminal.type("")
    assert "v verify" in terminal.until("> ")
    terminal.type("m")
    said = terminal.until(PROMPT)
    assert "only a verifier may carry" in said and "Why" not in said, "nobody types a reason in vain"
    terminal.type("s")
    assert "2 of 2" in terminal.until(PROMPT)
    terminal.type("q")
    assert terminal.ended()[0] == 0 and base.diff() == ""


@pytest.mark.parametrize("declined", [False, True])
def test_a_text_that_changes_behind_a_refused_key_is_shown_before_anybody_vouches(
    base: Base, run: Run, walk: Callable[..., Terminal], declined: bool
) -> None:
    """The refusal, or the no, opened the base anew, and the next key stamped what was never on the desk."""
    if declined:
        run("verify", "kb-ccccccc3", "--yes", "--commit", "--kb", base.root)
        base.commit({"articles/c.md": base.read("articles/c.md").replace("of the", "of my")}, "Change")
    changed = base.read("articles/c.md").replace("third", "HARM")
    terminal = walk("articles/c.md")
    terminal.until(PROMPT)
    if declined:
        terminal.type("m")
        terminal.until("Why has the change no weight? ")
        terminal.type("a word")
        terminal.until("Verify? [y/N/e edit] ")
        base.write("articles/c.md", changed)
        terminal.type("n")
        assert "not verified" in terminal.until(PROMPT)
    else:
        terminal.type("m")
        assert "no verified content" in terminal.until(PROMPT)
        base.write("articles/c.md", changed)
    terminal.type("v")
    said = terminal.until(PROMPT)
    assert "changed by somebody else" in said and "HARM" in said
    terminal.type("v")
    assert "verified by jd" in terminal.until("Commit this file? [y/N] ")
    terminal.type("n")
    assert terminal.ended()[0] == 0


def test_what_somebody_else_wrote_since_is_not_committed(base: Base, walk: Callable[..., Terminal]) -> None:
    """Under a message that says what the reviewer did."""
    terminal = walk("articles/b.md", "articles/c.md")
    terminal.until(PROMPT)
    terminal.type("v")
    terminal.until(PROMPT)
    base.write("articles/c.md", base.read("articles/c.md") + "Of somebody else.\n")
    terminal.type("v")
    terminal.until("Commit these 2 files? [y/N] ")
    terminal.type("y")
    code, said = terminal.ended()
    assert code == 0 and "articles/c.md was changed by somebody else since: it is not committed" in said
    assert base.git("status", "--short") == " M articles/c.md\n"
    assert (
        base.git("log", "-1", "--format=%B").strip()
        == "Review: 1 verified\n\n- Second (kb-bbbbbbb2): verified"
    )


def test_an_edit_before_a_no_is_offered_to_be_committed(
    base: Base, run: Run, walk: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "my editor.sh"
    editor.write_text('#!/bin/sh\nprintf "And more.\\n" >> "$1"\n')
    editor.chmod(0o755)
    run("verify", "kb-ccccccc3", "--yes", "--commit", "--kb", base.root)
    base.commit({"articles/c.md": base.read("articles/c.md").replace("of the", "of my")}, "Change")
    terminal = walk("articles/c.md", VISUAL=f"'{editor}'")
    terminal.until(PROMPT)
    terminal.type("m")
    terminal.until("Why has the change no weight? ")
    terminal.type("a word")
    terminal.until("Verify? [y/N/e edit] ")
    terminal.type("e")
    terminal.until("Verify? [y/N/e edit] ")
    terminal.type("n")
    assert "And more." in terminal.until(PROMPT)
    terminal.type("q")
    terminal.until("Commit this file? [y/N] ")
    terminal.type("y")
    assert terminal.ended()[0] == 0
    assert base.git("status", "--short") == "" and "Review: 1 edited" in base.git("log", "-1", "--format=%B")


def test_ctrl_c_keeps_what_was_done_and_says_so(base: Base, walk: Callable[..., Terminal]) -> None:
    terminal = walk("--commit")
    terminal.until(PROMPT)
    terminal.type("v")
    terminal.until(PROMPT)
    terminal.press(b"\x03")
    code, said = terminal.ended()
    assert code == 130
    assert "nothing was committed" in said and "articles/c.md: verified" in said and "Traceback" not in said
    assert base.git("status", "--short") == " M articles/c.md\n"


def test_the_end_of_input_quits(base: Base, walk: Callable[..., Terminal]) -> None:
    terminal = walk()
    terminal.until(PROMPT)
    terminal.press(b"\x04")
    code, said = terminal.ended()
    assert code == 0 and "nothing done" in said


def test_an_unreadable_article_is_laid_out_and_cannot_be_verified(
    base: Base, walk: Callable[..., Terminal]
) -> None:
    base.write("articles/c.md", "---\ntitle: [\n---\nText of the third.\n")
    terminal = walk("articles/c.md")
    assert "Text of the third." in terminal.until(PROMPT)
    for key in ("v", "m", "f"):
        terminal.type(key)
        assert "nothing was written\n  mend the file" in terminal.until("> ")
    terminal.type("s")
    assert terminal.ended()[0] == 0
    assert base.read("articles/c.md").startswith("---\ntitle: [\n")


def test_without_a_terminal_it_is_refused_in_a_sentence(base: Base, run: Run) -> None:
    done = run("queue", "--review", "--kb", base.root)
    assert done.code == 2 and done.out == "" and "not the terminal" in done.err
    done = run("queue", "--review", "--kb", base.root, env={"CI": "1"})
    assert done.code == 2 and "CI is set" in done.err and "unset CI" in done.err, (
        "it said: run it in a terminal"
    )


@pytest.mark.parametrize("more", [["--format", "json"], ["--at", "HEAD"]])
def test_what_does_not_go_with_a_walk_is_refused(base: Base, run: Run, more: list[str]) -> None:
    assert run("queue", "--review", *more, "--kb", base.root).code == 2


def test_nothing_to_walk_is_said(base: Base, walk: Callable[..., Terminal]) -> None:
    terminal = walk("--reason", "stale")
    assert terminal.ended() == (0, "nothing needs attention\n")


def test_a_file_that_is_gone_by_its_turn_ends_no_walk_and_the_last_question_is_asked_again(
    base: Base, walk: Callable[..., Terminal]
) -> None:
    terminal = walk()
    assert "Third" in terminal.until(PROMPT)
    (base.root / "articles/b.md").unlink()
    terminal.type("s")
    said = terminal.until(PROMPT)
    assert "articles/b.md: cannot be read" in said and "3 of 3" in said and "First" in said
    terminal.type("v")
    terminal.until("Commit this file? [y/N] ")
    terminal.type("v")
    terminal.until("Commit this file? [y/N] ")
    terminal.type("y")
    code, said = terminal.ended()
    assert code == 0 and "committed as " in said
