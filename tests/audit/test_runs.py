"""What a run judges and when it fails: whole bases, what is staged, and what cannot be run at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence

import pytest

from kcs.audit.perform import perform
from kcs.audit.wanted import Wanted
from kcs.kb.articles import Article
from kcs.kb.base import KnowledgeBase
from tests.audit.runs import ARTICLE, VPN, audit, rules
from tests.conftest import OUTLOOK, Base, Run


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
        (["--output", "sarif"], "--output sarif:FILE; a file of that name is ./sarif"),
        (["--statistics"], "--output json:FILE"),
        (["--output", "-"], "--format says how stdout is written"),
        (["--output", "json:-"], "--format says how stdout is written"),
        (["--min-trust", "970"], "percentage"),
        (["--baseline"], "no kcs-baseline.tsv"),
        (["--baseline", "other.tsv"], "cannot be read"),
        (["--baseline", "other.txt"], "--baseline=other.txt"),
        (["--no-baseline", "--write-baseline"], "contradict"),
        (["--no-baseline", "--baseline"], "contradict"),
        (["--no-baseline", "--baseline", "other.tsv"], "contradict"),
        (["--fix", "--diff", "--min-trust", "90"], "runs no gate"),
        (["--diff", "--trust-may-not-fall"], "runs no gate"),
        (["--diff", "--output", "json:a.json"], "makes no report: leave out --output"),
        (["--fix", "--diff", "--write-baseline"], "leave out --write-baseline"),
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
        ("[rules.kcs-102]\n", "did you mean 'KCS102'?"),
        ("[rules.stale]\n", "known there as KCS101"),
        ("[rules.KCS104]\nday = 3\n", "did you mean 'days'"),
        ('[rules.KCS104]\ndays = "3"\n', "a whole number"),
        ('[rules.KCS104]\nseverity = "warn"\n', "did you mean 'warning'"),
        ("[rules]\nKCS104 = 3\n", "must be a table"),
        ('[rules.KCS407]\npatterns = ["fine", "(open"]\n', "'(open': missing ), unterminated subpattern"),
        ('[rules.KCS301]\nkinds = ["phone", "emails"]\n', "did you mean 'email'?"),
        ('[rules.KCS407]\nallowed = "x{2,1}"\n', "a list of regular expressions"),
        ('[rules.KCS305]\naudiences = ["extrenal"]\n', "did you mean 'external'?"),
        ("[rules.KCS410]\npercent = 101\n", "a whole number from 50 to 100"),
        ("[rules.KCS410]\npercent = 49\n", "a whole number from 50 to 100"),
    ],
)
def test_a_wrong_rule_setting_is_refused_with_its_line(
    verified: Base, quick: Run, table: str, said: str
) -> None:
    config = verified.read("kcs.toml")
    verified.write("kcs.toml", config + table)
    told = audit(quick, verified, "--select", "KCS001")
    assert told.code == 2 and said in told.err and re.search(r"kcs\.toml:\d+: ", told.err), told.err


def test_the_line_is_that_of_the_wrong_one_of_several_tables(verified: Base, quick: Run) -> None:
    config = verified.read("kcs.toml")
    right = '[[rules.KCS104]]\nseverity = "info"\npaths = "a/**"\n'
    verified.write("kcs.toml", config + right + '[[rules.KCS104]]\nseverity = "warn"\n')
    told = audit(quick, verified)
    assert told.code == 2 and f"kcs.toml:{len(config.splitlines()) + 5}: severity is 'warn'" in told.err


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
    verified.write("kcs.toml", config + '[rules.KCS101]\npaths = []\nseverity = "off"\n')
    assert len(rules(audit(quick, verified, as_of="2027-01-01"))) == 2, "nowhere is not everywhere"


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


def test_whether_anybody_vouches_is_no_matter_of_rules(verified: Base, quick: Run) -> None:
    told = quick("check", "--verified", "--ignore", "KCS102", cwd=verified.root)
    assert told.code == 2 and "leave out --select and --ignore" in told.err


@pytest.mark.parametrize("command", [["check"], ["check", "--verified"], ["audit", "--staged"]])
def test_what_is_only_meant_to_be_added_is_in_no_commit(
    command: list[str], verified: Base, quick: Run
) -> None:
    verified.write("articles/new.md", "No front matter yet.\n")
    verified.git("add", "--intent-to-add", "articles/new.md")
    told = quick(*command, cwd=verified.root)
    assert told.code == 0 and "0 of 2 articles audited" in told.err, told.out
    verified.git("add", "articles/new.md")
    assert "1 of 3 articles audited" in quick(*command, cwd=verified.root).err
    verified.write("articles/empty.md", "")
    verified.git("add", "articles/empty.md")
    assert "2 of 4 articles audited" in quick(*command, cwd=verified.root).err


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
    assert quick("check", str(elsewhere), cwd=verified.root).code == 0, "and nothing is missing there"


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


def test_a_kcs_toml_put_beside_an_article_takes_it_out_of_no_gate(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    verified.write("articles/kcs.toml", "")
    verified.write("articles/README.md", "No article.\n")
    verified.git("add", "--all")
    told = quick("check", "--verified", VPN, "articles/README.md", cwd=verified.root)
    assert told.code == 1 and told.out.count("KCS102") == 1
    verified.write("articles/kcs.toml", '[articles]\ninclude = ["*.md"]\n')
    verified.git("add", "--all")
    told = quick("check", "--verified", VPN, "--format", "json", cwd=verified.root)
    documents = [json.loads(line) for line in told.out.splitlines()]
    assert [(one["base"], len(one["findings"])) for one in documents] == [("articles", 1), ("", 1)]
    # What lies in another repository is none of this base's business.
    verified.git("init", "--quiet", "articles/inner")
    verified.write("articles/inner/kcs.toml", "")
    verified.write("articles/inner/articles/a.md", "text")
    verified.git("-C", "articles/inner", "add", "--all")
    told = quick("check", "articles/a.md", "--format", "json", cwd=verified.root / "articles/inner")
    assert {one["path"] for one in told.json["findings"]} == {"articles/a.md"}


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


def test_the_gate_says_once_that_a_file_cannot_be_read(verified: Base, quick: Run) -> None:
    verified.write(VPN, "---\n- a list\n---\nText.\n")
    verified.git("add", VPN)
    told = quick("check", "--verified", VPN, cwd=verified.root)
    assert told.code == 1 and "error KCS001 unreadable: the front matter is a list" in told.out


def test_a_path_with_blanks_is_one_word_in_what_is_advised(
    make_base: Callable[..., Base], quick: Run
) -> None:
    text = (
        "---\ntitle: B\nconfidence: work-in-progress\ncreated: 2025-01-01\n---\n## Resolution\n\nTurn it.\n"
    )
    base = make_base({"articles/a b.md": text})
    told = quick("audit", "--select", "KCS403,KCS404", cwd=base.root)
    assert told.out.count("kcs state 'articles/a b.md' not-validated") == 2
    assert "or kcs archive 'articles/a b.md'" in told.out


def test_a_run_that_works_tells_how_far_it_is_and_one_whose_findings_are_kept_does_not(
    verified: Base,
) -> None:
    told: list[tuple[str, str]] = []

    def along(what: str, articles: Sequence[Article]) -> Iterable[Article]:
        for one in articles:
            yield one
            told.append((what, one.path))

    perform(KnowledgeBase.open(verified.root), Wanted(), along)
    assert told == [(what, path) for what in ("articles read", "articles judged") for path in (ARTICLE, VPN)]
    told.clear()
    perform(KnowledgeBase.open(verified.root), Wanted(), along)
    assert told == []
