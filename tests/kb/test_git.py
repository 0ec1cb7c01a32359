from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kcs.errors import RepositoryProblem
from kcs.kb.git import index as git_index
from kcs.kb.git.commit import commit
from kcs.kb.git.log import read_log
from kcs.kb.git.people import Author, Identity, authors, identity
from kcs.kb.git.repository import Repository, moment
from kcs.kb.records import object_id
from tests.kb.git_sandbox import HOSTILE, START, Node, Sandbox


def opened(folder: Path) -> Repository:
    found = Repository.find(folder)
    assert found
    return found


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path / "kb")


# -- finding -----------------------------------------------------------------------------------------------


def test_found_from_any_folder_below_and_not_outside(box: Sandbox, tmp_path: Path) -> None:
    (box.root / "a" / "b").mkdir(parents=True)
    repository = opened(box.root / "a" / "b")
    assert (repository.root, repository.git_dir) == (box.root, box.root / ".git")
    assert repository.common_dir == repository.git_dir
    assert Repository.find(tmp_path) is None


def test_worktree_and_submodule(box: Sandbox, tmp_path: Path) -> None:
    head = box.commit({"a.md": "one"})
    box.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = opened(tmp_path / "side")
    assert side.common_dir == box.root / ".git" and side.git_dir == box.root / ".git" / "worktrees" / "side"
    assert (side.head(), side.branch(), side.tree("HEAD")) == (head, "side", opened(box.root).tree(head))
    (side.root / "b.md").write_text("two")
    made = commit(side, ["b.md"], "in the worktree")
    assert (side.head(), opened(box.root).head()) == (made, head)

    outer = Sandbox(tmp_path / "outer")
    outer.git("submodule", "--quiet", "add", str(box.root), "sub dir")
    inner = opened(outer.root / "sub dir")
    assert inner.root == outer.root / "sub dir" and inner.head() == head
    assert inner.git_dir == outer.root / ".git" / "modules" / "sub dir"
    outer.commit({"c.md": "three"})
    assert set(opened(outer.root).tree("HEAD")) == {"c.md", ".gitmodules"}


def test_the_work_tree_may_be_another_folder_than_that_of_the_repository(
    box: Sandbox, tmp_path: Path
) -> None:
    """No file was found in the history, so all dates counted as
    just written, and a commit put its files where nobody looks.
    """
    site = box.root / "the site"
    site.mkdir()
    box.git("config", "core.worktree", "../the site")
    (site / "a.md").write_text("one")
    box.git("--work-tree", str(site), "add", "--all")
    box.git("--work-tree", str(site), "commit", "--quiet", "-m", "one")
    found = opened(site)
    assert (found.root, found.git_dir, set(found.tree("HEAD"))) == (site, box.root / ".git", {"a.md"})
    with pytest.raises(RepositoryProblem, match=r"outside the work tree.*core\.worktree names"):
        Repository.find(box.root)
    shutil.move(site, tmp_path / "elsewhere")
    with pytest.raises(RepositoryProblem, match="cannot chdir"):
        Repository.find(box.root)


def test_bare_and_broken_ones_are_named_with_a_way_out(box: Sandbox, tmp_path: Path) -> None:
    box.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    with pytest.raises(RepositoryProblem, match="bare") as bare:
        Repository.find(tmp_path / "bare.git")
    assert "git clone" in bare.value.hint
    for name, text in {"empty": None, "words": "no pointer", "astray": "gitdir: ../nowhere\n"}.items():
        (tmp_path / name / "below").mkdir(parents=True)
        dot = tmp_path / name / ".git"
        dot.mkdir() if text is None else dot.write_text(text)
        with pytest.raises(RepositoryProblem, match="not a Git repository") as broken:
            Repository.find(tmp_path / name / "below")
        assert str(dot) in broken.value.message and broken.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="giving a folder away needs root")
