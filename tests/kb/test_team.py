from __future__ import annotations

from pathlib import Path

import pytest

from kcs.errors import ConfigProblem
from kcs.kb.team import Team, load_team, parse_team


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
        ('[people.jd]\nemails = "x"', 2, "a list of strings"),
        ('[people.a]\nemails = ["x@y"]\n[people.b]\nemails = ["X@y"]', 4, "x@y belongs to a and to b"),
        ("[people.a]\n[teams.a]", 2, "the name of a person and of a team"),
        ("people = 3", 1, "[people] must hold tables"),
        ("[bots]\nemails = 3", 1, "[bots] must be"),
    ],
)
def test_what_it_must_not_hold(text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigProblem) as caught:
        parse_team(text.encode())
    assert caught.value.line == line
    assert said in caught.value.message
