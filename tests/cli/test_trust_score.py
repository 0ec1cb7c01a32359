"""kcs trust: the score with both its numbers, and why it is not higher."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kcs.cli.main import app
from kcs.insight.score import percent
from tests.conftest import DATED, Base, Run

pytestmark = pytest.mark.usefixtures("in_kcs_env")

CONFIG = DATED + "[targets]\ntrust = 97\n"


def article(*lines: str, body: str = "Text.\n") -> str:
    return "\n".join(["---", *lines, "---", body])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            "articles/good.md": article("title: Good", "checked: 2026-05-01", "product: Mail", "owner: jd"),
            "articles/late.md": article("title: Late", "checked: 2026-01-01", "product: Mail", "owner: email-team"),
            "articles/never.md": article("title: Never", "confidence: validated", "product: Web"),
            "articles/raw.md": article("title: Raw", "confidence: not-validated"),
            "articles/broken.md": "---\ntitle: [\n---\n",
            "articles/wip.md": article("title: Begun", "confidence: work-in-progress"),
            "articles/old.md": article("title: Old", "confidence: archived", "checked: 2026-05-01"),
        },
        config=CONFIG,
    )  # fmt: skip


def scored(base: Base, *more: str) -> Any:
    words = ["trust", "--format", "json", "--kb", str(base.root), *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_both_figures_with_both_numbers(base: Base) -> None:
    found = scored(base, "--as-of", "2026-06-01")
    assert (found["trusted"], found["total"], found["validated"]) == (1, 5, 3)
    assert (found["percent"], found["kept_percent"], found["dated"]) == (20.0, 33.3, 2)
    assert found["excluded"] == {"work-in-progress": 1, "archived": 1}
    assert found["unreadable"] == ["articles/broken.md"]


def test_each_article_counts_once_for_its_first_reason(base: Base) -> None:
    found = scored(base, "--as-of", "2026-06-01")
    first = {"unreadable": 1, "not-validated": 1, "never-verified": 1, "stale": 1}
    assert found["first_reason"] == first
    assert sum(first.values()) == found["total"] - found["trusted"]
    assert found["reasons"] == {**first, "never-verified": 2}
    assert list(found["reasons"]) == ["unreadable", "not-validated", "never-verified", "stale"]


def test_the_text_for_people(base: Base, run: Run) -> None:
    told = run("trust", "--as-of", "2026-06-01", cwd=base.root)
    out = told.out
    assert told.err == "kcs: kcs doctor says why it cannot be read\n"
    assert "Trust score    20.0%   1 of 5 articles   target 97%\n" in out
    assert "Promise kept   33.3%   1 of 3 validated\n" in out
    assert "1 work-in-progress, 1 archived" in out
    assert "unreadable: articles/broken.md" in out


def test_the_day_alone_changes_the_score(base: Base) -> None:
    assert scored(base, "--as-of", "2026-07-29")["trusted"] == 1
    assert scored(base, "--as-of", "2026-07-30")["trusted"] == 0


def test_by_product_and_by_team(base: Base) -> None:
    found = scored(base, "--by", "product", "--as-of", "2026-06-01")
    assert {one["name"]: (one["trusted"], one["total"]) for one in found["groups"]} == {
        "Mail": (1, 2), "Web": (0, 1), None: (0, 2),
    }  # fmt: skip
    teams = scored(base, "--by", "team", "articles/good.md", "articles/late.md", "--as-of", "2026-06-01")
    assert [(one["name"], one["total"]) for one in teams["groups"]] == [("email-team", 2)]


def test_by_team_an_owner_in_no_team_stands_for_himself(make_base: Callable[..., Base]) -> None:
    team = (
        "[people.jd]\nteams = ['mail', 'web']\n[people.kp]\n[people.zo]\nteams = []\n"
        "[teams.mail]\n[teams.web]\n[teams.empty]\n"
    )
    owners = ("jd", "kp", "zo", "stranger", "mail", "empty", "")
    files = {f"articles/{n}.md": article(f"title: T{n}", "confidence: validated", f"owner: {one}") for n, one in enumerate(owners)}  # fmt: skip
    found = scored(make_base(files, team=team), "--by", "team")
    assert {one["name"]: one["total"] for one in found["groups"]} == {
        None: 1, "empty": 1, "kp": 1, "mail": 2, "stranger": 1, "web": 1, "zo": 1,
    }  # fmt: skip


def test_leaving_the_count_is_counted(make_base: Callable[..., Base]) -> None:
    text = article("title: One", "confidence: validated")
    base = make_base({"articles/a.md": text, "articles/b.md": text, "articles/c.md": text}, config=CONFIG)
    base.commit({"articles/a.md": text.replace("validated", "archived")}, day="2026-06-10")
    (base.root / "articles/b.md").unlink()
    base.commit(message="Remove", day="2026-06-11")
    assert scored(base, "--at", "2026-06-15")["left_count_30d"] == 2
    assert scored(base, "--at", "2026-08-15")["left_count_30d"] == 0


@pytest.mark.parametrize("key", ["id: kb-0ne00000", "permalink: one", "tags: []"])
@pytest.mark.parametrize("by", ["path", "permalink"])
def test_whoever_moves_an_article_takes_it_out_of_nothing(
    key: str, by: str, make_base: Callable[..., Base], run: Run
) -> None:
    config = f'{CONFIG}\n[links]\nby = "{by}"\n'
    base = make_base({"articles/a.md": article("title: One", key)}, config=config)
    assert run("mv", "articles/a.md", "articles/new/b.md", "--commit", "--kb", base.root).code == 0
    assert scored(base, "--as-of", "2026-06-15")["left_count_30d"] == 0


def test_whoever_moves_a_folder_with_git_takes_nothing_out(make_base: Callable[..., Base]) -> None:
    """Its articles had other keys, and each of them was said to have left."""
    files = {f"articles/old/{n}.md": article(f"title: Number {n}", "confidence: validated") for n in "abc"}
    base = make_base(files, config=CONFIG)
    base.git("mv", "articles/old", "articles/new")
    assert scored(base, "--as-of", "2026-06-15")["left_count_30d"] == 0, "nor before that is committed"
    moved = (
        base.read("articles/new/b.md")
        .replace("Number b", "Number b, to be kept")
        .replace("validated", "archived")
    )
    base.commit({"articles/new/b.md": moved}, day="2026-06-10")
    (base.root / "articles/new/c.md").unlink()
    base.commit({"articles/new/d.md": article("title: New")}, message="Remove", day="2026-06-11")
    assert scored(base, "--as-of", "2026-06-15")["left_count_30d"] == 2
    assert scored(base, "--at", "2026-06-10")["left_count_30d"] == 1
    (base.root / "articles/new/a.md").rename(base.root / "articles/e.md")
    assert scored(base, "--as-of", "2026-06-15")["left_count_30d"] == 2, "moved again"


def test_what_git_cannot_say_is_not_said(make_base: Callable[..., Base]) -> None:
    base = make_base({"articles/a.md": article("title: One")}, config=CONFIG, git=False)
    assert scored(base)["left_count_30d"] is None


def test_at_a_commit_the_score_is_that_of_then(base: Base) -> None:
    base.commit({"articles/late.md": article("title: Late", "checked: 2026-05-20")}, day="2026-05-20")
    assert scored(base, "--at", "2026-05-20")["trusted"] == 2
    found = scored(base, "--at", "2026-05-19")
    assert (found["trusted"], found["as_of"], found["working_tree"]) == (1, "2026-05-19", False)


def test_nothing_to_count_is_no_percentage(base: Base, run: Run) -> None:
    assert scored(base, "articles/old.md")["percent"] is None
    out = run("trust", "articles/old.md", "--kb", base.root).out
    assert "Trust score        –   0 of 0 articles" in out


def test_the_same_answer_from_another_clone(base: Base, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clone") / "kb"
    base.git("clone", "-q", str(base.root), str(clone))
    other = Base(clone, base.env)
    assert scored(base, "--at", "2026-06-01") == scored(other, "--at", "2026-06-01")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_never_rounded_up(part: int, whole: int) -> None:
    part = min(part, whole)
    share = percent(part, whole)
    assert share is not None and share <= 100 * part / whole + 1e-9
    assert (share == 100.0) == (part == whole)
