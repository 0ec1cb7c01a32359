"""What a run judges and when it fails: whole bases, changes, baselines, gates, and what cannot be run at all."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ADOPTED_TOML, JD, KP, OUTLOOK, Base, Result, Run

ARTICLE = "articles/email/outlook.md"
VPN = "articles/vpn.md"


def rules(told: Result) -> list[tuple[str, str]]:
    return [(one["rule"], one["path"]) for one in told.json["findings"]]


def audit(quick: Run, base: Base, *words: str, as_of: str = "2026-06-01") -> Result:
    return quick("audit", "--select", "KCS0,KCS1", "--ignore", "KCS008,KCS106,KCS022", "--format", "json", "--as-of", as_of, *words, cwd=base.root)  # fmt: skip


def test_a_base_in_order_is_0_and_a_finding_is_1(verified: Base, quick: Run) -> None:
    told = audit(quick, verified)
    assert (told.code, rules(told)) == (0, [])
    assert told.json["articles"] == {"total": 2, "audited": 2, "unreadable": 0}
    assert told.json["trust"] == {"trusted": 2, "total": 2, "percent": 100.0}
    later = audit(quick, verified, as_of="2026-09-01")
    assert (later.code, rules(later)) == (1, [("KCS101", ARTICLE), ("KCS101", VPN)])
    assert later.json["summary"] == {"error": 2, "warning": 0, "info": 0, "baselined": 0}


def test_a_warning_fails_where_warnings_do(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("id: kb-vpn00001\n", "id: kb-vpn00001\nverfiers: [jd]\n"))
    assert audit(quick, verified).code == 0
    assert audit(quick, verified, "--fail-on", "warning").code == 1
    assert audit(quick, verified, "--fail-on", "warning", "--ignore", "misspelt-key").code == 0


def test_an_unreadable_article_is_a_finding_and_a_base_that_cannot_be_read_is_2(
    verified: Base, quick: Run
) -> None:
    verified.write("articles/broken.md", b"---\ntitle: caf\xe9\n---\n")
    told = audit(quick, verified)
    assert told.code == 1 and told.json["articles"] == {"total": 3, "audited": 3, "unreadable": 1}
    verified.write("kcs.toml", "[articles\n")
    assert audit(quick, verified).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing/*.md"], "matches no article"),
        (["--select", "KCS9"], "names no rule"),
        (["--select", "stael"], "did you mean 'stale'"),
        (["--changed-since", "nowhere"], "no commit is called"),
        (["--changed-since", "HEAD", "--staged"], "two changes"),
        (["--changed-since", "HEAD", "--min-trust", "90"], "no gate for a change"),
        (["--staged", "--write-baseline"], "whole base"),
        (["--allow-growth"], "--write-baseline"),
        (["--min-trust", "nan"], "percentage"),
        (["--output", "srif:a.sarif"], "did you mean 'sarif'"),
        (["--min-trust", "970"], "percentage"),
        (["--baseline"], "no kcs-baseline.tsv"),
        (["--baseline", "other.tsv"], "cannot be read"),
        (["--fix", "--diff", "--min-trust", "90"], "runs no gate"),
        (["--diff", "--trust-may-not-fall"], "runs no gate"),
    ],
)
def test_what_cannot_be_run_is_2_and_says_why(
    verified: Base, quick: Run, words: list[str], said: str
) -> None:
    told = audit(quick, verified, *words)
    assert told.code == 2 and said in told.err and not told.out


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[rules.KCS999]\n", "knows no rule 'KCS999'"),
        ("[rules.stale]\n", "known there as KCS101"),
        ("[rules.KCS104]\nday = 3\n", "did you mean 'days'"),
        ('[rules.KCS104]\ndays = "3"\n', "a whole number"),
        ('[rules.KCS104]\nseverity = "warn"\n', "did you mean 'warning'"),
        ("[rules]\nKCS104 = 3\n", "must be a table"),
    ],
)
def test_a_wrong_rule_setting_is_refused_with_its_line(
    verified: Base, quick: Run, table: str, said: str
) -> None:
    config = verified.read("kcs.toml")
    verified.write("kcs.toml", config + table)
    told = audit(quick, verified, "--select", "KCS001")
    assert told.code == 2 and said in told.err and re.search(r"kcs\.toml:\d+: ", told.err), told.err


def test_severity_and_parameters_by_path(verified: Base, quick: Run) -> None:
    config = verified.read("kcs.toml")
    verified.write(
        "kcs.toml",
        config
        + '[[rules.KCS104]]\npaths = "articles/email/**"\nseverity = "warning"\n[[rules.KCS104]]\ndays = 40\n'
        '[rules.KCS101]\nseverity = "off"\n',
    )
    told = audit(quick, verified, as_of="2026-07-01")
    assert [(one["path"], one["severity"]) for one in told.json["findings"]] == [
        (ARTICLE, "warning"),
        (VPN, "info"),
    ]
    assert rules(audit(quick, verified, as_of="2027-01-01")) == []


def test_a_baseline_shrinks_and_grows_only_when_told(verified: Base, quick: Run) -> None:
    first = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert first.code == 0 and first.json["summary"]["baselined"] == 2
    verified.write(
        "articles/new.md", "---\ntitle: Bikes at night\nconfidence: validated\nid: kb-new00001\n---\nText.\n"
    )
    told = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert told.code == 1 and rules(told) == [("KCS103", "articles/new.md")] and "--allow-growth" in told.err
    assert audit(quick, verified, "--write-baseline", "--allow-growth", as_of="2026-09-01").code == 0
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-09-01", cwd=verified.root)
    told = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert told.code == 0 and "1 paid" in told.err
    assert rules(audit(quick, verified, as_of="2027-01-01")) == [("KCS101", ARTICLE)]
    assert len(rules(audit(quick, verified, "--no-baseline", as_of="2027-01-01"))) == 3


def test_a_hint_that_a_day_brings_is_no_debt(verified: Base, quick: Run) -> None:
    told = audit(quick, verified, "--write-baseline", as_of="2026-07-25")
    assert rules(told) == [("KCS104", ARTICLE), ("KCS104", VPN)]
    assert "KCS104" not in verified.read("kcs-baseline.tsv")
    assert rules(audit(quick, verified, as_of="2026-07-25")) == rules(told)


def test_a_narrower_run_takes_out_only_what_it_could_have_found(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("title: VPN", "verfiers: [jd]\ntitle: VPN"))
    audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    before = verified.read("kcs-baseline.tsv")
    assert before.count("\n") == 4
    for words in (["--select", "KCS101"], ["--select", "KCS0", ARTICLE], ["--select", "KCS006"]):
        quick("audit", *words, "--write-baseline", "--as-of", "2026-05-03", cwd=verified.root)
        assert verified.read("kcs-baseline.tsv") == before, words
    quick("audit", VPN, "--select", "KCS0", "--write-baseline", cwd=verified.root)
    assert verified.read("kcs-baseline.tsv") == before
    verified.write(VPN, verified.read(VPN).replace("verfiers: [jd]\n", ""))
    quick("audit", "--select", "KCS0", "--write-baseline", cwd=verified.root)
    assert verified.read("kcs-baseline.tsv").count("\n") == 3


def test_stale_changed_never_verified_and_too_few_are_one_debt(verified: Base, quick: Run) -> None:
    stale = audit(quick, verified, as_of="2026-09-01").json["findings"][0]
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    changed = [one for one in audit(quick, verified).json["findings"] if one["path"] == ARTICLE]
    assert [one["rule"] for one in changed] == ["KCS102"] and changed[0]["fingerprint"] == stale[
        "fingerprint"
    ]
    verified.git("mv", ARTICLE, "articles/elsewhere.md")
    moved = [one for one in audit(quick, verified).json["findings"] if "elsewhere" in one["path"]]
    assert moved[0]["fingerprint"] == stale["fingerprint"], "it has an id, so it is the same article"


def test_a_debt_is_known_until_the_article_is_verified_once(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    assert audit(quick, verified, "--write-baseline").json["summary"]["baselined"] == 1
    verified.commit(message="an old debt", day="2026-06-01")
    verified.write(ARTICLE, verified.read(ARTICLE).replace("two minutes", "three minutes"))
    verified.git("add", ARTICLE)
    assert quick("check", "--verified", ARTICLE, cwd=verified.root).code == 0, "not paid yet"
    assert audit(quick, verified, "--changed-since", "HEAD").code == 0
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-06-02", cwd=verified.root)
    verified.commit(message="paid, and nobody wrote it off", day="2026-06-02")
    assert audit(quick, verified, as_of="2026-06-03").code == 0
    verified.write(ARTICLE, verified.read(ARTICLE).replace("three minutes", "four minutes"))
    verified.git("add", ARTICLE)
    told = quick("check", "--verified", ARTICLE, cwd=verified.root)
    assert told.code == 1 and "KCS102" in told.out
    for words in ([], ["--changed-since", "HEAD"], ["--staged"], ["--write-baseline"]):
        told = audit(quick, verified, *words, as_of="2026-06-03")
        assert (told.code, rules(told)) == (1, [("KCS102", ARTICLE)]), words
    assert audit(quick, verified, "--write-baseline", "--allow-growth", as_of="2026-06-03").code == 0
    assert audit(quick, verified, as_of="2026-06-03").json["summary"]["baselined"] == 1


def test_a_debt_is_of_one_article_and_not_of_all_that_bear_its_id(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    assert audit(quick, verified, "--write-baseline").json["summary"]["baselined"] == 1
    twin = verified.read(ARTICLE).replace("two minutes", "three minutes")
    verified.write("articles/email/twin.md", twin)
    verified.git("add", "-A")
    told = quick("check", "--verified", cwd=verified.root)
    assert told.code == 1 and "articles/email/twin.md" in told.out
    assert ("KCS102", "articles/email/twin.md") in rules(audit(quick, verified))
    assert quick("check", "--verified", ARTICLE, cwd=verified.root).code == 0
    verified.git("rm", "--quiet", "--force", ARTICLE)
    assert quick("check", "--verified", "articles/email/twin.md", cwd=verified.root).code == 0, "it was moved"


def test_one_of_two_who_verified_makes_no_new_debt(native: Base, quick: Run) -> None:
    native.write("kcs.toml", native.read("kcs.toml") + "quorum = 2\n")
    native.commit(day="2026-05-02")
    assert audit(quick, native, "--write-baseline").code == 0
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-06-02", cwd=native.root)
    told = audit(quick, native, as_of="2026-06-02")
    assert (told.code, rules(told)) == (0, [])


def test_a_baseline_holds_the_path_of_any_file(verified: Base, quick: Run) -> None:
    odd = "articles/\u0e01\u0e32 b\n\u2028c\td.md"
    verified.write(odd, "---\ntitle: Bikes at night\nconfidence: validated\nid: kb-new00001\n---\nText.\n")
    assert audit(quick, verified, "--write-baseline").json["summary"]["baselined"] == 1
    told = audit(quick, verified)
    assert (told.code, told.json["summary"]["baselined"]) == (0, 1)
    told = audit(quick, verified, "--write-baseline", odd)
    assert told.code == 0 and "1 debt, 0 taken in" in told.err


def test_a_baseline_that_is_not_staged_is_named(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    verified.git("add", ARTICLE)
    assert audit(quick, verified, "--write-baseline").code == 0
    told = quick("check", "--verified", cwd=verified.root)
    assert told.code == 1 and "git add kcs-baseline.tsv" in told.err
    verified.git("add", "kcs-baseline.tsv")
    told = quick("check", "--verified", cwd=verified.root)
    assert (told.code, "git add" in told.err) == (0, False)


def test_what_cannot_be_read_is_known_by_the_same_name_before_a_commit(verified: Base, quick: Run) -> None:
    verified.write("articles/bare.md", "---\ntitle: Bare\n")
    verified.git("add", "-A")
    assert "KCS004" in quick("check", "--verified", cwd=verified.root).out
    assert quick("audit", "--write-baseline", cwd=verified.root).code == 0
    verified.write("articles/bare.md", "---\ntitle: Bare\n")
    verified.git("add", "-A")
    assert quick("check", "--verified", cwd=verified.root).code == 0


def test_a_day_that_passes_turns_no_change_red(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.commit({"articles/new.md": "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "start", as_of="2027-12-01")
    assert (told.code, rules(told)) == (0, []) and told.json["articles"]["audited"] == 1
    verified.commit({VPN: verified.read(VPN).replace("VPN drops", "VPN drops at night")})
    told = audit(quick, verified, "--changed-since", "start", as_of="2027-12-01")
    assert told.code == 1 and set(rules(told)) == {("KCS101", VPN), ("KCS102", VPN)}, "it touches this one"


def test_who_wrote_the_text_is_who_changed_it_last_whoever_touched_the_rest(native: Base, quick: Run) -> None:
    """Two pairs of eyes are asked for: another's commit of the front matter is no second pair."""

    def verified_by_its_author() -> bool:
        assert quick("verify", ARTICLE, "--as-of", "2026-05-04", cwd=native.root).code == 0
        told = quick(
            "audit", "--select", "KCS111", "--format", "json", "--as-of", "2026-05-05", cwd=native.root
        )
        return rules(told) == [("KCS111", ARTICLE)]

    def changed(old: str, new: str) -> dict[str, str | bytes]:
        return {ARTICLE: native.read(ARTICLE).replace(old, new)}

    native.commit({"kcs.toml": native.read("kcs.toml") + "second_eyes = true\n"})
    native.commit(changed("[outlook, imap]", "[outlook]"), who=KP, day="2026-05-02")
    assert verified_by_its_author()
    native.write(ARTICLE, changed("few minutes", "two minutes")[ARTICLE])
    assert not verified_by_its_author(), "nobody knows yet who wrote what is in no commit"
    native.commit(changed("two minutes", "three minutes"), who=KP, day="2026-05-04")
    assert not verified_by_its_author()
    native.commit(changed("[outlook]", "[imap]"), day="2026-05-04")
    assert not verified_by_its_author()


