from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kcs.errors import ConfigProblem
from kcs.kb.settings.team import Area, Person, Team
from kcs.kb.settings.team_reader import load_team, parse_team


def test_mail_addresses_name_people_and_patterns_name_machines() -> None:
    team = parse_team(
        b'[people.jd]\nemails = ["JD@Acme.example"]\n[bots]\nemails = ["*[bot]@users.noreply.github.com", "ci@acme.example"]'
    )
    assert team.person_of("jd@acme.EXAMPLE") == "jd"
    assert team.person_of("kp@acme.example") == "kp"
    assert team.person_of("renovate[bot]@users.noreply.github.com") is None
    assert team.person_of("ci@acme.example") is None
    assert team.person_of("bob@users.noreply.github.com") == "bob"
    assert team.person_of("") is None
    assert team.person_of("@acme.example") == "@acme.example", "nobody is named by nothing"


def test_without_team_toml_anybody_who_is_no_bot(tmp_path: Path) -> None:
    team = load_team(tmp_path / "team.toml")
    assert team == Team()
    assert team.entitled((), "") is None
    assert team.person_of("jd@acme.example") == "jd"
    assert team.person_of("dependabot[bot]@users.noreply.github.com") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[poeple.jd]", 1, "unknown table [poeple]"),
        ('[people.jd]\nemail = "x"', 2, "unknown key 'email' in [people.jd]"),
        ("[people.jd]\nleft = 2026-05-01T00:00:00Z", 2, "left is"),
        ('[people.jd]\nleft = "2026-02-30"', 2, "left is '2026-02-30', but must be a day"),
        ('[people.jd]\nemails = "x"', 2, "a list of strings"),
        ('[people.a]\nemails = ["x@y"]\n[people.b]\nemails = ["X@y"]', 4, "x@y belongs to a and to b"),
        ("[people.a]\n[teams.a]", 2, "the name of a person and of a team"),
        ("people = 3", 1, "[people] must hold tables"),
        ("[people]\njd = 'J. Doe'", 1, "[people] must hold tables"),
        ("[bots]\nemails = 3", 1, "[bots] must be"),
        ("[bots]\nemail = ['ci@acme.example']", 2, "unknown key 'email' in [bots]"),
        ("[people.jd]\n[bots]\nemails = ['a@x', 3]", 2, "[bots] must be"),
        ("bots = ['ci@acme.example']", 1, "[bots] must be"),
        (
            "[areas.a]\nowner = 'x'\nmatch = {product = 5}",
            3,
            "match is {'product': 5}, but must be a table of path, tag",
        ),
        ("[areas.a]\n[areas.a.match]\ncolour = 'red'", 2, "match is {'colour': 'red'}, but must be"),
    ],
)
def test_what_it_must_not_hold(text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigProblem) as caught:
        parse_team(text.encode())
    assert caught.value.line == line
    assert said in caught.value.message


EVERYTHING = b"""\
[people.jd]
name = "J. Doe"
emails = [" JD@acme.example ", "jd@home.example"]
teams = ["email", "night"]
languages = ["en"]
learning = ["imap"]
timezone = "Asia/Bangkok"
left = 2026-05-01
[people.kp]
teams = ["email", "jd"]
[teams.email]
name = "Email"
representative = "kp"
[teams.empty]
[areas.imap]
owner = "jd"
deputy = "kp"
contact = "mail"
match = {path = "mail/**"}
[bots]
emails = ["Robot-[x]@acme.example"]
"""


def test_everything_that_it_may_hold() -> None:
    jd = Person(
        "jd", "J. Doe", ("jd@acme.example", "jd@home.example"), ("email", "night"), ("en",), date(2026, 5, 1),
        ("imap",), "Asia/Bangkok",
    )  # fmt: skip
    team = parse_team(EVERYTHING)
    assert team == Team(
        present=True,
        people={"jd": jd, "kp": Person("kp", teams=("email", "jd"))},
        teams={"email": {"name": "Email", "representative": "kp"}, "empty": {}},
        areas={"imap": Area("imap", "jd", "kp", "mail", {"path": ("mail/**",)})},
        bots=("robot-[[]x]@acme.example",),
        by_email={"jd@acme.example": "jd", "jd@home.example": "jd"},
        # Nobody is in a team that has a person's name.
        members={"email": frozenset({"jd", "kp"}), "night": frozenset({"jd"}), "empty": frozenset()},
        source=EVERYTHING,
    )
    assert Person("zo") == Person("zo", "", (), (), (), None, (), "") and Area("a") == Area(
        "a", "", "", "", {}
    )
    assert jd.here(date(2026, 4, 30)) and not jd.here(date(2026, 5, 1)) and team.people["kp"].here(date.max)
    assert team.left() == {"jd": date(2026, 5, 1)}
    assert team.is_bot("robot-[x]@acme.example") and not team.is_bot("robot-x@acme.example")
    assert [team.person_of(one) for one in (" JD@home.example\n", "kp@x.example", "email@x.example", "new@x.example")] == [
        "jd", "kp@x.example", "email@x.example", "new",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verifiers", "owner", "people"),
    [
        ((), "", {"jd", "kp"}),
        ((), "email", {"jd", "kp"}),
        (("night", "zo"), "email", {"jd", "zo"}),
        (("empty",), "kp", set()),  # a team without anybody is nobody, and not everybody
    ],
)
def test_who_may_verify(verifiers: tuple[str, ...], owner: str, people: set[str]) -> None:
    assert parse_team(EVERYTHING).entitled(verifiers, owner) == frozenset(people)
    assert parse_team(b"").entitled((), "") == frozenset(), "a team.toml that names nobody lets nobody in"


@pytest.mark.parametrize(
    "email",
    [
        "x[bot]@users.noreply.github.com",
        "1+bot@x.example",
        "noreply@github.com",
        "bot@x.example",
        "a-bot@x.example",
        "action@github.com",
        "commits-noreply@bitbucket.org",
        "project_42_bot_4ffca233@noreply.gitlab.com",
        "group7_bot1@noreply.git.example",
        "service_account_ab12@noreply.gitlab.com",
    ],
)
def test_machines_of_the_large_hosts_are_known(email: str) -> None:
    assert Team().is_bot(email.upper()) and parse_team(b"").is_bot(email)
    assert not parse_team(f'[people.it]\nemails = ["{email}"]'.encode()).is_bot(email), "said to be a person"
    assert not Team().is_bot("42-project_bot@users.noreply.gitlab.com"), "a person who hides the address"
    assert not Team().is_bot(
        "b" + email.removeprefix("x").partition("@")[0].replace("bot", "b") + "@x.example"
    )


def test_the_file_itself(tmp_path: Path) -> None:
    file = tmp_path / "team.toml"
    file.write_bytes(EVERYTHING)
    assert load_team(file) == parse_team(EVERYTHING)
    file.write_text("[people.jd]\nemial = 'x'\n")
    with pytest.raises(ConfigProblem) as caught:
        load_team(file)
    assert (caught.value.path, caught.value.line) == (str(file), 2) and "emails" in caught.value.hint
    file.unlink()
    file.mkdir()  # what is there and cannot be read is not the same as nothing, which lets everybody in
    with pytest.raises(ConfigProblem, match="cannot be read") as caught:
        load_team(file)
    assert caught.value.path == str(file)


def test_a_day_may_be_in_quotes_as_in_the_settings() -> None:
    assert parse_team(b'[people.jd]\nleft = "2026-05-01"').left() == {"jd": date(2026, 5, 1)}
