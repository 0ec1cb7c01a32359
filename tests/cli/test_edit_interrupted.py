"""The terminal sends its interrupt to kcs as well as to the editor that kcs waits for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import Base, Run

PATH = "articles/vpn.md"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")

# As the terminal does, it gives the signal to whoever waits for the editor; then it saves, after more than a moment.
EDITOR = """\
import os, signal, sys, time
signal.signal(signal.SIGINT, {what})
os.kill(os.getppid(), signal.SIGINT)
os.kill(os.getpid(), signal.SIGINT)
time.sleep(1)
with open(sys.argv[1], "a") as file:
    file.write("Typed after it.\\n")
"""


def editor(tmp_path: Path, what: str) -> dict[str, str]:
    script = tmp_path / "editor.py"
    script.write_text(EDITOR.format(what=what))
    return {"VISUAL": f"'{sys.executable}' '{script}'"}


@pytest.mark.parametrize("command", [["edit", PATH], ["new", "--edit", "Printer prints nothing"]])
def test_an_editor_to_which_an_interrupt_is_a_key_is_waited_for(
    native: Base, run: Run, tmp_path: Path, command: list[str]
) -> None:
    """Ctrl-G in Emacs: kcs ended, and killed it with all that was not saved yet."""
    done = run(*command, cwd=native.root, env=editor(tmp_path, "lambda *_: None"))
    assert done.code == 0, done.err
    path = PATH if command[0] == "edit" else done.out.strip()
    assert native.read(path).endswith("Typed after it.\n")


def test_an_editor_that_ends_by_it_ends_the_command_and_commits_nothing(
    native: Base, run: Run, tmp_path: Path
) -> None:
    done = run("edit", PATH, "--commit", cwd=native.root, env=editor(tmp_path, "signal.SIG_DFL"))
    assert (done.code, done.out) == (130, "")
    assert native.git("status", "--short") == ""