def test_another_users_repository(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box.commit({"a.md": "one"})
    os.chown(box.root, 12345, 12345)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with pytest.raises(RepositoryProblem, match="another user") as refused:
        Repository.find(box.root)
    assert "safe.directory" in refused.value.hint
    (tmp_path / "config").write_text(f"[safe]\ndirectory = {box.root}\n")
    assert opened(box.root).tree("HEAD")


def test_no_git_program(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = box.commit({"a.md": "one"})
    monkeypatch.setenv("PATH", str(tmp_path))
    repository = opened(box.root)
    assert repository.head() == head
    with pytest.raises(RepositoryProblem, match="`git` was not found"):
        repository.tree("HEAD")


# -- HEAD --------------------------------------------------------------------------------------------------


def test_head_in_every_shape(box: Sandbox) -> None:
    repository = opened(box.root)
    assert (repository.head(), repository.branch(), repository.detached()) == (None, "main", False)
    head = box.commit({"a.md": "one"})
    assert repository.head() == head
    box.git("pack-refs", "--all")
    assert not (box.root / ".git/refs/heads/main").exists() and repository.head() == head
    box.git("checkout", "--quiet", "-b", "feature/บท")
    assert (repository.head(), repository.branch()) == (head, "feature/บท")
    box.git("checkout", "--quiet", "-b", b"h\xf6he".decode("utf-8", "surrogateescape"))
    assert repository.head() == head
    box.git("pack-refs", "--all")
    assert repository.head() == head
    box.git("checkout", "--quiet", "--detach")
    assert (repository.head(), repository.branch(), repository.detached()) == (head, None, True)
    box.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    box.git("symbolic-ref", "HEAD", "refs/heads/alias")
    assert repository.head() == head
    box.git("update-ref", "refs/worktree/mine", "HEAD")
    side = box.root.parent / "linked"
    box.git("worktree", "add", "--quiet", str(side), "--detach")
    box.git("-C", str(side), "update-ref", "refs/worktree/mine", "HEAD")
    box.git("-C", str(side), "symbolic-ref", "HEAD", "refs/worktree/mine")
    assert opened(side).head() == head
    box.git("checkout", "--quiet", "--orphan", "fresh")
    assert repository.head() is None
    (box.root / "oid").write_text(head)
    for what in ("ref: refs/../../oid\n", "ref: refs/heads/.invalid\n", "nonsense\n", ""):
        (box.root / ".git/HEAD").write_text(what)
        if "invalid" not in what:  # before the first commit of a reftable
            with pytest.raises(RepositoryProblem):
                repository.head()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("damaged", ["nonsense\n", "", "\0" * 41])
def test_a_branch_that_cannot_be_read_is_not_one_without_commits(
    box: Sandbox, damaged: str, *, packed: bool
) -> None:
    box.commit({"a.md": "one"})
    if packed:
        box.git("pack-refs", "--all")
    (box.root / ".git/refs/heads/main").write_text(damaged)
    with pytest.raises(RepositoryProblem):
        opened(box.root).head()


def test_shallow_and_last_fetch(box: Sandbox, tmp_path: Path) -> None:
    box.commit({"a.md": "one"})
    head = box.commit({"a.md": "two"})
    assert not opened(box.root).shallow() and opened(box.root).last_fetch() is None
    clone = Sandbox(tmp_path / "clone")
    before = datetime.now(UTC) - timedelta(seconds=5)
    clone.git("fetch", "--quiet", "--depth=1", box.root.as_uri(), "main")
    repository = opened(clone.root)
    fetched = repository.last_fetch()
    assert repository.shallow() and repository.shallow_commits() == {head}
    assert fetched and before < fetched < datetime.now(UTC) + timedelta(seconds=5)


def test_resolve(box: Sandbox) -> None:
    head = box.commit({"a.md": "one"})
    box.git("tag", "-a", "v1", "-m", "a tag has an id of its own")
    repository = opened(box.root)
    assert {repository.resolve(rev) for rev in ("HEAD", "main", "v1", head[:7], head)} == {head}
    for name in (
        "refs/remotes/origin/main",
        "refs/tags/origin/main",
        "refs/remotes/own/HEAD",
        "refs/remotes/own/main",
        "refs/tags/own",
        "refs/tags/refs/remotes/origin/main",
        f"refs/heads/{head[:7]}",
        "refs/heads/HEAD",
        f"refs/heads/{head}",
    ):
        box.git("update-ref", name, head)
    box.git("config", "core.warnAmbiguousRefs", "false")
    for sure in ("HEAD", "@", "@~0", "refs/remotes/origin/main", head):
        assert repository.resolve(sure) == head
    for rev, whole in (
        ("origin/main~0", "remotes/origin/main, refs/tags/origin/main"),
        ("own", "remotes/own/HEAD, refs/tags/own"),
        (head[:7], f"heads/{head[:7]}, or more of the commit's id"),
    ):
        with pytest.raises(RepositoryProblem, match="names several things") as told:
            repository.resolve(rev)
        assert str(told.value.hint) == f"give the whole name: refs/{whole}"
    blob = box.git("rev-parse", "HEAD:a.md")
    for wrong in (
        "--all",
        "-h",
        "",
        "nowhere",
        "HEAD~9",
        blob,
        "0" * 40,
        "main\nHEAD",
        "HEAD\0",
        "--output=x",
    ):
        with pytest.raises(RepositoryProblem) as refused:
            repository.resolve(wrong)
        assert refused.value.hint and "\n" not in refused.value.message


def test_first_parent_before(box: Sandbox) -> None:
    tree = {"a.md": "x"}
    nodes = {
        "c1": Node([], tree, day=1), "c2": Node(["c1"], tree, day=9), "c3": Node(["c2"], tree, day=4),
        "side": Node(["c3"], tree, day=6), "m": Node(["c3", "side"], tree, day=8),
    }  # fmt: skip
    made = box.build(nodes)
    repository = opened(box.root)

    def at(day: float) -> str | None:
        return repository.first_parent_before(datetime.fromtimestamp(START + day * 86400, UTC))

    # Never the side branch; c3 before c2 though its date is older; the very second counts.
    expected = {0: None, 1: "c1", 3.9: "c1", 4: "c3", 6.5: "c3", 8: "m", 99: "m"}
    assert {day: at(day) for day in expected} == {d: made[n] if n else None for d, n in expected.items()}
    assert at(1 - 1 / 86400) is None
    assert repository.first_parent_before(datetime(1900, 1, 1, tzinfo=UTC)) is None
    assert repository.committer_date("HEAD~1") == datetime.fromtimestamp(START + 4 * 86400, UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1605044400 -0600", "2020-11-10T15:40:00-06:00"),
        ("1605044400 +0000", "2020-11-10T21:40:00+00:00"),
        ("99999999999999999999 +0000", "9999-12-29T23:59:59+00:00"),
        ("1605044400 +9999", "2020-11-11T21:39:00+23:59"),
        ("", "1970-01-01T00:00:00+00:00"),
        ("-5 +0000", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_moment(raw: str, expected: str) -> None:
    assert moment(raw).isoformat() == expected


# -- content -----------------------------------------------------------------------------------------------


def test_hostile_names_come_and_go_unharmed(box: Sandbox) -> None:
    for name in HOSTILE:
        box.write(name, f"content of {name!r}")
    repository = opened(box.root)
    assert git_index.changed(repository) == set(HOSTILE)
    commit(repository, HOSTILE[:-1], "-m is how this message begins")
    assert git_index.changed(repository) == set(HOSTILE[-1:])
    commit(repository, HOSTILE[-1:], "the last")
    tree = repository.tree("HEAD")
    assert (
        set(tree) == set(HOSTILE) == set(git_index.index(repository))
        and git_index.staged(repository) == set()
    )
    contents = dict(repository.blobs(tree.values()))
    for name in HOSTILE:
        raw = f"content of {name!r}".encode()
        assert contents[tree[name]] == raw == repository.show(name, "HEAD") == repository.show(name)
        assert tree[name] == object_id(raw, repository.object_format)
    assert box.git("log", "--format=%s") == "the last\n-m is how this message begins"


def test_links_are_no_files(box: Sandbox) -> None:
    (box.root / "link.md").symlink_to("/etc/passwd")
    box.commit({"a.md": "one"})
    assert set(opened(box.root).tree("HEAD")) == {"a.md"} == set(git_index.index(opened(box.root)))


def test_many_and_large_blobs_do_not_jam_the_pipes(box: Sandbox) -> None:
    contents = [b"%d " % n * (n % 7) for n in range(2000)] + [b"large" * 400_000, b"", b"\n", b"\0 missing\n"]
    box.build({"c1": Node([], {f"{n}.bin": raw for n, raw in enumerate(contents)})})
    repository = opened(box.root)
    oids = [object_id(raw, repository.object_format) for raw in contents] * 2
    assert [raw for _, raw in repository.blobs(oids)] == contents * 2
    assert list(repository.blobs([])) == []
    stopped = repository.blobs(oids)
    assert next(stopped) == (oids[0], contents[0])
    del stopped


def test_absent_objects_are_named_and_nothing_is_fetched(box: Sandbox, tmp_path: Path) -> None:
    box.commit({"a.md": "one"})
    head = box.commit({"a.md": "two"})
    repository = opened(box.root)
    for many in (1, 1000):  # one by one, and through a file
        with pytest.raises(RepositoryProblem, match="not in this clone: object 1234"):
            list(repository.blobs([*repository.tree(head).values(), *["1234" * 10] * many]))
    assert repository.show("none.md", "HEAD") is None and repository.show("none.md") is None
    box.git("config", "uploadpack.allowFilter", "true")
    box.git(
        "clone",
        "--quiet",
        "--filter=blob:none",
        "--no-checkout",
        box.root.as_uri(),
        str(tmp_path / "partial"),
    )
    partial = opened(tmp_path / "partial")
    oid = partial.tree(head)["a.md"]
    for attempt in (lambda: list(partial.blobs([oid])), lambda: partial.show("a.md", head)):
        with pytest.raises(RepositoryProblem, match="not in this clone") as refused:
            attempt()
        assert "partial" in refused.value.hint


def test_object_formats(tmp_path: Path) -> None:
    for name, width in (("sha1", 40), ("sha256", 64)):
        box = Sandbox(tmp_path / name, f"--object-format={name}")
        repository = opened(box.root)
        assert repository.object_format == name and repository.head() is None
        head = box.commit({"a.md": "one\r\n"})
        assert repository.head() == head == repository.resolve(head[:9]) and len(head) == width
        assert repository.tree("HEAD") == {"a.md": object_id(b"one\r\n", repository.object_format)}
        assert object_id(b"x", repository.object_format) == hashlib.new(name, b"blob 1\0x").hexdigest()
        assert [raw for _, raw in repository.blobs(repository.tree("HEAD").values())] == [b"one\r\n"]
        assert commit(repository, ["b.md"], "b") if (box.root / "b.md").write_text("b") else None


# -- the environment and the configuration of others -------------------------------------------------------


def test_what_a_hook_sets_does_not_lead_astray(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = box.commit({"a.md": "one"})
    other = Sandbox(tmp_path / "other")
    other.commit({"wrong.md": "wrong"})
    for name, value in {
        "GIT_DIR": str(other.root / ".git"), "GIT_WORK_TREE": str(other.root), "GIT_PREFIX": "x/",
        "GIT_INDEX_FILE": str(other.root / ".git/index"), "GIT_OBJECT_DIRECTORY": str(tmp_path),
        "GIT_TRACE": "1", "GIT_LITERAL_PATHSPECS": "1", "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    repository = opened(box.root)
    assert repository.head() == head == repository.resolve("HEAD")
    assert set(repository.tree("HEAD")) == {"a.md"} == set(git_index.index(repository))
    assert set(git_index.index(repository.with_hook_index())) == {"wrong.md"}
    monkeypatch.delenv("GIT_OBJECT_DIRECTORY")
    (box.root / "a.md").write_text("two")
    box.git("config", "i18n.commitEncoding", "ISO-8859-11")
    made = commit(repository, ["a.md"], "ที่นี่")
    subject = box.git("-c", "i18n.logOutputEncoding=UTF-8", "log", "-1", "--format=%s", made)
    assert box.git("rev-parse", "HEAD") == made and subject == "ที่นี่"
    assert other.git("log", "--format=%s") == "work"
    assert box.git("status", "--porcelain") == other.git("status", "--porcelain") == ""


HOOK = """#!/bin/sh
exec '{python}' - "$PWD" <<'END'
import sys
from pathlib import Path
from kcs.kb.git import index as git_index
from kcs.kb.git.repository import Repository
from kcs.kb.git.people import identity
plain = Repository.find(Path(sys.argv[1]))
hook = plain.with_hook_index()
Path("{out}").write_text(repr([sorted(git_index.staged(hook)), hook.show("a.md"), sorted(git_index.index(plain)), str(identity(hook, hook.root))]))
END
"""


def test_inside_a_real_hook_the_commits_own_index_is_read(box: Sandbox, tmp_path: Path) -> None:
    box.commit({"a.md": "one", "b.md": "one"})
    hook, out = box.root / ".git/hooks/pre-commit", tmp_path / "out"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(python=sys.executable, out=out))
    hook.chmod(0o755)
    box.write("a.md", "two")
    box.write("b.md", "two")
    box.git("add", "b.md")
    # A partial commit has an index of its own, in which b.md is not staged.
    box.git("commit", "--quiet", "-m", "partial", "--author=Guest <guest@acme.example>", "--", "a.md")
    guest = Identity("Guest", "guest@acme.example")
    assert out.read_text() == repr([["a.md"], b"two", ["a.md", "b.md"], str(guest)])
    assert git_index.staged(opened(box.root)) == {"b.md"}


def test_configured_programs_are_not_started(box: Sandbox, tmp_path: Path) -> None:
    box.commit({"a.md": "one", ".gitattributes": "*.md diff=evil\n"})
    marker, script = tmp_path / "marker", tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "core.pager",
        "gpg.program",
    ):
        box.git("config", key, str(script))
    box.git("config", "log.showSignature", "true")
    box.write("a.md", "two")
    repository = opened(box.root)
    assert git_index.changed(repository) == {"a.md"} and git_index.staged(repository) == set()
    repository.first_parent_before(datetime.now(UTC))
    repository.committer_date("HEAD")
    list(repository.blobs(repository.tree("HEAD").values()))
    assert not marker.exists()


def test_identity(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = opened(box.root)
    assert identity(repository, repository.root) == Identity("Ann Author", "ann@acme.example")
    (box.root / ".mailmap").write_text("Ann B. <ann.b@acme.example> <ANN@acme.example>\n")
    assert identity(repository, repository.root) == Identity("Ann B.", "ann.b@acme.example")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "กานดา")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "kanda@acme.example")
    assert identity(repository, repository.root) == Identity("กานดา", "kanda@acme.example")
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    monkeypatch.delenv("GIT_AUTHOR_EMAIL")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    box.git("config", "--remove-section", "user")
    box.git("config", "user.useConfigOnly", "true")
    assert identity(repository, repository.root) is None


def test_people_of_the_history_and_outside_of_any(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert authors(opened(box.root)) == []
    box.commit({"a.md": "one"})
    box.commit({"a.md": "two"})
    kanda = ("--author=กานดา <kanda@acme.example>", "--date=2026-03-02T10:00:00+07:00")
    box.git("commit", "--quiet", "--allow-empty", "-m", "x", *kanda)
    day = box.git("log", "-1", "--format=%as", "--author=Ann").strip()
    box.git("config", "i18n.logOutputEncoding", "ISO-8859-11")
    assert authors(opened(box.root)) == [
        Author("Ann Author", "ann@acme.example", 2, day),
        Author("กานดา", "kanda@acme.example", 1, "2026-03-02"),
    ]
    (tmp_path / "config").write_text("[user]\nname = Zo\nemail = zo@acme.example\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_DIR", str(box.root / ".git"))
    assert identity(None, tmp_path) == Identity("Zo", "zo@acme.example")


# -- the index, and committing -----------------------------------------------------------------------------


def test_staged_changed_and_before_the_first_commit(box: Sandbox) -> None:
    repository = opened(box.root)
    box.write("a.md", "one")
    assert (git_index.staged(repository), git_index.changed(repository)) == (set(), {"a.md"})
    box.git("add", "a.md")
    assert (git_index.staged(repository), git_index.changed(repository)) == ({"a.md"}, {"a.md"})
    first = box.commit({"b.md": "one", ".gitignore": "*.tmp\n"})
    box.commit({"c.md": "one"})
    box.write("a.md", "staged")
    box.git("add", "a.md")
    box.write("a.md", "working")
    box.write("x.tmp", "ignored")
    (box.root / "b.md").unlink()
    assert (git_index.staged(repository), git_index.changed(repository)) == ({"a.md"}, {"a.md", "b.md"})
    assert git_index.changed(repository, first) == {"a.md", "b.md", "c.md"}
    assert repository.show("a.md") == b"staged"
    with pytest.raises(RepositoryProblem):
        git_index.changed(repository, "--no-index")


def test_commit_takes_exactly_what_it_was_given(box: Sandbox) -> None:
    box.commit({"a.md": "one", "b.md": "one", "gone.md": "one", "s.md": "one"})
    repository = opened(box.root)
    for name in ("a.md", "b.md", "s.md", "new.md", "also-new.md"):
        box.write(name, "two")
    box.git("add", "s.md", "also-new.md")
    (box.root / "gone.md").unlink()
    made = commit(repository, ["a.md", "new.md", "gone.md"], "Verify a\n\nBecause: #1 is no comment\n#2")
    assert made == repository.head()
    assert box.git("show", "--name-status", "--format=", made).split("\n") == [
        "M\ta.md",
        "D\tgone.md",
        "A\tnew.md",
    ]
    assert box.git("log", "-1", "--format=%B") == "Verify a\n\nBecause: #1 is no comment\n#2"
    assert git_index.staged(repository) == {"s.md", "also-new.md"}
    assert git_index.changed(repository) == {"s.md", "also-new.md", "b.md"}


def test_first_commit_of_all(box: Sandbox) -> None:
    box.write("a.md", "one")
    repository = opened(box.root)
    assert commit(repository, ["a.md"], "first") == repository.head()
    assert set(repository.tree("HEAD")) == {"a.md"}


def test_refused_commits_leave_everything_as_it_was_and_say_why(box: Sandbox) -> None:
    head = box.commit({"a.md": "one"})
    hook = box.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'house rule 7: not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    repository = opened(box.root)
    box.write("a.md", "two")
    box.write("new.md", "new")
    with pytest.raises(RepositoryProblem, match="house rule 7: not on a Friday") as refused:
        commit(repository, ["a.md", "new.md"], "try")
    assert refused.value.hint
    assert (repository.head(), git_index.staged(repository)) == (head, set())
    assert git_index.changed(repository) == {"a.md", "new.md"} and set(git_index.index(repository)) == {
        "a.md"
    }
    hook.unlink()
    with pytest.raises(RepositoryProblem, match=r"nowhere\.md"):
        commit(repository, ["nowhere.md"], "try")
    box.git("checkout", "--quiet", "a.md")
    with pytest.raises(RepositoryProblem, match="nothing was committed"):
        commit(repository, ["a.md"], "no change")


def test_commit_without_identity(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    box.git("config", "--remove-section", "user")
    box.git("config", "user.useConfigOnly", "true")
    box.write("a.md", "one")
    with pytest.raises(RepositoryProblem, match=r"identity|auto-detection"):
        commit(opened(box.root), ["a.md"], "who?")


def test_conflicts(box: Sandbox) -> None:
    box.commit({"a b.md": "one", "c.md": "one"})
    box.git("checkout", "--quiet", "-b", "side")
    box.commit({"a b.md": "side", "c.md": "side"})
    box.git("checkout", "--quiet", "main")
    box.commit({"a b.md": "main"})
    box.git("merge", "--quiet", "side", check=False)
    repository = opened(box.root)
    assert git_index.conflicted(repository) == {"a b.md"} and set(git_index.index(repository)) == {"c.md"}
    with pytest.raises(RepositoryProblem, match="merge"):
        commit(repository, ["c.md"], "in the middle of a merge")
    assert git_index.conflicted(repository) == {"a b.md"}


def test_damage_is_a_sentence(box: Sandbox) -> None:
    box.commit({"a.md": "one"})
    (box.root / ".git/index").write_bytes(b"nonsense")
    repository = opened(box.root)
    with pytest.raises(RepositoryProblem, match="index"):
        git_index.index(repository)
    shutil.rmtree(box.root / ".git/objects")
    with pytest.raises(RepositoryProblem) as refused:
        repository.tree("HEAD")
    assert refused.value.hint and "Traceback" not in str(refused.value)


def test_half_of_what_git_gives_is_nothing(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = box.commit({"a.md": "one\n" * 1000})
    repository = opened(box.root)
    oid = repository.tree(head)["a.md"]
    git = tmp_path / "bin/git"
    git.parent.mkdir()
    for end in ("kill -9 $$", "exit 0"):
        git.write_text(f'#!/bin/sh\n{shutil.which("git")} "$@" | head -c 2000\n{end}\n')
        git.chmod(0o755)
        with monkeypatch.context() as patch:
            patch.setenv("PATH", f"{git.parent}{os.pathsep}{os.environ['PATH']}")
            with pytest.raises(RepositoryProblem, match="before it had given all"):
                list(repository.blobs([oid]))
    git.write_text(f'#!/bin/sh\n{shutil.which("git")} "$@" | head -c 50\n')
    monkeypatch.setenv("PATH", f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    for ask in (repository.tree, lambda commit: read_log(repository, commit)):
        with pytest.raises(RepositoryProblem, match="before it had given all"):
            ask(head)


def test_gitpython_is_imported_in_one_place_and_only_to_commit() -> None:
    package = Path(__file__).parents[2] / "kcs"
    importers = [
        p.relative_to(package).as_posix()
        for p in package.rglob("*.py")
        if "from git import" in p.read_text("utf-8") or "import git\n" in p.read_text("utf-8")
    ]
    assert importers == ["kb/git/commit.py"]
    code = "import sys, kcs.kb.git.commit, kcs.kb.past.history; sys.exit('git' in sys.modules or 'subprocess' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
