"""Submodules, links to folders, ignored files, sparse
checkouts: what kcs mv, kcs new and their commits make of them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

LINKING = "---\nid: kb-aaaaaaa1\ntitle: First of two\nconfidence: validated\n---\n[VPN](../vpn.md)\n"
TITLE = "Printer prints nothing at all"


@pytest.fixture
def with_submodule(native: Base, make_base: Callable[..., Base]) -> Base:
    other = make_base({"notes.md": "# Notes\n"}, name="other")
    (other.root / "kcs.toml").unlink()
    other.commit()
    native.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other.root),
        "articles/email/sub",
    )
    native.commit()
    return native


@pytest.mark.parametrize("target", ["articles/mail", "articles/email/deeper"])
def test_a_submodule_is_not_moved_like_a_folder(with_submodule: Base, run: Run, target: str) -> None:
    """Its `.git` names the repository's folder by the way there, and was lost on it."""
    old = "articles/email" if target == "articles/mail" else "articles/email/sub"
    done = run("mv", old, target, cwd=with_submodule.root)
    assert done.code == 2 and "articles/email/sub is a submodule" in done.err and "git mv" in done.err
    assert with_submodule.git("status", "--short") == ""
    with_submodule.git("submodule", "--quiet", "deinit", "--all")
    done = run("mv", old, target, cwd=with_submodule.root)
    assert done.code == 2 and "articles/email/sub is a submodule" in done.err


def test_no_article_is_put_where_nobody_looks_for_articles(with_submodule: Base, run: Run) -> None:
    """In a repository of its own it was no article of the base any more."""
    base = with_submodule
    moved = run("mv", "articles/vpn.md", "articles/email/sub/", cwd=base.root)
    assert moved.code == 2 and "articles/email/sub is one of its own" in moved.err
    out = run("mv", "articles/email/sub/notes.md", "articles/notes.md", cwd=base.root)
    assert out.code == 2 and "not in the same repository" in out.err
    made = run("new", TITLE, "--in", "articles/email/sub", cwd=base.root)
    assert made.code == 2 and "articles/email/sub is a repository of its own" in made.err
    assert base.git("status", "--short", "--ignore-submodules=none") == ""


def test_no_commit_is_begun_that_cannot_hold_what_moves(with_submodule: Base, run: Run) -> None:
    """Where `include` names the submodule: the commit held moves.tsv alone, and was called Move."""
    base = with_submodule
    include = '[articles]\ninclude = ["articles/**/*.md", "articles/email/sub/**/*.md"]\n'
    base.commit({"kcs.toml": include.replace("articles/**/*.md", "articles/*.md")})
    old, new = "articles/email/sub/notes.md", "articles/email/sub/more.md"
    done = run("mv", old, new, "--commit", cwd=base.root)
    assert done.code == 2 and "articles/email/sub, a repository of its own" in done.err
    assert base.git("status", "--short") == "" and (base.root / old).exists()
    assert run("mv", old, new, cwd=base.root).code == 0
    assert (base.root / new).exists()


@pytest.mark.parametrize("folder", [".git", ".git/info", "articles/.git"])
def test_no_article_is_put_into_gits_own_folder(
    make_base: Callable[..., Base], run: Run, folder: str
) -> None:
    base = make_base({"articles/a.md": LINKING}, config='[articles]\ninclude = ["**/*.md"]\n')
    done = run("new", TITLE, "--in", folder, cwd=base.root)
    assert done.code == 2 and "Git's folder" in done.err
    assert not [*base.root.glob("**/.git/**/printer*")] and not (base.root / "articles/.git").exists()


def test_a_new_article_goes_where_a_link_to_a_folder_leads(native: Base, run: Run) -> None:
    """By the path through the link Git refused to commit it."""
    (native.root / "articles/mail").symlink_to("email")
    native.commit()
    done = run("new", TITLE, "--in", "articles/mail", "--commit", cwd=native.root)
    assert done.code == 0, done.err
    assert done.out.startswith("articles/email/printer-prints-") and native.git("status", "--short") == ""


def test_the_commit_of_a_move_holds_the_links_of_the_folder(native: Base, run: Run) -> None:
    """Symbolic ones stayed behind: gone from the old place, unknown to Git in the new one."""
    (native.root / "articles/email/first.md").symlink_to("outlook.md")
    native.commit()
    done = run("mv", "articles/email", "articles/mail", "--commit", cwd=native.root)
    assert done.code == 0 and native.git("status", "--short") == ""
    assert (native.root / "articles/mail/first.md").readlink() == Path("outlook.md")


def test_a_page_that_git_ignores_is_rewritten_and_stays_out_of_the_commit(native: Base, run: Run) -> None:
    """For such a page Git refused the whole commit, after everything was moved."""
    native.commit({".gitignore": "/mine/\n"})
    native.write("mine/notes.md", "[VPN](../articles/vpn.md)\n")
    done = run("mv", "articles/vpn.md", "articles/net.md", "--commit", cwd=native.root)
    assert done.code == 0, done.err
    assert native.read("mine/notes.md") == "[VPN](../articles/net.md)\n"
    assert native.git("status", "--short") == ""
    assert "mine" not in native.git("show", "--name-only", "HEAD")
    alone = run("mv", "mine/notes.md", "mine/other.md", "--commit", cwd=native.root)
    assert alone.code == 2 and "no commit can hold the move" in alone.err
    assert (native.root / "mine/notes.md").exists()


