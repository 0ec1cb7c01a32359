"""Odd places and odd files: each ends in a clear sentence or simply works, and a gate never fails open."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import JD, Base, Run, identity, unprivileged

ARTICLE = "---\ntitle: {0}\nconfidence: validated\n---\n{0}\n"


def verified(base: Base, run: Run, path: str) -> None:
    """The article with an honest stamp, committed."""
    assert run("verify", path, cwd=base.root).code == 0
    base.commit(message="verify")


def reasons(run: Run, root: Path, *more: str) -> dict[str, list[str]]:
    """Path -> reasons, as `kcs list` gives them."""
    listed = run("list", "--format", "json", *more, cwd=root)
    assert listed.code == 0, listed.err
    return {one["path"]: one["reasons"] for one in listed.json["articles"]}


NAMES = [
    "with blank.md",
    "two\nlines.md",
    "tab\there.md",
    "คู่มือ.md",
    "-dash.md",
    "quo'te\".md",
    "a;b&c.md",
    "#hash%20.md",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_listed_shown_and_verified(
    make_base: Callable[..., Base], run: Run, name: str
) -> None:
    base = make_base({f"articles/{name}": ARTICLE.format("x")})
    assert reasons(run, base.root) == {f"articles/{name}": ["never-verified"]}
    assert run("show", "--", f"articles/{name}", cwd=base.root).code == 0
    done = run("verify", "--commit", "--", f"articles/{name}", cwd=base.root)
    assert done.code == 0, done.err
    assert base.git("status", "--porcelain") == ""
    assert reasons(run, base.root) == {f"articles/{name}": []}
    # One record a line in a pipe, whatever the name.
    assert run("list", cwd=base.root).out.count("\n") == 1


def test_a_name_that_is_no_utf8(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/a.md": ARTICLE.format("a")})
    raw = os.fsencode(base.root) + b"/articles/caf\xe9.md"
    with open(raw, "wb") as stream:  # noqa: PTH123
        stream.write(ARTICLE.format("b").encode())
    listed = run("list", cwd=base.root)
    assert (listed.code, listed.out.count("\n")) == (0, 2)
    assert run("trust", cwd=base.root).code == 0


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names of files are UTF-8 in every locale")
def test_the_locale_changes_no_name_and_no_trust(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base(
        {
            "articles/ปัญหา.md": ARTICLE.format("a"),
            "articles/b.md": "---\ntitle: b\nconfidence: validated\n---\n\n[that](ปัญหา.md)\n",
        }
    )
    assert run("verify", "articles/b.md", "--yes", cwd=base.root).code == 0
    ascii_names = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for command in (
        ("trust",),
        ("list",),
        ("path", "ปัญหา.md"),
        ("new", "ปัญหา ü", "--dry-run", "--format", "json"),
    ):
        usual, there = (run(*command, cwd=base.root, env=env) for env in ({}, ascii_names))
        assert there.code == usual.code == 0 and (there.out == usual.out or command[0] == "new")
    assert there.json["title"] == "ปัญหา ü"
    assert "1 of 2 articles" in run("trust", cwd=base.root, env=ascii_names).out


def test_what_is_no_text_is_counted_and_untrusted(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({
        "articles/latin.md": ARTICLE.format("caf\u00e9").encode("latin-1"),
        "articles/utf16.md": ARTICLE.format("x").encode("utf-16"),
        "articles/nul.md": b"---\ntitle: a\x00b\n---\n",
        "articles/open.md": b"---\ntitle: x\n",
        "articles/list.md": b"---\n- a\n---\n",
        "articles/empty.md": b"",
        "articles/binary.md": bytes(range(256)) * 40,
    })  # fmt: skip
    found = run("trust", "--format", "json", cwd=base.root).json
    assert (found["trusted"], found["total"]) == (0, 7)
    assert sorted(found["unreadable"]) == [
        "articles/binary.md", "articles/latin.md", "articles/list.md", "articles/nul.md", "articles/open.md", "articles/utf16.md",
    ]  # fmt: skip
    for path in found["unreadable"]:
        before = (base.root / path).read_bytes()
        for command in (
            ["verify"],
            ["flag", "--reason", "wrong", "-m", "x"],
            ["unverify", "--reason", "wrong", "-m", "x"],
        ):
            done = run(*command, path, cwd=base.root)
            assert done.code == 2, (command, path, done)
            assert path in done.err
        assert (base.root / path).read_bytes() == before
        assert run("show", path, cwd=base.root).code in (0, 1, 2)


def test_a_yaml_bomb_ends_within_a_second(make_base: Callable[..., Base], run: Run) -> None:
    rows = "\n".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]" for i in range(20)
    )
    base = make_base(
        {
            "articles/bomb.md": f"---\ntitle: x\na: &a [x, x]\n{rows}\n---\n",
            "articles/deep.md": f"---\nx: {'[' * 90_000}\n---\n",
        }
    )
    begun = os.times()
    assert run("trust", "--format", "json", cwd=base.root).json["unreadable"] == [
        "articles/bomb.md",
        "articles/deep.md",
    ]
    ended = os.times()
    assert ended.children_user - begun.children_user < 2


def test_a_link_out_of_the_tree_is_not_followed(
    make_base: Callable[..., Base], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text(ARTICLE.format("secret"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/b.md").write_text(ARTICLE.format("b"))
    base = make_base({"articles/a.md": ARTICLE.format("a")})
    (base.root / "articles/out.md").symlink_to(tmp_path / "secret.md")
    (base.root / "articles/dir").symlink_to(tmp_path / "outside")
    (base.root / "articles/gone.md").symlink_to("nowhere.md")
    (base.root / "articles/loop.md").symlink_to("loop.md")
    assert list(reasons(run, base.root)) == ["articles/a.md"]
    for name in ("out", "loop"):
        done = run("show", f"articles/{name}.md", cwd=base.root)
        assert done.code == 2 and "no article is named" in done.err
    assert list(reasons(run, base.root, "--kb", "articles/loop.md/..")) == ["articles/a.md"]
    assert "secret" not in run("show", str(tmp_path / "secret.md"), cwd=base.root).out


def test_no_commits_yet(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/a.md": ARTICLE.format("a")}, git=False)
    base.git("init", "-q")
    assert reasons(run, base.root) == {"articles/a.md": ["never-verified"]}
    assert run("verify", "articles/a.md", cwd=base.root).code == 0
    assert reasons(run, base.root) == {"articles/a.md": []}
    assert run("trust", "--at", "HEAD", cwd=base.root).code == 2
    for command in (["log", "articles/a.md"], ["show", "articles/a.md"], ["queue"]):
        assert run(*command, cwd=base.root).code == 0


def test_no_git_at_all(make_base: Callable[..., Base], run: Run, adopted: Base, tmp_path: Path) -> None:
    base = make_base({"articles/a.md": ARTICLE.format("a")}, git=False)
    assert run("verify", "articles/a.md", cwd=base.root).code == 0
    assert reasons(run, base.root) == {"articles/a.md": []}
    assert run("verify", "articles/a.md", "--commit", cwd=base.root).code == 2
    assert run("trust", "--at", "2026-01-01", cwd=base.root).code == 2
    # Nobody can know what a date alone vouched for where there is no history.
    shutil.copytree(adopted.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    assert reasons(run, tmp_path / "copy", "--as-of", "2025-07-01")["content/mail/smtp.md"] == [
        "unknown-history"
    ]


def test_git_is_not_installed(native: Base, run: Run, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    done = run("verify", "kb-vpn00001", cwd=native.root, env={"PATH": str(tmp_path / "bin")})
    assert done.code == 2
    assert "git" in done.err.lower()


def test_a_shallow_clone_never_says_fresh(adopted: Base, run: Run, tmp_path: Path) -> None:
    adopted.commit({"content/other.md": ARTICLE.format("o")}, day="2026-06-01")
    adopted.git("clone", "-q", "--depth", "1", f"file://{adopted.root}", str(tmp_path / "shallow"))
    day = ("--as-of", "2025-07-01")
    assert reasons(run, adopted.root, *day)["content/mail/smtp.md"] == []
    assert reasons(run, tmp_path / "shallow", *day)["content/mail/smtp.md"] == ["unknown-history"]
    subprocess.run(
        ["git", "fetch", "-q", "--unshallow"], cwd=tmp_path / "shallow", env=adopted.env, check=True
    )
    assert reasons(run, tmp_path / "shallow", *day)["content/mail/smtp.md"] == []


def test_bare_detached_worktree_and_submodule(native: Base, run: Run, tmp_path: Path) -> None:
    verified(native, run, "kb-vpn00001")
    native.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    (tmp_path / "bare.git/kcs.toml").write_text("")
    bare = run("list", cwd=tmp_path / "bare.git")
    assert (bare.code, "bare repository" in bare.err) == (2, True)
    native.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    assert reasons(run, tmp_path / "tree")["articles/vpn.md"] == []
    flagged = run("flag", "kb-vpn00001", "--reason", "style", "-m", "x", "--commit", cwd=tmp_path / "tree")
    assert flagged.code == 0 and "on no branch: git branch NAME" in flagged.err
    outer = tmp_path / "outer"
    outer.mkdir()
    for words in (
        ["init", "-q"],
        ["-c", "protocol.file.allow=always", "submodule", "add", "-q", str(native.root), "kb"],
    ):
        subprocess.run(["git", *words], cwd=outer, env=native.env, check=True, capture_output=True)
    assert reasons(run, outer / "kb")["articles/vpn.md"] == []


def test_a_hook_of_another_repository_does_not_lead_astray(native: Base, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run(["git", "init", "-q", other], check=True, env=native.env)
    env = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git/index"),
    }
    assert run("trust", cwd=native.root, env=env).code == 0
    assert run("verify", "kb-vpn00001", cwd=native.root, env=env).code == 0
    assert run("log", "kb-vpn00001", cwd=native.root, env=env).out.count("created") == 1


def test_an_article_in_a_merge_conflict(native: Base, run: Run) -> None:
    verified(native, run, "kb-vpn00001")
    native.git("checkout", "-q", "-b", "side")
    native.commit({"articles/vpn.md": native.read("articles/vpn.md").replace("VPN drops", "VPN stops")})
    native.git("checkout", "-q", "main")
    native.commit({"articles/vpn.md": native.read("articles/vpn.md").replace("VPN drops", "VPN fails")})
    merged = subprocess.run(
        ["git", "merge", "side"],
        cwd=native.root,
        env={**native.env, **identity(JD)},
        capture_output=True,
        check=False,
    )
    assert merged.returncode == 1
    assert reasons(run, native.root)["articles/vpn.md"] == ["unreadable"]
    before = native.read("articles/vpn.md")
    done = run("verify", "articles/vpn.md", cwd=native.root)
    assert done.code == 2
    assert "conflict" in done.err
    assert native.read("articles/vpn.md") == before


def bound(
    words: list[str], cwd: Path, env: dict[str, str], size: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run bound by permissions, which root is not; `size` limits how large a file may become."""

    def limit() -> None:
        if size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [*unprivileged(), *words],
        cwd=cwd,
        env=env,
        preexec_fn=limit,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def mine(native: Base, kcs_env: dict[str, str]) -> tuple[Path, dict[str, str]]:
    """The native base and an environment to run the program in."""
    return native.root, {**kcs_env, **identity(JD), "PYTHONDONTWRITEBYTECODE": "1"}


