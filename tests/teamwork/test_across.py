"""kcs areas --across: whose knowledge each team depends on, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Ledger, new_event
from tests.conftest import JD, KP, Base, Run
from tests.test_json_schemas import check

TEAM = """\
[people.jd]
emails = ["jd@acme.example"]
teams = ["mail"]
[people.kp]
emails = ["kp@acme.example"]
[people.a]
teams = ["care"]
[people.b]
teams = ["care"]
[people.c]
teams = ["sales"]
[teams.mail]
[teams.care]
[teams.sales]
[areas.imap]
owner = "mail"
match = {path = "articles/imap/**"}
"""
SHARED = "[ledger]\nshared = true\n"
ACROSS = ("areas", "--across", "--as-of", "2026-05-20")


def article(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", "confidence: validated", *lines, "---", "Text.\n"])


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    base = make_base({"articles/imap/one.md": article("One")}, team=TEAM)
    base.write("kcs.toml", base.read("kcs.toml") + SHARED)
    base.commit({"articles/imap/two.md": article("Two", "owner: a")}, day="2026-05-14", who=KP)
    base.commit({"articles/rest.md": article("Rest", "owner: jd")}, day="2026-05-14", who=JD)
    return base


def used(base: Base, *told: tuple[str, str, str, str]) -> None:
    """(day, person, kind, path), and a fifth word for the outcome."""
    kb = KnowledgeBase.open(base.root)
    events = []
    for day, person, kind, path in told:
        at = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)
        what, _, outcome = kind.partition("-")
        key = kb.key(kb.by_path[path])
        assert what in ("open", "link")
        events.append(
            new_event("open", at, actor=f"human:{person}", article=key)
            if what == "open"
            else new_event("link", at, actor=f"human:{person}", article=key, ticket="ZD-1", outcome=outcome)
        )
    Ledger.of(kb).append(*events)


def test_what_a_team_used_by_area_with_the_teams_that_own_and_write_it(quick: Run, base: Base) -> None:
    used(
        base,
        ("2026-05-18", "a", "open", "articles/imap/one.md"),
        ("2026-05-18", "b", "link-solved", "articles/imap/one.md"),
        ("2026-05-19", "b", "open", "articles/imap/two.md"),
        ("2026-05-19", "a", "link-solved", "articles/rest.md"),
        ("2026-05-19", "c", "open", "articles/rest.md"),
    )
    told = check(quick(*ACROSS, "--format", "json", cwd=base.root), "across")
    assert told["teams"] == [
        {
            "team": "care", "area": "imap", "articles": 2, "own": 1, "owners": ["care", "mail"],
            "writers": ["mail"], "other_writers": True,
        },
        {
            "team": "care", "area": None, "articles": 1, "own": 0, "owners": ["mail"],
            "writers": ["mail"], "other_writers": False,
        },
    ]  # fmt: skip
    assert told["left_out"] == ["sales"] and "no goals" in told["caution"]
    lines = quick(*ACROSS, cwd=base.root)
    assert lines.out.splitlines()[0] == "care\timap\t2\t1\tcare, mail\tmail, people in no team"
    assert "sales is left out" in lines.err and "no goals" in lines.err


def test_only_what_was_used_in_that_time_and_was_not_wrong(quick: Run, base: Base) -> None:
    used(
        base,
        ("2026-05-01", "a", "open", "articles/imap/one.md"),
        ("2026-05-18", "a", "link-wrong", "articles/imap/one.md"),
        ("2026-05-18", "b", "open", "articles/rest.md"),
        ("2026-05-21", "a", "open", "articles/imap/two.md"),
    )
    told = check(quick(*ACROSS, "--since", "7d", "--format", "json", cwd=base.root), "across")
    assert told["teams"] == [] and told["left_out"] == ["care"]
    assert "no team opened" in quick(*ACROSS, "--since", "7d", cwd=base.root).err
    assert [one["articles"] for one in check(quick(*ACROSS, "--format", "json", cwd=base.root), "across")["teams"]] == [1, 1]  # fmt: skip


def test_what_is_gone_is_used_by_nobody(quick: Run, base: Base) -> None:
    used(
        base, ("2026-05-18", "a", "open", "articles/rest.md"), ("2026-05-18", "b", "open", "articles/rest.md")
    )
    base.git("rm", "--quiet", "articles/rest.md")
    base.commit(message="Remove", day="2026-05-19")
    told = check(quick(*ACROSS, "--format", "json", cwd=base.root), "across")
    assert told["teams"] == []


def test_a_link_that_was_taken_back_is_no_use(quick: Run, base: Base) -> None:
    used(
        base,
        ("2026-05-17", "a", "open", "articles/rest.md"),
        ("2026-05-17", "b", "open", "articles/rest.md"),
        ("2026-05-18", "a", "link-solved", "articles/imap/one.md"),
        ("2026-05-19", "b", "link-undone", "articles/imap/one.md"),
        ("2026-05-18", "a", "link-undone", "articles/imap/two.md"),
        ("2026-05-19", "a", "link-partly", "articles/imap/two.md"),
    )
    told = check(quick(*ACROSS, "--format", "json", cwd=base.root), "across")
    assert [(one["area"], one["articles"]) for one in told["teams"]] == [("imap", 1), (None, 1)]


def test_what_cannot_be_told_is_said_in_a_sentence(quick: Run, base: Base) -> None:
    for words, said in {
        ("--across", "--matrix"): "takes neither",
        ("--across", "--check"): "takes neither",
        ("--since", "7d"): "is for --across",
        ("--across", "--since", "soon"): "neither a day nor a span",
    }.items():
        told = quick("areas", *words, cwd=base.root)
        assert told.code == 2 and said in told.err, told.err
    base.write("kcs.toml", base.read("kcs.toml").replace(SHARED, SHARED + "pseudonyms = true\n"))
    assert "with real names" in quick(*ACROSS, cwd=base.root).err
    base.write(
        "kcs.toml", base.read("kcs.toml").replace("shared = true\n", "").replace("pseudonyms = true\n", "")
    )
    assert quick(*ACROSS, cwd=base.root).code == 2
    base.write("team.toml", "[people.jd]\n")
    assert "has any members" in quick(*ACROSS, cwd=base.root).err
