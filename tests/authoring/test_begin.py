"""kcs init NAME: a new base that explains itself and works at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from kcs.authoring.begin import begin
from kcs.authoring.begin_config import config_text
from kcs.kb.settings.config import Config, Policy, parse_config
from kcs.kb.settings.keys import TABLES, TOP_KEYS
from tests.conftest import BOT, JD, KP, Base, Run, identity
from tests.quick import in_process


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


def begun(run: Run, tmp_path: Path, *more: str) -> Path:
    done = run("init", "acme-kb", *more)
    assert done.code == 0 and done.out == f"{tmp_path / 'acme-kb'}\n", done.err
    return tmp_path / "acme-kb"


def first_article(root: Path) -> Path:
    found = [one for one in (root / "articles").iterdir() if one.name != "index.md"]
    assert len(found) == 1
    return found[0]


def validates(folder: Path) -> bool:
    program = Path(sys.executable).with_name("okf")
    if not program.exists():
        pytest.skip("okf-cli is not installed: pip install okf-cli==0.7.0")
    return subprocess.run([program, "validate", folder], capture_output=True, check=False).returncode == 0


def test_every_command_works_at_once(run: Run, tmp_path: Path) -> None:
    root = begun(run, tmp_path)
    assert run("trust", cwd=root).code == 0
    listed = run("list", "--format", "json", cwd=root).json["articles"]
    assert [one["confidence"] for one in listed] == ["work-in-progress"]
    checks = {
        one["name"]: one["status"] for one in run("doctor", "--format", "json", cwd=root).json["checks"]
    }
    assert checks["driver"] == checks["attributes"] == checks["team"] == checks["identity"] == "ok"
    assert "problem" not in checks.values()
    assert validates(root / "articles")


def test_it_says_how_to_go_there_as_one_would_type_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "here")
    for name, cwd, printed, typed in (
        ("a kb", "here", "here/a kb", "'a kb'"),
        ("deep/kb", "here", "here/deep/kb", "deep/kb"),
        ("-kb", "here", "here/-kb", str(tmp_path / "here/-kb")),
        ("../beside", "here", "beside", str(tmp_path / "beside")),
        ("../by-link", "link", "by-link", str(tmp_path / "by-link")),
        ("../here/back", "here", "here/back", "back"),
    ):
        done = run("init", "--", name, cwd=tmp_path / cwd)
        assert done.code == 0 and done.out == f"{tmp_path / printed}\n", done.err
        assert f"  cd {typed}\n" in done.err


def test_the_next_commands_work_too(run: Run, tmp_path: Path, kcs_env: dict[str, str]) -> None:
    root = begun(run, tmp_path, "--commit")
    base = Base(root, kcs_env)
    assert base.git("status", "--porcelain") == ""
    assert base.git("log", "--format=%an %s") == "J. Doe Begin the knowledge base acme-kb\n"
    path = str(first_article(root))
    assert run("state", path, "validated", cwd=root).code == 0
    assert "it has no text" in run("verify", path, "--quiet", cwd=root).err
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("\nWrite it here.\n")
    assert run("verify", path, "--quiet", cwd=root).code == 0
    assert run("list", "--trusted", cwd=root).out.count("\n") == 1
    assert run("flag", path, "--reason", "unclear", "-m", "which step?", cwd=root).code == 0
    assert validates(root / "articles")


def test_the_configuration_is_the_defaults_and_every_example_line_is_valid() -> None:
    text = config_text()
    assert parse_config(text.encode()) == Config()
    lines = text.splitlines()
    everything = "\n".join(re.sub(r"^#(?! )", "", line) for line in lines)
    config = parse_config(everything.encode())
    assert config.policies and config.adoption and config.link_root == "/how-to/"
    for line in lines:
        assert len(line) <= 110
    wanted = [key.name for key in TOP_KEYS]
    wanted += [key.name for table in TABLES for key in table.keys]
    for name in set(wanted):
        assert len(re.findall(rf"(?m)^#?{name} = ", text)) == wanted.count(name), name
    assert all(re.search(rf"(?m)^#?\[+{table.name}\]+$", text) for table in TABLES)


def test_each_example_alone_is_valid() -> None:
    lines = config_text().splitlines()
    examples = [at for at, line in enumerate(lines) if re.match(r"#(?! )", line)]
    policy = lines.index("#[[policy]]")
    assert len(examples) > 50
    for at in examples:
        chosen = {at} | ({policy} if policy < at < lines.index("[targets]") else set())
        text = "\n".join(line[1:] if number in chosen else line for number, line in enumerate(lines))
        if re.search(r"(?m)^(on|over) = ", text):  # these two only together
            text = re.sub(r"(?m)^#(on|over) = ", r"\1 = ", text)
        parse_config(text.encode())


@pytest.mark.parametrize(
    ("language", "heading"), [("th", "ปัญหา"), ("vi", "Vấn đề"), ("ar", "المشكلة"), ("en-GB", "Issue")]
)
def test_in_another_language(run: Run, tmp_path: Path, language: str, heading: str) -> None:
    root = begun(run, tmp_path, "--language", language)
    config = parse_config((root / "kcs.toml").read_bytes())
    assert config.defaults == Policy({}, {"language": language})
    assert f"## {heading}" in first_article(root).read_text("utf-8")
    assert validates(root / "articles")


def test_inside_a_repository_no_new_one_is_made(native: Base, run: Run) -> None:
    done = run("init", "more/acme", "--commit", cwd=native.root, who=KP)
    root = native.root / "more/acme"
    assert done.code == 0 and "the Git repository that was there" in done.err
    assert not (root / ".git").exists() and (root / "team.toml").read_text().count('"kp@acme.example"') == 2
    assert native.git("status", "--porcelain") == ""
    assert run("list", cwd=root).out.count("\n") == 1
    # Below the top of a repository neither hooks nor hosts look, and the commands need telling where the base is.
    assert "move them to" in done.err and "--kb more/acme behind" in done.err
    assert run("audit", "--kb", "more/acme", cwd=native.root).code == 0


def test_a_folder_for_the_articles_that_are_there_is_no_place_for_a_new_base(
    run: Run, tmp_path: Path
) -> None:
    done = run("init", "acme", "--kb", "elsewhere", cwd=tmp_path)
    assert done.code == 2 and "--kb is for articles that lie there already" in done.err
    assert not (tmp_path / "acme").exists()


def test_in_an_empty_repository_by_its_own_name(run: Run, tmp_path: Path, kcs_env: dict[str, str]) -> None:
    (tmp_path / "fresh").mkdir()
    Base(tmp_path / "fresh", kcs_env).git("init", "--quiet")
    done = run("init", ".", cwd=tmp_path / "fresh")
    assert done.code == 0 and "KCS_SOURCE" in done.err and "--kb" not in done.err
    assert (tmp_path / "fresh/kcs.toml").is_file()


def test_what_holds_something_is_refused_and_left(native: Base, run: Run, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name, said in (
        ("full", "not empty: it holds 'notes.txt'"),
        ("file", "is not a folder"),
        ("kb", "is a knowledge base already"),
    ):
        before = sorted(tmp_path.rglob("*"))
        done = run("init", name)
        assert done.code == 2 and said in done.err and sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "words",
    [
        ("new", "--adopt"),
        ("new", "--audience", "external"),
        ("new", "--language", "Thai language"),
        ("--adopt", "--language", "th"),
        ("--adopt", "--commit"),
        (),
    ],
)
def test_what_does_not_go_together(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("init", *words)
    assert done.code == 2 and not (tmp_path / "new").exists()


def test_without_a_person_there_is_no_team_and_it_is_said(run: Run, tmp_path: Path) -> None:
    done = run("init", "by-a-machine", who=BOT)
    assert done.code == 0 and "does not know who you are" in done.err
    assert not (tmp_path / "by-a-machine/team.toml").exists()
    assert run("doctor", cwd=tmp_path / "by-a-machine").code == 0


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere, Windows asks otherwise"
)
def test_what_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = run("init", "locked/kb")
    assert done.code == 2 and list(locked.iterdir()) == []


@pytest.mark.parametrize("name", ["ไทย base", "a'b\"c", "-- leading", "{name}", "new\nline", "~nobody-here"])
def test_names_of_folders_do_no_harm(run: Run, tmp_path: Path, name: str) -> None:
    done = run("init", "--", name)
    assert done.code == 0, done.err
    root = tmp_path / name
    assert run("doctor", cwd=root).code == 0
    assert validates(root / "articles")


def test_two_verifications_on_two_branches_meet_in_peace(
    run: Run, tmp_path: Path, kcs_env: dict[str, str]
) -> None:
    root = begun(run, tmp_path)
    team = root / "team.toml"
    team.write_text(team.read_text() + '[people.kp]\nemails = ["kp@acme.example"]\n')
    base, path = Base(root, kcs_env), str(first_article(root))
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("\nWrite it here.\n")
    base.commit()
    base.git("switch", "-qc", "other")
    assert run("verify", path, "--yes", "--quiet", "--commit", cwd=root).code == 0
    base.git("switch", "-q", "-")
    assert run("verify", path, "--yes", "--quiet", "--commit", cwd=root, who=KP).code == 0
    base.git("merge", "-q", "--no-edit", "other", **identity(JD))
    assert first_article(root).read_text("utf-8").count("content: ") == 2


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of a POSIX shell")
@pytest.mark.parametrize("name", ["base", "my base"])
def test_the_next_commands_run_one_after_the_other_as_printed(
    run: Run, tmp_path: Path, kcs_env: dict[str, str], name: str
) -> None:
    told = run("init", name, cwd=tmp_path)
    printed = told.err.partition("next:\n")[2].splitlines()
    assert [one.split()[0] for one in printed] == ["cd", "git", "kcs", "kcs"]
    program = f'set -e\nkcs() {{ "{sys.executable}" -m kcs "$@"; }}\n' + "\n".join(printed)
    env = {**kcs_env, **identity(JD)}
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "What happens, as the requestor says it" in done.stdout and "0 of 2" not in done.stdout
    log = subprocess.run(
        ["git", "log", "--oneline"], cwd=tmp_path / name, env=env, capture_output=True, text=True
    )
    assert log.stdout.count("\n") == 1


def test_a_check_before_anything_is_staged_says_so(run: Run, tmp_path: Path) -> None:
    told = run("check", cwd=begun(run, tmp_path))
    assert told.code == 0 and "no article is staged or committed: git add" in told.err


def test_an_interrupt_takes_back_what_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_kcs_env: None
) -> None:
    """What lay there in part made the folder one that is not empty, for the second try."""

    def pressed(_root: Path) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("kcs.authoring.begin._git_init", pressed)
    with pytest.raises(KeyboardInterrupt):
        begin(tmp_path / "kb")
    assert not (tmp_path / "kb").exists()
