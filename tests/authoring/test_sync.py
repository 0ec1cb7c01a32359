"""kcs sync: between real clones of a real bare repository."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import KP, OUTLOOK, Base, Result, Run, Terminal, identity
from tests.quick import in_process

PATH = "articles/email/outlook.md"


class Two(NamedTuple):
    """J. Doe's clone and K. Park's, and the bare repository between them."""

    jd: Base
    kp: Base
    bare: Path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


@pytest.fixture
def two(native: Base, tmp_path: Path) -> Two:
    bare = tmp_path / "shared.git"
    native.git("clone", "--quiet", "--bare", ".", str(bare))
    native.git("clone", "--quiet", str(bare), str(tmp_path / "jd"))
    native.git("clone", "--quiet", str(bare), str(tmp_path / "kp"))
    return Two(Base(tmp_path / "jd", native.env), Base(tmp_path / "kp", native.env), bare)


def files(base: Base) -> dict[str, bytes]:
    """Every file outside .git with its bytes."""
    return {
        str(file.relative_to(base.root)): file.read_bytes()
        for file in base.root.rglob("*")
        if file.is_file() and ".git" not in file.relative_to(base.root).parts
    }


def untouched(base: Base, call: Callable[[], Result]) -> Result:
    """Run it and see that HEAD, every file and what is staged are as they were."""
    before = base.git("rev-parse", "HEAD"), files(base), base.git("diff", "--cached")
    done = call()
    assert (base.git("rev-parse", "HEAD"), files(base), base.git("diff", "--cached")) == before
    return done


def test_what_came_is_said_by_whom_and_whose_trust_is_another(two: Two, run: Run) -> None:
    assert run("verify", PATH, "--yes", "--quiet", "--commit", cwd=two.jd.root).code == 0
    assert run("sync", "--push", cwd=two.jd.root).code == 0
    assert run("sync", "--format", "json", cwd=two.kp.root).json["received"] == 1
    two.jd.write(PATH, two.jd.read(PATH).replace("every few minutes", "every minute"))
    two.jd.git("mv", "articles/vpn.md", "articles/tunnel.md")
    two.jd.write("articles/new.md", "---\ntitle: Brand new\n---\nText.\n")
    two.jd.commit(day="2026-11-20")
    two.jd.git("push", "--quiet")
    done = run("sync", cwd=two.kp.root)
    assert done.code == 0
    assert done.out.splitlines() == [
        "changed\tkb-7f3q9xk2\tcontent-changed (was trusted)\tJ. Doe\tOutlook 2013 keeps asking for the password",
        "new\tarticles/new.md\tnot-validated, never-verified\tJ. Doe\tBrand new",
        "moved\tkb-vpn00001\tnever-verified\tJ. Doe\tVPN drops",
    ]
    assert "1 commit from origin/main: 3 articles touched" in done.err and "1 no longer trusted" in done.err
    assert files(two.kp) == files(two.jd)
    assert "nothing new from origin/main" in run("sync", cwd=two.kp.root).err


def test_trust_that_changes_without_the_article(two: Two, run: Run) -> None:
    run("verify", PATH, "--yes", "--quiet", "--commit", cwd=two.jd.root)
    run("sync", "--push", cwd=two.jd.root)
    run("sync", cwd=two.kp.root)
    two.jd.write(
        "team.toml", two.jd.read("team.toml").replace("[people.kp]", "left = 2026-01-01\n[people.kp]")
    )
    two.jd.commit()
    run("sync", "--push", cwd=two.jd.root)
    [one] = run("sync", "--format", "json", cwd=two.kp.root).json["articles"]
    assert (one["what"], one["trusted_before"], one["trusted"], one["reasons"]) == (
        "trust",
        True,
        False,
        ["not-entitled"],
    )
    two.kp.git("reset", "--quiet", "--hard", "HEAD~1")
    assert "0 articles touched; 0 newly trusted, 1 no longer trusted" in run("sync", cwd=two.kp.root).err


def test_a_removed_article_and_one_that_broke(two: Two, run: Run) -> None:
    two.jd.git("rm", "--quiet", "articles/vpn.md")
    two.jd.commit({PATH: "---\ntitle: [\n---\n"})
    two.jd.git("push", "--quiet")
    done = run("sync", "--format", "json", cwd=two.kp.root).json
    assert {one["path"]: (one["what"], one["reasons"]) for one in done["articles"]} == {
        "articles/vpn.md": ("removed", []),
        PATH: ("changed", ["unreadable"]),
    }


def test_local_work_elsewhere_stays_and_is_counted(two: Two, run: Run) -> None:
    two.jd.commit({"articles/vpn.md": "---\nid: kb-vpn00001\ntitle: VPN\n---\nText.\n"})
    two.jd.git("push", "--quiet")
    two.kp.write(PATH, OUTLOOK + "Mine.\n")
    two.kp.write("articles/untracked.md", "mine\n")
    done = run("sync", cwd=two.kp.root)
    assert done.code == 0 and "2 files here not committed" in done.err
    assert two.kp.read(PATH) == OUTLOOK + "Mine.\n" and "title: VPN\n" in two.kp.read("articles/vpn.md")


@pytest.mark.parametrize("how", ["changed", "staged", "removed", "untracked", "ignored", "folder"])
def test_local_work_in_the_way_is_refused_and_left(two: Two, run: Run, how: str) -> None:
    two.jd.commit({PATH: OUTLOOK + "Theirs.\n", "articles/more.md": "theirs\n"})
    two.jd.git("push", "--quiet")
    if how == "removed":
        (two.kp.root / PATH).unlink()
    elif how == "ignored":
        two.kp.write(".git/info/exclude", "more.md\n")
        two.kp.write("articles/more.md", "mine\n")
    elif how == "folder":
        two.kp.write("articles/more.md/inside.md", "mine\n")
    else:
        two.kp.write("articles/more.md" if how == "untracked" else PATH, "mine\n")
    if how == "staged":
        two.kp.git("add", PATH)
        two.kp.write(PATH, OUTLOOK)
    done = untouched(two.kp, lambda: run("sync", cwd=two.kp.root))
    assert done.code == 1 and done.out == ""
    assert "no file was touched" in done.err or "Git moved nothing" in done.err
    assert "kcs sync" in done.err


def test_of_many_files_in_the_way_the_first_are_named(two: Two, run: Run) -> None:
    for number in range(1, 8):
        two.jd.commit({f"articles/{number}.md": "theirs\n"})
        two.kp.write(f"articles/{number}.md", "mine\n")
        two.jd.git("push", "--quiet")
        done = untouched(two.kp, lambda: run("sync", cwd=two.kp.root))
        names = ", ".join(f"articles/{one}.md" for one in range(1, min(number, 5) + 1))
        more = f" and {number - 5} more" if number > 5 else ""
        assert done.code == 1 and f"did not commit: {names}{more}; no file" in done.err


@pytest.mark.parametrize("push", [False, True])
def test_two_ways_are_said_and_nothing_is_touched(two: Two, run: Run, push: bool) -> None:
    two.jd.commit({"articles/a.md": "theirs\n"})
    two.jd.git("push", "--quiet")
    two.kp.commit({"articles/b.md": "mine\n"}, who=KP)
    done = untouched(two.kp, lambda: run("sync", *(["--push"] if push else []), cwd=two.kp.root))
    assert done.code == 1 and "have diverged: 1 commit here, 1 commit there" in done.err
    assert "git merge origin/main" in done.err
    two.kp.git(
        "-c",
        "user.name=kp",
        "-c",
        "user.email=kp@acme.example",
        "merge",
        "--quiet",
        "--no-edit",
        "origin/main",
    )
    done = run("sync", "--push", cwd=two.kp.root)
    assert done.code == 0 and "2 commits pushed to origin/main" in done.err


def test_what_is_here_alone_is_pushed_only_when_asked(two: Two, run: Run) -> None:
    mine = two.kp.commit({"articles/b.md": "mine\n"}, who=KP)
    done = run("sync", cwd=two.kp.root)
    assert done.code == 0 and "1 commit not pushed yet (kcs sync --push)" in done.err
    assert two.jd.git("ls-remote", "origin", "main").split()[0] != mine
    two.kp.git("config", "branch.main.pushRemote", "fork")
    done = run("sync", "--push", cwd=two.kp.root)
    assert done.code == 1 and "Git is set to push this branch to fork" in done.err
    two.kp.git("config", "--unset", "branch.main.pushRemote")
    assert two.jd.git("ls-remote", "origin", "main").split()[0] != mine
    done = run("sync", "--push", "--format", "json", cwd=two.kp.root)
    assert done.json["pushed"] == 1 and done.json["ahead"] == 0
    assert two.jd.git("ls-remote", "origin", "main").split()[0] == mine


def script(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)
    return file


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_what_a_hook_of_this_clone_says_against_a_push_is_shown(two: Two, run: Run) -> None:
    two.kp.commit({"articles/new.md": "---\ntitle: New\n---\nText.\n"})
    script(
        two.kp.root / ".git/hooks/pre-push",
        "echo 'articles/new.md: not approved'",
        "echo 'ask vera' >&2",
        "exit 1",
    )
    done = run("sync", "--push", cwd=two.kp.root)
    assert done.code == 1 and "the pre-push hook of this clone stopped it; nothing was pushed" in done.err
    assert "     articles/new.md: not approved\n" in done.err and "     ask vera\n" in done.err
    assert "sent nothing" not in done.err and done.err.endswith("fix what it names, then kcs sync --push\n")


@pytest.mark.skipif(os.name == "nt", reason="a hook of the other side is a shell script")
def test_what_the_other_side_does_not_take(two: Two, run: Run) -> None:
    mine = two.kp.commit({"articles/b.md": "mine\n"}, who=KP)
    script(two.bare / "hooks/pre-receive", "echo 'main is protected' >&2", "exit 1")
    done = untouched(two.kp, lambda: run("sync", "--push", cwd=two.kp.root))
    assert done.code == 1 and two.kp.git("rev-parse", "HEAD").strip() == mine
    assert "(pre-receive hook declined) (main is protected)" in done.err
    assert "git push origin HEAD:" in done.err


@pytest.mark.skipif(os.name == "nt", reason="somebody else is a shell script")
@pytest.mark.parametrize("when", ["before the push", "before the push, and known here", "while it runs"])
def test_somebody_else_pushes_after_our_fetch(two: Two, run: Run, tmp_path: Path, when: str) -> None:
    mine = two.kp.commit({"articles/b.md": "mine\n"}, who=KP)
    theirs = two.jd.commit({"articles/c.md": "theirs\n"})
    two.jd.git("push", "--quiet", "origin", "HEAD:refs/heads/side")
    if when.endswith("known here"):
        two.kp.git("fetch", "--quiet", "origin", "side")
    pushes = f"git --git-dir='{two.bare}' update-ref refs/heads/main {theirs}"
    if when == "while it runs":
        script(two.kp.root / ".git/hooks/pre-push", "unset GIT_DIR", pushes)
    else:
        answers = script(tmp_path / "upload-pack", 'git-upload-pack "$@"', pushes)
        two.kp.git("config", "remote.origin.uploadpack", str(answers))
    done = untouched(two.kp, lambda: run("sync", "--push", cwd=two.kp.root))
    assert done.code == 1 and two.kp.git("rev-parse", "HEAD").strip() == mine
    assert "origin/main got new commits in the meantime; nothing was pushed" in done.err
    assert "kcs sync --push again" in done.err


def test_what_there_is_nothing_to_exchange_with(
    native: Base, two: Two, run: Run, make_base: Callable[..., Base]
) -> None:
    def refused(base: Base, said: str) -> None:
        done = (
            untouched(base, lambda: run("sync", cwd=base.root)) if base.in_git else run("sync", cwd=base.root)
        )
        assert done.code == 2 and said in done.err and len(done.err.splitlines()) >= 2, done.err

    refused(make_base({}, name="outside", git=False), "not in a Git repository")
    refused(native, "no remote")
    native.git("remote", "add", "origin", str(two.bare))
    refused(native, "does not track")
    two.jd.git("switch", "--quiet", "--detach")
    refused(two.jd, "HEAD is detached")
    two.kp.write(".git/MERGE_HEAD", two.kp.git("rev-parse", "HEAD"))
    refused(two.kp, "a merge is not finished")
    (two.kp.root / ".git/MERGE_HEAD").unlink()
    two.bare.rename(two.bare.with_name("gone.git"))
    refused(two.kp, "origin sent nothing")


def test_a_branch_that_went_away_is_said(two: Two, run: Run) -> None:
    two.jd.git("switch", "--quiet", "-c", "topic")
    two.jd.git("push", "--quiet", "-u", "origin", "topic")
    two.kp.git("push", "--quiet", "origin", "--delete", "topic")
    done = untouched(two.jd, lambda: run("sync", cwd=two.jd.root))
    assert done.code == 2 and "origin/topic is gone" in done.err


def test_a_configuration_that_is_broken_here_does_not_keep_what_mends_it_away(two: Two, run: Run) -> None:
    two.jd.commit({"kcs.toml": "nonsense = 1\n"})
    two.jd.git("push", "--quiet")
    done = run("sync", cwd=two.kp.root)
    assert done.code == 0 and "cannot be compared" in done.err and "nonsense" in done.err
    assert "1 commit from origin/main\n" in done.err  # how many were touched nobody knows: not 0
    two.jd.commit({"kcs.toml": 'timezone = "UTC"\n'})
    two.jd.git("push", "--quiet")
    assert run("sync", cwd=two.kp.root).code == 0 and run("list", cwd=two.kp.root).code == 0


def test_a_terminal_sees_git_at_work(two: Two, terminal: Terminal) -> None:
    two.jd.commit(
        {f"articles/{number}.md": f"---\ntitle: T{number}\n---\nText {number}.\n" for number in range(60)}
    )
    two.jd.git("push", "--quiet")
    done = terminal("sync", cwd=two.kp.root)
    assert done.code == 0 and "Counting objects: 100%" in done.out and "and 20 more" in done.out


def test_what_was_rewritten_there_is_not_to_be_merged_back(two: Two, run: Run) -> None:
    two.jd.commit({"articles/secret.md": "theirs\n"})
    two.jd.git("push", "--quiet")
    assert run("sync", cwd=two.kp.root).code == 0
    two.jd.git("reset", "--quiet", "--hard", "HEAD~1")
    two.jd.commit(message="taken out")
    two.jd.git("push", "--quiet", "--force")
    for _ in range(2):  # the second time there is nothing left to fetch
        done = untouched(two.kp, lambda: run("sync", cwd=two.kp.root))
        assert done.code == 1 and "was rewritten" in done.err and "git reset --keep origin/main" in done.err
    two.kp.commit({"articles/b.md": "mine\n"}, who=KP)
    done = run("sync", "--push", cwd=two.kp.root)
    assert "git rebase --fork-point origin/main carries your 1 commit over" in done.err
    two.kp.git("rebase", "--quiet", "--fork-point", "origin/main", **identity(KP))
    assert run("sync", "--push", cwd=two.kp.root).code == 0
    assert not (two.kp.root / "articles/secret.md").exists() and (two.kp.root / "articles/b.md").exists()
