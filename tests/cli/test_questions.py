"""What is asked on a terminal: a mistyped answer, half a letter, Ctrl-D and Ctrl-C at each question."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import JD, Base, Terminal, identity

PATH = "articles/email/outlook.md"
END, INTERRUPT = b"\x04", b"\x03"
VERIFY = "Verify? [y/N/e edit] "


def test_a_mistyped_answer_is_asked_again_and_only_enter_is_no(native: Base, terminal: Terminal) -> None:
    done = terminal("verify", PATH, answers=["v", "maybe", "y"], cwd=native.root)
    assert done.code == 0 and done.out.count(VERIFY) == 3 and "verified by jd" in done.out
    before = native.read(PATH)
    done = terminal("verify", PATH, answers=[""], cwd=native.root)
    assert done.code == 1 and "not verified" in done.out and native.read(PATH) == before


def test_half_a_letter_is_no_error(native: Base, kcs_env: dict[str, str]) -> None:
    strict = {**kcs_env, "PYTHONIOENCODING": "utf-8"}  # as Python reads in every locale but C and POSIX
    code, shown = at_question(["verify", PATH], native.root, strict, b"\xe0\xb8\n", b"y\n")
    assert code == 0 and "verified by jd" in shown


def test_the_end_of_input_is_no_and_leaves_the_line_whole(native: Base, kcs_env: dict[str, str]) -> None:
    code, shown = at_question(["verify", PATH], native.root, kcs_env, END)
    assert code == 1 and f"{VERIFY}\nkb-7f3q9xk2: not verified" in shown and native.diff() == ""


@pytest.mark.parametrize("answers", [(), (b"\n",), (b"\n", b"\n"), (b"\n", b"\n", b"perhaps\n")])
def test_adopting_ends_in_order_at_the_end_of_input(
    adopted: Base, kcs_env: dict[str, str], answers: tuple[bytes, ...]
) -> None:
    (adopted.root / "kcs.toml").unlink()
    code, shown = at_question(["init", "--adopt"], adopted.root, kcs_env, *answers, END)
    assert code == 1 and shown.endswith("] \nkcs: nothing was written\n"), shown
    assert not (adopted.root / "kcs.toml").exists()


@pytest.mark.parametrize(
    "words", [["verify", PATH], ["init", "--adopt"], ["approve", PATH, "-m", "seen"], ["queue", "--review"]]
)
def test_ctrl_c_at_a_question_ends_with_130_on_a_line_of_its_own(
    native: Base, kcs_env: dict[str, str], words: list[str]
) -> None:
    if words[0] == "init":
        (native.root / "kcs.toml").unlink()
    policy = '\n[[policy]]\nmatch = {type = "Solution"}\npublishers = ["jd"]\n'
    if words[0] == "approve":
        native.write("kcs.toml", native.read("kcs.toml") + policy)
    code, shown = at_question(words, native.root, kcs_env, INTERRUPT)
    assert code == 130 and "Abort" not in shown and re.search(r"[\]>] \n", shown), shown


def test_a_question_without_the_changes_still_names_the_article(native: Base, terminal: Terminal) -> None:
    done = terminal("verify", PATH, "articles/vpn.md", "-q", answers=["y", "n"], cwd=native.root)
    assert "VPN drops (kb-vpn00001)\nVerify? [y/N/e edit] n\n" in done.out and "@@" not in done.out


def test_a_question_is_folded_between_words(native: Base, terminal: Terminal) -> None:
    terminal("flag", PATH, "--reason", "wrong", "-m", "x", cwd=native.root)
    done = terminal("verify", PATH, answers=["y", "n"], cwd=native.root, env={"COLUMNS": "40"})
    assert "Does this verification resolve that?\n[y/N] n\n" in done.out


@pytest.mark.parametrize("piped", ["stdin", "stdout", "both"])
@pytest.mark.parametrize("command", [["verify"], ["approve", "-m", "fine"]], ids=lambda one: one[0])
def test_nobody_at_a_terminal_vouches_unasked(
    native: Base, kcs_env: dict[str, str], command: list[str], piped: str
) -> None:
    """`kcs verify ARTICLE | less`, and xargs, which takes the input away: what cannot be asked is not agreed to."""
    policy = '\n[[policy]]\nmatch = {type = "Solution"}\npublishers = ["jd"]\n'
    native.commit({"kcs.toml": native.read("kcs.toml") + policy})
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "kcs", *command, "articles/email/outlook.md"]
    ends: dict[str, int] = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
    ends |= {"stdin": subprocess.DEVNULL} if piped != "stdout" else {}
    ends |= {"stdout": subprocess.DEVNULL} if piped != "stdin" else {}
    env = {**kcs_env, **identity(JD)}
    done = subprocess.run(words, cwd=native.root, env=env, check=False, timeout=60, **ends)  # type: ignore[call-overload]
    assert done.returncode == 2 and native.git("status", "--short") == ""
    done = subprocess.run([*words, "--yes"], cwd=native.root, env=env, check=False, timeout=60, **ends)  # type: ignore[call-overload]
    assert done.returncode == 0 and native.git("status", "--short") == " M articles/email/outlook.md\n"
    os.close(theirs)
    os.close(ours)


def test_ci_in_a_persons_own_shell_agrees_to_nothing(native: Base, terminal: Terminal) -> None:
    """With CI=1 left in a shell, `kcs verify` stamped before anybody had agreed.
    An empty CI, or a false one, is none, as for searches.
    """
    for value in ("1", "true"):
        done = terminal("verify", PATH, cwd=native.root, env={"CI": value})
        assert done.code == 2 and "CI is set" in done.out and native.git("status", "--short") == ""
    for value in ("", "0", "false"):
        done = terminal("verify", PATH, answers=["n"], cwd=native.root, env={"CI": value})
        assert "Verify? [y/N/e edit] n" in done.out and native.git("status", "--short") == ""
    assert terminal("verify", PATH, "--yes", cwd=native.root, env={"CI": "1"}).code == 0
    assert "unseen: true" in native.diff()


def at_question(words: list[str], folder: Path, env: dict[str, str], *keys: bytes) -> tuple[int, str]:
    """The exit code and all that was shown where one of `keys` is pressed at each question."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kcs", *words],
        cwd=folder,
        env={**env, **identity(JD), "NO_COLOR": "1", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown, left = b"", list(keys)
    while chunk := _read(ours):
        shown += chunk
        if left and shown.endswith((b"] ", b"> ")):
            key = left.pop(0)
            if key == INTERRUPT:
                _interrupt(process, ours)
            else:
                os.write(ours, key)
    os.close(ours)
    code = process.wait(timeout=60)
    return code, shown.decode(errors="replace").replace("\r\n", "\n")


def _interrupt(process: subprocess.Popen[bytes], shown: int) -> None:
    """Ctrl-C until it is heard: between a question and the read
    that waits for its answer, Python leaves a signal lying there.
    """
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        if select.select([shown], [], [], 1)[0]:
            return


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other side is gone
        return b""
