"""A plain audit that is printed as it was before: the same
words, and never after anything that it rests on is another.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kcs.audit import ready
from tests.conftest import Base, Result, Run

VPN = "articles/vpn.md"
LINKED = f"\n[how](later.md) ![a]({'x' * 3}.png)\n"


@pytest.fixture
def linked(native: Base) -> Base:
    """With a link and a picture that lead nowhere."""
    native.write(VPN, native.read(VPN) + LINKED)
    native.commit()
    return native


def plain(quick: Run, base: Base, *words: str) -> Result:
    return quick("audit", "--as-of", "2026-06-01", *words, cwd=base.root)


def read_back(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each run from now on was printed as it was."""
    seen: list[bool] = []
    read = ready.read_ready

    def noted(*given: object) -> object:
        found = read(*given)  # type: ignore[arg-type]
        seen.append(found is not None)
        return found

    monkeypatch.setattr(ready, "read_ready", noted)
    return seen


def test_the_second_run_says_what_the_first_one_said(
    linked: Base, quick: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = read_back(monkeypatch)
    first, second = plain(quick, linked), plain(quick, linked)
    assert first.out and (first.code, first.out, first.err) == (second.code, second.out, second.err)
    assert seen == [False, True]
    lines = plain(quick, linked, "--format", "json")
    assert len(lines.json["findings"]) == len(first.out.splitlines())


CHANGES: dict[str, Callable[[Base], object]] = {
    "an article's text": lambda base: base.write(VPN, base.read(VPN) + "more\n"),
    "kcs.toml": lambda base: base.write("kcs.toml", base.read("kcs.toml") + '\n[rules.KCS501]\nseverity = "info"\n'),
    "team.toml": lambda base: base.write("team.toml", "[people.zz]\nname = 'Z'\nemails = ['z@example.com']\n"),
    "a file that a link looked for": lambda base: base.write("articles/later.md", "# Later\n"),
    "a picture": lambda base: base.write("articles/xxx.png", b"x"),
    "a template": lambda base: base.write("templates/Solution.md", "---\ntype: Solution\n---\n\n## Zeal\n"),
    "a commit": lambda base: base.commit(),
    "the baseline": lambda base: base.write("kcs-baseline.tsv", "# none\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_it_is_worked_out_anew(
    what: str, linked: Base, quick: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.write("other.txt", "beside")
    plain(quick, linked)
    seen = read_back(monkeypatch)
    CHANGES[what](linked)
    told = plain(quick, linked)
    assert seen == [False]
    fresh = plain(quick, linked, "--format", "json")
    assert len(told.out.splitlines()) == len(fresh.json["findings"])


@pytest.mark.parametrize(
    "words", [("--no-baseline",), ("--fail-on", "info"), ("--select", "KCS5"), ("--as-of", "2026-06-02")]
)
def test_another_question_has_another_answer(
    words: tuple[str, ...], linked: Base, quick: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain(quick, linked)
    seen = read_back(monkeypatch)
    plain(quick, linked, *words)
    plain(quick, linked, *words)
    assert seen == [False, True]


def test_what_is_damaged_is_made_anew(linked: Base, quick: Run, kcs_env: dict[str, str]) -> None:
    first = plain(quick, linked)

    (kept,) = Path(kcs_env["XDG_CACHE_HOME"]).rglob("audit-ready")
    for raw in (b"", kept.read_bytes()[:-9], kept.read_bytes().replace(b"error", b"fine!")):
        kept.write_bytes(raw)
        again = plain(quick, linked)
        assert (again.code, again.out) == (first.code, first.out)


def test_eyes_get_groups_and_not_the_lines_of_a_pipe(linked: Base, quick: Run) -> None:
    lines = plain(quick, linked)
    shown = quick("audit", "--as-of", "2026-06-01", cwd=linked.root, env={"KCS_FORCE_TERMINAL": "1"})
    assert lines.out != shown.out and "finding" in shown.out
