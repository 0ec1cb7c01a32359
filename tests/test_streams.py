"""Where what is printed goes: closed, full, appended to, or read by somebody who leaves.
Nothing is lost without a word.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Base

ARTICLE = "---\nid: kb-ma110001\ntitle: Mail stops\nconfidence: validated\n---\nText.\n"
FULL = Path("/dev/full")
Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def shell(make_base: Callable[..., Base], kcs_env: dict[str, str]) -> Shell:
    """A line for bash in a base of one article, `kcs` being the program; a traceback fails the test."""
    base = make_base({"articles/mail.md": ARTICLE})
    kcs = shlex.join([sys.executable, "-m", "kcs"])

    def call(line: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        said = f'kcs() {{ {kcs} "$@"; }}; {line}'
        whole = {key: value for key, value in kcs_env.items() if key != "PYTHONUNBUFFERED"} | env
        done = subprocess.run(
            ["bash", "-c", said], cwd=base.root, env=whole, capture_output=True, timeout=60, check=False
        )
        for wrong in (b"Traceback", b"internal error", b"Exception ignored"):
            assert wrong not in done.stderr + done.stdout, done.stderr.decode()
        return done

    return call


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "call",
    ["list", "list --format json", "trust --format json", "audit", "audit --format json", "show mail --raw", "search mail", "--version", "--help", "list --help"],
)  # fmt: skip
def test_what_cannot_be_written_is_said_and_no_success(shell: Shell, call: str, unbuffered: str) -> None:
    done = shell(f"kcs {call} > /dev/full", **({"PYTHONUNBUFFERED": "1"} if unbuffered else {}))
    assert done.returncode == 2 and done.stderr.count(b"No space left on device") == 1, done.stderr


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no /dev/full here")
def test_where_nobody_can_be_told_the_work_is_done_all_the_same(shell: Shell) -> None:
    told = shell("kcs audit --min-trust 100")
    assert told.returncode == 1 and told.stderr
    silent = shell("kcs audit --min-trust 100 2> /dev/full")
    assert (silent.returncode, silent.stdout) == (1, told.stdout)


def test_a_closed_stream_is_nobody_elses(shell: Shell) -> None:
    wanted = shell("kcs list").stdout
    assert b"Mail stops" in wanted
    for closed in ("2>&-", "<&-", "<&- 2>&-"):
        done = shell(f"kcs list {closed}")
        assert (done.returncode, done.stdout) == (0, wanted), closed
    done = shell("kcs verify mail >&-; kcs list --untrusted --format json >&- <&-")
    assert done.returncode == 2 and done.stderr.count(b"standard output: it is closed") == 2
    assert shell("git status --porcelain").stdout == b"", "what could not say what it did has not done it"


def test_who_reads_may_leave_and_the_gate_stands(shell: Shell) -> None:
    done = shell('kcs audit --min-trust 100 --format json | head -c 1; echo "${PIPESTATUS[0]}"')
    assert done.stdout == b"{1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("call", "most"), [("list", 20), ("list --format json", 20), ("audit", 300), ("--help", 20)]
)
def test_a_disk_that_fills_up_in_the_middle_is_said(
    shell: Shell, call: str, most: int, unbuffered: str
) -> None:
    # The limit is on Git's answers too, which the audit needs.
    limit = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    line = f"{sys.executable} -c '{limit}' -m kcs {call} > ../part; echo $?; wc -c < ../part"
    done = shell(line, **({"PYTHONUNBUFFERED": "1"} if unbuffered else {}))
    assert done.stdout.split() == [b"2", str(most).encode()] and b"File too large" in done.stderr, done


@pytest.mark.parametrize("call", ["--help", "audit --help"])
def test_who_reads_the_help_may_leave(shell: Shell, call: str) -> None:
    done = shell(f'kcs {call} | true; echo "${{PIPESTATUS[0]}}"')
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_an_output_that_is_no_file_on_a_disk_is_written_into(shell: Shell) -> None:
    wanted = shell("kcs audit --format json 2> /dev/null").stdout
    assert shell("kcs audit --format json --output /dev/stdout 2> /dev/null | cat").stdout == wanted
    appended = shell(
        "echo before > log; kcs audit --format json --output /dev/stdout >> log 2> /dev/null; cat log; rm log"
    )
    assert appended.stdout == b"before\n" + wanted
    pipe = shell(
        "mkfifo pipe; cat pipe & kcs audit --format json --output pipe 2> /dev/null; wait; test -p pipe && rm pipe"
    )
    assert (pipe.returncode, pipe.stdout) == (0, wanted)
    if FULL.is_char_device():
        full = shell("kcs audit --format json --output /dev/full")
        assert full.returncode == 2 and b"/dev/full: cannot be written: No space left" in full.stderr
        assert FULL.is_char_device(), "a device was replaced by a file"


def test_the_folder_may_be_gone(shell: Shell, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    done = shell(f"mkdir {gone} && cd {gone} && rmdir {gone} && kcs list")
    assert done.returncode == 2 and b"the folder you are in is gone" in done.stderr
