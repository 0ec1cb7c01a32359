"""Real knowledge bases in real repositories, and the real program in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings

# A busy machine is no defect. Under CI, Hypothesis's own profile says the same, and draws the same examples each time.
settings.register_profile("here", deadline=None)
if "CI" not in os.environ:
    settings.load_profile("here")

# A shell that runs the tests in the background has them, and all
# that they start, pass over Ctrl-C: programs under test get it.
if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    and threading.current_thread() is threading.main_thread()
):
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A base that keeps the day of its verifications under a name of its own; [defaults] may go on below.
DATED = """\
timezone = "UTC"
audiences = ["internal", "partner", "external"]
[articles]
include = ["articles/**/*.md"]
[fields]
verified_at = "checked"
[defaults]
verify_every = "90d"
"""
JD = {"name": "J. Doe", "email": "jd@acme.example"}
KP = {"name": "K. Park", "email": "kp@acme.example"}
BOT = {"name": "ci", "email": "ci[bot]@users.noreply.github.com"}

KCS_TOML = """\
timezone = "UTC"
[articles]
include = ["articles/**/*.md"]
[defaults]
verify_every = "90d"
"""

TEAM_TOML = """\
[people.jd]
name = "J. Doe"
emails = ["jd@acme.example"]
teams = ["email-team"]
[people.kp]
name = "K. Park"
emails = ["kp@acme.example"]
teams = ["email-team"]
[people.zo]
emails = ["zo@acme.example"]
[people.gone]
emails = ["gone@acme.example"]
left = 2025-01-01
[teams.email-team]
representative = "kp"
[bots]
emails = ["*[bot]@users.noreply.github.com"]
"""

ADOPTED_TOML = """\
timezone = "UTC"
[articles]
include = ["content/**/*.md"]
[fields]
verified_at = "audit_date"
created = "created_date"
[links]
by = "permalink"
[defaults]
verify_every = "1 year"
"""

OUTLOOK = """\
---
type: Solution
id: kb-7f3q9xk2
title: Outlook 2013 keeps asking for the password  # as people say it
confidence: validated
status: stable
audience: external
verifiers: [jd, kp]
product: rackspace-email
tags: [outlook, imap]
---
## Issue

Outlook asks for the password
every few minutes.

## Environment

Outlook 2013, version 1.10.

## Cause

A stored password that is no longer valid.

## Resolution

1. Open the Credential Manager.
2. Remove the entry.
3. Start Outlook.
"""


@dataclass(frozen=True)
class Result:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Run(Protocol):
    """Runs `python -m kcs` with these arguments, in `cwd`, as `who`; nobody's settings but the test's own."""

    def __call__(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        who: Mapping[str, str] = JD,
        stdin: str = "",
    ) -> Result: ...


@dataclass
class Base:
    """A knowledge base in a repository (or, with `git=False`, in none)."""

    root: Path
    env: Mapping[str, str] = field(repr=False)
    in_git: bool = True

    def git(self, *args: str, **env: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=self.root, env={**self.env, **env}, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape")

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def read(self, path: str) -> str:
        """The file's text with its line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def commit(
        self, files: Mapping[str, str | bytes] | None = None, message: str = "work", *,
        day: str = "2026-05-01", who: Mapping[str, str] = JD,
    ) -> str:  # fmt: skip
        """Write these files, commit everything as `who` at noon UTC of `day`; the commit's id."""
        for path, text in (files or {}).items():
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, **identity(who, f"{day}T12:00:00Z"))
        return self.git("rev-parse", "HEAD").strip()

    def diff(self) -> str:
        """What the working tree changed: the added and removed lines alone."""
        lines = self.git("diff", "--unified=0").splitlines()
        return "\n".join(one for one in lines if one[:1] in "+-" and one[:3] not in ("+++", "---"))


@contextmanager
def without_rights(folder: Path, mode: int) -> Iterator[None]:
    """The folder with these permissions, and we no root, who passes every test of permissions."""
    before, is_root = folder.stat().st_mode, os.geteuid() == 0
    for above in folder.parents if is_root else ():
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o055)
    folder.chmod(mode)
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(before)


def identity(who: Mapping[str, str], when: str | None = None) -> dict[str, str]:
    """The environment in which Git knows `who`, and the moment if one is given."""
    found: dict[str, str] = {}
    for role in ("AUTHOR", "COMMITTER"):
        found |= {f"GIT_{role}_NAME": who["name"], f"GIT_{role}_EMAIL": who["email"]}
        if when:
            found[f"GIT_{role}_DATE"] = when
    return found


@pytest.fixture(scope="session", autouse=True)
def home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests open in this process is kept in a folder of
    this run: never in the cache and data of whoever runs them.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("nobody")))
        for name in [one for one in os.environ if one.startswith("XDG_")]:
            patch.delenv(name)
        yield


