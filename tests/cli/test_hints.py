"""A hint is typed as it is shown: where `--kb` was given, the commands in it name the base too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs.hints import name_base, with_base
from tests.conftest import Base, Run

PATH = "articles/vpn.md"


def test_a_hint_keeps_the_base_that_was_named(native: Base, run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    told = run("search", "zebra", "crossing", "--kb", native.root, cwd=elsewhere)
    assert f"capture the question: kcs new --kb {native.root} 'zebra crossing'\n" in told.err
    shown = run("show", PATH, "--kb", native.root, cwd=elsewhere)
    assert f"    kcs verify --kb {native.root} kb-vpn00001" in shown.out
    refused = run("state", "vpn.md", "--kb", native.root, cwd=elsewhere)
    assert f"     kcs state --kb {native.root} vpn.md STATE; states: " in refused.err


def test_a_finding_says_the_base_where_it_must_be_named(native: Base, quick: Run) -> None:
    native.write(PATH, native.read(PATH) + "\nAnd again.\n")
    native.git("add", ".")
    folder, name = native.root.parent, native.root.name
    for words in (
        ("audit", "--kb", name, "--select", "KCS201"),
        ("check", f"{name}/{PATH}"),
        ("check", "--kb", name),
    ):
        assert f"->  kcs assign --kb {name} kb-vpn00001 --owner" in quick(*words, cwd=folder).out, words
    assert "->  kcs assign kb-vpn00001 --owner" in quick("check", cwd=native.root).out
    assert "->  kcs assign kb-vpn00001 --owner" in quick("audit", "--select", "KCS201", cwd=native.root).out


def test_what_an_article_says_stays_as_it_is(native: Base, run: Run, tmp_path: Path) -> None:
    run("verify", PATH, "--yes", cwd=native.root)
    native.write(PATH, native.read(PATH) + "\nThen run kcs list once.\n")
    shown = run("verify", PATH, "--yes", "--kb", native.root, cwd=tmp_path)
    assert "+Then run kcs list once.\n" in shown.err


def test_where_kcs_finds_the_same_base_without_it_hints_stay_short(native: Base, run: Run) -> None:
    told = run("search", "zebra", "crossing", "--kb", ".", cwd=native.root)
    assert "capture the question: kcs new 'zebra crossing'\n" in told.err


@pytest.mark.parametrize(
    ("hint", "shown"),
    [
        ("kcs show 2", "kcs show --kb 'a b' 2"),
        ("kcs show N · kcs link N TICKET", "kcs show --kb 'a b' N · kcs link --kb 'a b' N TICKET"),
        ("kcs show --kb x 2", "kcs show --kb x 2"),
        ("kcs shows it; kcs use PATH", "kcs shows it; kcs use PATH"),
        ("/opt/kcs show", "/opt/kcs show"),
        ("kcs show 'what kcs link does'", "kcs show --kb 'a b' 'what kcs link does'"),
        (
            "kcs show 'it'\"'\"'s kcs link'; kcs link",
            "kcs show --kb 'a b' 'it'\"'\"'s kcs link'; kcs link --kb 'a b'",
        ),
        ("the team's kcs show, kp's kcs link", "the team's kcs show --kb 'a b', kp's kcs link --kb 'a b'"),
    ],
)
def test_only_commands_that_take_it_get_it(hint: str, shown: str) -> None:
    name_base("a b", ["show", "link"])
    try:
        assert with_base(hint) == shown
    finally:
        name_base("", [])
    assert with_base(hint) == hint


@pytest.mark.parametrize("needed", [True, False])
def test_whether_it_matters_is_asked_at_the_first_hint_and_once(needed: bool) -> None:
    asked: list[str] = []
    name_base("a", ["show"], lambda: not asked.append("now") and needed)  # type: ignore[func-returns-value]
    try:
        assert with_base("nothing to type") == "nothing to type" and not asked
        for _ in range(2):
            assert with_base("kcs show 2") == ("kcs show --kb a 2" if needed else "kcs show 2")
        assert asked == ["now"]
    finally:
        name_base("", [])
