"""Days of work with Git as it is: hooks that rewrite or refuse, clones that lack something, a text read again."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kcs.audit.perform import perform
from kcs.audit.wanted import Wanted
from kcs.errors import RepositoryProblem
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from tests.conftest import Base, Run, Terminal

PATH = "articles/email/outlook.md"


def _hook(base: Base, script: str) -> None:
    hook = base.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)


def test_a_hook_that_rewrites_what_was_just_verified_is_told(native: Base, run: Run) -> None:
    _hook(native, f"sed -i 's/Remove the entry/Delete all/' {PATH} && git add {PATH}")
    done = run("verify", PATH, "--commit", cwd=native.root)
    assert done.code == 2 and "changed by a commit hook" in done.err and "; trusted" not in done.out
    assert "content-changed" in run("list", PATH, cwd=native.root).out


def test_a_commit_that_holds_another_text_than_the_folder_is_told(native: Base, run: Run) -> None:
    """A filter rewrites what Git keeps; a hook may stage something else.
    In the folder the stamp fits, in the commit it does not.
    """
    swap = "sed 's/Remove the entry/Delete all/'"
    _hook(native, f"git update-index --cacheinfo 100644,$({swap} {PATH} | git hash-object -w --stdin),{PATH}")
    done = run("verify", PATH, "--commit", cwd=native.root)
    assert done.code == 2 and "was changed in the commit" in done.err and "; trusted" not in done.out
    assert "content-changed" in run("list", PATH, "--at", "HEAD", cwd=native.root).out
    _hook(native, "exit 0")
    native.git("reset", "--quiet", "--hard", "HEAD~1")
    native.git("config", "filter.swap.clean", swap)
    native.write(".gitattributes", "*.md filter=swap\n")
    done = run("verify", PATH, "--commit", cwd=native.root)
    assert done.code == 2 and "by a filter of .gitattributes" in done.err and "; trusted" not in done.out


def test_line_ends_that_git_keeps_otherwise_are_no_other_text(native: Base, run: Run) -> None:
    native.git("config", "core.autocrlf", "true")
    native.write(PATH, native.read(PATH).replace("\n", "\r\n"))
    done = run("verify", PATH, "--commit", cwd=native.root)
    assert done.code == 0 and "; trusted" in done.out


def test_a_hook_that_leaves_the_text_as_it_is_is_no_failure(native: Base, run: Run) -> None:
    _hook(native, f"sed -i 's/^tags: .*/tags: [x]/' {PATH} && git add {PATH}")
    done = run("verify", PATH, "--commit", cwd=native.root)
    assert done.code == 0 and "; trusted" in done.out


def test_what_a_hook_refused_is_not_to_be_made_twice(native: Base, run: Run) -> None:
    _hook(native, "echo 'not on a Friday' >&2; exit 1")
    done = run("new", "A fax that never arrives", "--force", "--commit", cwd=native.root)
    assert done.code == 2 and "was created, but nothing was committed: not on a Friday" in done.err
    assert "run the command again" not in done.err and "would create a second article" in done.err
    verified = run("verify", PATH, "--commit", cwd=native.root)
    assert "written, but nothing was committed: not on a Friday" in verified.err


def test_what_is_called_complete_is_looked_at_first(native: Base, run: Run, terminal: Terminal) -> None:
    path = run("new", "A fax that never arrives", "--force", cwd=native.root).out.strip()
    done = run("verify", path, "--validate", cwd=native.root)
    assert "it has no text" in done.err and done.code == 1
    path = run("new", "A modem that sings", "--force", cwd=native.root).out.strip()
    run("state", path, "not-validated", cwd=native.root)
    asked = terminal("verify", path, "--force", answers=["y", "n"], cwd=native.root)
    assert asked.out.index("it has no text") < asked.out.index("to the standard?")


def test_whoever_vouches_again_sees_the_text(native: Base, run: Run, terminal: Terminal) -> None:
    run("verify", PATH, "--as-of", "2026-05-01", "--commit", cwd=native.root)
    done = terminal("verify", PATH, answers=["y"], cwd=native.root)
    assert "Nothing changed since" in done.out and "1. Open the Credential Manager." in done.out
    assert "unseen" not in native.diff().split("\n+")[-1]
    minor = terminal("verify", PATH, "--minor", "-m", "typo", cwd=native.root)
    assert "nothing changed, nothing written" in minor.out and "Credential Manager" not in minor.out


def test_a_clone_that_lacks_old_versions_is_told_with_what_mends_it(
    native: Base, tmp_path: Path, run: Run
) -> None:
    dated = (
        "---\ntitle: Dated\nconfidence: validated\nverified: [{by: 'human:jd', at: 2026-05-01}]\n---\nText.\n"
    )
    native.commit({"articles/dated.md": dated})
    native.commit({PATH: native.read(PATH) + "\nMore.\n", "articles/dated.md": f"{dated}More.\n"})
    native.git("config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    native.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", native.root.as_uri(), str(part))
    native.git("-C", str(part), "checkout", "--quiet", "HEAD")
    told = run("doctor", cwd=part)
    assert "this clone is partial" in told.out and "history     complete" not in told.out
    audited = run("audit", cwd=part)
    assert audited.code == 2 and audited.out == "" and "git fetch --refetch --no-filter" in audited.err
    judged: list[str] = []

    def along(what: str, articles: Sequence[Article]) -> Iterator[Article]:
        for one in articles:
            yield one
            judged.append(what)

    with pytest.raises(RepositoryProblem):
        perform(KnowledgeBase.open(part), Wanted(), along)
    assert "articles judged" not in judged, "Git is asked once, not for each article"
    native.git("-C", str(part), "fetch", "--quiet", "--refetch", "--no-filter")
    assert "history     complete" in run("doctor", cwd=part).out
    assert run("log", PATH, cwd=part).code == 0


def test_where_old_pictures_alone_are_lacking_everything_about_articles_works(
    native: Base, tmp_path: Path, run: Run
) -> None:
    """Git compares what came with what went to find renames: pictures too, if it may."""
    noise = random.Random(4).randbytes(4000)
    for name in ("a", "b"):
        (native.root / f"articles/{name}.png").write_bytes(name.encode() + noise)
    native.commit(message="Pictures")
    native.git("mv", PATH, "articles/moved.md")
    native.write("articles/moved.md", native.read("articles/moved.md") + "\nMore.\n")
    native.git("mv", "articles/a.png", "articles/c.png")
    (native.root / "articles/c.png").write_bytes(b"c" + noise)
    native.git("rm", "--quiet", "articles/b.png")
    native.commit(message="Move")
    native.git("config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    native.git("clone", "--quiet", "--filter=blob:limit=3k", native.root.as_uri(), str(part))
    lacking = "rev-list", "--objects", "--missing=print", "HEAD"
    before = [line for line in native.git("-C", str(part), *lacking).splitlines() if line.startswith("?")]
    assert len(before) == 2
    for words in (("log", "articles/moved.md"), ("audit",), ("digest",), ("list", "--at", "HEAD~1")):
        whole, there = run(*words, cwd=native.root), run(*words, cwd=part)
        assert (there.code, there.out) == (whole.code, whole.out), there.err
    assert f"renamed from {PATH}" in run("log", "articles/moved.md", cwd=part).out
    told = run("doctor", cwd=part).out
    assert (
        "info    history     this clone is partial: 2 old pictures or the like, as articles/a.png, are not"
        in told
    )
    left = [line for line in native.git("-C", str(part), *lacking).splitlines() if line.startswith("?")]
    assert left == before, "nothing was fetched"


@pytest.mark.skipif(not hasattr(signal, "SIGCHLD"), reason="this system has no such signal")
def test_whoever_starts_it_may_not_want_to_hear_of_children(native: Base) -> None:
    """Some daemons have the system throw away how a child ended, and what they start inherits that."""
    begin = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.executable, [sys.executable, '-m', 'kcs', *sys.argv[1:]])"
    for words, code in ((["log", PATH], 0), (["list", "--at", "nothing"], 2)):
        command = [sys.executable, "-c", begin, *words]
        done = subprocess.run(command, cwd=native.root, env=native.env, capture_output=True, check=False)
        assert done.returncode == code, done.stderr
        assert ("no commit is called" in done.stderr.decode()) == (code == 2)


@pytest.mark.skipif(os.name != "posix", reason="the program in Git's place is a script")
@pytest.mark.parametrize("cut", ["diff-index", "ls-files --stage"])
def test_a_gate_does_not_pass_what_git_did_not_finish_to_name(
    native: Base, quick: Run, tmp_path: Path, cut: str
) -> None:
    native.write(PATH, native.read(PATH) + "\nMore.\n")
    native.git("add", "--all")
    assert quick("check", "--verified", cwd=native.root).code == 1
    (tmp_path / "bin").mkdir()
    stand_in = tmp_path / "bin/git"
    real = shutil.which("git")
    stand_in.write_text(
        f'#!/bin/sh\ncase "$*" in *" {cut} "*) {real} "$@" | head -c 20;; *) exec {real} "$@";; esac\n'
    )
    stand_in.chmod(0o755)
    path = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    done = quick("check", "--verified", cwd=native.root, env=path)
    assert done.code == 2 and "ended before it had given all" in done.err


def test_a_sparse_checkout_is_told(native: Base, run: Run) -> None:
    native.git("sparse-checkout", "set", "--cone", "elsewhere")
    told = run("doctor", cwd=native.root)
    assert "a sparse checkout" in told.out and told.code == 1
    native.git("sparse-checkout", "disable")
    assert "sparse checkout" not in run("doctor", cwd=native.root).out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("team.toml", ["list"]), ("moves.tsv", ["trust"]), ("moves.tsv", ["mv", PATH, "articles/x.md"]),
        ("kcs-baseline.tsv", ["audit"]), ("kcs-baseline.tsv", ["audit", "--write-baseline"]),
        ("templates/solution.md", ["new", "A fax", "--force"]),
    ],
)  # fmt: skip
def test_a_named_pipe_in_the_base_keeps_nobody_waiting(native: Base, name: str, asked: list[str]) -> None:
    pipe = native.root / name
    pipe.parent.mkdir(exist_ok=True)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "kcs", *asked]
    done = subprocess.run(
        command, cwd=native.root, env=native.env, capture_output=True, timeout=60, check=False
    )
    # A template that is none gives way to the one that ships.
    assert done.returncode in ((0,) if name.startswith("templates") else (2,)), done.stderr
    if done.returncode:
        assert f"{name}: cannot be read: is no file" in done.stderr.decode()


def test_what_lies_there_and_cannot_be_read_is_not_taken_for_missing(native: Base, run: Run) -> None:
    for name in ("moves.tsv", "kcs-baseline.tsv"):
        (native.root / name).mkdir()
        for asked in (["audit"], ["audit", "--write-baseline"]):
            done = run(*asked, cwd=native.root)
            assert done.code == 2 and f"{name}: cannot be read" in done.err
        (native.root / name).rmdir()
    assert run("audit", cwd=native.root).code == 1


def test_a_slip_of_the_finger_throws_no_title_away(native: Base, terminal: Terminal) -> None:
    title = "Outlook keeps asking for a password"
    made = terminal("new", title, answers=["", "o", "c"], cwd=native.root)
    assert made.code == 0 and made.out.count("create a new one (c)?") == 3
    assert native.git("status", "--short").count("??") == 1


def test_what_is_to_be_read_is_broken_between_words(native: Base, terminal: Terminal) -> None:
    words = "Every appointment stands in the calendar twice and assistants get invitations"
    native.commit({PATH: native.read(PATH) + f"\n{words}.\n"})
    shown = terminal(
        "verify", PATH, answers=["n"], cwd=native.root, env={"COLUMNS": "40", "TERM": "xterm"}
    ).out
    begun = next(one.strip() for one in shown.splitlines() if "Every appointment" in one)
    assert len(begun) < 40 and f"{words} ".startswith(f"{begun} ")


@pytest.mark.parametrize("name", ["shallow", "commondir", "HEAD", "packed-refs", "config"])
def test_a_damaged_file_of_git_s_own_is_a_sentence(native: Base, run: Run, name: str) -> None:
    native.git("pack-refs", "--all")
    (native.root / ".git" / name).write_bytes(b"\xff\xfe\n")
    done = run("trust", cwd=native.root)
    assert done.code == 2 and done.out == "" and "internal error" not in done.err


def test_an_id_in_front_matter_that_cannot_be_read_is_found(native: Base, run: Run) -> None:
    native.write("articles/smart.md", "---\nid: kb-smart001\ntitle: “Smart” quotes: here\n---\nText.\n")
    done = run("verify", "kb-smart001", cwd=native.root)
    assert done.code == 2 and "articles/smart.md has that id, and cannot be read" in done.err
    assert "has that id" not in run("verify", "kb-smart00", cwd=native.root).err


def test_signs_that_nobody_sees_are_named(native: Base, run: Run) -> None:
    native.write(
        "articles/nbsp.md",
        "---\nid: kb-nbsp0001\ntitle:\u00a0Looks fine\nconfidence: validated\n---\nText.\n",
    )
    native.write("articles/late.md", "\n---\nid: kb-late0001\ntitle: Late\n---\nText.\n")
    assert "articles/nbsp.md:3: a no-break space after a colon" in run("doctor", cwd=native.root).out
    told = run("verify", "articles/late.md", cwd=native.root)
    assert told.code == 2 and "take away what stands before it" in told.err


def test_a_base_of_no_article_is_worth_a_second_look(native: Base, run: Run) -> None:
    native.write("kcs.toml", '[articles]\ninclude = ["artikel/**/*.md"]\n')
    for asked in ("list", "trust"):
        done = run(asked, cwd=native.root)
        assert done.code == 0 and "nothing matches artikel/**/*.md: kcs doctor says more" in done.err
    for more in ((), ("--format", "json"), ("--write-baseline",)):
        done = run("audit", *more, cwd=native.root)
        assert done.code == 2 and "no article to audit: nothing matches artikel/**/*.md" in done.err
    assert not (native.root / "kcs-baseline.tsv").exists()
