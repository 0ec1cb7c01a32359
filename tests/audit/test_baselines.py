"""The baseline in whole runs: what it knows, what pays a debt, and where it is read and written."""

from __future__ import annotations

import os
import sys

import pytest

from tests.audit.runs import ARTICLE, VPN, audit, rules
from tests.conftest import Base, Run


def test_a_baseline_shrinks_and_grows_only_when_told(verified: Base, quick: Run) -> None:
    first = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert first.code == 0 and first.json["summary"]["baselined"] == 2
    verified.write(
        "articles/new.md", "---\ntitle: Bikes at night\nconfidence: validated\nid: kb-new00001\n---\nText.\n"
    )
    told = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert told.code == 1 and rules(told) == [("KCS103", "articles/new.md")]
    assert "1 new one is not in it (--allow-growth takes in what is new)" in told.err
    assert audit(quick, verified, "--write-baseline", "--allow-growth", as_of="2026-09-01").code == 0
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-09-01", cwd=verified.root)
    told = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert told.code == 0 and "1 paid" in told.err and "not in it" not in told.err
    assert rules(audit(quick, verified, as_of="2027-01-01")) == [("KCS101", ARTICLE)]
    assert len(rules(audit(quick, verified, "--no-baseline", as_of="2027-01-01"))) == 3


def test_it_is_not_written_through_a_link_that_the_base_brings(verified: Base, quick: Run) -> None:
    elsewhere = verified.root.parent / "elsewhere"
    (verified.root / "kcs-baseline.tsv").symlink_to(elsewhere)
    told = audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    assert told.code == 2 and "symbolic link" in told.err and not elsewhere.exists()


def test_no_option_makes_it_grow_unasked(verified: Base, quick: Run) -> None:
    audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    before = verified.read("kcs-baseline.tsv")
    verified.write(
        "articles/new.md", "---\ntitle: Bikes at night\nconfidence: validated\nid: kb-new00001\n---\nText.\n"
    )
    told = audit(quick, verified, "--no-baseline", "--write-baseline", "articles/new.md", as_of="2026-09-01")
    assert told.code == 2 and verified.read("kcs-baseline.tsv") == before


def test_a_hint_that_a_day_brings_is_no_debt(verified: Base, quick: Run) -> None:
    told = audit(quick, verified, "--write-baseline", as_of="2026-07-25")
    assert rules(told) == [("KCS104", ARTICLE), ("KCS104", VPN)]
    assert "KCS104" not in verified.read("kcs-baseline.tsv")
    assert rules(audit(quick, verified, as_of="2026-07-25")) == rules(told)


def test_a_hint_that_no_day_brings_is_a_debt(verified: Base, quick: Run) -> None:
    how = ("audit", "--select", "KCS106", "--as-of", "2026-06-01", "--format", "json")
    assert quick(*how, "--write-baseline", cwd=verified.root).json["summary"]["baselined"] == 2
    assert quick(*how, cwd=verified.root).json["findings"] == []


def test_a_narrower_run_takes_out_only_what_it_could_have_found(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("title: VPN", "verfiers: [jd]\ntitle: VPN"))
    audit(quick, verified, "--write-baseline", as_of="2026-09-01")
    before = verified.read("kcs-baseline.tsv")
    assert before.count("\n") == 4
    verified.write("kcs-baseline.tsv", before.replace("\n", "\n# legal looks at these in May\n", 1))
    before = verified.read("kcs-baseline.tsv")  # and what somebody noted stays
    for words in (["--select", "KCS101"], ["--select", "KCS0", ARTICLE], ["--select", "KCS006"]):
        quick("audit", *words, "--write-baseline", "--as-of", "2026-05-03", cwd=verified.root)
        assert verified.read("kcs-baseline.tsv") == before, words
    quick("audit", VPN, "--select", "KCS0", "--write-baseline", cwd=verified.root)
    assert verified.read("kcs-baseline.tsv") == before
    verified.write(VPN, verified.read(VPN).replace("verfiers: [jd]\n", ""))
    quick("audit", "--select", "KCS0", "--write-baseline", cwd=verified.root)
    assert verified.read("kcs-baseline.tsv").count("\n") == 4


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


