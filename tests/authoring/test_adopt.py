from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs.authoring.adopt.people import team_text
from kcs.kb.config import load_config
from kcs.kb.team import parse_team
from tests.conftest import Base, Run

PAGE = """\
---
title: Rotate key {number}
owner_slack: "#platform"
last_reviewed_on: 2026-0{number}-05
review_in: 6 months
---

# <%= current_page.data.title %>

See [the other](page-1.html).

<%= partial :steps %>
"""


@pytest.fixture
def erb(make_base: Callable[..., Base]) -> Base:
    """A base of another shape: ERB pages with a date of review and an interval of their own."""
    files = {f"source/manual/page-{number}.html.md.erb": PAGE.format(number=number) for number in range(1, 7)}
    base = make_base(
        {
            **files,
            "source/manual/new.html.md.erb": "---\ntitle: Never looked at\n---\nText\n",
            "source/manual/index.html.md.erb": "---\ntitle: Manual\n---\n",
            "source/templates/page.html.md.erb": "---\ntitle: x\n---\n",
            "README.md": "# The manual\n",
            "docs/CONTRIBUTING.md": "# How to write\n",
        },
        name="erb",
        team=None,
    )
    (base.root / "kcs.toml").unlink()
    base.commit(message="Without kcs", day="2026-06-05")
    return base


def test_a_base_of_another_shape_adopts_by_itself(erb: Base, run: Run) -> None:
    done = run("init", "--adopt", "--no-input", cwd=erb.root)
    assert done.code == 0, done.err
    assert erb.git("status", "--short").split() == ["??", "kcs.toml"]
    config = load_config(erb.root / "kcs.toml")
    assert config.include == ("source/**/*.html.md.erb",)
    assert dict(config.fields) == {
        "verified_at": "last_reviewed_on",
        "verify_every": "review_in",
        "title": "title",
    }
    assert "Not mapped: owner_slack" in done.out
    found = run("trust", "--as-of", "2026-07-01", "--format", "json", cwd=erb.root).json
    assert (found["trusted"], found["total"], found["dated"]) == (6, 7, 6)
    listed = run("list", "--format", "json", cwd=erb.root).json["articles"]
    assert {one["path"].rpartition("/")[2]: one["due"] for one in listed}[
        "page-6.html.md.erb"
    ] == "2026-12-05"


def test_the_link_to_a_served_name_is_a_link_to_the_article(erb: Base, run: Run) -> None:
    run("init", "--adopt", "--no-input", cwd=erb.root)
    from kcs.kb.base import KnowledgeBase

    links = KnowledgeBase.open(erb.root).links
    target = links.resolve("page-1.html", "source/manual/page-2.html.md.erb")
    assert target is not None
    assert target.path == "source/manual/page-1.html.md.erb"


def test_dry_run_writes_nothing_and_a_second_time_is_refused(erb: Base, run: Run) -> None:
    shown = run("init", "--adopt", "--dry-run", cwd=erb.root)
    assert shown.code == 0
    assert 'verified_at = "last_reviewed_on"' in shown.out
    assert erb.git("status", "--short") == ""
    assert run("init", "--adopt", cwd=erb.root).code == 0
    before = erb.read("kcs.toml")
    again = run("init", "--adopt", cwd=erb.root)
    assert again.code == 2
    assert "exists" in again.err
    assert erb.read("kcs.toml") == before