KCS = [sys.executable, "-m", "kcs"]


def test_a_read_only_folder(mine: tuple[Path, dict[str, str]]) -> None:
    root, env = mine
    (root / "articles").chmod(0o555)
    (root / "articles/vpn.md").chmod(0o444)
    before = (root / "articles/vpn.md").read_bytes()
    assert bound([*KCS, "list"], root, env).returncode == 0
    done = bound([*KCS, "verify", "kb-vpn00001"], root, env)
    assert done.returncode == 2
    assert b"articles/vpn.md" in done.stderr
    assert b"left as it was" in done.stderr
    assert (root / "articles/vpn.md").read_bytes() == before
    (root / "articles/vpn.md").chmod(0o000)
    found = bound([*KCS, "trust", "--format", "json"], root, env)
    assert b'"articles/vpn.md"' in found.stdout.partition(b'"unreadable": [')[2]


def test_a_full_disk(mine: tuple[Path, dict[str, str]]) -> None:
    root, env = mine
    article = root / "articles/email/outlook.md"
    article.write_text(article.read_text() + "\nmore text\n" * 2000)
    before = article.read_bytes()
    done = bound([*KCS, "verify", "kb-7f3q9xk2"], root, env, size=8192)
    assert done.returncode == 2, done
    assert b"Traceback" not in done.stderr
    assert article.read_bytes() == before
    assert [one for one in article.parent.iterdir() if "kcs-tmp" in one.name] == []