def test_a_paid_debt_leaves_the_others_of_its_article_known(verified: Base, quick: Run) -> None:
    text = verified.read(ARTICLE).replace("status: stable", "status: draft")
    verified.write(ARTICLE, text.replace("few minutes", "two minutes"))
    assert audit(quick, verified, "--write-baseline").json["summary"]["baselined"] == 2
    quick("verify", "kb-7f3q9xk2", "--as-of", "2026-06-01", cwd=verified.root)
    verified.write(ARTICLE, verified.read(ARTICLE).replace("two minutes", "three minutes"))
    assert rules(audit(quick, verified)) == [("KCS102", ARTICLE)]


def test_a_debt_goes_along_where_another_article_takes_the_place(verified: Base, quick: Run) -> None:
    verified.write(ARTICLE, verified.read(ARTICLE).replace("few minutes", "two minutes"))
    assert audit(quick, verified, "--write-baseline").json["summary"]["baselined"] == 1
    verified.git("mv", ARTICLE, "articles/email/moved.md")
    verified.write(ARTICLE, "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n")
    assert rules(audit(quick, verified)) == []


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


def test_a_baseline_may_go_with_the_last_of_its_debts(verified: Base, quick: Run) -> None:
    verified.git("checkout", "--quiet", "-b", "debts")
    assert audit(quick, verified, "--write-baseline", as_of="2026-09-01").code == 0
    verified.commit(message="Known")
    verified.git("rm", "--quiet", "kcs-baseline.tsv")
    verified.commit({"articles/new.md": "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"})
    told = audit(quick, verified, "--changed-since", "debts~1")
    assert (told.code, rules(told)) == (0, [])


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
    verified.write("articles/new.md", "---\ntitle: Bikes at night\nconfidence: validated\n---\nText.\n")
    told = quick("audit", "--select", "KCS1", "--as-of", "2026-09-01", "--baseline", "own.tsv", "--write-baseline", cwd=below)  # fmt: skip
    assert told.code == 1 and "KCS103" in told.out, "it does not grow unasked either"


def test_a_debt_that_was_paid_is_not_known_again_when_the_verification_is_taken_out(
    verified: Base, quick: Run
) -> None:
    """Else whoever deletes the stamp could change the text of a verified article past the gate."""
    stamped = verified.read(ARTICLE)
    bare = stamped[: stamped.index("verified:")] + stamped[stamped.index("---\n", 4) :]
    verified.commit({ARTICLE: bare})
    audit(quick, verified, "--write-baseline")
    verified.commit({ARTICLE: stamped}, "verified, and nobody wrote the debt off")
    assert "KCS103" in verified.read("kcs-baseline.tsv")
    for path in (ARTICLE, "articles/email/moved.md"):
        verified.git("rm", "--quiet", ARTICLE)
        verified.write(path, bare.replace("three", "four"))
        verified.git("add", "-A")
        told = quick("check", "--verified", path, cwd=verified.root)
        assert told.code == 1 and "KCS103" in told.out
        for words in ("--staged",), ("--changed-since", "HEAD"):
            told = audit(quick, verified, *words)
            assert (told.code, rules(told)) == (1, [("KCS103", path)]), words
        verified.git("reset", "--quiet", "--hard")


@pytest.mark.parametrize("by", ["move", "kcs.toml"])
def test_a_debt_that_was_paid_hides_nothing_that_is_taken_out_of_judgement(
    verified: Base, quick: Run, by: str
) -> None:
    """An article that no rule looks at any more has no day of its
    own: what counts is when it was verified before the change.
    """
    stamped = verified.read(ARTICLE)
    bare = stamped[: stamped.index("verified:")] + stamped[stamped.index("---\n", 4) :]
    verified.commit({ARTICLE: bare})
    audit(quick, verified, "--write-baseline")
    verified.commit({ARTICLE: stamped}, "verified, and nobody wrote the debt off")
    another = stamped.replace("Start Outlook", "Press the red button")
    place = ARTICLE if by == "kcs.toml" else "drafts/outlook.md"
    verified.git("rm", "--quiet", ARTICLE)
    verified.write(place, another)
    if by == "kcs.toml":
        only = verified.read("kcs.toml").replace(
            'include = ["articles/**/*.md"]', 'include = ["articles/vpn.md"]'
        )
        verified.write("kcs.toml", only)
    verified.git("add", "-A")
    for words in ("--staged",), ("--changed-since", "HEAD"):
        told = audit(quick, verified, *words)
        assert (told.code, rules(told)) == (1, [("KCS102", place)]), words
        assert audit(quick, verified, *words, "--allow-exclusion").code == 0
