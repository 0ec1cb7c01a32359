"""Whatever changes between two audits, the second one says what an audit without any memory says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from difflib import ndiff
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kcs.kb.source import WorkingTree
from tests.conftest import JD, KCS_TOML, KP, OUTLOOK, Base, Result, Run, identity

VPN = "articles/vpn.md"
MAIL = "articles/email/outlook.md"
SETTINGS = """
[links]
root = "/kb"
[rules.KCS506]
severity = "info"
"""
FILES: dict[str, str | bytes] = {
    MAIL: OUTLOOK,
    VPN: "---\nid: kb-vpn00001\ntype: Solution\ntitle: VPN drops\nconfidence: validated\nverified:\n"
    "- {by: jd, at: 2026-04-01}\n---\n## Resolution\n\nReconnect. ![a](a.png) [b](later.md) [c](notes.md) [d](../../beside/x.txt)\n"
    "[e](email/outlook.md#cause) [f](email/) [g](page.html)\n",
    "articles/lone.md": "---\nid: kb-lone0001\ntype: Trouble\ntitle: Lone\nconfidence: validated\n---\nWrite to a@b.example.org.\n",
    "articles/broken.md": b"---\ntitle: caf\xe9\n---\n",
    "templates/Trouble.md": "---\nname: Trouble\nsections: [cause]\n---\n\n## {{ heading.cause }}\n",
    "README.md": "[one](articles/email/outlook.md)\n",
    ".gitignore": "ignored/\n",
}  # fmt: skip


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    """With a link, a picture and a page that are not there, a template of its own, and what cannot be read."""
    made = make_base(FILES, config=KCS_TOML + SETTINGS)
    made.commit({VPN: made.read(VPN) + "\nAgain.\n"}, "more", who=KP, day="2026-05-20")
    return made


Edit = Callable[[Base], object]


def swap(path: str, old: str, new: str) -> Edit:
    """Other words in a file; of the same length they leave its size, and its time of change is put back."""

    def edit(base: Base) -> None:
        file = base.root / path
        stat, text = file.stat(), base.read(path)
        assert old in text, path
        base.write(path, text.replace(old, new))
        if len(old) == len(new):
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    return edit


def put(path: str, text: str | bytes) -> Edit:
    return lambda base: base.write(path, text)


def gone(path: str) -> Edit:
    return lambda base: (base.root / path).unlink()


def git(*words: str) -> Edit:
    return lambda base: base.git(*words, **identity(JD, "2026-05-27T12:00:00Z"))


def later(path: str) -> Edit:
    return put(path, "---\ntitle: Later\n---\nText.\n")


def config(more: str) -> Edit:
    return lambda base: base.write("kcs.toml", base.read("kcs.toml") + more)


def linked(path: str, to: str) -> Edit:
    def edit(base: Base) -> None:
        (base.root / path).parent.mkdir(parents=True, exist_ok=True)
        (base.root / path).symlink_to(to)

    return edit


def shallow(base: Base) -> None:
    head = base.git("rev-parse", "HEAD").strip()
    (base.root / ".git/shallow").write_text(f"{head}\n")


def renamed(base: Base) -> None:
    (base.root / VPN).rename(base.root / "articles/vpn2.md")


def _lines(told: Result) -> list[str]:
    return [str(told.code), *told.out.splitlines(), *told.err.splitlines()]


# One after the other on one base.
EDITS: dict[str, Edit] = {
    "nothing": lambda _: None,
    "another byte, same size and time": swap(MAIL, "Outlook 2013, version", "Outlook 2023, version"),
    "a title of the same length": swap("articles/lone.md", "title: Lone", "title: VPN "),
    "an address of the same length": swap("articles/lone.md", "a@b.example.org", "me@acme-corp.de"),
    "a new article": later("articles/new.md"),
    "an article removed": gone("articles/new.md"),
    "an article renamed": renamed,
    "and back": lambda base: (base.root / "articles/vpn2.md").rename(base.root / VPN),
    "an ignored article": later("articles/ignored/a.md"),
    "an article that is staged": git("add", "--all"),
    "a commit": lambda base: base.commit(),
    "an amended commit": git("commit", "--quiet", "--amend", "-m", "other"),
    "a picture": put("articles/a.png", b"x"),
    "a picture removed": gone("articles/a.png"),
    "a picture that is a link": linked("articles/a.png", "../README.md"),
    "a linked page": put("articles/notes.md", "Notes"),
    "a folder in the place of a page": lambda base: (gone("articles/notes.md")(base), put("articles/notes.md/x.txt", "x")(base)),
    "a file outside": lambda base: base.write("../beside/x.txt", "x"),
    "a page that a site serves": put("articles/page.md.erb", "x"),
    "what the README links to": put("README.md", "[one](articles/lone.md)\n"),
    "the README, same size and time": swap("README.md", "lone", "vpn#"),
    "a page that is no article": put("docs/index.md", "[one](../articles/lone.md)\n"),
    "that page elsewhere": lambda base: (base.root / "docs").rename(base.root / "_docs"),
    "that page hidden": lambda base: (base.root / "_docs").rename(base.root / ".docs"),
    "a template, same size and time": swap("templates/Trouble.md", "sections: [cause]", "sections: [issue]"),
    "a template more": put("templates/Solution.md", "---\nname: Solution\nsections: [cause]\n---\n"),
    "a template that is broken": put("templates/Solution.md", "---\nnom: [\n---\n"),
    "no templates": lambda base: shutil.rmtree(base.root / "templates"),
    "moves": put("moves.tsv", "articles/later.md\tarticles/lone.md\n"),
    "no moves": gone("moves.tsv"),
    "the team": swap("team.toml", "jd@acme.example", "jx@acme.example"),
    "no team": gone("team.toml"),
    "the team again": git("checkout", "--quiet", "team.toml"),
    "who left": swap("team.toml", "2025-01-01", "2024-01-01"),
    "kcs.toml": config('[rules.KCS501]\nseverity = "info"\n'),
    "kcs.toml, same size": swap("kcs.toml", '"info"\n[rules.KCS501]', '"warn"\n[rules.KCS501]'),
    "kcs.toml again": swap("kcs.toml", '"warn"\n[rules.KCS501]', '"error"\n[rules.KCS501]'),
    "verify_every": swap("kcs.toml", '"90d"', '"10d"'),
    "an ignore": lambda base: base.write("articles/lone.md", base.read("articles/lone.md") + "<!-- kcs: ignore KCS401 -- so -->\n"),
    "a baseline": lambda base: base.write("kcs-baseline.tsv", "# known\n"),
    "a baseline that is none": put("kcs-baseline.tsv", "x\n"),
    "a baseline that is a folder": lambda base: (gone("kcs-baseline.tsv")(base), put("kcs-baseline.tsv/x", "")(base)),
    "no baseline": lambda base: shutil.rmtree(base.root / "kcs-baseline.tsv"),
    "a branch": git("checkout", "--quiet", "-b", "side"),
    "its commit": lambda base: base.commit({VPN: base.read(VPN) + "More.\n"}, day="2026-05-25"),
    "the main branch": git("checkout", "--quiet", "main"),
    "a merge": git("merge", "--quiet", "--no-ff", "--no-edit", "side"),
    "a mailmap": put(".mailmap", "Somebody <else@acme.example> <kp@acme.example>\n"),
    "a committed mailmap": lambda base: base.commit(day="2026-05-26"),
    "a setting of Git": git("config", "user.email", "zz@acme.example"),
    "core.quotePath": git("config", "core.autocrlf", "true"),
    "a shallow clone": shallow,
    "the whole again": lambda base: (base.root / ".git/shallow").unlink(),
    "an article that may not be read": lambda base: (base.root / MAIL).chmod(0),
    "may be": lambda base: (base.root / MAIL).chmod(0o644),
    "an article that is a link": lambda base: (gone("articles/lone.md")(base), linked("articles/lone.md", "../README.md")(base)),
    "a name that is no text": lambda base: (base.root / "articles" / os.fsdecode(b"a\xff.md")).write_bytes(b"Text.\n"),
    "no repository": lambda base: (base.root / ".git").rename(base.root / "elsewhere"),
    "it again": lambda base: (base.root / "elsewhere").rename(base.root / ".git"),
}  # fmt: skip


@pytest.fixture
def differ(quick: Run, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Audits with what is kept, and with nothing kept; what the second says otherwise."""
    number = count()

    def compare(root: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
        day = () if "--as-of" in words else ("--as-of", "2026-06-01")

        def told(cache: Path) -> Result:
            return quick("audit", *day, *words, cwd=root, env={"XDG_CACHE_HOME": str(cache), **(env or {})})

        kept, anew = told(tmp_path / "kept"), told(tmp_path / f"anew{next(number)}")
        return (
            ""
            if kept == anew
            else "\n".join(one for one in ndiff(_lines(kept), _lines(anew)) if one[0] != " ")
        )

    yield compare
    assert next(number) > 1


def test_after_each_change_it_is_as_if_anew(base: Base, differ: Callable[..., str]) -> None:
    assert not differ(base.root)
    wrong = []
    for what, edit in EDITS.items():
        edit(base)
        if told := differ(base.root):
            wrong.append(f"{what}: {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (("--select", "KCS5"), {}),
        (("--ignore", "KCS5", "--fail-on", "info"), {}),
        (("--min-trust", "97"), {}),
        (("--statistics",), {}),
        (("--format", "json"), {}),
        (("--format", "github", "--no-baseline"), {}),
        (("--as-of", "2027-01-01"), {}),
        (("--diff",), {}),
        ((VPN,), {}),
        ((), {"TZ": "Pacific/Kiritimati", "LANG": "th_TH.UTF-8"}),
        ((), {"COLUMNS": "40", "FORCE_COLOR": "1"}),
        ((), {"NO_COLOR": "1", "GITHUB_ACTIONS": "true"}),
        ((), {"KCS_FORCE_TERMINAL": "1"}),
    ],
)
def test_whatever_is_asked_it_is_as_if_anew(
    base: Base, differ: Callable[..., str], words: tuple[str, ...], env: dict[str, str]
) -> None:
    told = [differ(base.root), differ(base.root, *words, env=env), differ(base.root)]
    told += [
        differ(base.root, *words, env=env),
        differ(base.root / "articles"),
        differ(base.root.parent, "--kb", "kb"),
    ]
    assert not any(told), told


def test_a_base_in_the_place_of_another_is_its_own(base: Base, differ: Callable[..., str]) -> None:
    twin = base.root.parent / "twin"
    shutil.copytree(base.root, twin, symlinks=True)
    told = [differ(base.root), differ(twin)]
    swap(VPN, "Reconnect", "Restart it")(Base(twin, base.env))
    base.root.rename(base.root.parent / "away")
    twin.rename(base.root)
    told.append(differ(base.root))
    assert not any(told)


def test_what_changes_during_a_run_is_kept_under_no_name(
    base: Base, differ: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = base.read(VPN)
    base.write(VPN, good + "Write to me@acme-corp.de.\n")
    bad = base.read(VPN)

    listed = WorkingTree.articles

    def slowly(*given: Any) -> Any:
        found = listed(*given)
        base.write(VPN, good)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(WorkingTree, "articles", slowly)
        differ(base.root)
    base.write(VPN, bad)
    assert not differ(base.root)
