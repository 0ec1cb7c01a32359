"""Adopting bases that keep something of their own under a name of ours, and such as hold verifications already."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from tests.authoring.adopting import adopt
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

OWN = """---
title: Printer {0} is out of paper
last_reviewed: 2026-11-0{0}
owner:
  - https://example.com/teams/printers
status: PUBLISHED
audience: Everyone
language: English
---
You open the lid of the printer and then you put paper into it.
"""
FILES = {f"docs/printer-{number}.md": OWN.format(number) for number in range(1, 5)}
STAMPED = """---
title: {0}
confidence: {1}
audience: internal
owner: care
{2}---
You open the lid of the printer and then you put paper into it.
"""


def adopted(
    make_base: Callable[..., Base], run: Run, *options: str, team: str | None = None, **files: str
) -> tuple[Base, str]:
    return adopt(make_base, run, files or FILES, *options, team=team)


def test_what_the_base_keeps_under_our_names_is_none_of_ours(
    make_base: Callable[..., Base], run: Run
) -> None:
    base, told = adopted(make_base, run)
    for ours in ("owner", "audience", "language", "status"):
        assert f"Not mapped: {ours} (in 4)" in told and f"ours is called kcs_{ours} here" in told
        assert f'{ours} = "kcs_{ours}"' in base.read("kcs.toml")
    base.commit(message="Adopt")
    score = run("trust", "--as-of", "2026-11-26", "--format", "json", cwd=base.root).json
    assert score["reasons"] == {} and score["trusted"] == 4
    found = run("audit", "--as-of", "2026-11-26", "--format", "json", cwd=base.root).json["findings"]
    assert not {one["rule"] for one in found} & {"KCS009", "KCS010", "KCS107", "KCS201"}


def test_what_is_written_leaves_it_alone_and_is_read_again(make_base: Callable[..., Base], run: Run) -> None:
    base, _ = adopted(make_base, run)
    base.commit(message="Adopt")
    done = run("assign", "docs/printer-1.md", "--owner", "ida", "--yes", cwd=base.root)
    assert done.code == 0, done.err
    done = run("state", "docs/printer-1.md", "work-in-progress", cwd=base.root)
    assert done.code == 0, done.err
    before, after = OWN.format(1).splitlines(), base.read("docs/printer-1.md").splitlines()
    assert [line for line in after if line in before] == before
    assert {line for line in after if line not in before} == {
        "kcs_owner: ida", "confidence: work-in-progress", "kcs_status: draft",
    }  # fmt: skip
    found = {one["path"]: one for one in run("list", "--format", "json", cwd=base.root).json["articles"]}
    one = found["docs/printer-1.md"]
    assert (one["owner"], one["confidence"], one["audience"], one["language"]) == (
        "ida", "work-in-progress", "internal", "en",
    )  # fmt: skip
    made = run("new", "Toner runs out", "--owner", "ida", "--language", "en", cwd=base.root)
    assert made.code == 0, made.err
    text = next((base.root / "docs").rglob("toner-*.md")).read_text("utf-8")
    assert "\nkcs_owner: ida\n" in text and "\nkcs_status: draft\n" in text


def test_an_audience_nobody_knows_stays_shut_where_others_are_open(
    make_base: Callable[..., Base], run: Run
) -> None:
    base, told = adopted(make_base, run, "--audience", "external")
    assert "No value of audience (in 4) is an audience that is known" in told
    assert "kcs_audience" not in base.read("kcs.toml")
    assert {one["audience"] for one in run("list", "--format", "json", cwd=base.root).json["articles"]} == {
        "internal"
    }


def test_one_draft_among_them_keeps_status_ours_and_foreign_words_in_place(
    make_base: Callable[..., Base], run: Run
) -> None:
    page = "---\ntitle: {0}\nstatus: {1}\n---\nYou open the lid and put paper in.\n"
    files = {"docs/a.md": page.format("Lid", "draft"), "docs/b.md": page.format("Paper", "PUBLISHED")}
    base, told = adopted(make_base, run, **files)
    assert "kcs_status" not in base.read("kcs.toml")
    assert "1 by themselves work-in-progress" in " ".join(told.split())
    base.commit(message="Adopt")
    assert run("state", "docs/a.md", "docs/b.md", "validated", cwd=base.root).code == 0
    assert "\nstatus: stable\n" in base.read("docs/a.md")
    assert "\nstatus: PUBLISHED\n" in base.read("docs/b.md") and "\nconfidence: validated\n" in base.read(
        "docs/b.md"
    )


@pytest.mark.parametrize("named", [True, False])
def test_owners_whom_nobody_knows_yet_stay_owners(
    make_base: Callable[..., Base], run: Run, named: bool
) -> None:
    team = '[people.ida]\nname = "Ida"\nemails = ["ida@example.com"]\n'
    stamp = 'verified:\n  - {by: "human:ida", at: 2026-11-01}\n'
    files = {
        "docs/a.md": STAMPED.format("Lid", "validated", stamp),
        "docs/b.md": STAMPED.format("Paper", "validated", ""),
        "docs/c.md": STAMPED.format("Toner", "not-validated", stamp),
    }
    base, told = adopted(make_base, run, team=team + ("[teams.care]\n" if named else ""), **files)
    assert ('owner = "owner"' in base.read("kcs.toml")) is named
    assert "kcs_owner" not in base.read("kcs.toml")
    assert ("counts until team.toml knows them" in " ".join(told.split())) is not named
    listed = run("list", "--owner", "care", "--format", "json", cwd=base.root).json["articles"]
    assert len(listed) == 3
    words = " ".join(told.split())
    assert "1 stamped validated, with the verifications that stand in them" in words and "0 undated" in words
    assert "1 by themselves validated, never verified" in words and "1 by themselves not-validated" in words


def test_addresses_in_a_text_speak_no_language() -> None:
    from kcs.authoring.adopt.writing import language_of

    line = "* Update module example.com/sdk/v2 by @bot in https://github.com/example/app/pull/{0}\n"
    assert language_of("".join(line.format(number) for number in range(20))) == "en"


@pytest.mark.parametrize("others", [0, 3])
def test_a_section_that_hardly_any_article_has_is_not_asked_of_all(
    make_base: Callable[..., Base], run: Run, others: int
) -> None:
    page = "---\ntitle: {0}\ntype: troubleshooting\nlast_reviewed: 2026-11-01\n---\n{1}You open the lid and put paper in.\n"
    files = {f"docs/{name}.md": page.format(name, "") for name in ("lid", "paper", "toner")}
    section = "## Environment\n\nAny printer\n\n"
    files |= {f"docs/other-{number}.md": page.format(f"Other {number}", section) for number in range(others)}
    told = adopted(make_base, run, **files)[1]
    assert ("KCS405 is off: 3 of 3 articles about a case have no section Environment" in told) is (not others)


def test_another_key_does_not_take_the_place_of_what_is_set_apart(
    make_base: Callable[..., Base], run: Run
) -> None:
    """A file's key by our own name is read before any other:
    mapped to `maintainer`, owners would still be addresses.
    """
    more = "maintainer: ida\nlang: en\nservice: mail\nproduct: [a, b]\n---\nYou"
    files = {path: text.replace("---\nYou", more) for path, text in FILES.items()}
    base, told = adopted(make_base, run, **files)
    fields = tomllib.loads(base.read("kcs.toml"))["fields"]
    for ours in ("owner", "language", "product"):
        assert f"ours is called kcs_{ours} here" in told and fields[ours] == f"kcs_{ours}"
    assert "service" not in told
    assert run("list", cwd=base.root).code == 0