@pytest.fixture
def kcs_env(tmp_path: Path) -> dict[str, str]:
    """An environment without anybody's settings: home, cache and configuration are folders of this test."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "KCS_", "XDG_")) or key in ("KCS_DEBUG", "KCS_CORPORA")
    }
    kept.pop("CI", None)
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "PYTHONUTF8": "1",
        "TERM": "dumb",
        "COLUMNS": "120",
    }


@pytest.fixture
def in_kcs_env(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]) -> None:
    """For tests that call kcs in this process: they are in `kcs_env` as well, and J. Doe is at work."""
    for name, value in {**kcs_env, **identity(JD)}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(request: pytest.FixtureRequest, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    """The real program in a process of its own; a traceback on stderr fails the test.

    Of tests marked `forked` without the start of an interpreter:
    nothing stays in memory from one run to the next either.
    """
    if request.node.get_closest_marker("forked") and hasattr(os, "fork"):
        from tests.quick import in_fork

        return in_fork(kcs_env, tmp_path)

    def call(
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        who: Mapping[str, str] = JD,
        stdin: str = "",
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "kcs", *map(str, args)],
            cwd=cwd or tmp_path,
            env={**kcs_env, **identity(who), **(env or {})},
            input=stdin.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err and "internal error" not in result.err, result.err
        return result

    return call


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    """`run` without a process of its own, for files with many small runs."""
    from tests.quick import in_process

    return in_process(monkeypatch, kcs_env, tmp_path)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository's folder as `git init` makes it, to be copied: a third of what a small base costs."""
    root = tmp_path_factory.mktemp("begun")
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=root, env=env, check=True)
    with (root / ".git" / "config").open("a") as config:
        # Nothing is tidied up behind the back of a test.
        config.write("[core]\n\tautocrlf = false\n[maintenance]\n\tauto = false\n")
    for sample in (root / ".git" / "hooks").iterdir():
        sample.unlink()
    return root / ".git"


@pytest.fixture
def make_base(tmp_path: Path, kcs_env: dict[str, str], begun: Path) -> Callable[..., Base]:
    """make_base(files, *, name="kb", config=KCS_TOML, team=TEAM_TOML,
    git=True): a committed base; team None writes none.
    """

    def make(
        files: Mapping[str, str | bytes],
        *,
        name: str = "kb",
        config: str = KCS_TOML,
        team: str | None = TEAM_TOML,
        git: bool = True,
    ) -> Base:
        root = tmp_path / name
        root.mkdir()
        base = Base(root, kcs_env, git)
        own: dict[str, str | bytes] = {"kcs.toml": config}
        if team is not None:
            own["team.toml"] = team
        if not git:
            for path, text in {**own, **files}.items():
                base.write(path, text)
            return base
        shutil.copytree(begun, root / ".git")
        base.commit({**own, **files}, "Begin")
        return base

    return make


@pytest.fixture
def native(make_base: Callable[..., Base]) -> Base:
    """A small native base: one validated article by two verifiers, one plain one, and a team."""
    return make_base({
        "articles/email/outlook.md": OUTLOOK,
        "articles/vpn.md": "---\nid: kb-vpn00001\ntitle: VPN drops\nconfidence: validated\n---\n## Resolution\n\nReconnect.\n",
    })  # fmt: skip


@pytest.fixture
def adopted(make_base: Callable[..., Base]) -> Base:
    """A base adopted with its own field names: `audit_date` is the mapped date, nothing else was rewritten."""
    return make_base(
        {
            "content/mail/smtp.md": '---\npermalink: smtp/\naudit_date: "2025-06-10"\ntitle: Send with SMTP\n'
            "created_date: '2020-03-04'\n---\n\nUse port 587.\n",
            "content/mail/imap.md": "---\npermalink: imap/\naudit_date:\ntitle: Read with IMAP\n"
            "created_date: '2020-03-04'\n---\n\nUse port 993. See [SMTP](../smtp/).\n",
            "content/dns.md": "---\npermalink: dns/\ntitle: Set a record\ncreated_date: 3 March 2020\n---\n\nSet it.\n",
        },
        name="adopted",
        config=ADOPTED_TOML,
        team=None,
    )


def unprivileged() -> list[str]:
    """What a command begins with to be bound by permissions: root
    gives up the right to pass over them; anybody else has none.
    """
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("no setpriv (util-linux) for root to give up its rights with")
    rights = "-dac_override,-dac_read_search"
    return [setpriv, f"--bounding-set={rights}", f"--inh-caps={rights}"]


@pytest.fixture
def corpora() -> Path:
    """Where the real data lies; the test is skipped where it does not."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("KCS_CORPORA", beside))
    if not folder.is_dir():
        pytest.skip(f"the real data is not here: {folder} (KCS_CORPORA names another folder)")
    return folder


class Terminal(Protocol):
    """Runs `python -m kcs` on a real terminal; each answer is typed when the program asks (a line ending in `] `)."""

    def __call__(
        self,
        *args: str | Path,
        answers: Sequence[str] = (),
        cwd: Path,
        who: Mapping[str, str] = JD,
        env: Mapping[str, str] | None = None,
    ) -> Result: ...


@pytest.fixture
def terminal(kcs_env: dict[str, str]) -> Terminal:
    """The program on a pseudo-terminal. What it showed, questions and stderr included, is `out`."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

    def call(
        *args: str | Path,
        answers: Sequence[str] = (),
        cwd: Path,
        who: Mapping[str, str] = JD,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "kcs", *map(str, args)],
            cwd=cwd,
            env={**kcs_env, **identity(who), **(env or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown, left = b"", list(answers)
        while chunk := _read(ours):
            shown += chunk
            if left and shown.rstrip(b" ").endswith((b"]", b"]:", b"resolved?")):
                os.write(ours, f"{left.pop(0)}\n".encode())
        os.close(ours)
        code = process.wait(timeout=60)
        text = shown.decode().replace("\r\n", "\n")
        assert "Traceback" not in text and not left, text
        return Result(code, text, "")

    return call


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other side is gone
        return b""
