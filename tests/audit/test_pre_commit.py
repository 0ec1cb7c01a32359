"""The hooks as pre-commit itself runs them, in repositories of their own.

pre-commit would install this package anew into an environment of each hook, which takes the network and a
minute; here the hooks run the program that is under test. All else in .pre-commit-hooks.yaml is as it ships.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import JD, KP, Base, Result, Run, identity

pytest.importorskip("pre_commit", reason="pre-commit is not installed: pip install --group test")
ROOT = Path(__file__).resolve().parents[2]
CONFIG = """\
repos:
  - repo: {hooks}
    rev: {rev}
    hooks: [{{id: kcs-check}}, {{id: kcs-verified}}, {{id: kcs-audit}}]
"""
ARTICLE = "articles/email/outlook.md"


@pytest.fixture
def hooks(tmp_path: Path, kcs_env: dict[str, str]) -> Base:
    """A repository that offers our hooks."""
    root = tmp_path / "hooks"
    root.mkdir()
    base = Base(root, kcs_env)
    base.git("init", "--quiet")
    shipped = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert shipped.count("language: python") == 3
    base.commit({".pre-commit-hooks.yaml": shipped.replace("language: python", "language: system")})
    return base


@pytest.fixture
def environment(kcs_env: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Where `kcs` is the program under test, and git is somebody."""
    program = tmp_path / "bin" / "kcs"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kcs "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(program.parent), str(Path(sys.executable).parent), kcs_env["PATH"]])
    return {**kcs_env, **identity(JD), "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}


Call = Callable[..., Result]


@pytest.fixture
def call(environment: dict[str, str], native: Base) -> Call:
    """Runs any program in the base."""

    def call(*words: str, **env: str) -> Result:
        done = subprocess.run(
            words, cwd=native.root, env={**environment, **env}, capture_output=True, timeout=120, check=False
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.out + result.err, result.out + result.err
        return result

    return call


@pytest.fixture
def verified(native: Base, run: Run) -> Base:
    """The base with both articles verified by JD, and committed."""
    for name in ("kb-7f3q9xk2", "kb-vpn00001"):
        assert run("verify", name, "--note", "tried", cwd=native.root).code == 0
    native.commit()
    return native


def edit(base: Base, old: str = "Start Outlook.", new: str = "Start Outlook again.") -> None:
    base.write(ARTICLE, base.read(ARTICLE).replace(old, new))
    base.git("add", ARTICLE)


def test_every_way_out_of_a_changed_text(verified: Base, hooks: Base, call: Call, run: Run) -> None:
    def attempt() -> Result:
        return call("pre-commit", "try-repo", str(hooks.root), "kcs-verified")

    edit(verified)
    told = attempt()
    assert told.code == 1 and "KCS102" in told.out
    for way in ("kcs verify kb-7f3q9xk2", "kcs verify --minor kb-7f3q9xk2 -m", "kcs flag kb-7f3q9xk2 --reason changed -m",
                "kcs state kb-7f3q9xk2 not-validated"):  # fmt: skip
        assert way in told.out
    text = verified.read(ARTICLE)
    for words, who in (
        (("verify", "kb-7f3q9xk2"), JD),
        (("verify", "--minor", "kb-7f3q9xk2", "-m", "a word"), JD),
        (("flag", "kb-7f3q9xk2", "--reason", "changed", "-m", "new step"), KP),
        (("state", "kb-7f3q9xk2", "not-validated"), KP),
    ):
        assert run(*words, cwd=verified.root, who=who).code == 0
        verified.git("add", ARTICLE)
        assert attempt().code == 0, words
        verified.write(ARTICLE, text)
        verified.git("add", ARTICLE)
    assert attempt().code == 1


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(
    verified: Base, hooks: Base, call: Call
) -> None:
    good = verified.read(ARTICLE)
    edit(verified)
    verified.write(ARTICLE, good)  # mended in the folder, and not staged
    assert call("pre-commit", "try-repo", str(hooks.root), "kcs-verified").code == 1
    verified.git("add", ARTICLE)
    verified.write(ARTICLE, good + "\nMore.\n")
    verified.write("articles/vpn.md", verified.read("articles/vpn.md") + " ")
    verified.git("add", "articles/vpn.md")
    assert call("pre-commit", "try-repo", str(hooks.root), "kcs-verified").code == 0


def test_all_files_and_the_staged_ones_get_the_same_answer(
    verified: Base, hooks: Base, call: Call, run: Run
) -> None:
    edit(verified)
    verified.commit(message="past the hook")
    told = call("pre-commit", "try-repo", str(hooks.root), "kcs-verified", "--all-files")
    assert told.code == 1 and told.out.count("KCS102") == 1
    assert run("audit", "--write-baseline", cwd=verified.root).code == 0
    verified.git("add", "kcs-baseline.tsv")
    assert call("pre-commit", "try-repo", str(hooks.root), "kcs-verified", "--all-files").code == 0
    edit(verified, "Credential Manager", "credential manager")
    assert call("pre-commit", "try-repo", str(hooks.root), "kcs-verified").code == 0, (
        "an old debt stops nobody"
    )


def install(base: Base, hooks: Base, call: Call) -> None:
    rev = hooks.git("rev-parse", "HEAD").strip()
    base.commit({".pre-commit-config.yaml": CONFIG.format(hooks=hooks.root, rev=rev)})
    for kind in ("pre-commit", "pre-merge-commit", "pre-push"):
        assert call("pre-commit", "install", "--hook-type", kind).code == 0


def test_a_commit_is_stopped_and_let_through(verified: Base, hooks: Base, call: Call, run: Run) -> None:
    install(verified, hooks, call)
    edit(verified)
    told = call("git", "commit", "--quiet", "-m", "edit")
    assert told.code != 0 and "KCS102" in told.out + told.err
    assert run("verify", "kb-7f3q9xk2", cwd=verified.root).code == 0
    verified.git("add", ARTICLE)
    assert call("git", "commit", "--quiet", "-m", "edit and verify").code == 0
    verified.write("articles/new.md", "---\ntitle: Broken\ntags: [a\n---\nText.\n")
    verified.git("add", "articles/new.md")
    told = call("git", "commit", "--quiet", "-m", "broken")
    assert told.code != 0 and "KCS005" in told.out + told.err
    told = call("git", "commit", "--quiet", "-m", "only this", "--only", ARTICLE, "--allow-empty")
    assert told.code == 0, "what is staged beside it is no part of this commit: " + told.out + told.err


def test_a_merge_whose_text_nobody_saw_is_stopped(verified: Base, hooks: Base, call: Call, run: Run) -> None:
    install(verified, hooks, call)
    verified.git("checkout", "--quiet", "-b", "other")
    edit(verified, "Remove the entry.", "Remove the stored entry.")
    assert run("verify", "kb-7f3q9xk2", cwd=verified.root, who=KP).code == 0
    verified.git("add", ARTICLE)
    assert call("git", "commit", "--quiet", "-m", "other").code == 0
    verified.git("checkout", "--quiet", "main")
    edit(verified, "Outlook 2013, version 1.10.", "Outlook 2013, version 1.11.")
    assert run("verify", "kb-7f3q9xk2", cwd=verified.root).code == 0
    verified.git("add", ARTICLE)
    assert call("git", "commit", "--quiet", "-m", "main").code == 0
    told = call("git", "-c", "merge.kcs.name=stamps", "-c", f"merge.kcs.driver={sys.executable} -m kcs merge-file %O %A %B %L %P",
                "merge", "--no-edit", "other")  # fmt: skip
    if told.code == 0:  # pragma: no cover - the two stamps stand in neighbouring lines
        pytest.fail("a merge of two texts was committed unseen")
    if "<<<<<<<" in verified.read(ARTICLE):
        assert run("resolve", cwd=verified.root).code in (0, 1)
    verified.git("add", ARTICLE)
    told = call("git", "commit", "--quiet", "--no-edit")
    assert told.code != 0 and "KCS102" in told.out + told.err
    assert run("verify", "kb-7f3q9xk2", cwd=verified.root).code == 0
    verified.git("add", ARTICLE)
    assert call("git", "commit", "--quiet", "--no-edit").code == 0


def test_a_push_is_judged_against_what_is_there(
    verified: Base, hooks: Base, call: Call, tmp_path: Path
) -> None:
    install(verified, hooks, call)
    verified.git("clone", "--quiet", "--bare", ".", str(tmp_path / "other.git"))
    verified.git("remote", "add", "origin", str(tmp_path / "other.git"))
    told = call("git", "push", "--quiet", "--set-upstream", "origin", "main")
    assert told.code == 0, told.err + told.out
    edit(verified)
    assert call("git", "commit", "--quiet", "--no-verify", "-m", "past the hook").code == 0
    told = call("git", "push", "--quiet")
    assert told.code != 0 and "KCS102" in told.out + told.err and "1 of 2 articles" in told.out + told.err
    assert call("git", "reset", "--quiet", "--hard", "HEAD~1").code == 0
    call("git", "commit", "--quiet", "--allow-empty", "-m", "nothing")
    assert call("git", "push", "--quiet").code == 0


def test_commit_all_a_move_and_a_deletion(verified: Base, hooks: Base, call: Call, run: Run) -> None:
    vpn = verified.read("articles/vpn.md")
    verified.write("articles/vpn.md", vpn.replace("title:", "type: Solution\ntitle:"))
    install(verified, hooks, call)
    verified.write(ARTICLE, verified.read(ARTICLE).replace("Start Outlook.", "Start Outlook again."))
    told = call("git", "commit", "--quiet", "--all", "-m", "edit")
    assert told.code != 0 and "KCS102" in told.out + told.err
    assert run("flag", "kb-7f3q9xk2", "--reason", "changed", "-m", "new", cwd=verified.root).code == 0
    assert call("git", "commit", "--quiet", "--all", "-m", "edit and flag").code == 0
    verified.git("mv", "articles/vpn.md", "articles/email/vpn.md")
    assert call("git", "commit", "--quiet", "-m", "move").code == 0
    verified.git("mv", "articles/email/vpn.md", "articles/vpn.md")
    verified.write("articles/vpn.md", verified.read("articles/vpn.md").replace("Reconnect.", "Connect."))
    told = call("git", "commit", "--quiet", "--all", "-m", "move and edit")
    assert told.code != 0 and "KCS102 content-changed" in told.out + told.err
    verified.git("rm", "--quiet", "--force", "articles/vpn.md")
    assert call("git", "commit", "--quiet", "-m", "gone").code == 0
