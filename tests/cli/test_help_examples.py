"""The examples of each command's help, typed as they stand in a copy of examples/kb: they run."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run as process

import pytest

from kcs.cli.commands import COMMANDS, Entry
from tests.conftest import Base, Run, identity
from tests.test_docs import ROOT, examples

NOK = {"name": "Nok S.", "email": "nok@marlo.example"}
# Who is at work where it matters: a listed publisher.
BY = {"approve": {"name": "Vera L.", "email": "vera@marlo.example"}}
# What cannot be typed into a test as it stands.
LEFT_OUT = {
    "kcs audit articles/payments --watch": "ends when somebody ends it",
    "kcs queue --mine --review": "needs a terminal",
    "kcs urls": "asks the network",
    "kcs urls articles/legal --cache 1d --format json": "asks the network",
    "kcs urls --cache none --timeout 20": "asks the network",
    "kcs open kb-4c7mhx0q": "opens a program of the desktop",
    "kcs open deposit back --web": "opens a browser",
    "kcs open deposit back --web --print": "needs the address of a site",
    "kcs areas --across --since 30d": "needs a ledger that is shared",
    "kcs merge-file %O %A %B %L %P": "is typed by Git",
}
# Beside the base: what somebody brings who types these.
BROUGHT = {
    "closed.csv": "id,subject,created_at,closed_at,linked_articles\nZD-1,No reminder,2026-11-01,2026-11-02,kb-agew7xr5\n",
    "export.csv": "id,created_at,closed_at,Summary\nZD-2,2026-11-01,2026-11-02,The calendar is empty\n",
    "questions.txt": "no reminder came\n",
}
# These begin a base: in a repository that holds Markdown, and is none yet.
BEGINS = "init"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of a repository that holds the example base, its searches of the cache made once."""
    folder = tmp_path_factory.mktemp("examples")
    kb = folder / "kb"
    shutil.copytree(ROOT / "examples/kb", kb)
    env = {**os.environ, **identity(NOK), "HOME": str(folder)}
    hub = str(folder / "hub.git")
    for name, text in BROUGHT.items():
        (kb / name).write_text(text)
    for command in (
        ["git", "init", "--quiet", "-b", "main"], ["git", "add", "."], ["git", "commit", "--quiet", "-m", "base"],
        ["git", "init", "--quiet", "--bare", hub], ["git", "remote", "add", "origin", hub],
        ["git", "push", "--quiet", "-u", "origin", "main"],
    ):  # fmt: skip
        process(command, cwd=kb, env=env, check=True)
    return folder


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda one: one.name)
def test_examples_run_as_typed(
    entry: Entry,
    original: Path,
    make_base: Callable[..., Base],
    kcs_env: dict[str, str],
    tmp_path: Path,
    quick: Run,
) -> None:
    who = BY.get(entry.name, NOK)
    env = {
        **kcs_env, **identity(who), "EDITOR": "true", "KCS_SESSION": "examples", "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kcs_env['PATH']}",
    }  # fmt: skip
    if entry.name == BEGINS:
        home = make_base({"notes/a.md": "# A\n\nText.\n"}, team=None).root
        (home / "kcs.toml").unlink()
    else:
        shutil.copytree(original / "kb", home := tmp_path / "acme-kb")
    typed = [one for one in examples(entry) if one not in LEFT_OUT]
    if any(" 2 " in f"{one} " for one in typed):
        typed.insert(0, "kcs search text reminder")
    for one in typed:
        if entry.name != BEGINS:
            process(["git", "reset", "--quiet", "--hard"], cwd=home, env=env, check=True)
            process(["git", "clean", "-fdq"], cwd=home, env=env, check=True)
        if one.startswith("kcs "):
            done = quick(*shlex.split(one)[1:], cwd=home, env=env, who=who)
            code, said = done.code, done.err
        else:
            typed_in = process(["sh", "-c", one], cwd=home, env=env, capture_output=True, check=False)
            code, said = typed_in.returncode, typed_in.stderr.decode()
        # 1: a gate that is not met, which is an answer too.
        assert code in (0, 1), f"$ {one}\n{said}"


def test_nothing_is_left_out_that_is_no_example() -> None:
    assert set(LEFT_OUT) <= {one for entry in COMMANDS for one in examples(entry)}
