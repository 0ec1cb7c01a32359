"""Several processes at once, and processes that die: nothing is lost, no file is half written."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest

from kcs.authoring.writing import Edit, write_edits
from kcs.errors import FileProblem
from kcs.kb.base import KnowledgeBase
from tests.conftest import JD, Base, identity

ARTICLES = {
    f"articles/a{n}.md": f"---\nid: kb-0000000{n}\ntitle: A {n}\nconfidence: validated\n---\nText {n}.\n"
    for n in range(4)
}

# Forks, so that a kill does not cost a start of the interpreter; what is killed writes through the real path.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from kcs.kb.actor import current_actor
from kcs.authoring.stamping import stamp
from kcs.authoring.wishes import Wishes
from kcs.authoring.writing import Edit, write_edits
from kcs.kb.base import KnowledgeBase

kb = KnowledgeBase.open(Path.cwd())
actor = current_actor(kb)
old = {one.path: kb.raw(one) for one in kb.articles}
wishes = Wishes(note="a note of some length, " * 2000)
new = {one.path: stamp(kb, one, old[one.path], actor, wishes, seen=True).new for one in kb.articles}

def work():
    while True:
        now = {path: Path(path).read_bytes() for path in old}
        write_edits(kb, [Edit(path, raw, new[path] if raw == old[path] else old[path]) for path, raw in now.items()])

states = set()
for number in range(30):
    child = os.fork()
    if not child:
        work()
    time.sleep(0.02 + random.random() * 0.03)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = {path: Path(path).read_bytes() for path in old}
    assert all(raw in (old[path], new[path]) for path, raw in found.items()), found
    states.add(tuple(raw == old[path] for path, raw in found.items()))
assert len(states) > 2, "nothing was being written when it was killed"
kb = KnowledgeBase.open(Path.cwd())
assert sorted(kb.by_path) == sorted(old)
assert not any(one.unreadable for one in kb.articles)
"""


def test_a_kill_leaves_each_file_old_or_new(make_base: Callable[..., Base]) -> None:
    if sys.platform == "win32":
        pytest.skip("needs fork")
    base = make_base(ARTICLES)
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=base.root, env={**base.env, **identity(JD)}, capture_output=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def test_processes_on_different_articles_lose_nothing(make_base: Callable[..., Base]) -> None:
    base = make_base(ARTICLES)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "kcs", "verify", path, "--commit"],
            cwd=base.root,
            env={**base.env, **identity(JD)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for path in ARTICLES
    ]
    for one in running:
        _, err = one.communicate(timeout=60)
        assert one.returncode == 0, err.decode()
    assert all("verified:" in base.read(path) for path in ARTICLES)
    assert base.git("rev-list", "--count", "HEAD").strip() == "5" and base.git("status", "--short") == ""


@pytest.mark.parametrize("message", [None, "Change them"])
def test_if_one_of_several_was_changed_meanwhile_none_is_written(
    make_base: Callable[..., Base], message: str | None
) -> None:
    base = make_base(ARTICLES)
    base.git("config", "user.name", JD["name"])
    base.git("config", "user.email", JD["email"])
    kb = KnowledgeBase.open(base.root)
    edits = [Edit(one.path, raw := kb.raw(one), raw + b"More.\n") for one in kb.articles]
    theirs = base.read(edits[2].path) + "Theirs.\n"
    base.write(edits[2].path, theirs)
    with pytest.raises(FileProblem, match="somebody else"):
        write_edits(kb, edits, message)
    assert base.git("status", "--porcelain") == f" M {edits[2].path}\n" and base.read(edits[2].path) == theirs
    base.git("checkout", "--quiet", ".")
    write_edits(kb, edits, message)
    assert all(base.read(one.path).encode() == one.new for one in edits)
    assert (base.git("status", "--porcelain") == "") is (message is not None)


def test_what_another_left_half_done_meanwhile_is_finished_first(make_base: Callable[..., Base]) -> None:
    """Written over, its journal would be gone, and nobody would ever know of the other half."""
    base = make_base(ARTICLES)
    kb = KnowledgeBase.open(base.root)
    mine, other = kb.articles[:2], kb.articles[2]
    work = {
        "what": "the work",
        "writes": [[other.path, sha256(kb.raw(other)).hexdigest(), b64encode(b"Theirs.\n").decode()]],
        "move": None,
    }
    base.write(".git/kcs/kcs-journal.json", json.dumps(work))
    write_edits(kb, [Edit(one.path, raw := kb.raw(one), raw + b"More.\n") for one in mine])
    assert base.read(other.path) == "Theirs.\n" and all("More." in base.read(one.path) for one in mine)
    assert not (base.root / ".git/kcs/kcs-journal.json").exists()
