"""A change that puts another file at a verified article's address does not pass, and nothing else is taken for one."""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.conftest import Base, Result, Run

VPN = "articles/vpn.md"
EVIL = "---\nid: kb-evil0001\ntitle: Other\nconfidence: not-validated\n---\n\nPress the red button.\n"


def audit(quick: Run, base: Base, *how: str) -> Result:
    return quick(
        "audit", *how, "--select", "KCS509", "--format", "json", "--as-of", "2026-06-01", cwd=base.root
    )


def found(told: Result) -> list[tuple[str, str]]:
    return [(one["path"], one["message"].partition(" ")[0]) for one in told.json["findings"]]


@pytest.mark.parametrize(
    "place",
    [
        "articles/VPN.md",
        "articles/vpn.markdown",
        "articles/vpn.html",
        "articles/VPN.HTML",
        "articles/vpn/index.html",
        "articles/vpn/index.md",
        "articles/vpn/_index.md",
        "articles/vpn.html.erb",
    ],
)
def test_another_file_at_its_address_is_no_way_past_the_gate(verified: Base, quick: Run, place: str) -> None:
    if (verified.root / place).exists():
        pytest.skip("this disk does not tell case: there is no second file")
    verified.write(place, EVIL)
    verified.git("add", "--all")
    for how in (("--changed-since", "HEAD"), ("--staged",), ()):
        told = audit(quick, verified, *how)
        assert (told.code, found(told)) == (1, [(VPN, place)])
    verified.commit(day="2026-05-03")
    assert audit(quick, verified, "--changed-since", "HEAD").code == 0


def test_two_spellings_in_unicode_are_one_name(verified: Base, quick: Run) -> None:
    one, other = (normalize(form, "articles/kết-nối.md") for form in ("NFC", "NFD"))
    verified.write(one, verified.read(VPN).replace("kb-vpn00001", "kb-vpn00002"))
    if (verified.root / other).exists():
        pytest.skip("this disk takes both for one name: there is no second file")
    verified.write(other, EVIL)
    assert found(audit(quick, verified)) == [(one, other)]


def test_what_git_does_not_know_is_on_no_site(verified: Base, quick: Run) -> None:
    """And a run that is kept knows when it is added, committed to none yet, and when it goes."""
    verified.write("articles/vpn.html", "built")
    assert found(audit(quick, verified)) == []
    verified.git("add", "--all")
    assert found(audit(quick, verified)) == [(VPN, "articles/vpn.html")]
    assert found(audit(quick, verified)) == [(VPN, "articles/vpn.html")]
    verified.git("rm", "-q", "--cached", "articles/vpn.html")
    assert found(audit(quick, verified)) == []


def test_outside_git_every_file_counts_whether_a_run_is_kept_or_not(verified: Base, quick: Run) -> None:
    shutil.rmtree(verified.root / ".git")
    lines = ["audit", "--select", "KCS509", "--as-of", "2026-06-01"]
    for _ in range(2):
        assert quick(*lines, cwd=verified.root).code == 0
    Path(verified.root / "articles/vpn").mkdir()
    verified.write("articles/vpn/index.html", "x")
    for _ in range(2):
        assert quick(*lines, cwd=verified.root).code == 1
    (verified.root / "articles/vpn/index.html").unlink()
    assert quick(*lines, cwd=verified.root).code == 0


@pytest.mark.parametrize(
    "place",
    [
        "articles/vpn/README.md",
        "articles/vpn.rst",
        "articles/vpn.th.md",
        "pages/vpn.html",
        "articles/vpn-2.html",
    ],
)
def test_what_is_served_elsewhere_is_none(verified: Base, quick: Run, place: str) -> None:
    verified.write(place, EVIL)
    verified.git("add", "--all")
    assert found(audit(quick, verified)) == []


def test_many_with_one_permalink_are_named_in_part(verified: Base, quick: Run) -> None:
    toml = verified.read("kcs.toml")
    text = "---\nid: kb-many{0:04}\ntitle: T{0}\nconfidence: validated\npermalink: all/\n---\n\nText.\n"
    for number in range(9):
        verified.write(f"articles/many-{number}.md", text.format(number))
    assert found(audit(quick, verified)) == [], "links go by path"
    verified.write("kcs.toml", f'{toml}\n[links]\nroot = "/kb/"\nby = "permalink"\n')
    assert len(found(audit(quick, verified))) == 9 * 5