def test_an_ignored_page_keeps_no_archiving_from_its_commit(native: Base, run: Run) -> None:
    native.commit({".gitignore": "/mine/\n"})
    native.write("mine/notes.md", "[VPN](../articles/vpn.md)\n")
    words = ("kb-vpn00001", "--superseded-by", "kb-7f3q9xk2", "--relink", "--commit")
    done = run("archive", *words, cwd=native.root)
    assert done.code == 0, done.err
    assert native.read("mine/notes.md") == "[VPN](../articles/email/outlook.md)\n"
    assert native.git("status", "--short") == "" and "mine" not in native.git("show", "--name-only", "HEAD")


def test_what_a_sparse_checkout_leaves_out_is_named(native: Base, run: Run) -> None:
    native.commit({"articles/more/first.md": LINKING})
    native.git("sparse-checkout", "set", "articles/email")
    done = run("mv", "articles/vpn.md", "articles/net.md", "--commit", cwd=native.root)
    assert done.code == 0 and "1 Markdown file is not in this folder (a sparse checkout)" in done.err
    native.git("sparse-checkout", "disable")
    assert native.read("articles/more/first.md") == LINKING


def test_a_commit_in_a_revert_is_refused_and_the_revert_goes_on(
    native: Base, run: Run, tmp_path: Path
) -> None:
    """Git made it, and forgot that a commit was half reverted."""
    first = native.commit({"articles/vpn.md": native.read("articles/vpn.md") + "One.\n"})
    native.commit({"articles/vpn.md": native.read("articles/vpn.md") + "Two.\n"})
    with pytest.raises(AssertionError):
        native.git("revert", "--no-edit", first)
    done = run("flag", "kb-7f3q9xk2", "--reason", "unclear", "-m", "which?", "--commit", cwd=native.root)
    assert done.code == 2 and "a revert is not finished" in done.err and "the files are written" in done.err
    assert "which?" in native.read("articles/email/outlook.md")
    native.git("checkout", "--quiet", "articles/email/outlook.md")
    native.git("revert", "--abort")
    assert native.git("status", "--short") == ""


def test_a_dollar_in_the_name_of_the_folder_is_no_variable(make_base: Callable[..., Base], run: Run) -> None:
    """What ran the commit took $HOME for one, looked elsewhere, and said nothing but that folder's name."""
    base = make_base({"articles/a.md": LINKING}, name="price in $HOME and ~")
    done = run("flag", "kb-aaaaaaa1", "--reason", "unclear", "-m", "which?", "--commit", cwd=base.root)
    assert done.code == 0 and done.err.startswith("committed as ") and base.git("status", "--short") == ""


def test_a_hook_that_says_nothing_is_thought_of(native: Base, run: Run) -> None:
    hook = native.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    done = run("mv", "articles/vpn.md", "articles/net.md", "--commit", cwd=native.root)
    assert done.code == 2 and "as where a hook ends it without a word" in done.err
    assert native.git("status", "--short") == " D articles/vpn.md\n?? articles/net.md\n?? moves.tsv\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every name is UTF-8 there")
@pytest.mark.parametrize(
    "words",
    [
        ("new", "--translation-of", "Coffee machine", "--language", "th"),
        ("new", "--from", "Coffee machine"),
        ("archive", "kb-vpn00001", "--superseded-by", "Coffee machine"),
    ],
)
def test_a_name_that_no_text_can_hold_is_written_nowhere(
    native: Base, run: Run, words: tuple[str, ...]
) -> None:
    """It ended as an internal error."""
    name = os.fsencode(native.root) + b"/articles/caf\xe9.md"
    Path(os.fsdecode(name)).write_bytes(b"---\ntitle: Coffee machine\n---\nText.\n")
    native.commit()
    done = run(*words, cwd=native.root)
    assert done.code == 2 and "front matter cannot name it" in done.err
    assert native.git("status", "--short") == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("new", TITLE, "--in", "articles/caf\udce9"), 2),
        (("pairs", "draw", "--seed", "caf\udce9", "--dry-run"), 0),
    ],
)
def test_bytes_that_are_no_text_on_the_command_line(
    native: Base, run: Run, words: tuple[str, ...], code: int
) -> None:
    """Both ended as an internal error."""
    assert run(*words, cwd=native.root).code == code
    assert native.git("status", "--short") == ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing tells a hook who waits for Git")
def test_an_interrupt_in_a_hook_leaves_nothing_in_the_index(native: Base, run: Run) -> None:
    """The new file stayed listed there, as one to be added."""
    hook = native.write(
        ".git/hooks/pre-commit",
        '#!/bin/sh\nkill -INT "$(cut -d " " -f 4 /proc/$PPID/stat)" "$PPID"\nsleep 1\n',
    )
    hook.chmod(0o755)
    done = run("new", TITLE, "--commit", cwd=native.root)
    assert done.code == 130
    assert re.fullmatch(r"\?\? articles/printer-.*\.md\n", native.git("status", "--short"))
