"""kcs doctor on bases in every state a repository can be in."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kcs.authoring.begin_ci import HOOKS
from kcs.authoring.doctor.examine import examine as checks_of
from kcs.authoring.doctor.merging import missing_lines
from kcs.authoring.doctor.model import Patient
from kcs.errors import RepositoryProblem
from kcs.kb.base import KnowledgeBase
from tests.conftest import BOT, JD, KCS_TOML, KP, TEAM_TOML, Base, Result, Run, identity

Rows = dict[str, list[dict[str, Any]]]


def rows(result: Result) -> Rows:
    """The lines by the name of their check."""
    assert result.json["schema"] == "kcs.doctor/1"
    found: Rows = {}
    for one in result.json["checks"]:
        assert one.keys() == {"name", "status", "message", "fix"}
        found.setdefault(one["name"], []).append(one)
    return found


@pytest.fixture
def examine(kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Rows]:
    """The checks in this process, in the environment of the test alone."""

    def call(root: Path, *options: str, **env: str) -> Rows:
        with monkeypatch.context() as patch:
            for name in list(os.environ):
                patch.delenv(name)
            for name, value in {**kcs_env, **identity(JD), **env}.items():
                patch.setenv(name, value)
            patch.chdir(root)
            found: Rows = {}
            for one in checks_of(None, fix="--fix" in options):
                line = {"name": one.name, "status": one.status.value, "message": one.message, "fix": one.fix}
                found.setdefault(one.name, []).append(line)
        return found

    return call


def told(found: Rows, *names: str) -> list[tuple[str, str, str]]:
    return [(one["status"], one["message"], one["fix"]) for name in names for one in found.get(name, [])]


def status(found: Rows, name: str) -> str:
    return str(found[name][0]["status"])


LINES = "*.md merge=kcs\n/ledger/**/*.jsonl merge=union\n/moves.tsv merge=union\n"


def driver_of(base: Base) -> str:
    """Without what comes in its place where it cannot be started."""
    return base.git("config", "merge.kcs.driver").rstrip("\n").partition(" || ")[0]


def test_fix_mends_and_a_second_time_there_is_nothing_to_mend(native: Base, run: Run) -> None:
    before = run("doctor", cwd=native.root)
    assert before.code == 1 and "kcs doctor --fix" in before.out
    fixed = run("doctor", "--fix", cwd=native.root)
    assert fixed.code == 0 and fixed.out.count("fixed   ") == 2, fixed.out
    assert native.git("status", "--short").strip() == "?? .gitattributes"
    written, config = native.read(".gitattributes"), native.read(".git/config")
    assert written == LINES
    # An older Git hands these on as they are written.
    version = tuple(int(one) for one in native.git("--version").split()[2].split(".")[:2])
    labels = " %S %X %Y" if version >= (2, 44) else ""
    assert driver_of(native).endswith(f" merge-file %O %A %B %L %P{labels}")
    assert native.git("config", "merge.kcs.name").strip()
    again = run("doctor", "--fix", cwd=native.root)
    assert again.code == 0 and "fixed " not in again.out
    assert (native.read(".gitattributes"), native.read(".git/config")) == (written, config)
    found = rows(run("doctor", "--format", "json", cwd=native.root))
    assert [(status, said) for status, said, _ in told(found, "driver", "attributes")] == [
        ("ok", f"merge.kcs.driver is {driver_of(native)}"),
        ("ok", "articles merge=kcs, moves.tsv and ledger merge=union"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="a program is a shell script, an interpreter a symbolic link")
def test_the_driver_starts_the_program_that_runs_now(native: Base, run: Run, tmp_path: Path) -> None:
    """Another kcs that PATH finds may be another version."""
    other, alone = tmp_path / "other", tmp_path / "an interpreter"
    for folder in (other, alone):
        folder.mkdir()
    (other / "kcs").write_text("#!/bin/sh\n")
    (other / "kcs").chmod(0o755)
    beside, path = Path(sys.executable).with_name("kcs"), f"{other}{os.pathsep}{os.environ['PATH']}"
    expected = shlex.quote(str(beside)) if beside.exists() else f"{shlex.quote(sys.executable)} -m kcs"
    assert run("doctor", "--fix", cwd=native.root, env={"PATH": path}).code == 0
    assert driver_of(native).startswith(f"{expected} merge-file ")
    if beside.exists():
        native.git("config", "--unset", "merge.kcs.driver")
        path = f"{beside.parent}{os.pathsep}{os.environ['PATH']}"
        assert run("doctor", "--fix", cwd=native.root, env={"PATH": path}).code == 0
        assert driver_of(native).startswith("kcs merge-file ")
    native.git("config", "--unset", "merge.kcs.driver")
    (alone / "python").symlink_to(sys.executable)
    packages = os.pathsep.join([native.env["PYTHONPATH"], sysconfig.get_path("purelib")])
    env = {**native.env, **identity(JD), "PYTHONPATH": packages}
    subprocess.run([alone / "python", "-m", "kcs", "doctor", "--fix"], cwd=native.root, env=env, check=True)
    assert driver_of(native).startswith(f"'{alone / 'python'}' -m kcs merge-file ")


@pytest.mark.skipif(os.name == "nt", reason="the programs of this test are shell scripts")
@pytest.mark.parametrize(
    ("script", "starts"),
    [
        (None, False),
        ("#!/no/such/shell\n", False),
        ("#!/bin/sh\nexit 2\n", False),
        ("#!/bin/sh\nexit 1\n", False),
        ('#!/bin/sh\nprintf "<<<<<<< ours\\nOur way\\n=======\\n" > "$3"\nexit 1\n', True),
    ],
)
def test_where_the_driver_cannot_be_started_git_merges(
    native: Base, run: Run, tmp_path: Path, script: str | None, starts: bool
) -> None:
    """Git reported a conflict in a file that held our side alone, without a marker: whoever added it lost theirs."""
    assert run("doctor", "--fix", cwd=native.root).code == 0
    command = native.git("config", "merge.kcs.driver").rstrip("\n")
    gone = tmp_path / "gone"
    if script is not None:
        gone.write_text(script)
        gone.chmod(0o755)
    native.git(
        "config",
        "merge.kcs.driver",
        command.replace(driver_of(native).partition(" merge-file")[0], str(gone)),
    )
    path, old = "articles/vpn.md", native.read("articles/vpn.md")
    native.commit()
    native.git("checkout", "--quiet", "-b", "theirs")
    native.commit({path: old.replace("Reconnect", "Their way")})
    native.git("checkout", "--quiet", "main")
    native.commit({path: old.replace("Reconnect", "Our way")})
    with pytest.raises(AssertionError):
        native.git("-c", "user.name=J", "-c", "user.email=jd@acme.example", "merge", "theirs")
    assert native.git("status", "--short") == f"UU {path}\n"
    told = native.read(path)
    assert "Our way" in told
    # Whatever marked a conflict has the last word; Python, too, ends with 1 where it finds no kcs.
    assert "<<<<<<< ours\n" in told and ("Their way" in told) is not starts


def test_the_driver_that_fix_sets_up_merges(native: Base, run: Run) -> None:
    assert run("doctor", "--fix", cwd=native.root).code == 0
    path, old = "articles/vpn.md", native.read("articles/vpn.md")
    native.commit()
    for branch, person in (("one", "jd"), ("two", "kp")):
        native.git("checkout", "--quiet", "-b", branch, "main")
        entry = f'{{by: "human:{person}", at: 2026-05-01T09:00:00Z, content: "kcs1:1"}}'
        native.commit({path: old.replace("title:", f"verified:\n- {entry}\ntitle:")})
    native.git("-c", "user.name=J", "-c", "user.email=jd@acme.example", "merge", "one")
    assert "human:jd" in native.read(path) and "human:kp" in native.read(path)


def test_gitattributes_are_added_to_and_never_rewritten(native: Base, run: Run) -> None:
    native.write(".gitattributes", b"# ours\r\n*.png binary\r\n*.md   merge=kcs")
    run("doctor", "--fix", cwd=native.root)
    kept = b"# ours\r\n*.png binary\r\n*.md   merge=kcs\r\n"
    added = b"/ledger/**/*.jsonl merge=union\r\n/moves.tsv merge=union\r\n"
    assert (native.root / ".gitattributes").read_bytes() == kept + added


def test_gitattributes_in_another_encoding_are_left_alone(native: Base, examine: Callable[..., Rows]) -> None:
    """Git reads no line of them, and an editor would have shown ours as letters of nowhere."""
    native.write(".gitattributes", "*.md merge=kcs\n".encode("utf-16"))
    found = examine(native.root, "--fix")
    assert status(found, "attributes") == "problem" and "not UTF-8" in found["attributes"][0]["message"]
    assert (native.root / ".gitattributes").read_bytes() == "*.md merge=kcs\n".encode("utf-16")


def test_gitattributes_that_are_a_link_are_left_alone(native: Base, examine: Callable[..., Rows]) -> None:
    native.write("theirs", "*.png binary\n")
    (native.root / ".gitattributes").symlink_to("theirs")
    found = examine(native.root, "--fix")
    assert status(found, "attributes") == "problem" and "symbolic link" in found["attributes"][0]["message"]
    assert native.read("theirs") == "*.png binary\n"


def test_a_base_without_articles_gets_the_lines_for_those_to_come(make_base: Callable[..., Base]) -> None:
    include = '["articles/**/*.md", "more/*/[ab]*.markdown", "odd/*.m?", "README"]'
    base = make_base({}, config=f"[articles]\ninclude = {include}\n")

    def missing() -> list[str]:
        patient = Patient(base.root)
        assert patient.repo is not None
        return missing_lines(patient, patient.repo)

    unions = ["/ledger/**/*.jsonl merge=union", "/moves.tsv merge=union"]
    assert missing() == ["*.markdown merge=kcs", "*.md merge=kcs", *unions]
    base.write("articles/.gitattributes", "*.md merge=kcs\n")
    base.write("more/.gitattributes", "*.markdown merge=kcs\n")
    assert missing() == unions


def test_a_deeper_gitattributes_that_overrides_is_named(native: Base, examine: Callable[..., Rows]) -> None:
    native.write("articles/.gitattributes", "*.md merge=union\n")
    found = examine(native.root, "--fix")
    assert status(found, "attributes") == "problem" and "overrides" in found["attributes"][0]["message"]


def test_a_base_below_the_top_has_its_own_gitattributes(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base({"kb/kcs.toml": KCS_TOML, "kb/articles/a.md": "---\ntitle: A\n---\n"})
    run("doctor", "--fix", "--kb", base.root / "kb", cwd=base.root)
    assert (base.root / "kb/.gitattributes").exists() and not (base.root / ".gitattributes").exists()
    patient = Patient(base.root / "kb")
    assert patient.repo is not None and missing_lines(patient, patient.repo) == []


@pytest.mark.parametrize(
    "driver",
    [
        "true", "/no/such/kcs merge-file %O %A %B %L %P", "'unclosed merge-file %O %A %B %L %P",
        # as it was before, and by hand: where kcs was gone, their side was lost
        "true merge-file %O %A %B %L %P", "git merge-file %O %A %B %L %P", "git merge-file %O %A %B %L %P || git merge-file -q %A %O %B",
    ],
)  # fmt: skip
def test_a_driver_that_cannot_work_is_a_problem(
    native: Base, examine: Callable[..., Rows], driver: str
) -> None:
    native.git("config", "merge.kcs.driver", driver)
    assert status(examine(native.root), "driver") == "problem"
    assert status(examine(native.root, "--fix"), "driver") == "fixed"


def test_no_git_at_all(make_base: Callable[..., Base], examine: Callable[..., Rows]) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\n---\n"}, git=False)
    found = examine(base.root)
    assert status(found, "repository") == "problem" and "git init" in found["repository"][0]["fix"]
    assert status(found, "unreadable") == "ok" and "driver" not in found


def test_no_git_program(native: Base, examine: Callable[..., Rows]) -> None:
    found = examine(native.root, PATH="/nowhere")
    assert status(found, "git") == "problem" and "install Git" in found["git"][0]["fix"]
    assert status(found, "config") == "ok"


def test_no_commit_yet(make_base: Callable[..., Base], examine: Callable[..., Rows]) -> None:
    base = make_base({"articles/a.md": "---\ntitle: A\n---\n"}, git=False)
    base.git("init", "--quiet")
    found = examine(base.root)
    assert (status(found, "repository"), "no commit yet" in found["repository"][0]["message"]) == (
        "info",
        True,
    )


def test_shallow(native: Base, examine: Callable[..., Rows], tmp_path: Path) -> None:
    native.commit({"articles/new.md": "---\ntitle: New\n---\n"})
    clone = tmp_path / "shallow"
    native.git("clone", "--quiet", "--depth", "1", f"file://{native.root}", str(clone))
    found = examine(clone)
    assert status(found, "history") == "problem" and "--unshallow" in found["history"][0]["fix"]


def test_what_a_clone_borrows_may_be_gone(native: Base, examine: Callable[..., Rows], tmp_path: Path) -> None:
    clone = tmp_path / "borrowing"
    native.git("clone", "--quiet", "--shared", str(native.root), str(clone))
    person = ("-c", "user.name=T", "-c", "user.email=t@acme.example")
    native.git("-C", str(clone), *person, "commit", "--quiet", "--allow-empty", "--message", "one of its own")
    (native.root / ".git/objects").rename(tmp_path / "gone")
    found = examine(clone)
    assert status(found, "history") == "problem" and "not in this clone" in found["history"][0]["message"]
    for gone in (
        native.root / ".git/objects",
        tmp_path / "no folder/objects",
    ):  # Git has other words for each
        (clone / ".git/objects/info/alternates").write_text(f"{gone}\n")
        with pytest.raises(RepositoryProblem, match="not in this clone"):
            KnowledgeBase.open(clone, at="HEAD")


def test_bare(native: Base, examine: Callable[..., Rows], tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    native.git("clone", "--quiet", "--bare", str(native.root), str(bare))
    found = examine(bare)
    assert status(found, "repository") == "problem" and "bare" in found["repository"][0]["message"]
    assert status(found, "config") == "problem"


def test_detached_and_in_a_worktree(native: Base, examine: Callable[..., Rows], tmp_path: Path) -> None:
    native.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    found = examine(tmp_path / "tree")
    assert (status(found, "head"), status(found, "place")) == ("info", "info")
    assert "worktree" in found["place"][0]["message"]
    assert not {"head", "place"} & examine(native.root).keys()


def test_submodule(native: Base, make_base: Callable[..., Base], examine: Callable[..., Rows]) -> None:
    outer = make_base({}, name="outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(native.root), "sub")
    found = examine(outer.root / "sub")
    assert "submodule" in found["place"][0]["message"] and status(found, "repository") == "ok"


def test_git_dir_set_by_a_hook(
    native: Base, make_base: Callable[..., Base], examine: Callable[..., Rows]
) -> None:
    other = make_base({}, name="other")
    found = examine(
        native.root, "--fix", GIT_DIR=str(other.root / ".git"), GIT_INDEX_FILE=str(other.root / "index")
    )
    assert str(native.root) in found["repository"][0]["message"]
    assert "kcs" in native.read(".git/config") and "kcs" not in other.read(".git/config")


def test_a_merge_that_waits(native: Base, examine: Callable[..., Rows]) -> None:
    path, old = "articles/vpn.md", native.read("articles/vpn.md")
    for branch in ("one", "two"):
        native.git("checkout", "--quiet", "-b", branch, "main")
        native.commit({path: old.replace("VPN drops", branch)})
    merge = ["git", "-c", "user.name=J", "-c", "user.email=jd@acme.example", "merge", "one"]
    assert subprocess.run(merge, cwd=native.root, env=native.env, capture_output=True).returncode == 1
    found = examine(native.root)
    assert "merge --abort" in found["unfinished"][0]["fix"]
    assert found["conflicts"][0]["fix"] == "kcs resolve" and path in found["conflicts"][0]["message"]
    assert f"{path}:" in found["unreadable"][0]["message"]


@pytest.mark.parametrize(("who", "wanted", "words"), [
    (KP, "ok", "is kp"), (BOT, "info", "machine"),
    ({"name": "Q", "email": "q@elsewhere.example"}, "problem", "nobody in team.toml"),
    ({"name": "G", "email": "gone@acme.example"}, "problem", "left on 2025-01-01"),
])  # fmt: skip
def test_identity(native: Base, run: Run, who: dict[str, str], wanted: str, words: str) -> None:
    found = rows(run("doctor", "--format", "json", cwd=native.root, who=who))
    assert status(found, "identity") == wanted and words in found["identity"][0]["message"]


def test_git_knows_nobody(native: Base, kcs_env: dict[str, str]) -> None:
    native.git("config", "user.useConfigOnly", "true")
    command = [sys.executable, "-m", "kcs", "doctor"]
    done = subprocess.run(command, cwd=native.root, env=kcs_env, capture_output=True, text=True)
    assert done.returncode == 1 and "Git does not know who you are" in done.stdout


@pytest.mark.parametrize(("name", "text", "check"), [
    ("kcs.toml", 'timezone = "Mars"\n', "config"), ("kcs.toml", "[articles\n", "config"),
    ("team.toml", "[people.jd]\nage = 3\n", "team"),
])  # fmt: skip
def test_a_broken_setting_is_a_line_and_the_rest_goes_on(
    native: Base, examine: Callable[..., Rows], name: str, text: str, check: str
) -> None:
    native.write(name, text)
    found = examine(native.root)
    assert status(found, check) == "problem" and f"{name}:" in found[check][0]["message"]
    assert status(found, "clock") == "ok" and ("ids" in found) == (check == "team")


@pytest.mark.parametrize(("name", "check"), [("kcs.toml", "config"), ("team.toml", "team"), ("moves.tsv", "moves")])  # fmt: skip
def test_a_conflict_somebody_committed_is_called_so(
    native: Base, examine: Callable[..., Rows], name: str, check: str
) -> None:
    native.write(name, "# ours\n<<<<<<< HEAD\n=======\n>>>>>>> side\n")
    found = examine(native.root)
    assert status(found, check) == "problem" and f"{name}:2: " in found[check][0]["message"]
    assert "delete the markers" in found[check][0]["fix"]


def test_a_folder_that_cannot_be_read_stops_what_asks_for_the_articles_and_is_told_once(
    native: Base, examine: Callable[..., Rows], run: Run
) -> None:
    """Left out, its articles were in no figure, and a gate passed them."""
    shutil.rmtree(native.root / "articles")
    (native.root / "articles").symlink_to("articles")
    done = run("audit", cwd=native.root)
    assert (done.code, done.out) == (2, "") and "kcs: articles: cannot be read: " in done.err
    assert [name for name, rows in examine(native.root).items() if "articles: cannot" in rows[0]["message"]] == ["attributes"]  # fmt: skip
    native.git("rm", "--cached", "-r", "--quiet", "articles")
    assert "kcs: articles" not in run("list", cwd=native.root).err


def article(**meta: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + "---\nText\n"


DATED_BY_PERMALINK = KCS_TOML + '[links]\nby = "permalink"\n[fields]\nverified_at = "audit_date"\n'


def test_what_is_wrong_with_articles(make_base: Callable[..., Base], examine: Callable[..., Rows]) -> None:
    stamp = '[{by: "human:jd", at: 2999-01-01T00:00:00Z, content: "kcs1:1"}]'
    torn = "---\ntitle: A\n<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n---\nText\n"
    base = make_base({
        "articles/a.md": article(id="kb-2", owner="ghost", audit_date="2999-02-03"),
        "articles/b.md": article(id="kb-2", permalink="/b/", verifiers="[jd, ghost, nobody]"),
        "articles/c.md": article(id="kb-1", permalink="b", verified=stamp),
        "articles/d.md": article(id="kb-1", owner="ghost", audit_date="2026-05-02"),
        "articles/B.md": article(title="Of the same day", audit_date="2026-05-01"),
        "articles/con.md": article(title="Without an id, as the next"), "articles/q?.md": article(title="C"),
        "articles/bad.md": "---\nid: kb-9\ntitle: {\n---\nText\n", "articles/torn.md": torn,
    }, config=DATED_BY_PERMALINK)  # fmt: skip
    found = examine(base.root)
    assert [(message.partition(", did not")[0], fix) for _, message, fix in told(found, "unreadable")] == [
        ("articles/bad.md:4: while parsing a flow node", ""),
        ("articles/torn.md:3: a merge conflict inside the front matter (<<<<<<<); resolve it", "kcs resolve"),
    ]
    own = "give each its own"
    assert told(found, "ids", "permalinks", "people", "dates", "claims", "names") == [
        ("problem", "the id kb-1 stands in articles/c.md, articles/d.md", own),
        ("problem", "the id kb-2 stands in articles/a.md, articles/b.md", own),
        ("problem", "the permalink b stands in articles/b.md, articles/c.md", own),
        ("problem", "ghost is in no team.toml, and named by articles/a.md and 2 more", "add [people.ghost], or name another"),
        ("problem", "nobody is in no team.toml, and named by articles/b.md", "add [people.nobody], or name another"),
        ("problem", "articles/a.md: verified on 2999-02-03, which is yet to come", "kcs verify articles/a.md"),
        ("problem", "articles/c.md: verified on 2999-01-01, which is yet to come", "kcs verify articles/c.md"),
        ("info", "articles/a.md: audit_date is 2999-02-03, but was committed on 2026-05-01", "kcs verify articles/a.md"),
        ("info", "articles/d.md: audit_date is 2026-05-02, but was committed on 2026-05-01", "kcs verify articles/d.md"),
        ("problem", "articles/B.md, articles/b.md differ in case alone: Windows and macOS keep one", "git mv articles/b.md ..."),
        ("problem", "'articles/con.md' cannot be a file name on Windows", "git mv it to a plain name"),
        ("problem", "'articles/q?.md' cannot be a file name on Windows", "git mv it to a plain name"),
    ]  # fmt: skip


def test_articles_with_which_nothing_is_wrong(
    make_base: Callable[..., Base], examine: Callable[..., Rows]
) -> None:
    checks = ("unreadable", "ids", "permalinks", "people", "dates", "claims", "names")
    files = {
        "articles/a.md": article(title="Neither an id nor a permalink", audit_date="2026-05-01", owner="jd"),
        "articles/b.md": article(title="Nor this", permalink="/", verifiers="[email-team]"),
    }
    base = make_base(files, config=DATED_BY_PERMALINK)
    today = datetime.now(UTC).date()
    base.write("articles/new.md", article(title="Of today, and in no commit yet", audit_date=str(today)))
    assert told(examine(base.root), *checks) == [
        ("ok", "all 3 articles can be read", ""), ("ok", "no id stands twice", ""),
        ("ok", "no permalink stands twice", ""), ("ok", "every owner and verifier is in team.toml", ""),
        ("ok", "no verification is dated in the future", ""), ("ok", "no mapped date is later than its commit", ""),
        ("ok", "every file name fits every system", ""),
    ]  # fmt: skip
    # A base that names articles by their paths may have a permalink twice, and one without a team names anybody.
    twice = article(title="A", permalink="b", owner="ghost")
    base.commit({"kcs.toml": KCS_TOML, "articles/a.md": twice})
    (base.root / "team.toml").unlink()
    (base.root / "articles/b.md").write_text(twice)
    found = examine(base.root)
    assert not {"permalinks", "people", "claims"} & found.keys()
    for name in ("b", "new"):
        (base.root / f"articles/{name}.md").unlink()
    assert told(examine(base.root), "unreadable") == [("ok", "the one article can be read", "")]
    (base.root / "articles/a.md").unlink()
    assert told(examine(base.root), "unreadable") == [
        ("problem", "no article: nothing matches articles/**/*.md", "mend [articles] in kcs.toml")
    ]


@pytest.mark.parametrize("number", [10, 12])
def test_ten_of_a_kind_are_shown_and_how_many_there_are(
    make_base: Callable[..., Base], examine: Callable[..., Rows], number: int
) -> None:
    base = make_base({f"articles/bad{n:02}.md": "---\ntitle: [\n---\n" for n in range(number)})
    lines = [message for _, message, _ in told(examine(base.root), "unreadable")]
    assert [one.partition(":")[0] for one in lines[:10]] == [f"articles/bad{n:02}.md" for n in range(10)]
    assert lines[10:] == (["12 unreadable articles in all; the first 10 are shown"] if number > 10 else [])


def test_the_clock_hooks_and_fetch(native: Base, examine: Callable[..., Rows]) -> None:
    native.commit(day="2090-01-01")
    native.git("config", "core.hooksPath", "no-such-folder")
    fetched = native.write(".git/FETCH_HEAD", "")
    os.utime(fetched, (0, 0))
    found = examine(native.root)
    assert (status(found, "clock"), status(found, "hooks"), status(found, "fetch")) == (
        "problem",
        "problem",
        "info",
    )
    native.git("config", "core.hooksPath", "articles")
    assert status(examine(native.root), "hooks") == "info"
    native.git("config", "core.hooksPath", "~nobody-here/hooks")
    assert status(examine(native.root), "hooks") == "problem"


def test_hooks_that_the_base_names_and_nobody_installed(native: Base, examine: Callable[..., Rows]) -> None:
    """Settings of pre-commit run nothing by themselves, and doctor called such a clone well."""
    assert "hooks" not in examine(native.root)
    native.write(".pre-commit-config.yaml", HOOKS)
    ((kind, words, fix),) = told(examine(native.root), "hooks")
    assert (kind, words.partition(":")[0]) == (
        "info",
        ".pre-commit-config.yaml is not installed in this clone",
    )
    assert (
        fix == "pre-commit install --hook-type pre-commit --hook-type pre-merge-commit --hook-type pre-push"
    )
    for name in ("pre-commit", "pre-merge-commit"):
        native.write(f".git/hooks/{name}", "#!/bin/sh\n")
    said = "of .pre-commit-config.yaml pre-push is not installed in this clone"
    assert told(examine(native.root), "hooks") == [("info", said, "pre-commit install --hook-type pre-push")]
    native.write(".git/hooks/pre-push", "#!/bin/sh\n")
    assert told(examine(native.root), "hooks") == [("ok", ".pre-commit-config.yaml is installed", "")]
    (native.root / ".git/hooks/pre-push").unlink()
    native.write(".pre-commit-config.yaml", "repos:\n# - id: kcs-audit\n- id: kcs-check\n")
    assert status(examine(native.root), "hooks") == "ok"


@pytest.mark.parametrize(("hours", "wrong"), [(20, False), (30, True)])
def test_a_commit_of_more_than_a_day_ahead_is_told(
    native: Base, examine: Callable[..., Rows], hours: int, wrong: bool
) -> None:
    """Less may be a clock that is set to another zone."""
    ahead = (datetime.now(UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    native.git("commit", "--quiet", "--allow-empty", "-m", "ahead", **identity(JD, ahead))
    assert (status(examine(native.root), "clock") == "problem") == wrong


def test_days_since_the_last_fetch(native: Base, examine: Callable[..., Rows]) -> None:
    fetched = native.write(".git/FETCH_HEAD", "")
    for hours, said in ((23, []), (25, ["last fetched 1 day ago"]), (49, ["last fetched 2 days ago"])):
        at = (datetime.now(UTC) - timedelta(hours=hours)).timestamp()
        os.utime(fetched, (at, at))
        assert [message for _, message, _ in told(examine(native.root), "fetch")] == said


@pytest.mark.parametrize(("number", "more"), [(3, ""), (5, " and 2 more")])
def test_of_many_conflicts_the_first_are_named(
    native: Base, examine: Callable[..., Rows], number: int, more: str
) -> None:
    for branch in ("one", "two"):
        native.git("checkout", "--quiet", "-b", branch, "main")
        native.commit({f"articles/{one}.md": f"---\ntitle: {branch}\n---\n" for one in range(number)})
    merge = ["git", "-c", "user.name=J", "-c", "user.email=jd@acme.example", "merge", "one"]
    assert subprocess.run(merge, cwd=native.root, env=native.env, capture_output=True).returncode == 1
    said = f"in conflict: articles/0.md, articles/1.md, articles/2.md{more}"
    assert told(examine(native.root), "conflicts") == [("problem", said, "kcs resolve")]


def test_no_base_here(run: Run, tmp_path: Path) -> None:
    found = rows(run("doctor", "--format", "json", cwd=tmp_path))
    assert found["config"][0]["fix"] == "kcs init --adopt"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_what_cannot_be_written_is_a_line(native: Base, kcs_env: dict[str, str], tmp_path: Path) -> None:
    """As somebody without rights: root passes every test of permissions."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("no setpriv (util-linux) to become somebody else with")
    become = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable]
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        if folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    if subprocess.run(
        [*become, "-c", "import kcs, typer"], env=kcs_env, cwd=native.root, capture_output=True
    ).returncode:
        pytest.skip("this interpreter cannot be read by another user")
    safe = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    done = subprocess.run(
        [*become, "-m", "kcs", "doctor", "--fix"],
        cwd=native.root,
        env=kcs_env | safe,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "problem cache" in done.stdout and "could not be mended" in done.stdout
    assert not (native.root / ".gitattributes").exists() and native.read("team.toml") == TEAM_TOML


def test_a_policy_that_holds_for_no_article_is_told_with_its_line(
    make_base: Callable[..., Base], examine: Callable[..., Rows]
) -> None:
    """A folder that is spelt otherwise, or a tag nobody gives: what it asks for would be asked of nothing."""
    article = "---\ntitle: Terms\ntype: Policy\nproduct: mail\ntags: [legal]\n---\nText.\n"
    holds = [
        'path = "articles/legal/**"', 'path = "**", tag = ["x", "legal"]', 'type = "Policy"', 'product = "mail"',
        'governance = "experience"', 'audience = "internal"', 'language = "th"',
    ]  # fmt: skip
    idle = ['path = "articles/leagl/**"', 'path = "articles/legal/**", tag = "law"', 'product = "dns"', 'audience = "partner"']  # fmt: skip
    policies = "".join(f"[[policy]]\nquorum = 2\nmatch = {{{one}}}\n" for one in [*holds, *idle])
    config = KCS_TOML + 'language = "th"\n' + policies
    base = make_base({"articles/legal/terms.md": article}, config=config)
    told = examine(base.root)["policies"]
    first = config.splitlines().index('match = {path = "articles/leagl/**"}') + 1
    assert [one["message"].partition(" (")[0] for one in told] == [
        f"kcs.toml:{first + 3 * number}: this policy holds for no article" for number in range(len(idle))
    ]
    assert {one["status"] for one in told} == {"info"}
    base.write("kcs.toml", config.partition(f"[[policy]]\nquorum = 2\nmatch = {{{idle[0]}}}")[0])
    assert status(examine(base.root), "policies") == "ok"
    base.write("kcs.toml", KCS_TOML)
    assert "policies" not in examine(base.root)


def test_what_a_killed_command_left_is_named_and_removed(native: Base, run: Run) -> None:
    left = [native.write(f"articles/{name}.md.4711.kcs-tmp", "half") for name in ("email/.outlook", ".vpn")]
    assert "leftovers" not in run("doctor", cwd=native.root).out  # a command may be at work
    for one in left:
        os.utime(one, (0, 0))
    told = run("doctor", cwd=native.root)
    assert told.code == 1
    assert "articles/.vpn.md.4711.kcs-tmp and 1 more: left by a command that was killed" in told.out
    assert "removed 2 copies" in run("doctor", "--fix", cwd=native.root).out
    assert not list(native.root.glob("articles/**/*.kcs-tmp")) and "outlook.md" in native.git("ls-files")


def test_the_only_copy_of_a_text_is_named_and_stays(native: Base, run: Run) -> None:
    long = "a" * 97 + ".md"
    native.write(f"articles/{long}x.md", "---\ntitle: Long\n---\nText.\n")
    native.write(f"articles/{long}", "---\ntitle: Beside\n---\nText.\n")
    names = (".4711.kcs-tmp", "..4711.kcs-tmp.4711.kcs-tmp", ".new.md.4711.kcs-tmp", f".{long}.4711.kcs-tmp")
    alone = [native.write(f"articles/{name}", "---\ntitle: New\n---\nThe only copy.\n") for name in names]
    beside = native.write("articles/.vpn.md.4711.kcs-tmp", "half")
    (native.root / "articles/.folder.md.1.kcs-tmp").mkdir()
    (native.root / "articles/.vpn.md.1.kcs-tmp").mkdir()
    for one in (*alone, *beside.parent.glob(".*.kcs-tmp")):
        os.utime(one, (0, 0))
    done = run("doctor", "--fix", cwd=native.root)
    assert done.code == 1 and "removed 1 copy" in done.out and not beside.exists()
    assert "articles/..4711.kcs-tmp.4711.kcs-tmp and 3 more: left by a command that was killed" in done.out
    assert all("The only copy." in one.read_text("utf-8") for one in alone)


def test_it_finishes_first_what_a_killed_command_left_half_done(native: Base, quick: Run) -> None:
    """As every command does that opens the base; it called all of it well."""
    path = "articles/vpn.md"
    old, new = native.read(path).encode(), b"---\ntitle: New\n---\nNew.\n"
    writes = [[path, sha256(old).hexdigest(), b64encode(new).decode()]]
    native.write(
        ".git/kcs/kcs-journal.json", json.dumps({"what": "the work", "writes": writes, "move": None})
    )
    told = quick("doctor", cwd=native.root)
    assert "interrupted" in told.out and "the work was interrupted; it is finished now" in told.out
    assert native.read(path).encode() == new and not (native.root / ".git/kcs/kcs-journal.json").exists()


def test_names_in_kcs_toml_that_team_toml_does_not_know(native: Base, examine: Callable[..., Rows]) -> None:
    policy = '\n[[policy]]\nmatch = {type = "Policy"}\nverifiers = ["legl"]\npublishers = ["J. Doe", "jd"]\n'
    native.write("kcs.toml", native.read("kcs.toml") + policy)
    first, second = native.read("kcs.toml").count("\n") - 1, native.read("kcs.toml").count("\n")
    assert told(examine(native.root), "people") == [
        ("problem", f"J. Doe is in no team.toml, and named by kcs.toml:{second}", 'add [people."J. Doe"], or name another'),
        ("problem", f"legl is in no team.toml, and named by kcs.toml:{first}", "add [people.legl], or name another"),
    ]  # fmt: skip


def test_hooks_that_the_user_s_own_settings_lead_astray_are_mended_there(
    native: Base, quick: Run, tmp_path: Path
) -> None:
    own = {"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    native.git("config", "--global", "core.hooksPath", "/no/such/folder", **own)
    told = quick("doctor", cwd=native.root, env=own).out
    (line,) = [one for one in told.splitlines() if "core.hooksPath" in one]
    assert line.endswith("git config --global --unset core.hooksPath")
    native.git(*shlex.split(line.rpartition("->")[2])[1:], **own)
    assert "core.hooksPath" not in quick("doctor", cwd=native.root, env=own).out
