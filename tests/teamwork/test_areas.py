"""kcs areas: who answers for what, what nobody answers for, and what hangs on one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Base, Run
from tests.test_json_schemas import check

TEAM = """\
[people.jd]
emails = ["jd@acme.example"]
teams = ["web"]
[people.kp]
[people.zo]
learning = ["mail", "male"]
[people.gone]
left = 2025-01-01
[teams.web]
[areas.mail]
owner = "jd"
deputy = "gone"
contact = "product-mail"
match = {path = "articles/mail/**"}
[areas.dns]
owner = "gone"
match = {tag = "dns"}
[areas.web]
owner = "web"
deputy = "nobody"
match = {product = "web"}
[areas.new]
"""


def article(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", "confidence: validated", *lines, "---", "Text.\n"])


REPRESENTED = """
[teams.mail]
representative = "kp"
[teams.dns]
representative = "gone"
[teams.new]
representative = "nobody"
"""


@pytest.fixture
def base(make_base: Callable[..., Base]) -> Base:
    return make_base(
        {
            "articles/mail/jd.md": article("Mail 1", "owner: jd"),
            "articles/mail/both.md": article("Mail 2", "verifiers: [jd, kp]"),
            "articles/mail/old.md": article("Mail 3").replace("validated", "archived"),
            "articles/dns.md": article("Name", "tags: [[DNS]]", "owner: gone"),
            "articles/page.md": article("Page", "product: Web"),
            "articles/rest.md": article("Rest"),
            "articles/review.md": article(
                "Review", "review: {round: 2026-05-01, reviewer: jd, reviewed: kp, due: 2026-05-14}"
            ),
            "articles/half.md": article("Half a review", "review: {round: 2026-05-01, reviewer: jd}"),
        },
        team=TEAM,
    )


def test_each_area_with_its_articles_and_what_is_to_be_mended(quick: Run, base: Base) -> None:
    assert quick("verify", "articles/mail/jd.md", "--yes", cwd=base.root).code == 0
    told = check(quick("areas", "--format", "json", cwd=base.root), "areas")
    found = {one["area"]: one for one in told["areas"]}
    assert {name: one["problems"] for name, one in found.items()} == {
        "mail": ["deputy-left"],
        "dns": ["owner-left"],
        "web": ["deputy-unknown"],
        "new": ["no-owner", "no-articles"],
    }
    mail = found["mail"]
    assert (mail["articles"], mail["trusted"], mail["total"], mail["percent"]) == (2, 1, 2, 50.0)
    assert (mail["owner"], mail["deputy"], mail["contact"]) == ("jd", "gone", "product-mail")
    assert [one["path"] for one in told["outside"]] == ["articles/rest.md"]
    lines = quick("areas", cwd=base.root)
    assert lines.out.splitlines()[0].split("\t") == [
        *("mail", "jd", "gone", "product-mail"),
        *("2", "1 of 2, 50.0%", "the deputy has left"),
    ]
    assert "1 article is in no area" in lines.err
    assert "articles/rest.md" in quick("areas", "--outside", cwd=base.root).out
    assert quick("areas", "--check", cwd=base.root).code == 1
    assert quick("areas", "--as-of", "2024-12-31", cwd=base.root).out.count("has left") == 0


def test_a_team_whose_representative_is_not_here_is_named(quick: Run, base: Base) -> None:
    assert "team web" not in quick("areas", cwd=base.root).err, "nobody here works with representatives"
    with (base.root / "team.toml").open("a", encoding="utf-8") as team:
        team.write(REPRESENTED)
    told = [line for line in quick("areas", cwd=base.root).err.splitlines() if "representative" in line]
    assert told == [
        "team web: no representative",
        "team dns: its representative, gone, has left",
        "team new: its representative, nobody, is nobody in team.toml",
    ]
    found = check(quick("areas", "--format", "json", cwd=base.root), "areas")
    assert [(one["team"], one["representative"], one["problem"]) for one in found["teams"]] == [
        ("web", None, "no-representative"),
        ("mail", "kp", None),
        ("dns", "gone", "representative-left"),
        ("new", "nobody", "representative-unknown"),
    ]


def test_person_by_area_and_its_holes(quick: Run, base: Base) -> None:
    told = check(quick("areas", "--matrix", "--format", "json", cwd=base.root), "matrix")
    assert told["people"] == ["jd", "kp", "zo"]

    def roles(area: dict[str, Any]) -> dict[str, list[str]]:
        return {one["person"]: one["roles"] for one in area["people"]}

    mail, dns, web, new = told["areas"]
    assert roles(mail) == {"jd": ["owns", "verifies"], "kp": ["verifies-some"], "zo": ["learns"]}
    assert mail["only_verifier"] == [{"person": "jd", "articles": 1}] and mail["risky"]
    assert roles(dns) == {} and dns["unverifiable"] == 1 and dns["risky"]
    assert (
        roles(web) == {"jd": ["owns", "verifies"], "kp": ["verifies"], "zo": ["verifies"]}
        and not web["risky"]
    )
    assert roles(new) == {} and not new["risky"]
    assert told["unknown_areas"] == [{"person": "zo", "area": "male"}] and "no goals" in told["caution"]
    text = quick("areas", "--matrix", cwd=base.root)
    assert "mail\tlearns" in text.out and "zo" in text.out
    assert "mail: 1 of 2 articles only jd may verify" in text.err
    assert (
        "dns: 1 of 1 article nobody here may verify" in text.err and "dns: nobody is learning it" in text.err
    )
    assert "mail: nobody is learning it" not in text.err and "male" in text.err and "set no goals" in text.err
    assert quick("areas", "--matrix", "--check", cwd=base.root).code == 1


def test_the_grid_where_there_is_room_and_lines_where_there_is_none(quick: Run, base: Base) -> None:
    eyes = {"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "100"}
    wide = quick("areas", "--matrix", cwd=base.root, env=eyes)
    assert "Person" in wide.out and "O V" in wide.out and "O owns it" in wide.err
    narrow = quick("areas", "--matrix", cwd=base.root, env=eyes | {"COLUMNS": "20"}).out
    middling = quick("areas", "--matrix", cwd=base.root, env=eyes | {"COLUMNS": "58"}).out
    assert middling.split() == narrow.split(), "every area with its name"
    assert "Person" not in narrow and "mail: owns, verifies" in " ".join(narrow.split())
    assert "To mend: " in quick("areas", cwd=base.root, env=eyes | {"COLUMNS": "40"}).out


def test_the_name_of_an_area_heads_a_column_as_it_is_written(
    quick: Run, make_base: Callable[..., Base]
) -> None:
    team = '[people.jd]\n[areas."[red]mail"]\nowner = "jd"\n[areas."dns\\u001b[2J"]\nowner = "jd"\n'
    eyes = {"KCS_FORCE_TERMINAL": "1", "NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "100"}
    grid = quick("areas", "--matrix", cwd=make_base({}, name="named", team=team).root, env=eyes).out
    assert "[red]mail" in grid and "dns\ufffd[2J" in grid and "\x1b[2J" not in grid


def test_what_cannot_be_shown_is_said_in_a_sentence(
    quick: Run, make_base: Callable[..., Base], base: Base
) -> None:
    told = quick("areas", cwd=make_base({}, name="none", team=None).root)
    assert told.code == 2 and "there is no team.toml" in told.err and not told.out
    told = quick("areas", "--matrix", cwd=make_base({}, name="empty", team="[people.jd]\n").root)
    assert told.code == 2 and "names no areas" in told.err
    assert quick("areas", "--matrix", "--outside", cwd=base.root).code == 2
    base.write("team.toml", '[areas.a]\nowner = "x"\nmatch = {colour = "red"}\n')
    told = quick("areas", cwd=base.root)
    assert told.code == 2 and "team.toml:3" in told.err and "colour" in told.err
    base.write("team.toml", '[people.jd]\nlearning = "mail"\n')
    told = quick("areas", cwd=base.root)
    assert told.code == 2 and "team.toml:2" in told.err and "list of strings" in told.err


def test_a_past_commit_has_the_areas_of_its_time(quick: Run, base: Base) -> None:
    base.commit({"team.toml": TEAM.replace('owner = "gone"', 'owner = "kp"')}, day="2026-05-02")
    assert "left" in quick("areas", "--at", "HEAD~1", cwd=base.root).out.splitlines()[1]
    assert "left" not in quick("areas", cwd=base.root).out.splitlines()[1]


def test_outside_git(quick: Run, make_base: Callable[..., Base]) -> None:
    base = make_base({"articles/mail/a.md": article("A")}, team=TEAM, git=False)
    assert check(quick("areas", "--format", "json", cwd=base.root), "areas")["areas"][0]["articles"] == 1
