"""What people do to a base: each an edit of files, of Git's
history, or of what is around; chosen by a seeded random.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

_KEYS = [
    "confidence: archived", "confidence: validated", "confidence: work-in-progress", "title: Reset the password", "owner: mai", "owner: care",
    "language: th", "language: en", "type: Solution", "type: How-to", "audience: external", "translation_of: {id: kb-1pq5by7j}", "tags: [a, b]",
    "stale_after: 2026-01-01", "verify_every: 30d", "audit_date: '2026-10-01'", "audit_date: '2019-10-01'", "permalink: a-place", "status: [",
    "product: payments", "governance: compliance", "verified: [{by: mai, at: 2026-10-02}]", "id: kb-same0001", "flags: [{by: mai, at: 2026-10-01, reason: wrong}]",
]  # fmt: skip
_TOML = [
    '\n[[policy]]\nmatch = {path = "articles/team/**"}\nverify_every = "10d"\n', '\n[[policy]]\nmatch = {type = "article"}\nquorum = 2\n',
    '\n[[policy]]\nmatch = {language = "en"}\nimages = true\n', '\n[rules.KCS501]\nseverity = "off"\n', '\n[rules.KCS401]\nseverity = "error"\n',
    '\n[adopt]\non = 2026-09-01\nover = "90d"\n', "\n[style.words]\nclick = \"select\"\n", "\n# a remark\n",
]  # fmt: skip
_TOML_SWAPS = [
    ('"180d"', '"170d"'), ('"170d"', '"never"'), ('"90d"', '"91d"'), ("quorum = 2", "quorum = 1"), ('"Asia/Bangkok"', '"Pacific/Apia"'),
    ('"**/index.md"', '"**/i*.md"'), ('"articles/**/*.md"', '"articles/*/*.md"'), ('"dispute"', '"deposit"'), ('by = "permalink"', 'by = "path"'),
    ('"1 year"', '"2 years"'), ('verifiers = ["care"]', 'verifiers = ["mai"]'), ('"content/**/*.md"', '"content/*/*.md"'), ("audit_date", "created_date"),
]  # fmt: skip
_DAYS = ["2026-11-26", "2026-12-01", "2026-06-01", "2027-03-01", "2020-11-10", "2019-05-05", "2026-12-31"]
_ZONES = ["UTC", "Asia/Bangkok", "Pacific/Kiritimati", "America/Los_Angeles"]
_PEOPLE = ["mai", "vera", "nok", "linh", "someone"]


class Desk:
    """Where somebody works: the base, the clock, the environment; `command` runs kcs there and says how that ended."""

    def __init__(self, root: Path, home: Path, random: Random, command: Callable[[list[str]], str]) -> None:
        self.root, self.random, self.command = root, random, command
        self.number, self.day, self.mask = 0, _DAYS[0], 0o022
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "COLUMNS": "100", "TERM": "dumb", "TZ": "UTC", "LANG": "C.UTF-8",
        }  # fmt: skip
        self.work_as("mai")

    def begin(self) -> None:
        """A repository with one commit, where there is none."""
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main")
            self.commit("Begin")

    def work_as(self, who: str) -> None:
        """Whose name Git writes."""
        for role in ("AUTHOR", "COMMITTER"):
            self.env |= {f"GIT_{role}_NAME": who, f"GIT_{role}_EMAIL": f"{who}@marlo.example"}

    def git(self, *words: str, **env: str) -> str:
        """What git says, whether it works or not."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.root,
            env={**self.env, **env},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def commit(self, message: str, *more: str) -> None:
        """Everything, on some day."""
        when = f"2026-{self.random.randint(1, 11):02}-{self.random.randint(1, 25):02}T{self.random.randint(0, 23):02}:30:00+0700"
        self.git("add", "-A")
        self.git("commit", "-qm", message, *more, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)

    def articles(self) -> list[str]:
        """Paths of files that may be articles."""
        found = (
            one
            for one in self.root.rglob("*.md")
            if ".git" not in one.parts and one.is_file() and not one.is_symlink()
        )
        return sorted(one.relative_to(self.root).as_posix() for one in found)

    def article(self) -> Path:
        """Some file of these."""
        found = self.articles()
        if not found:
            raise FileNotFoundError("no article is left")
        return self.root / self.random.choice(found)

    def branch(self) -> str:
        """Some branch."""
        return self.random.choice(self.git("branch", "--format=%(refname:short)").split() or ["main"])