def test_a_shorter_interval_does_not_bring_a_change_what_days_bring(verified: Base, quick: Run) -> None:
    """What falls due at once by it is told as trust that falls, not as a finding in each article that nobody touched."""
    verified.git("branch", "start")
    verified.commit({"kcs.toml": verified.read("kcs.toml").replace('"90d"', '"10d"')})
    assert set(rules(audit(quick, verified))) == {("KCS101", ARTICLE), ("KCS101", VPN)}
    told = audit(quick, verified, "--changed-since", "start")
    assert (told.code, rules(told)) == (0, [])
    told = audit(quick, verified, "--changed-since", "start", "--trust-may-not-fall", "start")
    assert told.code == 1 and "trust fell from 100.0%" in told.err


def test_a_baseline_may_go_with_the_last_of_its_debts(verified: Base, quick: Run) -> None:
    verified.git("checkout", "--quiet", "-b", "debts")
    assert audit(quick, verified, "--write-baseline", as_of="2026-09-01").code == 0
    verified.commit(message="Known")
    verified.git("rm", "--quiet", "kcs-baseline.tsv")
    verified.commit({"articles/new.md": "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "debts~1")
    assert (told.code, rules(told)) == (0, [])


def test_who_may_not_verify_hands_a_change_in_with_a_flag(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE) + "\nA step more.\n")
    assert rules(audit(quick, verified, "--changed-since", "HEAD")) == [("KCS102", ARTICLE)]
    words = ("flag", ARTICLE, "--reason", "changed", "-m", "a step more", "--as-of", "2026-06-01")
    assert quick(*words, cwd=verified.root).code == 0
    told = audit(quick, verified, "--changed-since", "HEAD")
    assert (told.code, rules(told)) == (0, [])
    assert audit(quick, verified, "--changed-since", "HEAD", "--trust-may-not-fall", "HEAD").code == 1
    assert rules(audit(quick, verified)) == [("KCS102", ARTICLE)]


@pytest.mark.parametrize(("flagged", "found"), [(False, [("KCS102", ARTICLE)]), (True, [])])
def test_a_flag_lets_pass_what_a_change_does_to_an_article_that_it_leaves_alone(
    verified: Base, quick: Run, flagged: bool, found: list[tuple[str, str]]
) -> None:
    """The article's link names another file by then, so what was verified is not what a reader gets."""
    verified.write(ARTICLE, verified.read(ARTICLE) + "\nSee [the tunnel](../vpn.md).\n")
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-05-03", cwd=verified.root)
    if flagged:
        words = ("flag", ARTICLE, "--reason", "changed", "-m", "the tunnel goes", "--as-of", "2026-06-01")
        assert quick(*words, cwd=verified.root).code == 0
    verified.commit(day="2026-05-03")
    verified.git("mv", VPN, "articles/tunnel.md")
    verified.commit(day="2026-05-04")
    assert rules(audit(quick, verified, "--changed-since", "HEAD~1")) == found


def test_a_change_is_told_what_it_breaks_elsewhere(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.commit({"articles/twin.md": "---\nid: kb-vpn00001\ntitle: A twin\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "start")
    assert set(rules(told)) == {("KCS012", "articles/twin.md"), ("KCS012", VPN)}
    verified.git("branch", "twins")
    verified.commit({"articles/other.md": "---\nid: kb-0ther001\ntitle: Another\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "twins")
    assert (told.code, rules(told)) == (0, []), "what was so before is not this change's"
    team = verified.read("team.toml").replace("[people.jd]", "[people.jd]\nleft = 2026-01-01")
    verified.commit({"team.toml": team})
    told = audit(quick, verified, "--changed-since", "twins")
    assert ("KCS107", ARTICLE) in rules(told), "settings reach articles whose file nobody touched"


def test_what_is_pushed_is_judged_against_what_is_there_already(verified: Base, quick: Run) -> None:
    """As pre-commit says it; where that is nothing here, the branch's upstream or the remote's main branch."""
    start = verified.git("rev-parse", "HEAD").strip()
    verified.commit({"articles/twin.md": "---\nid: kb-vpn00001\ntitle: A twin\n---\nText.\n"})
    twin = {("KCS012", "articles/twin.md"), ("KCS012", VPN)}
    how = ("--changed-since", "@{upstream}")
    words = ("audit", "--select", "KCS012", "--format", "json", *how)

    def told(already: str) -> set[tuple[str, str]]:
        return set(rules(quick(*words, cwd=verified.root, env={"PRE_COMMIT_FROM_REF": already})))

    assert told(start) == twin
    assert told("HEAD") == set()
    for nothing in ("", "0" * 40, "5" * 40):
        assert told(nothing) == twin, "never pushed: all of it is new"
    verified.git("update-ref", "refs/remotes/origin/HEAD", "HEAD")
    assert told("5" * 40) == set()


def test_staged_is_judged_as_it_is_staged(verified: Base, quick: Run) -> None:
    good = verified.read(ARTICLE)
    verified.write(ARTICLE, good.replace("few minutes", "two minutes"))
    assert audit(quick, verified, "--staged").json["articles"]["audited"] == 0
    verified.git("add", ARTICLE)
    verified.write(ARTICLE, good)
    assert rules(audit(quick, verified, "--staged")) == [("KCS102", ARTICLE)]
    assert quick("check", ARTICLE, cwd=verified.root).code == 0, (
        "a file alone does not tell who vouches for it"
    )
    assert quick("check", "--verified", cwd=verified.root).code == 1
    verified.write("articles/vpn.md", b"---\ntitle: caf\xe9\n---\n")
    assert quick("check", VPN, cwd=verified.root).code == 0, "it is not staged so"
    verified.git("add", VPN)
    told = quick("check", VPN, cwd=verified.root)
    assert told.code == 1 and "KCS002" in told.out and "1 of 2 articles" in told.err
    assert quick("check", "--verified", VPN, cwd=verified.root).code == 1, (
        "nobody can say that it is verified"
    )


def test_before_the_first_commit_all_that_is_staged_is_new(
    make_base: Callable[..., Base], quick: Run
) -> None:
    unmade = make_base({ARTICLE: OUTLOOK}, git=False)
    unmade.git("init", "--quiet", "--initial-branch=main")
    unmade.git("add", "--all")
    for words in (("audit", "--staged", "--select", "KCS103"), ("check", "--verified", ARTICLE)):
        told = quick(*words, "--format", "json", cwd=unmade.root)
        assert (told.code, rules(told)) == (1, [("KCS103", ARTICLE)])


def test_check_passes_over_what_is_no_article_and_refuses_what_is_not_there(
    verified: Base, quick: Run
) -> None:
    assert quick("check", "kcs.toml", cwd=verified.root).code == 0
    assert quick("check", "articles/nothing.md", cwd=verified.root).code == 2
    verified.write("articles/new.md", "text")
    told = quick("check", "articles/new.md", cwd=verified.root)
    assert told.code == 2 and "not staged" in told.err
    elsewhere = verified.root.parent / "elsewhere.md"
    elsewhere.write_text("text")
    assert quick("check", str(elsewhere), str(verified.root / VPN), cwd=verified.root.parent).code == 0


def test_a_link_among_the_articles_is_none(verified: Base, quick: Run) -> None:
    (verified.root / "articles/link.md").symlink_to("vpn.md")
    assert quick("check", "articles/link.md", cwd=verified.root).code == 0
    verified.git("add", "-A")
    assert quick("check", "--verified", "articles/link.md", VPN, cwd=verified.root).code == 0


def test_a_base_that_lost_its_kcs_toml_is_not_passed_over(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    verified.git("add", VPN)
    (verified.root / "kcs.toml").unlink()
    for words in (["--verified"], []):
        told = quick("check", *words, VPN, cwd=verified.root)
        assert told.code == 2 and "git restore kcs.toml" in told.err
    verified.write("README.md", "No article.\n")
    verified.git("add", "-A")
    told = quick("check", "--verified", "README.md", VPN, cwd=verified.root)
    assert told.code == 2 and "kcs.toml is removed" in told.err
    assert quick("check", "--verified", "README.md", cwd=verified.root).code == 0
    verified.git("rm", "--quiet", "--force", "-r", "articles")
    assert quick("check", "--verified", "README.md", VPN, cwd=verified.root).code == 0


def test_what_a_change_takes_out_of_the_base_is_said(verified: Base, quick: Run) -> None:
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    said = "1 article is no longer articles, and not checked: articles/vpn.md"
    assert said in quick("audit", "--changed-since", "HEAD", cwd=verified.root).err
    summary = quick("audit", "--changed-since", "HEAD", "--format", "markdown", cwd=verified.root).out
    assert f"**{said}**" in summary
    verified.git("rm", "--quiet", "--force", VPN)
    assert "any more" not in quick("audit", "--changed-since", "HEAD", cwd=verified.root).err


def test_settings_that_change_are_asked_of_what_the_change_leaves_alone(verified: Base, quick: Run) -> None:
    verified.commit({"articles/plain.md": "---\nid: kb-2m8c4v1d\ntype: x\ntitle: P\n---\nNobody said so.\n"})
    settings = verified.read("kcs.toml")
    verified.write("kcs.toml", settings.replace("articles/**/*.md", "articles/email/*.md"))
    told = quick("audit", "--changed-since", "HEAD", cwd=verified.root)
    assert (
        "2 articles are no longer articles, and not checked: articles/plain.md, articles/vpn.md" in told.err
    )
    words = '[style]\nforbidden = ["reconnect"]\n[rules.KCS411]\nseverity = "error"\n'
    verified.write("kcs.toml", settings + words)
    told = quick("audit", "--changed-since", "HEAD", "--format", "json", cwd=verified.root)
    assert told.code == 1 and ("KCS411", VPN) in rules(told)


def test_only_what_came_after_a_verification_changed_after_it(
    verified: Base, adopted: Base, quick: Run
) -> None:
    def told(base: Base) -> str:
        found = audit(quick, base, as_of="2026-06-01").json["findings"]
        return str(next(one["message"] for one in found if one["rule"] == "KCS102"))

    verified.commit({ARTICLE: verified.read(ARTICLE).replace("few minutes", "two minutes")}, day="2026-05-02")
    assert "by J. Doe" in told(verified) and "more" not in told(verified)
    verified.commit(
        {ARTICLE: verified.read(ARTICLE).replace("two minutes", "three minutes")}, day="2026-05-03"
    )
    assert "and 1 more" in told(verified)
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("Send with", "Send mail with")}, day="2026-05-20")
    assert "more" not in told(adopted)


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 elsewhere")
@pytest.mark.parametrize("named", [(), ("--baseline", "own.tsv")], ids=["the base's", "a named one"])
def test_a_baseline_with_a_path_that_is_no_text_is_read_again(
    named: tuple[str, ...], verified: Base, quick: Run
) -> None:
    (verified.root / os.fsdecode(b"articles/odd\xff.md")).write_text("Text.\n")
    how = ("audit", "--select", "KCS0", "--as-of", "2026-06-01", *named)
    assert quick(*how, "--write-baseline", cwd=verified.root).code == 0
    told = quick(*how, "--format", "json", cwd=verified.root)
    assert (told.code, told.json["findings"]) == (0, []) and told.json["summary"]["baselined"] > 0
    verified.write("own.tsv", b"\xff\n")
    told = quick("audit", "--baseline", "own.tsv", cwd=verified.root)
    assert told.code == 2 and "own.tsv:1: is not a line of a baseline" in told.err


def test_a_run_over_one_article_pays_the_debts_of_that_one_alone(verified: Base, quick: Run) -> None:
    def write(*words: str) -> list[str]:
        how = ("--select", "KCS1", "--ignore", "KCS106", "--as-of", "2026-09-01", "--write-baseline")
        assert quick("audit", *words, *how, cwd=verified.root).code == 0
        return [line.split("\t")[2] for line in verified.read("kcs-baseline.tsv").splitlines()[1:]]

    assert write() == [ARTICLE, VPN]
    assert quick("verify", "kb-vpn00001", "--as-of", "2026-09-01", cwd=verified.root).code == 0
    assert write(ARTICLE) == [ARTICLE, VPN], "of the other one this run cannot say that it is paid"
    assert write(VPN) == [ARTICLE]


def test_a_named_baseline_is_written_where_it_is_read(verified: Base, quick: Run) -> None:
    below = verified.root / "articles"
    for _ in range(2):
        told = quick("audit", "--select", "KCS1", "--as-of", "2026-09-01", "--baseline", "own.tsv", "--write-baseline", cwd=below)  # fmt: skip
        assert told.code == 0 and (below / "own.tsv").is_file(), told.err
    assert not (verified.root / "own.tsv").exists()
    assert (
        quick("audit", "--select", "KCS1", "--as-of", "2026-09-01", "--baseline", "own.tsv", cwd=below).code
        == 0
    )
    assert quick("audit", "--select", "KCS1", "--as-of", "2026-09-01", cwd=below).code == 1


def test_trust_may_not_fall_by_a_change(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.commit({"articles/new.md": "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"})
    assert audit(quick, verified, "--trust-may-not-fall", "start").code == 0, (
        "a new article takes nobody's trust"
    )
    verified.commit({VPN: verified.read(VPN).replace("VPN drops", "VPN drops at night")})
    told = audit(quick, verified, "--ignore", "KCS", "--trust-may-not-fall", "start")
    assert (
        told.code == 1
        and "trust fell from 100.0% (2 of 2) at start to 33.3% (1 of 3): kb-vpn00001" in told.err
    )
    told = audit(quick, verified, "--ignore", "KCS", "--trust-may-not-fall", "start", as_of="2027-12-01")
    assert told.code == 0, "on that day nothing was trusted before either"


@pytest.mark.parametrize("id", ["", "id: kb-2m8c4v1d\n", "id: [\n"], ids=["none", "another", "unreadable"])
def test_an_article_loses_its_trust_though_its_id_is_no_more(id: str, verified: Base, quick: Run) -> None:
    changed = verified.read(VPN).replace("id: kb-vpn00001\n", id).replace("Reconnect", "Wait")
    verified.write(VPN, changed)
    told = audit(quick, verified, "--ignore", "KCS", "--trust-may-not-fall", "HEAD")
    assert told.code == 1 and "trust fell from 100.0% (2 of 2) at HEAD to 50.0% (1 of 2)" in told.err
    how = ("--changed-since", "HEAD", "--format", "markdown", "--as-of", "2026-06-01")
    summary = quick("audit", *how, cwd=verified.root).out
    assert "### 1 article loses trust" in summary


def test_without_a_name_trust_is_held_against_what_the_run_is(verified: Base, quick: Run) -> None:
    def fallen(*words: str) -> tuple[int, bool, bool]:
        told = audit(quick, verified, "--ignore", "KCS", *words, "--trust-may-not-fall")
        return told.code, "at start to" in told.err, "at HEAD to" in told.err

    verified.git("branch", "start")
    assert fallen() == fallen("--changed-since", "start") == (0, False, False)
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    assert fallen() == (1, False, True)
    assert fallen("--changed-since", "start") == (1, True, False)
    assert audit(quick, verified, "--ignore", "KCS", "--min-trust", "50").code == 0, "how it was is not asked"
    verified.commit()
    assert fallen() == (0, False, False), "no worse than what is committed"
    assert fallen("--changed-since", "start") == (1, True, False)
    twin = verified.read(ARTICLE).replace("kb-7f3q9xk2", "kb-tw1n0001")
    verified.commit({"articles/twin.md": twin, "articles/more.md": twin.replace("tw1n0001", "m0re0001")})
    assert fallen("--changed-since", "start") == (1, True, False), "75 of 100 now, all of them before"
    verified.git("checkout", "-q", "start")
    verified.write(VPN, verified.read(VPN).replace("confidence: validated", "confidence: not-validated"))
    verified.commit()
    verified.git("branch", "half")
    verified.write(VPN, verified.read(VPN).replace("confidence: not-validated", "confidence: validated"))
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    assert fallen("--changed-since", "half") == (0, False, False), "one lost it and another has it"


def test_min_trust(verified: Base, quick: Run) -> None:
    assert audit(quick, verified, "--min-trust", "97").code == 0
    verified.write("articles/new.md", "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n")
    told = audit(quick, verified, "--min-trust", "66.7")
    assert told.code == 1 and "66.6% (2 of 3), below 66.7%" in told.err


@pytest.mark.parametrize("files", [{}, {VPN: "---\ntitle: VPN\nconfidence: work-in-progress\n---\nSlow.\n"}])
def test_where_nothing_counts_no_trust_is_met(
    files: dict[str, str], make_base: Callable[..., Base], quick: Run
) -> None:
    told = audit(quick, make_base(files), "--min-trust", "1")
    assert told.code == 1 and "the trust score is - (0 of 0), below 1%" in told.err


def test_targets_are_never_a_gate(verified: Base, quick: Run) -> None:
    verified.write("kcs.toml", verified.read("kcs.toml") + "[targets]\ntrust = 100\n")
    verified.write("articles/new.md", "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n")
    assert audit(quick, verified).code == 0


def test_a_merge_brings_a_date_with_its_own_text(adopted: Base, quick: Run) -> None:
    """The date that the other side set vouches for what that side said: the merged text is another one."""
    path = "content/mail/smtp.md"
    adopted.git("checkout", "--quiet", "-b", "other")
    text = adopted.read(path)
    adopted.commit({path: text.replace("2025-06-10", "2026-05-20").replace("Use port 587.", "Use port 587 or 465.")}, who=KP, day="2026-05-20")  # fmt: skip
    theirs = adopted.read(path)
    adopted.git("checkout", "--quiet", "main")
    adopted.commit({"content/dns.md": adopted.read("content/dns.md") + "\nMore.\n"}, who=JD, day="2026-05-21")
    who = ("-c", "user.name=x", "-c", "user.email=x@acme.example")
    adopted.git(*who, "merge", "--quiet", "--no-commit", "--no-ff", "other")
    assert adopted.read(path) == theirs
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0
    heads = adopted.read(".git/MERGE_HEAD")
    adopted.write(".git/MERGE_HEAD", "1" * 40)
    told = quick("check", "--verified", path, cwd=adopted.root)
    assert told.code == 1 and "KCS116" in told.out, (
        "what is merged is not here: nobody can say what the date is for"
    )
    adopted.write(".git/MERGE_HEAD", heads)
    adopted.write(path, theirs.replace("Send with", "Send mail with"))
    adopted.git("add", path)
    told = quick("check", "--verified", path, cwd=adopted.root)
    assert told.code == 1 and "KCS102" in told.out
    adopted.commit(day="2026-05-22")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 1, "the same once it is committed"
    adopted.write(path, adopted.read(path).replace("2026-05-20", "2026-05-23"))
    adopted.git("add", path)
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0


def test_front_matter_beside_the_date_takes_no_verification(adopted: Base, quick: Run) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path).replace("title:", "product: mail\ntitle:", 1)}, day="2026-05-20")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 0
    adopted.commit({path: adopted.read(path).replace("Send with", "Send mail with")}, day="2026-05-21")
    assert quick("check", "--verified", path, cwd=adopted.root).code == 1


def test_an_entry_without_a_fingerprint_vouches_for_the_text_it_came_with(native: Base, quick: Run) -> None:
    def gate() -> tuple[int, str]:
        native.git("add", "--all")
        told = quick("check", "--verified", VPN, cwd=native.root)
        return told.code, "KCS102" if "KCS102" in told.out else "KCS103" if "KCS103" in told.out else ""

    assert gate() == (1, "KCS103")
    entry = 'confidence: validated\nverified: {by: "human:jd", at: 2026-05-02}\n'
    native.write(VPN, native.read(VPN).replace("confidence: validated\n", entry))
    assert gate() == (0, "")
    native.commit()
    assert gate() == (0, "")
    native.write(VPN, native.read(VPN).replace("Reconnect", "Restart"))
    assert gate() == (1, "KCS102")
    for other in ("not-validated", "work-in-progress", "archived"):
        native.write(VPN, native.read(VPN).replace("confidence: validated", f"confidence: {other}"))
        assert gate() == (0, ""), "nobody has to vouch for it"
        native.write(VPN, native.read(VPN).replace(f"confidence: {other}", "confidence: validated"))
    assert gate() == (1, "KCS102")
    flagged = "flags: {by: 'human:jd', at: 2026-05-03, reason: %s}\nverified:"
    native.write(VPN, native.read(VPN).replace("verified:", flagged % "style"))
    assert gate() == (1, "KCS102")
    native.write(VPN, native.read(VPN).replace("style", "changed"))
    assert gate() == (0, ""), "it says itself that nobody may trust it"


def test_where_history_is_cut_off_a_date_vouches_for_nothing(
    adopted: Base, quick: Run, make_base: Callable[..., Any]
) -> None:
    path = "content/mail/smtp.md"
    adopted.commit({path: adopted.read(path) + "\nMore.\n"}, day="2026-05-20")
    clone = adopted.root.parent / "clone"
    adopted.git("clone", "--quiet", "--depth", "1", adopted.root.as_uri(), str(clone))
    told = quick("check", "--verified", path, cwd=clone)
    assert told.code == 1 and "git fetch --unshallow" in told.out
    told = quick("audit", "--select", "KCS1", "--as-of", "2026-06-01", "--format", "json", cwd=clone)
    assert "KCS116" in [one["rule"] for one in told.json["findings"]]
    told = quick("audit", "--changed-since", "HEAD~1", cwd=clone)
    assert told.code == 2 and "unshallow" in told.err


def test_outside_git_what_needs_git_says_so(make_base: Callable[..., Base], quick: Run) -> None:
    base = make_base({ARTICLE: OUTLOOK}, git=False)
    assert quick("audit", "--select", "KCS0", cwd=base.root).code == 0
    for words in (
        ["check"],
        ["audit", "--staged"],
        ["audit", "--changed-since", "x"],
        ["audit", "--trust-may-not-fall"],
    ):
        told = quick(*words, cwd=base.root)
        assert told.code == 2 and "Git repository" in told.err, words


def test_a_change_of_one_counterpart_names_the_other_until_somebody_touched_it(
    make_base: Callable[..., Base], quick: Run
) -> None:
    def text(number: int, other: int, body: str = "Text.") -> str:
        return f"---\nid: kb-0000000{number}\ntitle: T{number}\ncounterpart: kb-0000000{other}\n---\n{body}\n"

    base = make_base({"articles/in.md": text(1, 2), "articles/out.md": text(2, 1)})
    start = base.git("rev-parse", "HEAD").strip()

    def found() -> list[str]:
        told = quick(
            "audit", "--changed-since", start, "--select", "KCS117", "--format", "json", cwd=base.root
        )
        return [f"{one['path']} {one['severity']}" for one in told.json["findings"]]

    base.git("checkout", "-q", "-b", "topic")
    assert found() == []
    base.commit({"articles/in.md": text(1, 2, "Another text.")})
    assert found() == ["articles/in.md info"]
    base.git("mv", "articles/out.md", "articles/moved.md")
    base.commit()
    assert found() == ["articles/in.md info"]
    base.commit({"articles/moved.md": text(2, 1, "Another text.")})
    assert found() == []


@pytest.fixture
def unchanged_settings(verified: Base) -> Base:
    """The VPN article's text is changed, and that is staged; nobody vouches for it now."""
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    return verified


def changed(quick: Run, base: Base, *words: str) -> Result:
    base.git("add", "--all")
    both = [
        quick("audit", how, *more, "--format", "json", "--as-of", "2026-06-01", *words, cwd=base.root)
        for how, more in (("--changed-since", ["HEAD"]), ("--staged", []))
    ]
    assert both[0].code == both[1].code and rules(both[0]) == rules(both[1])
    return both[0]


def test_a_failing_article_that_its_own_change_takes_out_fails_it(
    unchanged_settings: Base, quick: Run
) -> None:
    base = unchanged_settings
    assert ("KCS102", VPN) in rules(changed(quick, base))
    base.write("kcs.toml", base.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    told = changed(quick, base)
    (found,) = [one for one in told.json["findings"] if one["path"] == VPN]
    assert told.code == 1 and found["rule"] == "KCS102" and "takes the article out" in found["message"]
    assert "--allow-exclusion" in found["help"]
    assert changed(quick, base, "--allow-exclusion").code == 0


def test_it_is_no_less_taken_out_for_being_moved_as_well(unchanged_settings: Base, quick: Run) -> None:
    base = unchanged_settings
    base.git("mv", "--force", VPN, "articles/old.md")
    settings = base.read("kcs.toml").replace("[articles]", '[articles]\nexclude = ["articles/old.md"]')
    base.write("kcs.toml", settings)
    told = changed(quick, base)
    assert (told.code, rules(told)) == (1, [("KCS102", "articles/old.md")])
    base.write(VPN, base.read("articles/old.md"))  # it is here still, and has a copy that is none
    assert ("KCS102", "articles/old.md") not in rules(changed(quick, base))


def test_a_new_file_that_is_to_be_none_stops_nobody(verified: Base, quick: Run) -> None:
    verified.write("articles/sample.md", verified.read(VPN).replace("kb-vpn00001", "kb-vpn00002"))
    settings = verified.read("kcs.toml").replace("[articles]", '[articles]\nexclude = ["articles/sample.md"]')
    verified.write("kcs.toml", settings)
    assert changed(quick, verified).code == 0


def test_taking_out_what_is_in_order_or_was_never_validated_stops_nobody(verified: Base, quick: Run) -> None:
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    assert changed(quick, verified).code == 0
    text = verified.read(VPN).replace("VPN drops", "VPN drops at night")
    verified.write(VPN, text.replace("confidence: validated", "confidence: not-validated"))
    assert "not-validated" in verified.read(VPN) and changed(quick, verified).code == 0


def test_taking_out_what_is_only_overdue_stops_nobody(verified: Base, quick: Run) -> None:
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    verified.git("add", "--all")
    how = ("audit", "--changed-since", "HEAD", "--format", "json", "--as-of", "2028-06-01")
    assert rules(quick(*how, cwd=verified.root)) == []


def test_an_article_that_an_exclusion_takes_out_fails_it_as_well(
    unchanged_settings: Base, quick: Run
) -> None:
    base = unchanged_settings
    settings = base.read("kcs.toml").replace("[articles]", f'[articles]\nexclude = ["{VPN}"]')
    base.write("kcs.toml", settings)
    told = changed(quick, base)
    assert (told.code, rules(told)) == (1, [("KCS102", VPN)])


def test_an_article_that_nobody_can_read_any_more_is_not_taken_out_unseen(verified: Base, quick: Run) -> None:
    verified.write(VPN, "---\ntitle: [\n---\nText.\n")
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    told = changed(quick, verified)
    assert told.code == 1 and ("KCS005", VPN) in rules(told)


def test_taking_out_what_is_in_order_stops_nobody_whatever_git_calls_its_files_by(
    tmp_path: Path, kcs_env: dict[str, str], quick: Run
) -> None:
    """In a repository of SHA-256, whose dates vouch for the text they came with."""
    root = tmp_path / "long"
    root.mkdir()
    base = Base(root, kcs_env, True)
    base.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    text = "---\npermalink: smtp/\naudit_date: 2026-05-10\ntitle: Send with SMTP\n---\n\nUse port 587.\n"
    base.commit({"kcs.toml": ADOPTED_TOML, "content/smtp.md": text}, day="2026-05-10")
    base.write("kcs.toml", ADOPTED_TOML.replace("[articles]", '[articles]\nexclude = ["content/smtp.md"]'))
    assert changed(quick, base).code == 0
    base.write("content/smtp.md", text.replace("587", "25"))
    told = changed(quick, base)
    assert (told.code, rules(told)) == (1, [("KCS102", "content/smtp.md")])


def test_what_the_baseline_knows_may_be_taken_out(unchanged_settings: Base, quick: Run) -> None:
    base = unchanged_settings
    quick("audit", "--write-baseline", "--as-of", "2026-06-01", cwd=base.root)
    base.write("kcs.toml", base.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    assert changed(quick, base).code == 0


def test_a_change_that_makes_its_own_debt_known_is_told_so(unchanged_settings: Base, quick: Run) -> None:
    base = unchanged_settings
    quick("audit", "--write-baseline", "--as-of", "2026-06-01", cwd=base.root)
    how = ("audit", "--changed-since", "HEAD", "--as-of", "2026-06-01")
    told = quick(*how, cwd=base.root)
    number = len(base.read("kcs-baseline.tsv").splitlines()) - 1
    said = f"his change writes {number} debts into the baseline"
    assert told.code == 0 and f"; t{said}" in told.err, told.err
    assert f"**T{said}.**" in quick(*how, "--format", "markdown", cwd=base.root).out
    base.git("add", "--all")
    base.commit()
    assert "into the baseline" not in quick(*how, cwd=base.root).err


def test_a_rule_that_is_made_less_of_where_the_change_breaks_it_fails_it(
    unchanged_settings: Base, quick: Run
) -> None:
    base = unchanged_settings
    settings = base.read("kcs.toml")
    for said in ('"off"\n', '"off"\npaths = ["articles/*.md"]\n', '"warning"\n', '"info"\n'):
        base.write("kcs.toml", f"{settings}\n[rules.KCS102]\nseverity = {said}")
        told = changed(quick, base)
        (found,) = [one for one in told.json["findings"] if one["rule"] == "KCS102"]
        assert told.code == 1 and "takes the rule out" in found["message"]
        assert changed(quick, base, "--allow-exclusion").code == 0
    # The same for every path that is concerned, in other words.
    base.write("kcs.toml", f'{settings}\n[rules.KCS102]\nseverity = "error"\n')
    told = changed(quick, base)
    assert told.code == 1 and "takes the rule out" not in told.out


def test_a_rule_switched_off_for_what_the_change_leaves_alone_stops_nobody(
    unchanged_settings: Base, quick: Run
) -> None:
    base = unchanged_settings
    base.commit()
    base.write("kcs.toml", base.read("kcs.toml") + '\n[rules.KCS102]\nseverity = "off"\n')
    assert changed(quick, base).code == 0


def test_exclusions_are_allowed_in_a_change_alone(verified: Base, quick: Run) -> None:
    told = quick("audit", "--allow-exclusion", cwd=verified.root)
    assert told.code == 2 and "for a change" in told.err


def test_files_of_several_bases_are_one_json_document_a_line(verified: Base, quick: Run) -> None:
    for name in ("kcs.toml", "team.toml", VPN):
        verified.write(f"second/{name}", verified.read(name))
    verified.write(f"second/{VPN}", "no front matter")
    verified.git("add", "--all")
    told = quick("check", VPN, f"second/{VPN}", "--format", "json", cwd=verified.root)
    documents = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == 1 and [one["base"] for one in documents] == ["", "second"]
    assert ["KCS003" in [one["rule"] for one in doc["findings"]] for doc in documents] == [False, True]
    alone = quick("check", VPN, "--format", "json", cwd=verified.root)
    assert "base" not in alone.json and alone.code == 0


def test_two_formats_for_one_stdout_are_refused_and_the_way_is_told(verified: Base, quick: Run) -> None:
    told = quick("audit", "--format", "json", "--format=sarif", cwd=verified.root)
    assert told.code == 2 and "--output FORMAT:FILE" in told.err and not told.out
