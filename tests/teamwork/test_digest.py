"""kcs digest: names in the order of the alphabet with what they did, and no figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kcs.kb.base import KnowledgeBase
from kcs.kb.ledger import Ledger, new_event
from tests.conftest import BOT, JD, KP, OUTLOOK, TEAM_TOML, Base, Run, identity
from tests.test_json_schemas import check

LONG = "---\nid: kb-long0001\ntitle: Long one\nconfidence: validated\n---\n## Resolution\n\nReconnect.\n"
AS_OF = ("--as-of", "2026-05-20")


def told(quick: Run, base: Base, *words: str) -> Any:
    return check(quick("digest", *AS_OF, "--format", "json", *words, cwd=base.root), "digest")


def deeds(document: Any) -> dict[str, list[str]]:
    return {
        one["person"]: [f"{did['what']} {did['path']}" for did in one["deeds"]] for one in document["people"]
    }


@pytest.fixture
def week(make_base: Callable[..., Base], quick: Run) -> Base:
    """Begun by jd on 1 May; from the 14th on kp, jd and a machine work on it."""
    base = make_base({"articles/outlook.md": OUTLOOK, "articles/long.md": LONG})
    base.commit({"articles/new.md": LONG.replace("long0001", "new00001").replace("Long one", "'*New* one'")},
                day="2026-05-14", who=KP)  # fmt: skip
    base.commit({"articles/new.md": base.read("articles/new.md") + "\nMore.\n"}, day="2026-05-15", who=KP)
    base.commit({"articles/long.md": LONG + "\nMore.\n"}, day="2026-05-15")
    base.commit({"articles/long.md": LONG + "\nMore of it.\n"}, day="2026-05-16", who=BOT)
    when = {"GIT_AUTHOR_DATE": "2026-05-17T12:00:00Z", "GIT_COMMITTER_DATE": "2026-05-17T12:00:00Z"}
    flag = (
        "flag",
        "articles/outlook.md",
        "--reason",
        "unclear",
        "-m",
        "which?",
        "--commit",
        "--as-of",
        "2026-05-17",
    )
    assert quick(*flag, cwd=base.root, env=when, who=KP).code == 0
    verify = ("verify", "articles/outlook.md", "--yes", "--commit", "--as-of", "2026-05-17")
    assert quick(*verify, cwd=base.root, env=when, who=JD).code == 0
    resolve = ("flag", "articles/outlook.md", "--resolve", "1", "--commit")
    assert quick(*resolve, cwd=base.root, env=when, who=JD).code == 0
    return base


def test_who_did_what_by_name_and_by_article(quick: Run, week: Base) -> None:
    document = told(quick, week)
    assert (document["since"], document["until"]) == ("2026-05-14", "2026-05-20"), (
        "seven days, today among them"
    )
    assert [one["name"] for one in document["people"]] == ["J. Doe", "K. Park"]
    assert deeds(document) == {
        "jd": ["improved articles/long.md", "verified articles/outlook.md", "resolved articles/outlook.md"],
        "kp": ["wrote articles/new.md", "flagged articles/outlook.md"],
    }
    assert "no goals" in document["caution"]
    assert deeds(told(quick, week, "--since", "2026-05-16")).keys() == {"jd", "kp"}
    assert not told(quick, week, "--since", "2026-05-19")["people"]
    assert "wrote articles/long.md" in deeds(told(quick, week, "--since", "1 year"))["jd"]
    assert deeds(told(quick, week, "articles/new.md")) == {"kp": ["wrote articles/new.md"]}
    assert deeds(told(quick, week, "--as-of", "2026-05-14")) == {"kp": ["wrote articles/new.md"]}


def test_who_merges_did_nothing_to_the_articles(quick: Run, week: Base) -> None:
    text = week.read("articles/new.md")
    week.git("checkout", "-q", "-b", "other")
    week.commit({"articles/new.md": text.replace("Reconnect", "Connect again")}, day="2026-05-18", who=KP)
    week.git("checkout", "-q", "main")
    week.commit({"articles/new.md": text + "\nLast.\n"}, day="2026-05-18", who=KP)
    zo = identity({"name": "Zo", "email": "zo@acme.example"}, "2026-05-19T12:00:00Z")
    week.git("merge", "-q", "--no-edit", "other", **zo)
    assert deeds(told(quick, week)).keys() == {"jd", "kp"}


def test_what_is_not_committed_is_not_told(quick: Run, week: Base) -> None:
    before = told(quick, week)
    week.write("articles/long.md", LONG + "\nMine alone.\n")
    assert told(quick, week) == before


def test_links_come_from_the_ledger_and_the_newest_word_counts(
    quick: Run, native: Base, monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, kcs_env[name])
    assert quick("link", "kb-vpn00001", "ZD-1", cwd=native.root).code == 0
    base = KnowledgeBase.open(native.root)
    key = base.key(base.by_path["articles/email/outlook.md"])
    earlier = datetime.now(UTC) - timedelta(hours=1)
    told = [
        new_event("link", earlier, actor="human:jd", article=key, ticket="ZD-2"),
        new_event("link", earlier - timedelta(hours=1), article=key, ticket="ZD-3"),
        new_event("link", earlier - timedelta(days=30), actor="human:kp", article=key, ticket="ZD-4"),
        new_event("open", earlier, actor="human:kp", article=key),
        new_event("link", earlier, actor="human:kp", article=key, ticket="ZD-5", origin="agent"),
        new_event("link", earlier, actor="process:ci", article=key, ticket="ZD-6"),
        new_event("link", earlier, actor="human:jd", article=key, ticket="ZD-7"),
    ]
    Ledger.of(base).append(*told)
    assert quick("link", "kb-7f3q9xk2", "ZD-2", "--outcome", "wrong", cwd=native.root).code == 0
    assert quick("link", "kb-7f3q9xk2", "ZD-7", "--undo", cwd=native.root).code == 0
    document = check(quick("digest", "--format", "json", cwd=native.root), "digest")
    assert deeds(document) == {"jd": ["linked articles/vpn.md"]}
    assert "this machine" in document["notes"][0]
    then = str(base.today - timedelta(days=28))
    document = check(quick("digest", "--as-of", then, "--format", "json", cwd=native.root), "digest")
    assert deeds(document) == {"kp": ["linked articles/email/outlook.md"]}, "not what came after that day"
    native.write("kcs.toml", native.read("kcs.toml") + "[ledger]\nshared = true\n")
    assert quick("link", "kb-vpn00001", "ZD-3", cwd=native.root).code == 0
    document = check(quick("digest", "--format", "json", cwd=native.root), "digest")
    assert deeds(document) == {"jd": ["linked articles/vpn.md"]} and document["notes"] == []
    native.git("checkout", "--quiet", "kcs.toml")
    config = native.read("kcs.toml") + "[ledger]\nshared = true\npseudonyms = true\n"
    native.write("kcs.toml", config)
    assert quick("link", "kb-vpn00001", "ZD-3", cwd=native.root).code == 0
    document = check(quick("digest", "--format", "json", cwd=native.root), "digest")
    assert not document["people"] and "made-up names" in document["notes"][0]


def test_who_drew_the_pairs_wrote_no_reviews_and_who_fills_one_in_reviewed(
    quick: Run, make_base: Callable[..., Base]
) -> None:
    base = make_base({}, team=TEAM_TOML)
    assert quick("pairs", "draw", "--people", "jd,kp", "--yes", cwd=base.root).code == 0
    base.commit(day="2026-05-14")
    assert not told(quick, base)["people"]
    path = next((base.root / "articles/reviews").glob("*by-k-p*")).relative_to(base.root).as_posix()
    base.commit({path: base.read(path) + "\nSmall steps.\n"}, day="2026-05-15", who=KP)
    assert deeds(told(quick, base)) == {"kp": [f"reviewed {path}"]}
    half = "---\ntitle: Half\nreview: {round: 2026-05-14, reviewer: jd}\n---\nText.\n"
    base.commit({"articles/reviews/half.md": half}, day="2026-05-16")
    assert "jd" not in deeds(told(quick, base)), "a review that says too little is one, too"


def test_a_new_mapped_date_is_a_verification(quick: Run, adopted: Base) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("2025-06-10", "2026-05-15")}, day="2026-05-15", who=KP)
    path = "content/mail/imap.md"
    adopted.commit({path: adopted.read(path).replace("audit_date:\n", "")}, day="2026-05-16", who=KP)
    assert deeds(told(quick, adopted)) == {"kp": ["verified content/mail/smtp.md"]}


def test_text_and_markdown_hold_names_and_titles_and_no_figure(quick: Run, week: Base) -> None:
    lines = quick("digest", *AS_OF, cwd=week.root)
    assert (
        lines.out.splitlines()[0] == "J. Doe\timproved\tkb-long0001\tLong one" and "set no goals" in lines.err
    )
    said = quick("digest", *AS_OF, "--format", "markdown", cwd=week.root).out
    assert "set no goals" not in quick("digest", *AS_OF, "--format", "markdown", cwd=week.root).err, (
        "said once"
    )
    assert "## K. Park\n\n- wrote: *\\*New\\* one*\n" in said and "set no goals on activities" in said
    assert not re.search(r"\d", said.partition("\n\n")[2].replace("2013", "")), "nothing is counted"
    eyes = {"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1", "COLUMNS": "40"}
    assert "    wrote: *New* one (kb-new00001)" in quick("digest", *AS_OF, cwd=week.root, env=eyes).out


def test_many_are_cut_short_for_people_and_whole_for_programs(
    quick: Run, make_base: Callable[..., Base]
) -> None:
    base = make_base({})
    base.commit(
        {f"articles/{one}.md": f"---\ntitle: Title {one}\n---\nText.\n" for one in range(30)},
        day="2026-05-15",
    )
    assert len(told(quick, base)["people"][0]["deeds"]) == 30
    said = quick("digest", *AS_OF, "--format", "markdown", cwd=base.root).out
    assert said.count("Title") == 10 and "and others" in said


def test_nothing_outside_git_and_nothing_before_the_first_commit(
    quick: Run, make_base: Callable[..., Base]
) -> None:
    told = quick("digest", cwd=make_base({}, git=False).root)
    assert told.code == 2 and "Git" in told.err and not told.out
    empty = make_base({}, name="empty")
    empty.git("update-ref", "-d", "HEAD")
    told = quick("digest", cwd=empty.root)
    assert told.code == 0 and "nothing was committed" in told.err
    assert quick("digest", "--since", "soon", cwd=empty.root).code == 2
