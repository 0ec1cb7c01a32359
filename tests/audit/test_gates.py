"""Gates on trust: what may not fall, and what a base must reach."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.audit.runs import ARTICLE, VPN, audit, rules
from tests.conftest import KCS_TOML, Base, Run


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


@pytest.mark.parametrize("moved", ["articles/en/vpn.md", "articles/en/network/vpn.md"])
def test_an_article_loses_its_trust_though_another_has_its_key(
    moved: str, translated: Base, quick: Run
) -> None:
    text = translated.read("articles/en/vpn.md").replace("Reconnect", "Wait")
    (translated.root / "articles/en/vpn.md").unlink()
    translated.write(moved, text)
    told = audit(quick, translated, "--ignore", "KCS", "--trust-may-not-fall", "HEAD")
    assert told.code == 1 and f"at HEAD to 0.0% (0 of 3): {moved}" in told.err


def test_of_translations_that_move_together_only_the_changed_one_loses_its_trust(
    translated: Base, quick: Run
) -> None:
    for one in ("en", "vi"):
        text = translated.read(f"articles/{one}/vpn.md")
        (translated.root / f"articles/{one}/vpn.md").unlink()
        translated.write(f"articles/of-{one}/vpn.md", text)
    how = ("--changed-since", "HEAD", "--format", "markdown", "--as-of", "2026-06-01")
    assert "loses trust" not in quick("audit", *how, cwd=translated.root).out
    changed = translated.read("articles/of-en/vpn.md").replace("Reconnect", "Wait")
    translated.write("articles/of-en/vpn.md", changed)
    assert "### 1 article loses trust" in quick("audit", *how, cwd=translated.root).out
    told = audit(quick, translated, "--ignore", "KCS", "--trust-may-not-fall", "HEAD")
    assert told.code == 1 and told.err.rstrip().endswith("(0 of 3): articles/of-en/vpn.md")


def test_a_moved_article_loses_its_trust_though_a_verified_one_took_its_place(
    make_base: Callable[..., Base], quick: Run
) -> None:
    """Without ids the new one has the key of the moved one."""
    old, new = "articles/vpn.md", "articles/vpn-old.md"
    text = "---\ntype: Solution\ntitle: VPN drops\nconfidence: validated\n---\nReconnect.\n"
    base = make_base({old: text})
    quick("verify", old, "--as-of", "2026-05-02", cwd=base.root)
    base.commit(day="2026-05-02")
    quick("mv", old, new, cwd=base.root)
    base.write(new, base.read(new).replace("Reconnect", "Wait"))
    base.write(old, text)
    quick("verify", old, "--as-of", "2026-05-03", cwd=base.root)
    told = audit(quick, base, "--ignore", "KCS", "--trust-may-not-fall", "HEAD")
    assert told.code == 1 and f"to 50.0% (1 of 2): {new}" in told.err, told


def test_a_new_translation_loses_no_trust(translated: Base, quick: Run) -> None:
    text = translated.read("articles/vi/vpn.md")
    translated.write("articles/th/vpn.md", text.replace("vi", "th"))
    how = ("--changed-since", "HEAD", "--format", "markdown", "--as-of", "2026-06-01")
    assert "loses trust" not in quick("audit", *how, cwd=translated.root).out
    assert audit(quick, translated, "--ignore", "KCS", "--trust-may-not-fall", "HEAD").code == 0


def test_a_gate_that_is_not_met_is_told_where_people_read(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("Reconnect", "Wait"))
    how = ("audit", "--ignore", "KCS", "--as-of", "2026-06-01", "--trust-may-not-fall", "--format")
    told = quick(*how, "github", cwd=verified.root)
    fell = "trust fell from 100.0%25 (2 of 2) at HEAD to 50.0%25 (1 of 2): kb-vpn00001"
    assert (told.code, told.out) == (1, f"::error title=Trust::{fell}\n")
    said = quick(*how, "markdown", cwd=verified.root).out
    assert "**Not met: trust fell from 100.0% (2 of 2) at HEAD to 50.0% (1 of 2): kb-vpn00001.**" in said
    sentence = fell.replace("%25", "%")
    assert json.loads(quick(*how, "json", cwd=verified.root).out)["unmet"] == [sentence]
    (run,) = json.loads(quick(*how, "sarif", cwd=verified.root).out)["runs"][0]["invocations"]
    assert run["toolExecutionNotifications"] == [{"level": "error", "message": {"text": sentence}}]
    verified.git("checkout", "-q", VPN)
    assert json.loads(quick(*how, "json", cwd=verified.root).out)["unmet"] == []
    assert "invocations" not in json.loads(quick(*how, "sarif", cwd=verified.root).out)["runs"][0]
    met = quick(*how, "markdown", cwd=verified.root)
    assert met.code == 0 and "Not met" not in met.out


def test_a_sparse_checkout_meets_no_gate(verified: Base, quick: Run) -> None:
    verified.write(VPN, verified.read(VPN).replace("Reconnect", "Wait"))
    verified.commit()
    assert audit(quick, verified, "--ignore", "KCS", "--min-trust", "90").code == 1
    verified.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{VPN}")
    for gate in (("--min-trust", "90"), ("--trust-may-not-fall", "HEAD~1")):
        told = audit(quick, verified, "--ignore", "KCS", *gate)
        assert told.code == 1 and "1 article is not in this folder" in told.err
    assert audit(quick, verified, "--ignore", "KCS").code == 0
    verified.git("sparse-checkout", "set", "--no-cone", "/*", "!/team.toml")
    assert "not in this folder" not in audit(quick, verified, "--ignore", "KCS", "--min-trust", "9").err


def test_what_a_sparse_checkout_leaves_out_beside_a_base_is_none_of_its_articles(
    make_base: Callable[..., Base], quick: Run
) -> None:
    article = "---\nid: kb-new00001\ntitle: Bikes at night\n---\nText.\n"
    base = make_base({
        "kb/kcs.toml": KCS_TOML, "kb/articles/a.md": article, "kb/articles/b.md": article.replace("new", "dim"), "xx/articles/c.md": article,
    })  # fmt: skip
    how = ("audit", "--ignore", "KCS", "--min-trust", "0")
    base.git("sparse-checkout", "set", "--no-cone", "/*", "!/xx")
    told = quick(*how, cwd=base.root / "kb")
    assert (told.code, "sparse" in told.err) == (0, False)
    base.git("sparse-checkout", "set", "--no-cone", "/*", "!/xx", "!/kb/articles/b.md")
    told = quick(*how, cwd=base.root / "kb")
    assert told.code == 1 and "1 article is not in this folder" in told.err


def test_outside_git_nothing_is_there_to_fall_from(make_base: Callable[..., Base], quick: Run) -> None:
    told = quick("audit", "--trust-may-not-fall", cwd=make_base({}, git=False).root)
    assert told.code == 2 and "--trust-may-not-fall needs a Git repository" in told.err


def test_a_change_of_what_a_sparse_checkout_leaves_out_does_not_pass(verified: Base, quick: Run) -> None:
    verified.git("branch", "start")
    verified.write(VPN, verified.read(VPN).replace("Reconnect", "Wait"))
    verified.commit()
    how = ("--changed-since", "start")
    assert rules(audit(quick, verified, *how)) == [("KCS102", VPN)]
    verified.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{VPN}")
    told = audit(quick, verified, *how)
    assert told.code == 1 and "1 article that the change touches is not in this folder" in told.err
    assert told.json["unmet"] == [
        one.removeprefix("kcs: ") for one in told.err.splitlines() if "touches" in one
    ]
    for words in (("--changed-since", "HEAD"), ("--staged",), (ARTICLE, *how), ()):
        told = audit(quick, verified, *words)
        assert (told.code, told.json["unmet"]) == (0, []), words
    verified.git("sparse-checkout", "disable")
    assert audit(quick, verified, *how).json["unmet"] == []


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
