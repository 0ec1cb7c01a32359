"""Completion in bash, zsh and fish, by the protocol that their scripts speak."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Base, Run

SHELLS = ("bash", "zsh", "fish")
# Else the program looks which shell it was started from, and a test is started from none.
SHELL_BY_NAME = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}


def offered(run: Run, base: Base, words: str, shell: str = "bash") -> str:
    """What the shell is told when the completion key is pressed after `words`."""
    count = len(words.split()) - (not words.endswith(" "))
    asked = {
        "_KCS_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(count),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return run(cwd=base.root, env=asked).out.strip()


@pytest.fixture
def warm(native: Base, run: Run) -> Base:
    """A base that was read once, so that its articles are in the cache."""
    assert run("list", cwd=native.root).code == 0
    return native


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_and_their_options_complete_although_they_are_loaded_late(
    run: Run, native: Base, shell: str
) -> None:
    assert "unverify" in offered(run, native, "kcs un", shell)
    assert "--ticket" in offered(run, native, "kcs verify --t", shell)


def test_a_choice_completes(run: Run, native: Base) -> None:
    assert offered(run, native, "kcs list --sort ").split() == [
        "path", "title", "due", "verified", "owner", "product",
    ]  # fmt: skip


TAKES_AN_ARTICLE = (
    "show",
    "verify",
    "flag",
    "assign",
    "mv",
    "state",
    "archive kb-vpn00001 --superseded-by",
    "new x --translation-of",
)


@pytest.mark.parametrize("command", TAKES_AN_ARTICLE)
def test_articles_complete_by_id_and_by_path(run: Run, warm: Base, command: str) -> None:
    assert offered(run, warm, f"kcs {command} kb-").split() == ["kb-7f3q9xk2", "kb-vpn00001"]
    assert offered(run, warm, f"kcs {command} articles/e").split() == ["articles/email/outlook.md"]


@pytest.mark.parametrize("command", ["list", "audit", "sprint plan", "trust", "new x --from"])
def test_where_folders_may_stand_too_ids_complete_and_paths_are_left_to_the_shell(
    run: Run, warm: Base, command: str
) -> None:
    assert offered(run, warm, f"kcs {command} kb-").split() == ["kb-7f3q9xk2", "kb-vpn00001"]
    assert offered(run, warm, f"kcs {command} articles/e") == offered(run, warm, f"kcs {command} ") == ""


def test_the_base_that_is_named_is_the_one_that_is_read(run: Run, warm: Base, tmp_path: Path) -> None:
    elsewhere = Base(tmp_path, warm.env)
    assert "kb-vpn00001" in offered(run, elsewhere, f"kcs show --kb {warm.root} kb-v")
    assert offered(run, elsewhere, "kcs show kb-v") == ""


def test_a_base_that_was_never_read_is_not_read_for_a_key(run: Run, native: Base) -> None:
    assert offered(run, native, "kcs show kb-") == ""


def test_a_broken_configuration_is_silent(run: Run, warm: Base) -> None:
    warm.write("kcs.toml", "nonsense = [")
    assert offered(run, warm, "kcs show kb-") == ""


HOSTILE = {
    "articles/a.md": '---\nid: kb-evil0001\ntitle: "\\\\$(touch owned1) `touch owned2`"\n---\ntext\n',
    "articles/b'$(touch owned3).md": "---\ntitle: plain\n---\ntext\n",
    "articles/c\";touch owned4;'.md": "---\ntitle: \"'; touch owned5; echo '\"\n---\ntext\n",
    "articles/d \\$(touch owned6).md": '---\nid: "kb-\\\\$(touch owned7)"\ntitle: x\n---\ntext\n',
}


@pytest.mark.parametrize("shell", SHELLS)
def test_no_article_reaches_the_shell_with_signs_that_mean_something_there(
    run: Run, native: Base, shell: str
) -> None:
    native.commit(HOSTILE)
    run("list", cwd=native.root)
    said = offered(run, native, "kcs show ", shell)
    assert "kb-evil0001" in said
    assert "owned3" not in said and "owned4" not in said and "owned6" not in said
    assert "$(" not in said and "`" not in said and "\\$" not in said


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_reads(run: Run, native: Base, shell: str) -> None:
    script = run("--show-completion", shell, cwd=native.root, env=SHELL_BY_NAME)
    assert script.code == 0 and "_KCS_COMPLETE" in script.out
    if not (program := shutil.which(shell)):
        pytest.skip(f"{shell} is not installed here")
    done = subprocess.run([program, "-n"], input=script.out.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("shell", SHELLS)
def test_installing_writes_for_that_shell(
    run: Run, native: Base, shell: str, kcs_env: Mapping[str, str]
) -> None:
    done = run("--install-completion", shell, cwd=native.root, env=SHELL_BY_NAME)
    assert done.code == 0, done.err
    home = Path(kcs_env["HOME"])
    written = [one for one in home.rglob("*") if one.is_file() and "_KCS_COMPLETE" in one.read_text("utf-8")]
    assert written, done.out


def test_only_the_program_itself_installs_completion(run: Run, native: Base) -> None:
    assert "--install-completion" in run("--help", cwd=native.root).out
    assert "--install-completion" not in run("list", "--help", cwd=native.root).out


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_conditions_of_a_search_and_values_of_filters_complete(run: Run, native: Base, shell: str) -> None:
    native.commit(
        {"articles/c.md": '---\ntitle: C\nproduct: Cloud Servers\ntags: ["$(touch x)", dns]\n---\ntext\n'}
    )
    run("list", cwd=native.root)

    def said(words: str) -> str:
        return offered(run, native, words, shell).replace("\\", "").replace('"', "")

    assert said("kcs list --product cl").split() == ["cloud-servers"]
    assert "quorum-missing" in said("kcs list --reason quo")
    assert said("kcs search reset product:cl").split() == ["product:cloud-servers"]
    assert said("kcs search not:product:cl").split() == ["not:product:cloud-servers"]
    assert "product:cloud-servers" in said("kcs search prod")
    assert said("kcs search tag:d").split() == ["tag:dns"]
    assert said("kcs search trusted:").split() == ["trusted:yes", "trusted:no"]
    assert said("kcs search reset") == said("kcs search http://x") == said("kcs search no-such:") == ""
    assert "touch" not in said("kcs search tag:")


def test_bash_cuts_a_word_at_its_colon(run: Run, native: Base) -> None:
    native.commit({"articles/c.md": "---\ntitle: C\nproduct: Cloud Servers\n---\ntext\n"})
    run("list", cwd=native.root)
    assert offered(run, native, "kcs search reset product : cl").split() == ["cloud-servers"]


def test_zsh_is_given_a_colon_that_ends_nothing(run: Run, native: Base) -> None:
    run("list", cwd=native.root)
    assert r'"product\\:rackspace-email"' in offered(run, native, "kcs search product:r", "zsh")


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef kcs"), ("fish", "complete --command kcs")]
)
def test_completion_is_for_the_shell_that_is_named(run: Run, tmp_path: Path, shell: str, sign: str) -> None:
    told = run("--show-completion", shell, cwd=tmp_path)
    assert told.code == 0 and sign in told.out and not told.err
    told = run("--show-completion", "tcsh", cwd=tmp_path)
    assert told.code == 2 and not told.out
    assert told.err == "kcs: there is no completion for 'tcsh'\n     for bash, zsh, fish, powershell, pwsh\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_types_and_states_complete_where_they_stand(run: Run, warm: Base, shell: str) -> None:
    warm.write("templates/house-rule.md", "---\nname: House rule\n---\n## {{ heading.issue }}\n")
    assert "house-rule" in offered(run, warm, "kcs new hou", shell) and "how-to" in offered(
        run, warm, "kcs new ho", shell
    )
    assert "how-to" not in offered(run, warm, "kcs new solution ho", shell)
    assert "not-validated" in offered(run, warm, "kcs state kb-vpn00001 not", shell)
    assert "not-validated" not in offered(run, warm, "kcs state not", shell)
    assert "kb-vpn00001" in offered(run, warm, "kcs state kb-v", shell)
    assert "outdated" in offered(run, warm, "kcs flag kb-vpn00001 --reason ou", shell)
    assert "unsafe" in offered(run, warm, "kcs unverify kb-vpn00001 --reason un", shell)
    assert "unclear" not in offered(run, warm, "kcs unverify kb-vpn00001 --reason un", shell)
