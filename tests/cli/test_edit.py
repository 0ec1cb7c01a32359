"""kcs edit, kcs path, kcs open: the file itself, in the programs that the user has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import KCS_TOML, Base, Run
from tests.quick import in_process

PATH = "articles/email/outlook.md"
ADDRESS = 'timezone = "UTC"\n[articles]\ninclude = ["{0}/**/*.md"]\n[links]\nroot = "https://help.acme.example/how-to/"\n{1}'

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the editors and openers of these tests are shell scripts"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


@pytest.fixture
def sed(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """The environment with an editor that changes the file as a sed script says."""

    def make(script: str) -> dict[str, str]:
        editor = tmp_path / "my editor"
        editor.write_text(f"#!/bin/sh\nsed -i '{script}' \"$1\"\n")
        editor.chmod(0o755)
        return {"VISUAL": f"'{editor}'"}

    return make


def test_without_a_terminal_vi_is_not_started(native: Base, run: Run) -> None:
    """It would wait for keys that never come."""
    told = run("edit", PATH, cwd=native.root, env={"VISUAL": "", "EDITOR": ""})
    assert told.code == 2 and "no editor is set, and vi needs a terminal" in told.err
    assert "git config --global core.editor NAME" in told.err
    native.git("config", "core.editor", "true")
    assert run("edit", PATH, cwd=native.root, env={"VISUAL": "", "EDITOR": ""}).code == 0


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("", 0, "nothing changed"),
        ("s/stored/saved/", 0, "title or text changed; now not trusted: content-changed"),
        ("s/^title: Outlook/title: Outlock/", 0, "title or text changed; now not trusted: content-changed"),
        ("s/product: .*/product: mail/", 0, "changed, but not in its title or text; still trusted"),
        ("s/^every few/\\\\n\\\\nevery few/", 0, "title or text changed"),
        (
            "s/confidence: validated/confidence: archived/",
            0,
            "not in its title or text; now not trusted: not-validated",
        ),
        ("s/^title: .*/title: [/", 1, "can no longer be read"),
    ],
)
def test_what_an_edit_means(
    native: Base, run: Run, sed: Callable[[str], dict[str, str]], script: str, code: int, said: str
) -> None:
    run("verify", PATH, "--quiet", "--commit", cwd=native.root)
    done = run("edit", "outlook", cwd=native.root / "articles", env=sed(script))
    assert done.code == code and said in done.out, done
    if "content-changed" in said:
        assert "kcs verify kb-7f3q9xk2" in done.err
    if code:
        assert f"{PATH}:6: " in done.err


def test_back_to_what_was_verified(native: Base, run: Run, sed: Callable[[str], dict[str, str]]) -> None:
    run("verify", PATH, "--quiet", "--commit", cwd=native.root)
    run("edit", PATH, cwd=native.root, env=sed("s/stored/saved/"))
    done = run("edit", PATH, cwd=native.root, env=sed("s/saved/stored/"))
    assert "now trusted" in done.out and "matches the verified text again" in done.err


def test_it_is_committed_when_asked_and_only_that(
    native: Base, run: Run, sed: Callable[[str], dict[str, str]]
) -> None:
    native.write("articles/vpn.md", native.read("articles/vpn.md") + "Mine.\n")
    done = run(
        "edit", PATH, "--commit", "-m", "the menu has moved", cwd=native.root, env=sed("s/stored/saved/")
    )
    assert done.code == 0 and native.git("status", "--porcelain") == " M articles/vpn.md\n"
    assert native.git("log", "-1", "--format=%B").strip() == (
        "Edit: Outlook 2013 keeps asking for the password (kb-7f3q9xk2)\n\nthe menu has moved"
    )


def test_which_editor(native: Base, run: Run, tmp_path: Path, sed: Callable[[str], dict[str, str]]) -> None:
    mine = sed("s/stored/saved/")["VISUAL"]
    native.git("config", "core.editor", mine)
    assert "changed" in run("edit", PATH, cwd=native.root, env={"VISUAL": "", "EDITOR": " "}).out
    assert "nothing changed" in run("edit", PATH, cwd=native.root, env={"VISUAL": "", "EDITOR": "true"}).out
    assert (
        "nothing changed" in run("edit", PATH, cwd=native.root, env={"VISUAL": "true", "EDITOR": "false"}).out
    )


@pytest.mark.parametrize(
    ("editor", "code", "said"),
    [
        ("false", 1, "ended with code 1"),
        ("no-such-program", 2, "cannot be started"),
        ("it's", 2, "cannot be started"),
        ("''", 2, "cannot be started"),
    ],
)
def test_an_editor_that_fails(native: Base, run: Run, editor: str, code: int, said: str) -> None:
    done = run("edit", PATH, cwd=native.root, env={"VISUAL": editor})
    assert done.code == code and said in done.err


def test_a_file_that_the_editor_takes_away(native: Base, run: Run) -> None:
    done = run("edit", PATH, cwd=native.root, env={"VISUAL": "rm"})
    assert done.code == 2 and "is no longer an article of this base" in done.err


def test_a_path_is_one_line_that_another_program_opens(
    native: Base, run: Run, kcs_env: dict[str, str]
) -> None:
    native.write("articles/a b ไทย.md", "---\ntitle: Blank\n---\nText.\n")
    for cwd in (native.root, native.root / "articles"):
        assert run("path", "blank", cwd=cwd).out == f"{native.root}/articles/a b ไทย.md\n"
    assert run("path", "blank", "--relative", cwd=native.root / "articles/email").out == "../a b ไทย.md\n"
    shell = f'cat "$({sys.executable} -m kcs path vpn)"'
    shown = subprocess.run(
        ["sh", "-c", shell], cwd=native.root, env=kcs_env, capture_output=True, check=True
    ).stdout
    assert shown.decode() == native.read("articles/vpn.md")


def test_a_path_of_bytes_that_are_no_text(native: Base, kcs_env: dict[str, str]) -> None:
    name = os.fsencode(native.root) + b"/articles/caf\xe9.md"
    try:
        with open(name, "wb") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(b"---\nid: kb-bytes001\ntitle: Bytes\n---\nText.\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    words = [sys.executable, "-m", "kcs", "path", "kb-bytes001"]
    assert (
        subprocess.run(words, cwd=native.root, env=kcs_env, capture_output=True, check=True).stdout
        == name + b"\n"
    )


def test_what_is_not_one_article(native: Base, run: Run) -> None:
    for command in ("path", "open", "edit"):
        done = run(command, "articles", cwd=native.root)
        assert done.code == 2 and done.out == "" and "names 2 articles" in done.err
        assert run(command, "nothing like it", cwd=native.root).code == 2


@pytest.fixture
def opener(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """The environment with an opener of the system that writes down what it was given, and where it does."""
    name = "open" if sys.platform == "darwin" else "xdg-open"
    folder, given = tmp_path / "bin", tmp_path / "given"
    folder.mkdir()
    (folder / name).write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{given}'\n")
    (folder / name).chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}, given


def test_open_gives_the_file_or_the_page(
    make_base: Callable[..., Base], run: Run, opener: tuple[dict[str, str], Path]
) -> None:
    env, given = opener
    base = make_base(
        {"articles/a b/ไทย.md": "---\ntitle: One\n---\nText.\n"}, config=ADDRESS.format("articles", "")
    )
    assert run("open", "one", cwd=base.root, env=env).code == 0
    assert given.read_text("utf-8") == f"{base.root}/articles/a b/ไทย.md\n"
    address = "https://help.acme.example/how-to/articles/a%20b/%E0%B9%84%E0%B8%97%E0%B8%A2\n"
    assert run("open", "one", "--web", cwd=base.root, env=env).out == "" and given.read_text() == address
    given.unlink()
    assert (
        run("open", "one", "--web", "--print", cwd=base.root, env=env).out == address and not given.exists()
    )


def test_a_page_by_its_permalink(make_base: Callable[..., Base], run: Run) -> None:
    config = ADDRESS.format("content", 'by = "permalink"\n')
    base = make_base(
        {"content/mail/smtp.md": "---\npermalink: smtp/\ntitle: SMTP\n---\nText.\n"}, config=config
    )
    assert (
        run("open", "smtp", "--web", "--print", cwd=base.root).out
        == "https://help.acme.example/how-to/smtp\n"
    )


def test_a_page_of_a_site_that_is_not_known(native: Base, run: Run) -> None:
    done = run("open", "vpn", "--web", cwd=native.root)
    assert done.code == 2 and "`root` of [links] is not set" in done.err
    native.write("kcs.toml", KCS_TOML + '[links]\nroot = "/how-to/"\n')
    assert "is '/how-to/'" in run("open", "vpn", "--web", cwd=native.root).err


def test_where_nothing_opens_it_the_path_is_printed(native: Base, run: Run, tmp_path: Path) -> None:
    git = tmp_path / "bin"
    git.mkdir()
    (git / "git").symlink_to(subprocess.check_output(["which", "git"], text=True).strip())
    done = run("open", "vpn", cwd=native.root, env={"PATH": str(git)})
    assert (
        done.code == 0
        and done.out == f"{native.root}/articles/vpn.md\n"
        and "nothing here opens it" in done.err
    )


def test_what_a_failed_editor_left_is_not_committed(native: Base, run: Run, tmp_path: Path) -> None:
    editor = tmp_path / "fails"
    editor.write_text('#!/bin/sh\necho "Half a sent" >> "$1"\nexit 3\n')
    editor.chmod(0o755)
    done = run("edit", PATH, "--commit", cwd=native.root, env={"VISUAL": str(editor)})
    assert done.code == 1 and "ended with code 3" in done.err and "it was not committed" in done.err
    assert native.git("status", "--porcelain") == f" M {PATH}\n"
