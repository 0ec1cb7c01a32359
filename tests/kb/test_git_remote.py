"""kcs.kb.git.remote: what it says of a remote that gives nothing, with the words that Git really prints."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kcs.errors import RepositoryProblem
from kcs.kb.git import remote as git_remote
from kcs.kb.git import talk as git_talk
from kcs.kb.git.repository import Repository
from tests.conftest import Base

pytestmark = pytest.mark.usefixtures("in_kcs_env")


@pytest.fixture
def cloned(native: Base) -> Base:
    other = native.root.parent / "other.git"
    native.git("clone", "--quiet", "--bare", ".", str(other))
    native.git("remote", "add", "origin", str(other))
    native.git("fetch", "--quiet")
    native.git("branch", "--quiet", "--set-upstream-to=origin/main")
    return native


def repository(base: Base) -> Repository:
    found = Repository.find(base.root)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9/kb.git", "cannot be reached"),
        ("https://no-such-host.invalid/kb.git", "cannot be reached"),
        ("/nowhere/kb.git", "sent nothing"),
        ("ext::sh -c 'echo harm >&2'", "sent nothing"),
        ("http://jd:secret@127.0.0.1:9/kb.git", "cannot be reached"),
    ],
)
def test_a_remote_that_gives_nothing(cloned: Base, address: str, said: str) -> None:
    cloned.git("remote", "set-url", "origin", address)
    repo = repository(cloned)
    with pytest.raises(RepositoryProblem) as caught:
        git_remote.fetch(repo, git_remote.upstream(repo))
    assert said in str(caught.value) and caught.value.hint and "secret" not in str(caught.value)
    assert "harm" not in str(caught.value)


SERVER = """
import http.server
class Asks(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="kb"')
        self.end_headers()
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Asks)
print(server.server_port, flush=True)
server.serve_forever()
"""


def test_no_password_is_asked_for_and_no_program_that_asks_is_started(
    cloned: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    ask = tmp_path / "ask"
    ask.write_text(f"#!/bin/sh\ntouch '{asked}'\necho x\n")
    ask.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(ask))
    cloned.git("config", "core.askPass", str(ask))
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        cloned.git("remote", "set-url", "origin", f"http://127.0.0.1:{int(server.stdout.readline())}/kb.git")
        repo = repository(cloned)
        with pytest.raises(RepositoryProblem, match="requires signing in") as caught:
            git_remote.fetch(repo, git_remote.upstream(repo))
        server.kill()
    assert "never asks" in caught.value.hint and not asked.exists()


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({}, "ssh -oBatchMode=yes"),
        ({"GIT_SSH_COMMAND": "ssh -i key"}, "ssh -i key -oBatchMode=yes"),
        ({"GIT_SSH": "/usr/bin/ssh"}, '"/usr/bin/ssh" -oBatchMode=yes'),
        ({"GIT_SSH_COMMAND": "plink -P 22"}, "plink -P 22"),
    ],
)
def test_ssh_is_the_users_own_and_told_not_to_ask(
    cloned: Base, monkeypatch: pytest.MonkeyPatch, own: Mapping[str, str], told: str
) -> None:
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    assert git_talk._environment(repository(cloned))["GIT_SSH_COMMAND"] == told


def test_ssh_really_gets_that_option(cloned: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "words"
    fake = tmp_path / "ssh"
    fake.write_text(
        f"#!/bin/sh\necho \"$@\" >> '{words}'\necho 'jd@host: Permission denied (publickey).' >&2\nexit 255\n"
    )
    fake.chmod(0o755)
    cloned.git("config", "core.sshCommand", str(fake))
    cloned.git("remote", "set-url", "origin", "ssh://host/kb.git")
    repo = repository(cloned)
    with pytest.raises(RepositoryProblem, match=r"requires signing in.*Permission denied"):
        git_remote.fetch(repo, git_remote.upstream(repo))
    assert "-oBatchMode=yes" in words.read_text()
