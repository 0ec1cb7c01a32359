"""kcs use: which base kcs works on when called from anywhere, one line of the user's own settings."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcs.authoring.choose import edited
from tests.conftest import Base, Run
from tests.quick import in_process


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Where this test's user has her settings."""
    return tmp_path / "home/config/kcs/config.toml"


def test_chosen_used_shown_and_cleared(native: Base, run: Run, tmp_path: Path, config: Path) -> None:
    assert run("list").code == 2
    done = run("use", native.root / "articles")
    assert done.code == 0 and done.out == f"from anywhere: {native.root}\n"
    assert config.read_text() == f'kb = "{native.root}"\n'
    assert run("list").out.count("\n") == 2
    shown = run("use")
    assert shown.out == f"{native.root}\n" and "chosen with kcs use" in shown.err
    done = run("use", "--clear")
    assert done.code == 0 and config.read_text() == ""
    assert run("use").code == 2 and "kcs use PATH" in run("use").err


def test_a_home_that_nobody_has_is_a_folder_of_that_name(run: Run, config: Path) -> None:
    """It ended as an internal error: a shell hands `~name` over as it is where nobody is called so."""
    done = run("use", "~nobody-here")
    assert done.code == 2 and "there is no folder ~nobody-here" in done.err
    config.parent.mkdir(parents=True)
    config.write_text('kb = "~nobody-here"\n')
    done = run("list")
    assert done.code == 2 and "none at ~nobody-here, the one your settings name" in done.err


def test_what_stands_before_it(native: Base, adopted: Base, run: Run, tmp_path: Path) -> None:
    run("use", native.root)
    folder = run("use", "--format", "json", cwd=adopted.root).json
    assert (folder["root"], folder["why"], folder["chosen"]) == (
        str(adopted.root),
        "folder",
        str(native.root),
    )
    assert run("use", "--format", "json", env={"KCS_KB": str(adopted.root)}).json["why"] == "KCS_KB"
    done = run("use", native.root, cwd=adopted.root)
    assert f"here kcs works on {adopted.root}" in done.err


def test_a_folder_beside_is_never_taken_for_one_in_the_base_where_one_is(
    native: Base, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for words, env in ((("list", "--kb", "../empty"), {}), (("list",), {"KCS_KB": "../empty"})):
        told = run(*words, cwd=native.root, env=env)
        assert (told.code, told.out) == (2, "") and "no knowledge base at ../empty" in told.err
    assert run("list", "--kb", "../kb/articles", cwd=tmp_path / "empty").out.count("\n") == 2
    told = run("init", "--adopt", "--kb", "../kb", cwd=tmp_path / "empty")
    assert f"kcs: {native.root}/kcs.toml exists" in told.err


def test_what_the_settings_hold_stays(native: Base, run: Run, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_bytes(b"# mine\r\ncommit = true   # always\r\n'kb' = \"/gone\"\r\n\r\n[later]\r\nkb = 1\r\n")
    run("use", native.root)
    assert config.read_bytes() == (
        f'# mine\r\ncommit = true   # always\r\nkb = "{native.root}"\r\n\r\n[later]\r\nkb = 1\r\n'.encode()
    )
    assert run("use", "--clear").code == 0
    assert config.read_bytes() == b"# mine\r\ncommit = true   # always\r\n\r\n[later]\r\nkb = 1\r\n"


@pytest.mark.parametrize(
    ("held", "said"),
    [(b"kb = [", "not valid TOML"), (b'kb = """\n/a\n"""\n', "by hand"), (b"kb = '\xff'", "not UTF-8")],
)
def test_settings_that_cannot_be_changed_safely_stay(
    native: Base, run: Run, config: Path, held: bytes, said: str
) -> None:
    config.parent.mkdir(parents=True)
    config.write_bytes(held)
    done = run("use", native.root)
    assert done.code == 2 and said in done.err and config.read_bytes() == held


def test_a_choice_that_is_gone_is_named(native: Base, run: Run, tmp_path: Path) -> None:
    run("use", native.root)
    native.root.rename(tmp_path / "elsewhere")
    done = run("list")
    assert done.code == 2 and str(native.root) in done.err and "kcs use" in done.err
    assert run("use", "--clear").code == 0


@pytest.mark.parametrize("words", [("nowhere",), ("--clear", ".")])
def test_what_cannot_be_chosen(run: Run, config: Path, words: tuple[str, ...]) -> None:
    assert run("use", *words).code == 2 and not config.exists()


def test_a_choice_of_the_wrong_kind(run: Run, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("kb = 3\n")
    done = run("list")
    assert done.code == 2 and "kb is 3, but must be a path" in done.err
    config.write_text("commit = true\n")
    done = run("list")
    assert done.code == 2 and done.err.startswith("kcs: no knowledge base here: no kcs.toml in this folder")
    assert "kcs init --adopt writes one for the articles that lie here" in done.err and not done.out


def test_a_misspelt_key_is_named_with_its_line_once(run: Run, native: Base, config: Path) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("# mine\ncomit = true\n")
    done = run("state", "kb-vpn00001", "archived", cwd=native.root)
    assert done.code == 0 and done.err.count(f"{config}:2: unknown key 'comit'") == 1
    assert "did you mean 'commit'?" in done.err
    config.write_text('commit = "false"\n')
    done = run("state", "kb-vpn00001", "validated", cwd=native.root)
    assert done.code == 2 and "must be true or false" in done.err


_LINES = st.sampled_from(
    ["# words", "commit = true", 'kb = "/a"', "  kb = '/b'  # why", "", "x = ['kb = 1']", "[t]", "u = 1"]
)


@settings(max_examples=200)
@given(st.lists(_LINES, max_size=8), st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_nothing_else_changes(lines: list[str], kb: str | None) -> None:
    text = "".join(f"{line}\n" for line in lines)
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    after = edited(text, kb)
    before.pop("kb", None)
    assert tomllib.loads(after) == before | ({} if kb is None else {"kb": kb})
    kept = [line for line in lines if not line.strip().startswith("kb")]
    assert [line for line in after.splitlines() if line in kept] == kept or not set(kept) - {""}


def test_a_folder_that_holds_no_base_is_named_with_what_named_it(quick: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my base"
    for words, env, named in (
        (("list", "--kb", folder), {}, ""),
        (("list",), {"KCS_KB": str(folder)}, ", which KCS_KB names"),
    ):
        told = quick(*words, cwd=tmp_path, env=env)
        assert told.code == 2 and told.err.startswith(f"kcs: there is no folder {folder}{named}\n")
        folder.mkdir()
        told = quick(*words, cwd=tmp_path, env=env)
        assert told.code == 2 and told.err.startswith(
            f"kcs: no knowledge base at {folder}{named}: no kcs.toml there"
        )
        assert f"kcs init --adopt --kb '{folder}' writes" in told.err
        folder.rmdir()


def test_a_check_outside_git_leads_to_the_audit(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\n---\n"}, git=False)
    told = quick("check", cwd=base.root)
    assert (
        told.code == 2
        and "in no Git repository\n     git init; kcs audit looks at the files as they are\n" in told.err
    )
    assert quick("audit", cwd=base.root).code in (0, 1)