def _keeping_time(path: Path, raw: bytes) -> None:
    status = path.stat()
    path.write_bytes(raw)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _same_size(desk: Desk) -> str:
    path = desk.article()
    raw = path.read_bytes()
    places = [at for at, byte in enumerate(raw) if byte in b"aeiost"] or [0]
    at = desk.random.choice(places)
    _keeping_time(path, raw[:at] + b"u" + raw[at + 1 :])
    return path.name


def _written(desk: Desk, more: str) -> str:
    path = desk.article()
    path.write_bytes(path.read_bytes() + more.encode())
    return path.name


def _words(desk: Desk) -> str:
    desk.number += 1
    return _written(desk, f"\nreset the password of {desk.number}\n")


def _link(desk: Desk) -> str:
    other = desk.article().relative_to(desk.root).as_posix()
    way = desk.random.choice(
        [f"../../{other}", f"/{other}", "../gone.md", "../missing.png", "kb-1pq5by7j", "../team/#x"]
    )
    return _written(desk, f"\n{desk.random.choice(['', '!'])}[there]({way})\n")


def _ignore(desk: Desk) -> str:
    return _written(
        desk, f"\n<!-- kcs: ignore {desk.random.choice(['KCS401', 'KCS501', 'KCS301'])} -- so -->\n"
    )


def _whole_seconds(desk: Desk) -> str:
    path = desk.article()
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    os.utime(path, (int(time.time()), int(time.time())))
    return path.name


def _long_ago(desk: Desk) -> str:
    path = desk.article()
    path.write_bytes(path.read_bytes().replace(b"e", b"o", 1))
    os.utime(path, (desk.random.choice([1, 10**9, time.time() + 10**6]),) * 2)
    return path.name


def _replaced(desk: Desk) -> str:
    path = desk.article()
    status, temporary = path.stat(), path.with_suffix(".tmp")
    temporary.write_bytes(path.read_bytes().replace(b"t", b"d", 1))
    os.utime(temporary, ns=(status.st_atime_ns, status.st_mtime_ns))
    temporary.rename(path)
    return path.name


def _front(desk: Desk) -> str:
    path, line = desk.article(), desk.random.choice(_KEYS)
    text = path.read_text("utf-8", "surrogateescape")
    key = line.partition(":")[0]
    head, mark, body = text[3:].partition("\n---")
    lines = [one for one in head.splitlines() if not one.startswith(f"{key}:")]
    if desk.random.random() < 0.8:
        lines.append(line)
    path.write_text("---" + "\n".join(lines) + mark + body, "utf-8", "surrogateescape")
    return f"{path.name} {line}"


def _front_same_size(desk: Desk) -> str:
    path = desk.article()
    raw, pairs = (
        path.read_bytes(),
        [
            (b"confidence: validated", b"confidence: archived "),
            (b": archived ", b": validated"),
            (b"title: ", b"titel: "),
            (b"2026-", b"2025-"),
            (b"'20", b"'19"),
        ],
    )
    old, new = desk.random.choice(pairs)
    _keeping_time(path, raw.replace(old, new, 1))
    return f"{path.name} {new!r}"


def _renamed(desk: Desk) -> str:
    path = desk.article()
    desk.number += 1
    path.rename(path.with_name(f"r{desk.number}.md"))
    return path.name


def _case(desk: Desk) -> str:
    path = desk.article()
    path.rename(path.with_name(path.stem.swapcase() + ".md"))
    return path.name


def _two_swapped(desk: Desk) -> str:
    one, other = desk.article(), desk.article()
    if one != other:
        between = one.with_suffix(".tmp")
        one.rename(between)
        other.rename(one)
        between.rename(other)
    return f"{one.name} {other.name}"