def test_every_file_is_accounted_for(make_base: Callable[..., Base], run: Run) -> None:
    base = make_base(
        {
            "kb/a.md": "---\ntitle: A\nreviewed: 2026-05-01\n---\nx\n",
            "kb/b.md": "---\ntitle: B\nreviewed:\n---\nx\n",
            "kb/c.md": "---\ntitle: C\nreviewed: 2026-13-45\n---\nx\n",
            "kb/d.md": "---\ntitle: D\nreviewd: 2026-05-01\n---\nx\n",
            "kb/e.md": "---\ntitle: E\ntitle: EE\nreviewed: 2026-05-02\n---\nx\n",
            "kb/f.md": "---\ntitle: F\nreviewed: 2026-05-02\n",
            "kb/g.md": "---\ntitle: G\ndraft: true\nreviewed: 2026-05-02\n---\n",
            "kb/h.md": "---\ntitle: H\ndraft: false\nreviewed: 2026-05-03\n---\n",
            "kb/archive/i.md": "---\ntitle: I\nreviewed: 2019-05-03\n---\n",
            "kb/archive/hidden.md": "<!--\n---\ntitle: J\n---\n-->\n",
            "kb/archive/HOW-TO-RETIRE.md": "# Notes\n",
            "kb/plain.md": "no front matter\n",
            "kb/latin1.md": "---\ntitle: caf\u00e9\n---\n".encode("latin-1"),
            "README.md": "# x\n",
        },
        team=None,
    )  # fmt: skip
    (base.root / "kcs.toml").unlink()
    done = run("init", "--adopt", "--no-input", cwd=base.root)
    rows = [line.split("\t") for line in done.out.splitlines() if line.count("\t") == 2]
    counts: dict[str, int] = {}
    for number, name, _ in rows:
        counts[name] = counts.get(name, 0) + int(number)
    assert counts == {
        "dated": 3, "undated": 3, "drafts": 1, "retired": 2, "unreadable": 2,
        "no article": 3, "together": 14, "of these": 1,
    }  # fmt: skip
    assert sum(count for name, count in counts.items() if name not in ("together", "of these")) == 14
    for said in (
        "kb/f.md:1",
        "kb/latin1.md",
        "'2026-13-45' is no date",
        "'reviewd' looks like 'reviewed'",
        "kb/e.md:3",
    ):
        assert said in done.out, said
    trust = run("trust", "--format", "json", cwd=base.root).json
    assert (
        trust["validated"] + trust["excluded"]["archived"] + trust["excluded"]["work-in-progress"]
        == 3 + 2 + 1
    )
    assert sorted(trust["unreadable"]) == ["kb/f.md", "kb/latin1.md"]
    assert trust["total"] == 3 + 3 + 2


def test_nothing_to_adopt_is_said(tmp_path: Path, run: Run) -> None:
    done = run("init", "--adopt", cwd=tmp_path)
    assert done.code == 2
    assert "no articles here" in done.err
    assert run("init", cwd=tmp_path).code == 2
    assert run("init", "--adopt", "--kb", tmp_path / "nowhere").code == 2


@pytest.mark.parametrize(("option", "value"), [("--audience", "everyone"), ("--every", "soon")])
def test_a_wrong_option_names_the_right_ones(erb: Base, run: Run, option: str, value: str) -> None:
    done = run("init", "--adopt", option, value, cwd=erb.root)
    assert done.code == 2
    assert value in done.err


def test_team_from_the_authors(erb: Base, run: Run) -> None:
    erb.commit(message="more", who={"name": "Tức Nguyễn", "email": "Tuc@acme.example"})
    erb.commit(message="more", who={"name": "Tức Nguyễn", "email": "tuc@home.example"})
    erb.commit(
        message="bot", who={"name": "dependabot[bot]", "email": "1+dependabot[bot]@users.noreply.github.com"}
    )
    assert run("init", "--adopt", "--team", cwd=erb.root).code == 0
    team = parse_team((erb.root / "team.toml").read_bytes())
    assert set(team.people["tuc"].emails) == {"tuc@acme.example", "tuc@home.example"}
    assert team.person_of("jd@acme.example") == "jd"
    assert team.person_of("1+dependabot[bot]@users.noreply.github.com") is None


words = st.text(max_size=12)


@given(
    st.lists(st.tuples(words, words.map(lambda w: f"{w}@x.example") | words, st.integers(1, 9)), max_size=8)
)
def test_any_authors_give_a_team_toml_that_can_be_read(authors: list[tuple[str, str, int]]) -> None:
    parse_team(team_text(authors).encode("utf-8", "replace"))


def test_the_real_base(corpora: Path, tmp_path: Path, run: Run) -> None:
    base = tmp_path / "rackspace"
    bundle = corpora / "rackspace-how-to.bundle"
    subprocess.run(["git", "clone", "-q", bundle, base], check=True)
    done = run("init", "--adopt", "--no-input", cwd=base)
    assert done.code == 0
    assert done.out.startswith("1,390 Markdown files, 1,355 of them articles\n857\tdated\t")
    config = load_config(base / "kcs.toml")
    mapped = {"verified_at": "audit_date", "author": "created_by", "editor": "last_modified_by"}
    assert mapped.items() <= config.fields.items()
    assert (config.fields["product"], config.fields["permalink"]) == ("product", "permalink")
    assert (config.link_root, config.link_by) == ("/how-to/", "permalink")
    found = run("trust", "--at", "2020-11-10", "--format", "json", cwd=base).json
    assert (found["total"], found["validated"], found["dated"]) == (1226, 857, 857)
    assert sum(found["first_reason"].values()) + found["trusted"] == found["total"]
