from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kcs.article.days import Interval
from kcs.article.trust import Terms
from kcs.kb.articles import ArticleReader
from kcs.kb.records import make_record
from kcs.kb.settings.config import Config, Policy, parse_config
from kcs.kb.settings.policy import Own, Policies, Settings
from kcs.kb.settings.team_reader import parse_team

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
audience = "internal"
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
    assert settings(governance="whatever").governance == "compliance"


@pytest.mark.parametrize(
    ("said", "audience", "governance"),
    [
        ("audience: [external]\ngovernance: [experience]", "internal", "compliance"),
        ("audience: {external: x}\ngovernance: false", "internal", "compliance"),
        ("audience:\ngovernance: ''", "external", "experience"),
        ("audience: []\ngovernance: []", "external", "experience"),
        ("title: A", "external", "experience"),
    ],
)
def test_an_audience_that_is_no_text_is_the_most_closed_and_not_missing(
    said: str, audience: str, governance: str
) -> None:
    config = parse_config(b'audiences = ["internal", "external"]\n[defaults]\naudience = "external"\n')
    record = make_record(f"---\n{said}\n---\nText.\n".encode(), "", "title")
    article = ArticleReader(config, Policies(config, TEAM)).article("a.md", record)
    assert (article.settings.audience, article.settings.governance) == (audience, governance)


@pytest.mark.parametrize(
    ("said", "quorum"),
    [
        ("product: [vpn, mail]", 2),
        ("product: [web]", 1),
        ("type: [legal]", 3),
        ("type: [Contract]", 3),
        ("type: Contract", 3),
        ("product: []", 1),
    ],
)
def test_a_list_where_one_word_is_asked_escapes_no_policy(said: str, quorum: int) -> None:
    config = parse_config(b"""
[types]
Contract = "legal"
[[policy]]
match = {product = "mail"}
quorum = 2
[[policy]]
match = {type = "legal"}
quorum = 3
""")
    record = make_record(f"---\n{said}\n---\nText.\n".encode(), "", "title")
    article = ArticleReader(config, Policies(config, TEAM)).article("a.md", record)
    assert article.settings.terms.quorum == quorum
    if "[" in said:
        assert (article.own.product, article.type) == ("", "")  # it is filed under none of them


@pytest.mark.parametrize(
    "said",
    [
        "product: Legal", "product: LEGAL-TERMS", "product: Legal_Terms", 'product: " legal  terms "', "product: [[legal terms]]",
        "product: {of: legal terms}", "product: ｌｅｇａｌ terms", "product: le\u200bgal terms", "tags: LEGAL", "tags: [[legal]]",
        "tags: [a, [b, [Légal]]]", "tags: {legal: }", "tags: le\u0301gal", "language: TH", "language: th-TH", "language: th_TH",
        "language: [en, th]", "type: CONTRACT", "type: legal-text", "type: LEGAL TEXT", "type: [[contract]]",
    ],
)  # fmt: skip
def test_another_spelling_or_a_bracket_more_escapes_no_policy(said: str) -> None:
    """With `tags: [[legal]]`, or a capital, one person made trusted what two must verify."""
    config = parse_config(
        """
[types]
Contract = "Legal text"
[[policy]]
match = {product = ["legal", "Legal terms"]}
quorum = 2
[[policy]]
match = {tag = "légal"}
quorum = 2
[[policy]]
match = {type = "contract"}
quorum = 2
[[policy]]
match = {language = "Th"}
quorum = 2
""".encode()
    )
    record = make_record(f"---\n{said}\n---\nText.\n".encode(), "", "title")
    article = ArticleReader(config, Policies(config, TEAM)).article("a.md", record)
    assert article.settings.terms.quorum == 2


@pytest.mark.parametrize("said", ["product: legal-advice", "tags: [illegal]", "language: tha", "type: C"])
def test_another_word_is_no_spelling(said: str) -> None:
    config = parse_config(
        b"[[policy]]\nquorum = 2\nmatch = {product = 'legal'}\n[[policy]]\nquorum = 2\nmatch = {tag = 'legal'}\n"
        b"[[policy]]\nquorum = 2\nmatch = {language = 'th'}\n[[policy]]\nquorum = 2\nmatch = {type = 'C++'}\n"
    )
    record = make_record(f"---\n{said}\n---\nText.\n".encode(), "", "title")
    assert ArticleReader(config, Policies(config, TEAM)).article("a.md", record).settings.terms.quorum == 1