def _folder_moved(desk: Desk) -> str:
    folder = desk.article().parent
    desk.number += 1
    if folder != desk.root and folder.parent != desk.root:
        folder.rename(folder.with_name(f"f{desk.number}"))
    return folder.name


def _removed(desk: Desk) -> str:
    path = desk.article()
    path.unlink()
    return path.name


def _new(desk: Desk) -> str:
    desk.number += 1
    path = desk.article().with_name(f"n{desk.number}.md")
    path.write_text(
        f"---\ntitle: New {desk.number}\n{desk.random.choice(_KEYS)}\n---\nreset password {desk.number}\n",
        "utf-8",
    )
    return path.name


def _odd(desk: Desk) -> str:
    path = desk.article()
    kind = desk.random.choice(["link", "folder", "binary", "empty", "long"])
    path.unlink()
    if kind == "link":
        path.symlink_to(desk.random.choice(["/etc/hosts", "gone.md", path.name, "../" + desk.article().name]))
    elif kind == "folder":
        path.mkdir()
        (path / "in.md").write_text("In it.\n")
    else:
        path.write_bytes({"binary": bytes(range(256)), "empty": b"", "long": b"x " * 5000}[kind])
    return f"{path.name} {kind}"


def _beside(desk: Desk) -> str:
    pages = {
        "team.toml": '\n[people.q{n}]\nname = "Q"\nemails = ["q{n}@x.example"]\n', "moves.tsv": "articles/gone{n}.md\t{article}\n",
        ".gitattributes": "*.md text eol=lf\n", ".mailmap": "Q <mai@marlo.example> <vera@marlo.example>\n", ".gitignore": "n{n}.md\n", "kcs-baseline.tsv": "x\n",
        "templates/Solution.md": "---\nname: Solution\nsections: [cause]\n---\n\n## {{{{ heading.cause }}}}\n", "README.md": "[x]({article})\n", "articles/missing.png": "{n}",
        "missing.png": "{n}", "docs/index.md": "[x](../{article})\n",
    }  # fmt: skip
    name = desk.random.choice(list(pages))
    path = desk.root / name
    desk.number += 1
    article = desk.article().relative_to(desk.root).as_posix()
    if path.exists() and desk.random.random() < 0.4 and name != "team.toml":
        path.unlink()
        return f"no {name}"
    old = path.read_text("utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    path.write_text(old + pages[name].format(n=desk.number, article=article), "utf-8")
    return name


def _who_left(desk: Desk) -> str:
    path = desk.root / "team.toml"
    text = path.read_text("utf-8")
    old, new = desk.random.choice(
        [
            ("@marlo.example", "@marlow.example"),
            ("@marlow.example", "@marlo.example"),
            ("mai@", "may@"),
            ("may@", "mai@"),
        ]
    )
    path.write_text(text.replace(old, new, 1), "utf-8")
    return new


def _toml(desk: Desk) -> str:
    path = desk.root / "kcs.toml"
    text = path.read_text("utf-8")
    old, new = desk.random.choice(_TOML_SWAPS)
    if desk.random.random() < 0.5 and old in text:
        text = text.replace(old, new, 1)
    else:
        more = desk.random.choice(_TOML)
        new = more if more not in text else f"less {more}"
        text = text.replace(more, "") if more in text else text + more
    path.write_text(text, "utf-8")
    return repr(new)


def _committed(desk: Desk) -> str:
    desk.number += 1
    desk.commit(f"c{desk.number}")
    return ""


def _history(desk: Desk) -> str:
    desk.number += 1
    other, number = desk.branch(), desk.number
    words = desk.random.choice([
        ["checkout", "-qb", f"b{number}"], ["checkout", "-qf", other], ["checkout", "-qf", other], ["merge", "-q", "--no-edit", other],
        ["merge", "-q", "--no-ff", "--no-edit", "-X", "theirs", other], ["merge", "--abort"], ["commit", "-q", "--amend", "-m", f"a{number}"],
        ["reset", "-q", "--hard", "HEAD~1"], ["reset", "-q", "--soft", "HEAD~1"], ["reset", "-q", "--hard"], ["revert", "--no-edit", "HEAD"],
        ["rebase", "-q", other], ["rebase", "--abort"], ["gc", "-q"], ["pack-refs", "--all"], ["stash", "-q"], ["stash", "pop", "-q"],
        ["commit", "-q", "--allow-empty", "-m", f"e{number}"], ["checkout", "-q", "--detach"], ["add", "-A"], ["rm", "-rqf", "--cached", "."],
        ["cherry-pick", other], ["cherry-pick", "--abort"], ["config", "user.email", f"x{number}@marlo.example"], ["config", "core.autocrlf", "input"],
    ])  # fmt: skip
    desk.git(*words)
    return " ".join(words)


def _shallow(desk: Desk) -> str:
    path = desk.root / ".git" / "shallow"
    if path.exists():
        path.unlink()
        return "no more"
    found = desk.git("rev-list", "--first-parent", "-n", "4", "HEAD").split()
    path.write_text(found[-1] + "\n")
    return found[-1]


def _around(desk: Desk) -> str:
    kind = desk.random.choice(["day", "zone", "who", "mask", "engine", "locale"])
    if kind == "day":
        desk.day = desk.random.choice(_DAYS)
    elif kind == "zone":
        desk.env["TZ"] = desk.random.choice(_ZONES)
    elif kind == "who":
        desk.work_as(desk.random.choice(_PEOPLE))
    elif kind == "mask":
        desk.mask = desk.random.choice([0o022, 0o077, 0o002])
    elif kind == "engine":
        # Not tantivy: it counts what was taken out until it merges,
        # so that its order is only nearly that of a new index.
        desk.env["KCS_ENGINE"] = desk.random.choice(["whoosh", "sqlite"])
    else:
        desk.env["LANG"] = desk.random.choice(["C.UTF-8", "C", "th_TH.UTF-8"])
    return kind


def _kcs(desk: Desk) -> str:
    article, other = (desk.article().relative_to(desk.root).as_posix() for _ in range(2))
    desk.number += 1
    words = desk.random.choice([
        ["verify", article, "--yes"], ["verify", article, "--yes", "--commit"], ["verify", article, "--yes", "--force"],
        ["verify", article, "--yes", "--minor", "-m", "small"], ["unverify", article, "--reason", "wrong", "-m", "no"],
        ["flag", article, "--reason", "outdated", "-m", "old"], ["flag", article, "--resolve", "--all", "-m", "done"],
        ["state", article, "validated"], ["state", article, "work-in-progress", "--commit"], ["mv", article, f"{article[:-3]}-{desk.number}.md"],
        ["mv", article, f"{article[:-3]}-{desk.number}.md", "--commit"], ["archive", article, "--yes", "--superseded-by", other], ["archive", article, "--yes"],
        ["assign", article, "--owner", "mai", "--yes"], ["audit", "--write-baseline", "--allow-growth"], ["audit", "--fix"], ["approve", article, "--yes", "-m", "ok"],
    ])  # fmt: skip
    clock = [] if words[0] == "mv" else ["--as-of", desk.day]
    return desk.command([*words, *clock])


EDITS: dict[str, Callable[[Desk], str]] = {
    "nothing": lambda _: "", "same size": _same_size, "words": _words, "link": _link, "ignore": _ignore, "whole seconds": _whole_seconds,
    "long ago": _long_ago, "replaced": _replaced, "front matter": _front, "front matter, same size": _front_same_size, "renamed": _renamed,
    "case": _case, "swapped": _two_swapped, "folder moved": _folder_moved, "removed": _removed, "new": _new, "odd": _odd, "beside": _beside,
    "team": _who_left, "kcs.toml": _toml, "committed": _committed, "history": _history, "history again": _history, "shallow": _shallow,
    "around": _around, "kcs": _kcs, "kcs again": _kcs,
}  # fmt: skip
