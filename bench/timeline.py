"""Trust at 84 past months of the Rackspace base, beside what Git and a YAML parser alone take for it.

Baselines: `git log --raw -M -z`, `git cat-file --batch` of all article versions, and CSafeLoader over their
front matter. Before anything is measured, twelve of the months are compared with `kcs trust --at`, and three
with a checkout.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bench.bases import HERE, Ground
from bench.measure import Command, Line

FIRST, LAST = date(2016, 1, 31), date(2022, 12, 31)
FIELDS = ("trusted", "total", "validated", "dated", "excluded", "first_reason")


def timeline(ground: Ground) -> Iterator[Line]:
    """The points first and kept."""
    root = ground.rackspace()
    blobs, bodies = ground.folder / "versions.txt", ground.folder / "versions.bin"
    _list_versions(ground, root, blobs, bodies)
    me = [sys.executable, str(HERE / "timeline.py")]
    _compare(ground, root, json.loads(ground.run(*me, "points", cwd=root)))
    log = Command(["git", "log", "--raw", "-M", "-z", "HEAD"], root, ground.env)
    cat = Command(["git", "cat-file", "--batch", "--buffer"], root, ground.env, stdin=blobs)
    loader = Command([*me, "load", str(bodies)], root, ground.env)
    bare = Command([sys.executable, "-c", "pass"], root, ground.env)
    said = "`git log --raw -M -z`, `git cat-file --batch` of all article versions, CSafeLoader over their front matter"
    base = [log, cat, loader]
    first = Command([*me, "points"], root, ground.env, ground.forget)
    what = "trust at 84 past months, first, beyond Python's start"
    yield Line("timeline", what, said, base, first, goal=1.5, start=bare)
    kept = Command([*me, "points"], root, ground.env)
    yield Line("timeline-kept", "the same, kept by commit", said, base, kept, goal=0.1, start=bare)


def _list_versions(ground: Ground, root: Path, blobs: Path, bodies: Path) -> None:
    """The name of every version of an article, and their bytes in one file."""
    told = ground.run(
        "git",
        "log",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--format=",
        "HEAD",
        "--",
        "content",
        cwd=root,
    )
    lines = (one.split(" ")[3] for one in told.split("\0") if one.startswith(":"))
    found = sorted({one for one in lines if one.strip("0")})
    blobs.write_text("".join(f"{one}\n" for one in found))
    with blobs.open("rb") as asked, bodies.open("wb") as given:
        command = ["git", "cat-file", "--batch", "--buffer"]
        subprocess.run(command, cwd=root, env=dict(ground.env), stdin=asked, stdout=given, check=True)


def _compare(ground: Ground, root: Path, points: dict[str, list[object]]) -> None:
    """RuntimeError where a point is not what the program says of that day, or of a checkout of its commit."""
    assert len(points) == 84, len(points)
    days = sorted(points)[4:60:5][:12]

    def said(*words: str, cwd: Path) -> list[object]:
        told = json.loads(ground.run(*ground.kcs("trust", "--format", "json", *words), cwd=cwd))
        return [told["commit"], *(told[field] for field in FIELDS)]

    for day in days:
        if (found := said("--at", day, cwd=root)) != points[day]:
            raise RuntimeError(f"{day}: {points[day]} is not {found}")
    for day in days[2::4]:
        there = ground.folder / f"checkout-{day}"
        if not there.exists():
            ground.run("git", "worktree", "add", "-q", "--detach", there, str(points[day][0]), cwd=root)
        (there / "kcs.toml").write_bytes((root / "kcs.toml").read_bytes())
        if (found := said("--as-of", day, cwd=there)) != points[day]:
            raise RuntimeError(f"{day}: {points[day]} is not {found}, which a checkout says")
    print(f"equal to --at in {len(days)} months, to a checkout in {len(days[2::4])}", file=sys.stderr)


def _points() -> None:
    from kcs.insight.timeline import month_ends
    from kcs.insight.timeline import timeline as read
    from kcs.kb.base import KnowledgeBase

    kb = KnowledgeBase.open(as_of=date(2023, 1, 1))
    found = read(kb, [day for day in month_ends(FIRST, LAST) if day != kb.today]).points
    told = {
        str(one.day): [
            one.commit, one.trusted, one.total, one.validated, one.dated,
            {"work-in-progress": one.work_in_progress, "archived": one.archived}, dict(one.first_reason),
        ]
        for one in found
    }  # fmt: skip
    print(json.dumps(told))


def _load(bodies: Path) -> None:
    import yaml

    raw, at = bodies.read_bytes(), 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        size = int(raw[at:end].split()[2])
        body = raw[end + 1 : end + 1 + size]
        at = end + 2 + size
        close = body.find(b"\n---", 3)
        if body.startswith(b"---") and close > 0:
            try:
                yaml.load(body[3:close].decode("utf-8", "replace"), Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                continue


if __name__ == "__main__":
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != HERE]
    steps: dict[str, Callable[..., None]] = {"points": _points, "load": _load}
    steps[sys.argv[1]](*map(Path, sys.argv[2:]))