@pytest.mark.parametrize(("said", "draft"), [("[yes]", True), ("{a: b}", True), ("[]", False), ("no", False)])
def test_a_draft_that_cannot_be_read_is_one(said: str, draft: bool) -> None:
    record = make_record(f"---\ndraft: {said}\n---\nText.\n".encode(), "", "title")
    article = ArticleReader(CONFIG, Policies(CONFIG, TEAM)).article("a.md", record)
    assert (article.confidence == "work-in-progress") is draft


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


def test_an_article_of_which_nobody_says_anything() -> None:
    found = Policies(Config(), parse_team(b"[people.jd]\nleft = 2026-01-01")).settings("a.md", Own())
    assert found == Settings(
        "not-validated", "internal", "experience", "", "180d", "default", (), False, False,
        Terms(1, Interval(days=180), frozenset({"jd"}), {"jd": date(2026, 1, 1)}),
    )  # fmt: skip


VALUES: dict[str, tuple[Any, ...]] = {
    "governance": ("experience", "compliance"), "audience": ("internal", "external"), "language": ("en", "th"),
    "confidence": ("validated", "archived"), "verify_every": ("30d", "never"), "quorum": (2, 3), "verifiers": (("jd",), ("kp",)),
    "publishers": (("jd",), ("zo",)), "images": (True, False), "second_eyes": (True, False),
}  # fmt: skip
MATCHES = {
    "path": ("legal/**", "*.md"), "type": ("Solution", "How-to"), "product": ("vpn", "mail"), "tag": ("slow", "new"),
    "governance": VALUES["governance"], "audience": VALUES["audience"], "language": VALUES["language"],
}  # fmt: skip
_MATCH = st.fixed_dictionaries({}, optional={
    key: st.lists(st.sampled_from(some), min_size=1, max_size=2).map(tuple) for key, some in MATCHES.items()
})  # fmt: skip
_SETS = st.fixed_dictionaries({}, optional={key: st.sampled_from(some) for key, some in VALUES.items()})
_POLICIES = st.lists(st.builds(Policy, _MATCH, _SETS), max_size=4)
_OWN = st.builds(
    Own,
    type=st.sampled_from(["", *MATCHES["type"]]),
    product=st.sampled_from(["", *MATCHES["product"]]),
    tags=st.lists(st.sampled_from(MATCHES["tag"]), max_size=2).map(tuple),
    types=st.lists(st.sampled_from(MATCHES["type"]), max_size=2).map(tuple),
    products=st.lists(st.sampled_from(MATCHES["product"]), max_size=2).map(tuple),
    **{key: st.sampled_from([None, *VALUES[key]]) for key in ("confidence", "audience", "governance", "language", "verify_every")},
    verifiers=st.sampled_from([(), ("kp",)]),
    dated=st.booleans(),
    has_reason=st.booleans(),
    owner=st.sampled_from(["", "jd"]),
)  # fmt: skip


def _circular(policies: Sequence[Policy]) -> bool:
    """Whether one of the three keys that policies both set and match on depends on itself by others."""
    keys = {"governance", "audience", "language"}
    rests = {(a, b) for one in policies for a in keys & {*one.sets} for b in keys & {*one.match} if a != b}
    for _ in keys:
        rests |= {(a, d) for a, b in rests for c, d in rests if b == c}
    return any(a == b for a, b in rests)


def test_what_a_policy_gives_may_be_matched_by_one_before_it() -> None:
    """That all for customers is approved before it is published
    was said in vain, and the doctor found that the policy holds.
    """
    config = parse_config(b"""
[[policy]]
match = {audience = ["external"]}
governance = "compliance"
[[policy]]
match = {language = ["th"]}
audience = "external"
[[policy]]
match = {path = "th/**"}
language = "th"
[[policy]]
match = {governance = ["compliance"]}
quorum = 2
""")
    policies = Policies(config, TEAM)
    for path, own in (
        ("a.md", Own(audience="external")),
        ("a.md", Own(language="th")),
        ("th/a.md", Own()),
    ):
        found = policies.settings(path, own)
        assert (found.governance, found.audience, found.terms.quorum) == ("compliance", "external", 2)
    assert policies.settings("a.md", Own()).governance == "experience"


