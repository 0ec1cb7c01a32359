from __future__ import annotations

from kcs.article.days import Interval
from kcs.kb.config import parse_config
from kcs.kb.policy import Own, Policies
from kcs.kb.team import parse_team

CONFIG = parse_config(b"""
audiences = ["internal", "external"]
[defaults]
verify_every = "180d"
quorum = 1
audience = "external"
[[policy]]
match = {path = "legal/**"}
governance = "compliance"
[[policy]]
match = {path = "old/**"}
confidence = "archived"
[[policy]]
match = {governance = ["compliance"]}
quorum = 2
verifiers = ["legal"]
verify_every = "30d"
[[policy]]
match = {tag = "slow", product = ["vpn", "mail"]}
verify_every = "never"
[[policy]]
quorum = 3
audience = "nobody-knows"
""")
TEAM = parse_team(b'[people.jd]\nteams = ["legal"]\n[people.kp]\n[teams.legal]\n')


def settings(path: str = "a.md", **own: object):  # type: ignore[no-untyped-def]
    return Policies(CONFIG, TEAM).settings(path, Own(**own))  # type: ignore[arg-type]


def test_for_each_key_the_first_policy_that_matches_and_sets_it() -> None:
    found = settings("legal/terms.md")
    assert found.governance == "compliance"
    assert (found.terms.quorum, found.terms.interval, found.interval_from) == (2, Interval(days=30), "policy")
    assert found.terms.entitled == {"jd"}
    assert settings().terms.quorum == 3


def test_the_articles_own_value_wins() -> None:
    found = settings("legal/terms.md", verify_every="1 year", verifiers=("kp",), governance="experience")
    assert (found.terms.interval, found.interval_from) == (Interval(months=12), "article")
    assert found.terms.entitled == {"kp"}


def test_all_conditions_of_a_match_must_hold() -> None:
    assert settings(tags=("slow",), product="vpn").terms.interval is None
    assert settings(tags=("slow",), product="web").terms.interval == Interval(days=180)


def test_confidence_without_a_value() -> None:
    assert settings("old/a.md", dated=True).confidence == "archived"
    assert settings("a.md", dated=True).confidence == "validated"
    assert settings("a.md").confidence == "not-validated"
    assert settings("old/a.md", confidence="validated").confidence == "validated"


def test_an_unknown_audience_is_the_most_closed_and_an_unknown_governance_the_stricter() -> None:
    assert settings(audience="everybody").audience == "internal"
    assert settings().audience == "internal"
    assert settings(governance="whatever").governance == "compliance"


def test_never_needs_a_reason_and_an_unreadable_interval_is_due_at_once() -> None:
    assert settings(verify_every="never").terms.interval == Interval(days=180)
    assert settings(verify_every="never", has_reason=True).terms.interval is None
    assert settings(verify_every="soon").terms.interval == Interval()


def test_entitled_falls_from_verifiers_to_owner_to_everybody() -> None:
    plain = Policies(parse_config(b""), TEAM)
    assert plain.settings("a.md", Own(verifiers=("kp",), owner="legal")).terms.entitled == frozenset({"kp"})
    assert plain.settings("a.md", Own(owner="legal")).terms.entitled == frozenset({"jd"})
    assert plain.settings("a.md", Own()).terms.entitled == frozenset({"jd", "kp"})
    assert Policies(parse_config(b""), parse_team(b"")).settings("a.md", Own()).terms.entitled == frozenset()
