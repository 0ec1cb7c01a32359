"""Checks what docs/adopting.md says of a real base: its figures, and a sample of answers against Git alone.

    python bench/adopting.py BUNDLE [--sample 10] [--seed 2020]

Clones the bundle, adopts it, asks `kcs trust --at 2020-11-10`, and for a seeded sample of dated articles asks
`git blame` and `git diff`, without any code of kcs, whether the text is still that of the commit that set the date.
Exit code 1 where kcs and Git disagree.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

AT = "2020-11-10"
_OWN_KEY = re.compile(r"^(?!title:)[\w-]+:")


def main() -> int:
    """Print the figures and the sample; 1 when an answer differs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("bundle", type=Path)
    options.add_argument("--sample", type=int, default=10, help="of each kind, at most")
    options.add_argument("--seed", type=int, default=2020)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "kb"
        _run("git", "clone", "--quiet", str(given.bundle), str(root), cwd=Path(folder))
        _kcs(
            root, "init", "--adopt", "--no-input", "--no-team", "--every", "1 year", "--audience", "external"
        )
        score = json.loads(_kcs(root, "trust", "--at", AT, "--format", "json"))
        listed = json.loads(_kcs(root, "list", "--at", AT, "--format", "json"))["articles"]
        print(
            json.dumps(
                {
                    key: score[key]
                    for key in ("trusted", "total", "validated", "dated", "reasons", "first_reason")
                }
            )
        )
        wrong = 0
        for article in sampled(listed, given.sample, random.Random(given.seed)):
            commit, day, who, since, changed = ask_git(root, article["path"])
            says = "content-changed" in article["reasons"]
            wrong += says != changed
            print(f"{'DIFFERS' if says != changed else 'ok':<8}{article['verified_at']}  {commit[:9]}  {day}  {who:<20} "
                  f"{since} commits since, {'changed' if changed else 'the same':<9}"
                  f"{', '.join(article['reasons']) or 'trusted':<24} {article['path']}")  # fmt: skip
    return 1 if wrong else 0


def sampled(articles: list[dict[str, Any]], most: int, chance: random.Random) -> list[dict[str, Any]]:
    """Up to `most` of each kind of verdict, among the dated and validated."""
    kinds: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in articles:
        if one["verified_at"] and one["confidence"] == "validated":
            kinds.setdefault(tuple(one["reasons"]), []).append(one)
    return [one for kind in sorted(kinds) for one in chance.sample(kinds[kind], min(most, len(kinds[kind])))]


def ask_git(root: Path, path: str) -> tuple[str, str, str, int, bool]:
    """The commit that set the date, its day and author; commits since; whether the text differs."""
    lines = (root / path).read_text("utf-8", "replace").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if line.startswith("audit_date:"))
    blame = _run("git", "blame", "--porcelain", f"-L{number},{number}", "--", path, cwd=root)
    then = re.search(r"^filename (.*)$", blame, re.MULTILINE)
    assert then is not None
    commit = first_with(root, lines[number - 1], blame.split()[0], then[1])
    day, who = _run("git", "log", "-1", "--format=%cs%x00%an", commit, cwd=root).strip().split("\0")
    since = _run("git", "log", "--follow", "--format=%h", f"{commit}..HEAD", "--", path, cwd=root).split()
    old = _run("git", "show", f"{commit}:{then[1]}", cwd=root)
    new = _run("git", "show", f"HEAD:{path}", cwd=root)
    return commit, day, who, len(since), text_of(old) is None or text_of(old) != text_of(new)


def first_with(root: Path, line: str, commit: str, name: str) -> str:
    """The first commit, up to that which blame names, in which a file by
    that name has a line: who set a date back to what it was set none.
    """
    # Without the names of files, Git passes over the filter.
    told = _run(
        "git", "log", "--name-only", "--diff-filter=d", "--format=%x01%H", commit, "--", name, cwd=root
    )
    versions = [one.split()[0] for one in told.split("\x01")[1:]]
    had = [one for one in versions if line in _run("git", "show", f"{one}:{name}", cwd=root).splitlines()]
    return (had or [commit])[-1]


def text_of(file: str) -> str | None:
    """Title line and body with every run of white space as one blank: a plain reading of the rules.

    None where the front matter is no YAML: such a version has no content that anybody could have vouched for.
    """
    parts = re.split(r"^---[ \t]*\r?$", file, maxsplit=2, flags=re.MULTILINE)
    try:
        yaml.load(parts[1], yaml.BaseLoader)
    except (yaml.YAMLError, IndexError):
        return None
    title = [line for line in parts[1].splitlines() if line.strip() and not _OWN_KEY.match(line)]
    return " ".join(" ".join((*title[:1], parts[-1])).split())


def _kcs(root: Path, *words: str) -> str:
    return _run(sys.executable, "-m", "kcs", *words, cwd=root)


def _run(*words: str, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
