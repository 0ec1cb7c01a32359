"""Real repositories for tests, made by the git program, out of sight of this machine's configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kcs.kb.git import log as git_log
from kcs.kb.git.repository import Repository, path_text
from kcs.kb.past import facts
from kcs.kb.past.history import History

# What files may be called: the last one is no UTF-8.
HOSTILE = [
    " blank .md",
    "new\nline.md",
    "tab\t.md",
    "quo\"te's.md",
    "บทความ.md",
    "-dash.md",
    ":(top)x.md",
    ":colon.md",
    "\x01.md",
    "[a]*?.md",
]
HOSTILE.append(b"bad\xff\xfeutf8.md".decode("utf-8", "surrogateescape"))

START = 1_600_000_000
OLD, NEW = "2019-01-01", "2020-06-01"


@dataclass(frozen=True)
class Node:
    """One commit to be: its parents' names, all its files, and its committer date in days after START."""

    parents: Sequence[str]
    files: Mapping[str, str | bytes]
    day: int = 0


def article(value: str, body: str = "x", note: str = "") -> str:
    """A file whose body is its own, so that Git knows it again after a rename and an edit."""
    lines = "".join(f"{body} says line {n} of {body * 3}\n" for n in range(20))
    return f"---\naudit_date: {value}\nnote: {note}\n---\n{lines}"


def claim(raw: bytes) -> dict[str, str]:
    """What the tests read out of a file."""
    for line in raw.splitlines()[:3]:
        if line.startswith(b"audit_date: "):
            return {"date": line[12:].decode("utf-8", "replace")}
    return {}


class Sandbox:
    def __init__(self, root: Path, *init: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *init)
        for key, value in (("user.name", "Ann Author"), ("user.email", "ann@acme.example")):
            self.git("config", key, value)

    def git(self, *arguments: str, data: bytes = b"", check: bool = True, dates: str = "") -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        extra = {"GIT_AUTHOR_DATE": dates, "GIT_COMMITTER_DATE": dates} if dates else {}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command, cwd=self.root, input=data, capture_output=True, env=kept | alone | extra, check=False
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))

    def commit(self, files: Mapping[str, str | bytes | None], message: str = "work", day: int = 0) -> str:
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
            else:
                self.write(path, text)
        self.git("add", "--all")
        date = f"{START + day * 86400} +0700"
        self.git("commit", "--quiet", "--allow-empty", "-F", "-", data=message.encode(), dates=date)
        return self.git("rev-parse", "HEAD")

    def build(self, nodes: Mapping[str, Node]) -> dict[str, str]:
        """Make these commits, `main` being the last; name to id. The author of a commit carries its name."""
        stream, marks = [], {name: mark for mark, name in enumerate(nodes, 1)}
        for name, node in nodes.items():
            when = b"%d +0000" % (START + node.day * 86400)
            person = b"%s <%s@acme.example> %s\n" % (name.encode(), name.encode(), when)
            stream.append(
                b"commit refs/heads/main\nmark :%d\nauthor %scommitter %s" % (marks[name], person, person)
            )
            stream.append(b"data %d\n%s\n" % (len(name.encode()), name.encode()))
            for number, parent in enumerate(node.parents):
                stream.append(b"%s :%d\n" % (b"merge" if number else b"from", marks[parent]))
            if not node.parents and marks[name] > 1:
                stream.insert(len(stream) - 2, b"reset refs/heads/main\n")
            stream.append(b"deleteall\n")
            for path, text in node.files.items():
                raw = text if isinstance(text, bytes) else text.encode()
                stream.append(b'M 100644 inline "%s"\ndata %d\n%s\n' % (path.encode(), len(raw), raw))
        out = self.root / ".git" / "marks"
        self.git("fast-import", "--quiet", "--force", f"--export-marks={out}", data=b"".join(stream))
        known = dict(line.split() for line in out.read_text().splitlines())
        return {name: known[f":{mark}"] for name, mark in marks.items()}


def corpora() -> Path:
    """Where the real data lies, if it does."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
    return Path(os.environ.get("KCS_CORPORA", beside))


def repository(box: Sandbox) -> Repository:
    """What the program finds there."""
    found = Repository.find(box.root)
    assert found
    return found


def reference(box: Sandbox, path: str = "a.md", value: str = NEW) -> tuple[str, str, str]:
    """(status, subject, path) of where `value` came in; the subject is the commit's name."""
    found = History.read(repository(box)).references({path: {"date": value}}, claim)[path, "date"]
    return (
        (found.status, found.version.subject, found.version.path) if found.version else (found.status, "", "")
    )


def dated(value: str, note: str = "", path: str = "a.md") -> dict[str, str]:
    """One article that was dated so."""
    return {path: article(value, note=note)}


def told(box: Sandbox) -> object:
    """All that Git says anew of all files: the process keeps its last log by commit."""
    git_log._kept.clear()
    return facts._parts(git_log.read_log(repository(box), repository(box).resolve("HEAD")))


def present(box: Sandbox) -> set[str]:
    """The files of HEAD, as its log tells them."""
    log = git_log.read_log(repository(box), repository(box).resolve("HEAD"))
    return {path_text(path) for path, _ in log.present()}