def test_policies_that_open_what_they_close_leave_it_closed() -> None:
    config = parse_config(b"""
[defaults]
audience = "external"
[[policy]]
match = {audience = ["external"]}
governance = "compliance"
[[policy]]
match = {governance = ["compliance"]}
audience = "internal"
""")
    found = Policies(config, TEAM).settings("a.md", Own())
    assert (found.governance, found.audience) == ("compliance", "internal")
    by_language = parse_config(b"""
[defaults]
audience = "external"
[[policy]]
match = {audience = ["external"]}
language = "th"
[[policy]]
match = {language = ["th"]}
audience = "internal"
""")
    found = Policies(by_language, TEAM).settings("a.md", Own())
    assert (found.governance, found.audience) == ("experience", "internal"), "nothing says compliance"


@given(st.sampled_from(["a.md", "legal/a.md"]), _OWN, _POLICIES, _SETS)
@examples(max_examples=300)
def test_every_key_is_set_by_who_comes_first(
    path: str, own: Own, policies: Sequence[Policy], defaults: Mapping[str, Any]
) -> None:
    facts = {
        "path": {"legal/**"} if "/" in path else {"*.md"}, "type": {*own.types} or {own.type},
        "product": {*own.products} or {own.product}, "tag": {*own.tags},
    }  # fmt: skip

    def said(key: str) -> Any:
        for policy in policies:
            fits = all(facts.get(one, set()) & {*wanted} for one, wanted in policy.match.items())
            if fits and key in policy.sets:
                return policy.sets[key]
        return defaults.get(key)

    config = Config(
        audiences=("internal", "external"), policies=tuple(policies), defaults=Policy({}, defaults)
    )
    found = Policies(config, TEAM).settings(path, own)
    named = {"governance": found.governance, "audience": found.audience, "language": found.language}
    plain = {"governance": "experience", "audience": "internal", "language": ""}
    for key, value in named.items():
        # Each is what the policies say by the other two, unless these go in a circle.
        facts |= {other: {one} for other, one in named.items() if other != key}
        facts.pop(key, None)
        expected = getattr(own, key) or said(key) or plain[key]
        assert value == expected or (_circular(policies) and not getattr(own, key))
    facts |= {key: {value} for key, value in named.items()}
    assert found.confidence == (
        own.confidence or said("confidence") or ("validated" if own.dated else "not-validated")
    )
    every = own.verify_every if own.verify_every == "30d" or own.has_reason else None
    every = every or said("verify_every")
    assert found.verify_every == (every or "180d")
    assert found.terms.interval == {"30d": Interval(days=30), "never": None, None: Interval(days=180)}[every]
    assert (found.publishers, found.images, found.second_eyes) == (
        said("publishers") or (), bool(said("images")), bool(said("second_eyes")),
    )  # fmt: skip
    assert found.terms.quorum == (said("quorum") or 1)
    owners = (own.owner,) if own.owner else ("jd", "kp")
    assert found.terms.entitled == frozenset(own.verifiers or said("verifiers") or owners)


@given(st.lists(st.tuples(st.sampled_from(["a.md", "legal/a.md"]), _OWN), max_size=8), _POLICIES)
def test_what_holds_for_an_article_does_not_depend_on_who_was_asked_before(
    asked: Sequence[tuple[str, Own]], policies: Sequence[Policy]
) -> None:
    config = Config(policies=tuple(policies))
    together = Policies(config, TEAM)
    for path, own in asked:
        assert together.settings(path, own) == Policies(config, TEAM).settings(path, own)


def test_what_no_policy_asks_about_makes_no_other_settings() -> None:
    asked = Policies(Config(policies=(Policy({"product": ("vpn",)}, {"quorum": 2}),)), TEAM)
    plain = asked.settings("a.md", Own(product="mail"))
    assert asked.settings("b.md", Own(product="mail", type="FAQ", tags=("new",))) is plain
    assert asked.settings("b.md", Own(product="vpn")).terms.quorum == 2
