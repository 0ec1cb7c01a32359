"""Several processes at once, and processes that die: nothing is lost, no file is half written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

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
