"""Articles that a change makes none any more without a word
of kcs.toml: what stands for them is no way past the gate.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.conftest import ADOPTED_TOML, JD, KCS_TOML, KP, Base, Result, Run

VPN = "articles/vpn.md"
MAIL = "articles/email/outlook.md"
PATH = "content/smtp.md"
DATED = "---\npermalink: smtp/\naudit_date: '2026-04-10'\ntype: x\ntitle: Send\n---\n\nUse port 587.\n"
Make = Callable[..., Base]


def judged(quick: Run, base: Base, *words: str, add: bool = True) -> Result:
    if add:
        base.git("add", "--all")
    how = (("--changed-since", "HEAD"), ("--staged",))
    both = [
        quick("audit", *one, "--format", "json", "--as-of", "2026-06-01", *words, cwd=base.root)
        for one in how
    ]
    assert (both[0].code, both[0].json["findings"]) == (both[1].code, both[1].json["findings"])
    return both[0]


def errors(told: Result) -> list[tuple[str, str]]:
    return [(one["rule"], one["path"]) for one in told.json["findings"] if one["severity"] == "error"]


def evil(base: Base) -> str:
    return base.read(VPN).replace("Reconnect", "Press the red button")


def moved(base: Base) -> str:
    base.write("pages/vpn.md", evil(base))
    return "pages/vpn.md"


def moved_and_bare(base: Base) -> str:
    base.write("pages/vpn.md", evil(base).partition("---\n")[2].partition("---\n")[2])
    return "pages/vpn.md"


def rewritten_under_its_id(base: Base) -> str:
    base.write("pages/new.md", f"---\nid: kb-vpn00001\ntitle: Other\n---\n{'Wholly other words. ' * 20}\n")
    return "pages/new.md"


def a_page(base: Base) -> str:
    base.write("articles/vpn.html", "<p>Press the red button")
    return "articles/vpn.html"


def a_page_of_a_folder(base: Base) -> str:
    base.write("articles/vpn/index.html", "<p>Press the red button")
    return "articles/vpn/index.html"


def another_ending(base: Base) -> str:
    base.write("articles/Vpn.MD", evil(base))
    return "articles/Vpn.MD"


def a_name_that_is_excluded(base: Base) -> str:
    base.write("articles/README.md", evil(base))
    return "articles/README.md"


def a_link(base: Base) -> str:
    base.write("pages/evil.md", evil(base))
    (base.root / VPN).unlink()
    (base.root / VPN).symlink_to("../pages/evil.md")
    return VPN


@pytest.mark.parametrize(
    "stand_in",
    [
        moved,
        moved_and_bare,
        rewritten_under_its_id,
        a_page,
        a_page_of_a_folder,
        another_ending,
        a_name_that_is_excluded,
        a_link,
    ],
)
def test_another_text_where_no_rule_looks_fails_the_change(
    verified: Base, quick: Run, stand_in: Callable[[Base], str]
) -> None:
    place = stand_in(verified)
    if not (verified.root / VPN).is_symlink():
        (verified.root / VPN).unlink()
    told = judged(quick, verified)
    assert (told.code, errors(told)) == (1, [("KCS102", place)])
    (found,) = [one for one in told.json["findings"] if one["severity"] == "error"]
    assert "no rule looks at it" in found["message"] and "--allow-exclusion" in found["help"]
    assert judged(quick, verified, "--allow-exclusion").code == 0
    summary = quick("audit", "--changed-since", "HEAD", "--format", "markdown", cwd=verified.root).out
    assert f"1 article is no longer one, and not checked: {VPN}" in summary


def test_so_does_a_folder_that_leads_elsewhere(verified: Base, quick: Run) -> None:
    text = verified.read(MAIL).replace("Start Outlook", "Press the red button")
    shutil.rmtree(verified.root / "articles/email")
    verified.write("pages/outlook.md", text)
    (verified.root / "articles/email").symlink_to("../pages")
    assert errors(judged(quick, verified)) == [("KCS102", MAIL)]
    (verified.root / "articles/email").unlink()
    verified.git("rm", "--quiet", "--cached", "articles/email")
    verified.git("rm", "--quiet", "--cached", "-f", "pages/outlook.md")
    (verified.root / "articles/email").mkdir()
    head = verified.git("rev-parse", "HEAD").strip()
    verified.git("update-index", "--add", "--cacheinfo", f"160000,{head},articles/email")
    told = judged(quick, verified, add=False)
    assert (told.code, errors(told)) == (1, [("KCS102", MAIL)])


def test_what_promises_nothing_there_or_is_gone_stops_nobody(verified: Base, quick: Run) -> None:
    text = evil(verified)
    (verified.root / VPN).unlink()
    assert judged(quick, verified).code == 0, "deleted"
    for said in ("archived", "not-validated"):
        verified.write(
            "pages/vpn.md", text.replace("confidence: validated", f"confidence: {said}\nstatus: draft")
        )
        assert judged(quick, verified).code == 0, said
    verified.write("pages/vpn.md", text.replace("Press the red button", "Reconnect"))
    assert judged(quick, verified).code == 0, "it says what was vouched for"


def test_a_link_to_where_it_is_an_article_still_stops_nobody(verified: Base, quick: Run) -> None:
    base = verified
    base.write("articles/net.md", base.read(VPN))
    (base.root / VPN).unlink()
    (base.root / VPN).symlink_to("net.md")
    assert judged(quick, base).code == 0


def test_what_failed_before_is_not_lost_by_a_move(verified: Base, quick: Run) -> None:
    verified.write(VPN, evil(verified))
    verified.commit()
    verified.git("mv", VPN, "vpn.md")
    told = judged(quick, verified)
    assert (told.code, errors(told)) == (1, [("KCS102", "vpn.md")])
    verified.git("mv", "vpn.md", VPN)
    quick("audit", "--write-baseline", "--as-of", "2026-06-01", cwd=verified.root)
    verified.git("mv", VPN, "vpn.md")
    assert judged(quick, verified).code == 0, "an old debt"


def test_a_promise_that_kcs_toml_takes_back_for_a_text_it_changes_fails(make_base: Make, quick: Run) -> None:
    policy = '[[policy]]\nmatch = {path = "articles/**"}\nconfidence = "validated"\n'
    text = "---\nid: kb-vpn00001\ntype: Solution\ntitle: VPN drops\n---\n## Resolution\n\nReconnect.\n"
    base = make_base({VPN: text}, config=KCS_TOML + policy)
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-02", cwd=base.root)
    base.commit(day="2026-05-02")
    base.write("kcs.toml", KCS_TOML + policy.replace("validated", "not-validated"))
    assert judged(quick, base).code == 0, "no text is changed"
    base.write(VPN, evil(base))
    told = judged(quick, base)
    assert (told.code, errors(told)) == (1, [("KCS102", VPN)])
    assert "takes what it asks out of judgement" in told.json["findings"][0]["message"]
    assert judged(quick, base, "--allow-exclusion").code == 0
    base.write("kcs.toml", KCS_TOML)
    assert judged(quick, base).code == 1, "without a policy it is not validated either"


def test_who_asks_less_of_a_text_that_the_change_touches_is_told(make_base: Make, quick: Run) -> None:
    text = "---\nid: kb-vpn00001\ntype: x\ntitle: VPN drops\nconfidence: validated\n---\nReconnect.\n"
    base = make_base({VPN: text}, config=KCS_TOML + "quorum = 2\n")
    for who in (JD, KP):
        quick("verify", "kb-vpn00001", "--as-of", "2026-05-02", cwd=base.root, who=who)
    base.commit(day="2026-05-02")
    base.write("kcs.toml", KCS_TOML + "quorum = 1\n")
    assert judged(quick, base).code == 0, "nothing is touched"
    base.write(VPN, evil(base))
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-03", cwd=base.root, who=KP)
    told = judged(quick, base)
    assert (told.code, errors(told)) == (1, [("KCS108", VPN)])
    assert judged(quick, base, "--allow-exclusion").code == 0
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-03", cwd=base.root, who=JD)
    assert judged(quick, base).code == 0, "two vouch for it"


def test_who_calls_another_audience_the_most_closed_asks_less_too(make_base: Make, quick: Run) -> None:
    """An article that names none has that one, and what a policy asks of it."""
    text = "---\nid: kb-vpn00001\ntype: x\ntitle: VPN drops\nconfidence: validated\n---\nReconnect.\n"
    config = 'audiences = ["internal", "external"]\n' + KCS_TOML
    config += '[[policy]]\nmatch = {audience = "internal"}\nquorum = 2\n'
    base = make_base({VPN: text}, config=config)
    for who in (JD, KP):
        quick("verify", "kb-vpn00001", "--as-of", "2026-05-02", cwd=base.root, who=who)
    base.commit(day="2026-05-02")
    base.write("kcs.toml", config.replace('"internal", "external"]', '"external", "internal"]'))
    assert judged(quick, base).code == 0, "nothing is touched"
    base.write(VPN, evil(base))
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-03", cwd=base.root, who=KP)
    told = judged(quick, base)
    assert (told.code, errors(told)) == (1, [("KCS108", VPN)])
    base.write("kcs.toml", config.replace('"external"]', '"external", "staff"]'))
    base.write(VPN, base.read(VPN).replace("type: x", "type: x\naudience: staff"))
    assert judged(quick, base).code == 0, "a new audience is one that no policy was for"


def test_a_word_that_is_forbidden_no_more_is_asked_for_less(verified: Base, quick: Run) -> None:
    config = (
        verified.read("kcs.toml") + '[rules.KCS411]\nseverity = "error"\n[style]\nforbidden = ["button"]\n'
    )
    verified.write("kcs.toml", config)
    verified.commit()
    verified.write(VPN, evil(verified))
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-03", cwd=verified.root)
    assert errors(judged(quick, verified)) == [("KCS411", VPN)]
    verified.write("kcs.toml", config.replace('["button"]', '["lever"]'))
    told = judged(quick, verified)
    assert (told.code, errors(told)) == (1, [("KCS411", VPN)])
    assert "takes what it asks out of judgement" in told.json["findings"][0]["message"]


def test_a_field_that_is_none_any_more_takes_no_promise_back(make_base: Make, quick: Run) -> None:
    base = make_base({PATH: DATED}, config=ADOPTED_TOML, team=None)
    base.write("kcs.toml", ADOPTED_TOML.replace("audit_date", "checked"))
    assert judged(quick, base, "--select", "KCS1").code == 0, "no text is changed"
    base.write(PATH, DATED.replace("587", "25"))
    told = judged(quick, base, "--select", "KCS1")
    assert (told.code, errors(told)) == (1, [("KCS102", PATH)])
    assert "takes the promise out of judgement" in told.json["findings"][0]["message"]
    base.write(PATH, DATED.replace("audit_date", "checked"))
    assert judged(quick, base, "--select", "KCS1").code == 0, "the field is called otherwise there as well"


def test_a_type_that_is_called_otherwise_takes_no_promise_back(make_base: Make, quick: Run) -> None:
    """Whoever says so in kcs.toml by type: what is no type of ours any more is not validated any more."""
    config = (
        KCS_TOML
        + '[types]\nFix = "Solution"\n[[policy]]\nmatch = {type = "Solution"}\nconfidence = "validated"\n'
    )
    text = "---\nid: kb-vpn00001\ntype: Fix\ntitle: VPN\n---\nReconnect.\n"
    base = make_base({VPN: text}, config=config)
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-02", cwd=base.root)
    base.commit(day="2026-05-02")
    base.write("kcs.toml", config.replace("Fix =", "Repair ="))
    assert judged(quick, base, "--select", "KCS1").code == 0, "no text is changed"
    base.write(VPN, base.read(VPN).replace("Reconnect", "Wait"))
    told = judged(quick, base, "--select", "KCS1")
    assert (told.code, errors(told)) == (1, [("KCS102", VPN)])
    assert "takes the promise out of judgement" in told.json["findings"][0]["message"]


def test_what_is_too_large_to_be_read_whole_is_known_by_its_lines(verified: Base, quick: Run) -> None:
    (verified.root / VPN).unlink()
    verified.write("pages/large.md", "## Resolution\n\nReconnect.\n" + "More words.\n" * 100_000)
    assert errors(judged(quick, verified)) == [("KCS102", "pages/large.md")]


def test_another_site_does_not_become_the_bases_own(make_base: Make, quick: Run) -> None:
    target = "---\nid: kb-2m8c4v1d\ntype: x\ntitle: T\nconfidence: not-validated\n---\nText.\n"
    text = "---\nid: kb-vpn00001\ntype: x\ntitle: VPN\nconfidence: validated\n---\nSee [how](/help/articles/t).\n"
    config = KCS_TOML + '[links]\nroot = "/help/"\n'
    base = make_base({VPN: text, "articles/t.md": target}, config=config)
    quick("verify", "kb-vpn00001", "--as-of", "2026-05-02", cwd=base.root)
    base.commit(day="2026-05-02")
    for root, code in (("https://evil.example/", 1), ("/support/", 0)):
        base.write("kcs.toml", config.replace("/help/", root))
        base.write(VPN, base.read(VPN).replace("/help/", root))
        told = quick("audit", "--changed-since", "HEAD", "--as-of", "2026-06-01", cwd=base.root)
        assert (told.code, "takes its links out" in told.out) == (code, bool(code)), told.out
        base.git("checkout", "--quiet", ".")


def test_archiving_is_no_loss_of_trust(verified: Base, quick: Run) -> None:
    verified.write(
        "articles/new.md", "---\nid: kb-2m8c4v1d\ntype: x\ntitle: New\nconfidence: not-validated\n---\nNew.\n"
    )
    verified.commit()
    assert quick("archive", "kb-vpn00001", cwd=verified.root).code == 0
    told = quick(
        "audit",
        "--changed-since",
        "HEAD",
        "--trust-may-not-fall",
        "--as-of",
        "2026-06-01",
        cwd=verified.root,
    )
    assert (told.code, "trust fell" in told.err) == (0, False), told.err


@pytest.mark.parametrize("config", ["", "[articles]"], ids=["a page", "taken out by kcs.toml"])
def test_what_stays_does_not_hide_what_goes_with_the_same_key(
    config: str, translated: Base, quick: Run
) -> None:
    """Translations with one permalink have one key: that one of them is still there says nothing of the other."""
    text = translated.read("articles/en/vpn.md").replace("Reconnect", "Press the red button")
    (translated.root / "articles/en/vpn.md").unlink()
    translated.write("pages/vpn.md" if config else "articles/en/vpn.html", text)
    if config:
        narrower = translated.read("kcs.toml").replace(
            '"articles/**/*.md"', '"articles/*/*.md", "articles/tunnel.md"'
        )
        translated.write("kcs.toml", narrower)
    told = judged(quick, translated)
    assert told.code == 1 and "KCS102" in {rule for rule, _ in errors(told)}


@pytest.mark.parametrize("config", ["", "[articles]"], ids=["a page", "taken out by kcs.toml"])
def test_what_goes_elsewhere_does_not_hide_what_goes_with_the_same_key(
    config: str, translated: Base, quick: Run
) -> None:
    for one in ("en", "vi"):
        text = translated.read(f"articles/{one}/vpn.md").replace("Reconnect", "Press the red button")
        (translated.root / f"articles/{one}/vpn.md").unlink()
        gone = "pages/vpn.md" if config else "articles/en/vpn.html"
        text = text if one == "en" else text.replace("confidence: validated", "confidence: not-validated")
        translated.write(gone if one == "en" else "articles/of-vi/vpn.md", text)
    if config:
        narrower = '"articles/*/*.md", "articles/tunnel.md"'
        translated.write("kcs.toml", translated.read("kcs.toml").replace('"articles/**/*.md"', narrower))
    told = judged(quick, translated)
    assert told.code == 1 and "KCS102" in {rule for rule, _ in errors(told)}
