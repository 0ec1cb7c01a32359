"""Options that take a day, a span or a commit: what is typed wrong is told with what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Base, Run

WANTED = {
    "2026-02-30": ("is not a date: February 2026 has 28 days", "2026-11-22"),
    "03/04/2026": ("may be two days", "write 2026-03-04 or 2026-04-03"),
    "๒๐๒๖/๐๒/๑๑": ("is not written as days are here", "write 2026-02-11"),
    "yesterday": ("'yesterday'", "2026-11-22"),
    "": ("''", "2026-11-22"),
}
OPTIONS = [
    ("list", "--at"),
    ("trust", "--as-of"),
    ("list", "--due-before"),
    ("digest", "--since"),
    ("metrics", "--since"),
    ("gaps", "--since"),
    ("verify", "articles/email/outlook.md", "--until"),
    ("new", "how-to", "Wait", "--dry-run", "--as-of"),
    ("new", "feature-breakdown", "Wait", "--dry-run", "--launch"),
]


@pytest.mark.parametrize("words", OPTIONS, ids=lambda words: f"{words[0]} {words[-1]}")
@pytest.mark.parametrize("given", WANTED)
def test_what_is_no_day_is_told_with_what_to_write(
    native: Base, quick: Run, words: tuple[str, ...], given: str
) -> None:
    told = quick(*words, given, cwd=native.root)
    assert told.code == 2 and told.out == ""
    assert all(part in told.err for part in WANTED[given]), told.err


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-02-30", "2026-02-30 is not a date: February 2026 has 28 days"),
        ("2026-01-01..2026-02-30", "2026-02-30 is not a date: February 2026 has 28 days"),
        (">=03/04/2026", "03/04/2026 may be two days"),
        ("yesterday", "names no day"),
    ],
)
def test_changed_names_the_day_that_is_none(native: Base, quick: Run, value: str, said: str) -> None:
    told = quick("search", "outlook", f"changed:{value}", cwd=native.root)
    assert told.code == 2 and said in told.err


def test_a_branch_may_be_called_like_a_day_that_is_none(native: Base, quick: Run) -> None:
    native.git("branch", "30/02/2026")
    assert quick("list", "--at", "30/02/2026", cwd=native.root).code == 0


@pytest.mark.parametrize(
    ("tag", "hint"), [("20260503", "write 2026-05-03"), ("2026-W18", "a day is written")]
)
def test_a_tag_may_be_called_like_a_day_in_another_notation(
    native: Base, quick: Run, tag: str, hint: str
) -> None:
    """Releases are: taken for the day, it read the last commit of that day and set the clock to it."""
    told = quick("trust", "--at", tag, cwd=native.root)
    assert told.code == 2 and hint in told.err
    native.git("tag", tag)
    native.commit({"README.md": "Later.\n"}, day="2026-05-02")
    tagged = quick("trust", "--at", tag, "--format", "json", cwd=native.root).json
    assert (tagged["as_of"], tagged["commit"]) == ("2026-05-01", native.git("rev-parse", tag).strip())


def test_a_day_of_a_base_without_commits_is_not_called_too_early(
    make_base: Callable[..., Base], quick: Run
) -> None:
    base = make_base({"articles/a.md": "Text.\n"}, git=False)
    base.git("init", "--quiet")
    told = quick("trust", "--at", "2026-05-15", cwd=base.root)
    assert told.code == 2 and "nothing is committed yet" in told.err and "git add" in told.err


def test_a_day_before_a_shallow_clone_begins_is_not_called_too_early(
    native: Base, quick: Run, tmp_path: Path
) -> None:
    native.commit({"README.md": "Later.\n"}, day="2026-06-01")
    clone = tmp_path / "shallow"
    native.git("clone", "-q", "--depth=1", f"file://{native.root}", str(clone))
    told = quick("trust", "--at", "2026-05-15", cwd=clone)
    assert told.code == 2 and "this clone is shallow" in told.err and "git fetch --unshallow" in told.err


def test_where_a_commit_is_wanted_a_day_is_told_from_a_name_that_is_unknown(native: Base, quick: Run) -> None:
    told = quick("audit", "--changed-since", "2026-01-01", cwd=native.root)
    assert (
        told.code == 2 and "no day: `git log -1 --format=%h --before=2026-01-01T23:59` names one" in told.err
    )
    told = quick("audit", "--changed-since", "gone", cwd=native.root)
    assert told.code == 2 and "git branch --all" in told.err
