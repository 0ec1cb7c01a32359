"""What a change takes out of judgement fails in that same change, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.runs import ARTICLE, VPN, audit, rules
from tests.conftest import ADOPTED_TOML, KP, Base, Result, Run


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


def test_taking_one_out_asks_nothing_anew_of_those_that_stay(verified: Base, quick: Run) -> None:
    verified.commit({ARTICLE: verified.read(ARTICLE).replace("few minutes", "two minutes")})
    verified.write("kcs.toml", verified.read("kcs.toml").replace("articles/**/*.md", "articles/email/*.md"))
    told = changed(quick, verified)
    assert (told.code, rules(told)) == (0, [])
    assert ("KCS102", ARTICLE) in rules(audit(quick, verified)), "it failed before, and does still"


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


@pytest.mark.parametrize("wrong", ["[rules.KCS999]\n", "[oh", "[style]\nno_such = 1\n"])
def test_a_change_may_mend_settings_and_a_baseline_that_nobody_could_use(
    verified: Base, quick: Run, wrong: str
) -> None:
    good = verified.read("kcs.toml")
    verified.commit({"kcs.toml": good + wrong, "kcs-baseline.tsv": "<<<<<<< HEAD\n"})
    verified.write("kcs.toml", good)
    (verified.root / "kcs-baseline.tsv").unlink()
    assert changed(quick, verified).code == 0
    summary = quick("audit", "--staged", "--format", "markdown", "--as-of", "2026-06-01", cwd=verified.root)
    assert summary.code == 0, summary.err
    verified.write(VPN, verified.read(VPN).replace("VPN drops", "VPN drops at night"))
    assert ("KCS102", VPN) in rules(changed(quick, verified))


def test_what_one_translation_owes_does_not_hide_what_is_no_longer_asked_of_another(
    translated: Base, quick: Run
) -> None:
    one, other = "articles/en/vpn.md", "articles/vi/vpn.md"
    two = translated.read("kcs.toml").replace("[defaults]", "[defaults]\nquorum = 2")
    translated.write("kcs.toml", two)
    quick("verify", one, "--as-of", "2026-05-03", cwd=translated.root, who=KP)
    audit(quick, translated, "--write-baseline")
    translated.commit(day="2026-05-03")
    assert changed(quick, translated).code == 0
    translated.write("kcs.toml", two.replace("quorum = 2", "quorum = 1"))
    for path in (one, other):
        translated.write(path, translated.read(path).replace("Reconnect", "Wait"))
    quick("verify", one, "--as-of", "2026-05-04", cwd=translated.root)
    told = changed(quick, translated)
    failing = [(each["rule"], each["path"]) for each in told.json["findings"] if each["severity"] == "error"]
    assert (told.code, failing) == (1, [("KCS108", one)]), told.out
