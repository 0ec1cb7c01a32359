"""--commit: nobody writes between what a command writes and its commit, and a hook of that commit may write all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.kb.files import HELD_FOR_US, lock, lock_file
from tests.conftest import Base, Run

FILES = {
    "articles/old.md": "---\nid: kb-old00001\ntitle: Old\nconfidence: validated\n---\n\n## Steps\n\nDo.\n",
    "articles/new.md": "---\nid: kb-new00001\ntitle: New\nconfidence: validated\n---\n\n## Steps\n\nDo [so](old.md).\n",
}
# Another process that would write now: it says whether it could.
_TRIES = """
import fcntl, sys
with open(sys.argv[1], "ab") as stream:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("free")
    except BlockingIOError:
        print("held")
"""


def hook(base: Base, *lines: str) -> None:
    file = base.root / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="locks are tried with flock")
@pytest.mark.parametrize(
    "words",
    [
        ("archive", "old.md", "--superseded-by", "new.md"),
        ("mv", "old.md", "there.md"),
        ("verify", "old.md", "--yes"),
        ("flag", "old.md", "--reason", "wrong", "-m", "no"),
        ("state", "old.md", "not-validated"),
        ("assign", "old.md", "--owner", "nok"),
        ("new", "How to wait"),
        ("unverify", "old.md", "--reason", "wrong", "-m", "no"),
    ],
    ids=lambda words: words[0],
)
def test_the_lock_is_held_until_the_commit_is_made(
    make_base: Callable[..., Base], run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    base = make_base(FILES)
    base.write("team.toml", '[people.nok]\nname = "Nok"\nemails = ["jd@acme.example"]\n')
    base.commit(message="Team")
    (tmp_path / "try.py").write_text(_TRIES)
    told = tmp_path / "told"
    hook(
        base,
        f"exec '{sys.executable}' '{tmp_path / 'try.py'}' '{lock_file(base.root / '.git/kcs')}' >'{told}'",
    )
    done = run(*words, "--commit", cwd=base.root / "articles")
    assert done.code == 0, done.err
    assert told.read_text() == "held\n"
    said = f"committed as {base.git('rev-parse', '--short=12', 'HEAD').strip()}"
    assert said in done.err, "with `commit = true` in their own settings, nobody would know"


def test_a_hook_that_writes_with_kcs_does_not_wait_for_the_command_that_waits_for_it(
    make_base: Callable[..., Base], run: Run
) -> None:
    base = make_base(FILES)
    kcs = f"'{sys.executable}' -m kcs"
    hook(base, f"{kcs} flag articles/new.md --reason wrong -m 'told by the hook' || exit 1")
    done = run("state", "articles/old.md", "not-validated", "--commit", cwd=base.root)
    assert done.code == 0, done.err
    assert "told by the hook" in base.read("articles/new.md")
    assert base.git("show", "--format=", "--name-only", "HEAD").split() == ["articles/old.md"]


@pytest.mark.skipif(os.name == "nt", reason="locks are tried with flock")
def test_whoever_was_left_behind_by_the_holder_takes_the_lock_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HELD_FOR_US, str(lock_file(tmp_path)))
    with lock(tmp_path):  # free until now, for all that the variable says
        tried = subprocess.run(
            [sys.executable, "-c", _TRIES, str(lock_file(tmp_path))],
            capture_output=True,
            text=True,
            check=True,
        )
        assert tried.stdout == "held\n"


@pytest.mark.skipif(os.name == "nt", reason="locks are tried with flock")
def test_the_lock_of_another_base_lets_nobody_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook of one base that writes into another waits for whoever writes there."""

    class Waited(Exception):
        pass

    def waiting(_: int) -> None:
        raise Waited

    other = tmp_path / "other"
    other.mkdir()
    with lock(tmp_path):
        monkeypatch.setenv(HELD_FOR_US, str(lock_file(other)))
        with pytest.raises(Waited), lock(tmp_path, waiting=waiting):
            pass
        monkeypatch.setenv(HELD_FOR_US, str(lock_file(tmp_path)))
        with lock(tmp_path, waiting=waiting):
            pass


def test_what_was_changed_before_the_lock_was_got_is_not_committed(
    make_base: Callable[..., Base],
) -> None:
    """kcs edit has the file open without a lock: what it compared is what it commits."""
    from kcs.authoring.writing import Edit, write_edits
    from kcs.errors import FileProblem
    from kcs.kb.base import KnowledgeBase

    base = make_base(FILES)
    kb = KnowledgeBase.open(base.root)
    raw = kb.raw(kb.by_path["articles/old.md"])
    base.write("articles/old.md", "---\ntitle: Theirs\n---\n\nOther.\n")
    with pytest.raises(FileProblem, match="changed by somebody else"):
        write_edits(kb, [Edit("articles/old.md", raw, raw)], "Edit")
    assert base.git("log", "--format=%s").split("\n")[0] != "Edit"