def test_a_cache_that_cannot_be_written(mine: tuple[Path, dict[str, str]]) -> None:
    root, env = mine
    home = Path(env["HOME"])
    shutil.rmtree(home / "cache", ignore_errors=True)
    home.chmod(0o555)
    assert bound([*KCS, "list"], root, env).returncode == 0
    assert bound([*KCS, "trust"], root, env).returncode == 0
    assert list(home.iterdir()) == []
    home.chmod(0o755)


def test_the_reader_of_a_pipe_may_leave(make_base: Callable[..., Base], kcs_env: dict[str, str]) -> None:
    base = make_base({f"articles/{number}.md": ARTICLE.format("a" * 900) for number in range(200)})
    words = f"{sys.executable} -m kcs list | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", words], cwd=base.root, env=kcs_env, capture_output=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 1)


def test_an_edit_in_the_same_moment_is_seen(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"articles/a.md": ARTICLE.format("one")})
    assert run("list", cwd=base.root).out.endswith("one\n")
    file = base.root / "articles/a.md"
    status = file.stat()
    file.write_text(ARTICLE.format("two"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run("list", cwd=base.root).out.endswith("two\n")
    time.sleep(0.15)
    assert run("list", cwd=base.root).out.endswith("two\n")


def test_what_an_error_quotes_of_an_article_does_not_reach_the_terminal(
    make_base: Callable[..., Base], run: Run
) -> None:
    title = '"Reset \\x1b]0;mine\\x07 it \\u202e now"'
    text = f"---\nid: kb-7f3q9xk2\ntitle: {title}\nproduct: {title}\n---\nReset.\n"
    base = make_base({"articles/a.md": text})
    for words in (("show", "kb-7f3q9xk3"), ("list", "--product", "Reset it nov")):
        told = run(*words, cwd=base.root)
        assert "Reset" in told.err and not any(sign in told.err for sign in "\x1b\x07\u202e"), told.err
