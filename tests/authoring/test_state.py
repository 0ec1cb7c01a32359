"""kcs state: what it writes, what it warns of, and what --strict refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kcs.article.states import CONFIDENCES
from tests.conftest import KCS_TOML, OUTLOOK, Base, Run
from tests.quick import in_process

PATH = "articles/email/outlook.md"
EMPTY = """\
---
type: Solution
id: kb-empty001
title: {title}
confidence: not-validated
---
{body}
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str], tmp_path: Path) -> Run:
    return in_process(monkeypatch, kcs_env, tmp_path)


def warned(run: Run, base: Base, path: str, state: str, *more: str) -> list[str]:
    done = run("state", path, state, "--format", "json", *more, cwd=base.root)
    assert done.code == 0, done.err
    [one] = done.json["articles"]
    warnings: list[str] = one["warnings"]
    return warnings


@pytest.mark.parametrize("state", CONFIDENCES)
def test_two_keys_and_nothing_else(native: Base, run: Run, state: str) -> None:
    status = {
        "work-in-progress": "draft",
        "not-validated": "draft",
        "validated": "stable",
        "archived": "deprecated",
    }[state]
    before = native.read(PATH)
    done = run("state", PATH, state, cwd=native.root)
    assert done.code == 0
    wanted = before.replace("confidence: validated", f"confidence: {state}").replace(
        "status: stable", f"status: {status}"
    )
    assert native.read(PATH) == wanted
    assert ("; nothing written" in done.out) == (state == "validated")


def test_the_verification_stays(native: Base, run: Run) -> None:
    run("verify", PATH, "--quiet", cwd=native.root)
    run("state", PATH, "archived", cwd=native.root)
    done = run("state", PATH, "validated", "--format", "json", cwd=native.root)
    assert done.json["articles"][0]["trusted"] is True
    assert done.json["articles"][0]["warnings"] == [
        "it was archived and goes straight to validated: is it still right?"
    ]


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        ("archived", "validated", True),
        ("validated", "work-in-progress", True),
        ("work-in-progress", "validated", True),
        ("archived", "work-in-progress", True),
        ("archived", "not-validated", False),
        ("not-validated", "validated", False),
        ("validated", "archived", False),
        ("validated", "validated", False),
    ],
)
def test_any_move_is_made_and_odd_ones_are_warned_of(
    native: Base, run: Run, before: str, after: str, odd: bool
) -> None:
    native.write(PATH, OUTLOOK.replace("confidence: validated", f"confidence: {before}"))
    lines = [line for line in warned(run, native, PATH, after) if not line.startswith("it is not trusted")]
    assert bool(lines) == odd, lines
    assert f"confidence: {after}\n" in native.read(PATH)


@pytest.mark.parametrize(
    ("title", "body", "state", "missing"),
    [
        ("VPN drops", "## Issue\n\nx\n", "not-validated", ["it has no section Resolution"]),
        (
            "VPN drops",
            "## Issue\n\nx\n\n## Resolution\n\n<!-- steps -->\n",
            "not-validated",
            ["its section Resolution is empty"],
        ),
        (
            "VPN drops",
            "## Issue\n\nx\n\n## Resolution\n\n### Windows\n\n1. ...\n- TODO\n",
            "not-validated",
            ["its section Resolution is empty"],
        ),
        ("VPN drops", "## ปัญหา\n\nx\n\n## วิธีแก้ไข\n\ny\n", "not-validated", []),
        ("VPN drops", "## Symptoms\n\nx\n\n## Fix\n\ny\n", "not-validated", []),
        (
            "VPN drops",
            "## Issue\n\nx\n\n## Resolution\n\ny\n",
            "validated",
            ["it has no section Environment"],
        ),
        ("VPN drops", "<!-- all -->\n", "not-validated", ["it has no text"]),
        ("VPN drops", "", "work-in-progress", []),
        (
            "Problem!",
            "",
            "work-in-progress",
            ["the title 'Problem!' says nothing: use the requestor's words"],
        ),
        ("ปัญหา", "", "work-in-progress", ["the title 'ปัญหา' says nothing: use the requestor's words"]),
        ("12345", "", "work-in-progress", ["the title '12345' says nothing: use the requestor's words"]),
        ("''", "", "work-in-progress", ["it has no title"]),
        ("Problem", "", "archived", []),
    ],
)
def test_what_is_missing(
    native: Base, run: Run, title: str, body: str, state: str, missing: list[str]
) -> None:
    native.write("articles/a.md", EMPTY.format(title=title, body=body))
    lines = warned(run, native, "kb-empty001", state)
    assert lines[: len(missing)] == missing
    rest = lines[len(missing) :]
    assert rest == (
        []
        if state != "validated"
        else ["it has no owner and no verifiers (kcs assign)", "it is not trusted: never-verified"]
    )


def test_a_type_of_the_base_asks_for_its_own_sections(native: Base, run: Run) -> None:
    native.write(
        "templates/recipe.md",
        "---\nname: Recipe\ndescription: x\nsections: [goal, steps]\noptional: [goal]\n---\n## {{ heading.goal }}\n\n## {{ heading.steps }}\n",
    )
    native.write("articles/a.md", EMPTY.format(title="Bread", body="Text.\n").replace("Solution", "recipe"))
    assert warned(run, native, "kb-empty001", "not-validated") == ["it has no section Steps"]
    native.write("templates/recipe.md", "---\nname: [\n---\n")
    assert warned(run, native, "kb-empty001", "not-validated") == []


def test_strict_writes_nothing_and_names_all(native: Base, run: Run) -> None:
    native.write("articles/a.md", EMPTY.format(title="Problem", body="Text.\n"))
    native.commit()
    done = run("state", PATH, "kb-empty001", "validated", "--strict", cwd=native.root)
    assert done.code == 1 and done.out == "" and native.diff() == ""
    for said in (
        "kb-empty001: it has no section Resolution",
        "says nothing",
        "no owner",
        "kb-7f3q9xk2: it is not trusted",
    ):
        assert said in done.err
    run("verify", PATH, "--quiet", cwd=native.root)
    assert run("state", PATH, "validated", "--strict", cwd=native.root).code == 0


def test_many_are_checked_before_the_first_is_written(native: Base, run: Run) -> None:
    native.write("articles/broken.md", "---\ntitle: [\n---\nText\n")
    done = run("state", PATH, "articles/vpn.md", "articles/broken.md", "archived", cwd=native.root)
    assert done.code == 2 and "articles/broken.md" in done.err and native.diff() == ""


def test_one_commit_says_what_and_why(native: Base, run: Run) -> None:
    done = run("state", PATH, "vpn.md", "archived", "--commit", "-m", "product retired", cwd=native.root)
    assert done.code == 0 and native.git("status", "--porcelain") == ""
    message = native.git("log", "-1", "--format=%B")
    assert message.startswith("State archived: 2 articles\n\nproduct retired\n\n- Outlook")


MAPPED = KCS_TOML + '[fields]\nconfidence = "maturity"\n'


@pytest.mark.parametrize(
    "meta",
    [
        "maturity: validated\nstatus: stable",
        "maturity: work-in-progress",
        "owner: jd",
        "confidence: archived",
    ],
)
@pytest.mark.parametrize("state", CONFIDENCES)
def test_where_the_base_calls_it_otherwise(
    make_base: Callable[..., Base], run: Run, meta: str, state: str
) -> None:
    base = make_base({"articles/a.md": f"---\ntitle: A b\n{meta}\n---\nText.\n"}, config=MAPPED)
    warned(run, base, "articles/a.md", state)
    own = "confidence" if meta.startswith("confidence") else "maturity"
    assert f"\n{own}: {state}\n" in base.read("articles/a.md")
    [one] = run("list", "--format", "json", cwd=base.root).json["articles"]
    assert one["confidence"] == state


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("vpn.md", "validatd"), "did you mean 'validated'?"),
        (("vpn.md",), "name an article and a state"),
        (("nothing", "validated"), "no article is named"),
        (("validated", "vpn.md"), "the state comes last"),
        (("vpn.md", "Archived", "validated"), "'Archived' and 'validated' are two states"),
    ],
)
def test_what_cannot_be_asked(native: Base, run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("state", *words, cwd=native.root)
    assert done.code == 2 and said in done.err and native.diff() == ""


def test_a_second_state_is_not_looked_for_in_titles(make_base: Callable[..., Base], run: Run) -> None:
    text = "---\ntitle: Import archived data\n---\nText.\n"
    base = make_base({"articles/a.md": "---\ntitle: Mail\n---\nText.\n", "articles/b.md": text})
    done = run("state", "articles/a.md", "archived", "validated", cwd=base.root)
    assert done.code == 2 and "two states" in done.err and base.diff() == ""


def test_outside_git(make_base: Callable[..., Base], run: Run) -> None:
    base: Any = make_base({"articles/a.md": "---\ntitle: A b\n---\nText.\n"}, git=False)
    assert run("state", "articles/a.md", "archived", cwd=base.root).code == 0
    assert (
        base.read("articles/a.md")
        == "---\ntitle: A b\nconfidence: archived\nstatus: deprecated\n---\nText.\n"
    )
