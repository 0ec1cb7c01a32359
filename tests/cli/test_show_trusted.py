"""kcs show --trusted and the search before it: what a program may answer with, and that it gets nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from kcs.cli.show import _demand_trust
from kcs.errors import Refused
from kcs.kb.base import KnowledgeBase
from tests.conftest import Base, Run

pytestmark = pytest.mark.forked

PATH = "articles/mail.md"
TODAY = ("--as-of", "2026-06-01")
TEXT = """---
id: kb-ma110001
title: Mail stops at the gate
confidence: validated
audience: external
---
## Issue

Mail stops at the gate.

<!-- internal -->
Ask Linh for the old certificate.
<!-- /internal -->

## Resolution

Restart it.
"""
FORMS: tuple[list[str], ...] = (["--copy"], ["--raw"], ["--format", "json"], [])


@pytest.fixture
def base(make_base: Callable[..., Base], run: Run) -> Base:
    """One article, verified."""
    base = make_base({PATH: TEXT})
    assert run("verify", "kb-ma110001", "--as-of", "2026-05-02", cwd=base.root).code == 0
    base.commit({})
    return base


def test_a_program_finds_and_reads_what_is_verified(base: Base, run: Run) -> None:
    found = run(
        "search",
        "mail stops gate",
        "trusted:yes",
        "audience:external",
        "--format",
        "json",
        *TODAY,
        cwd=base.root,
    )
    answer = json.loads(found.out)
    assert answer["answered"] and [one["id"] for one in answer["hits"]] == ["kb-ma110001"]
    done = run("show", "kb-ma110001", "--trusted", "--copy", *TODAY, cwd=base.root)
    assert done.code == 0 and done.out.startswith("Mail stops") and "Restart it." in done.out
    assert "Linh" not in done.out
    for form in FORMS[1:]:
        assert "Restart it." in run("show", "kb-ma110001", "--trusted", *form, *TODAY, cwd=base.root).out


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_of_what_is_not_trusted_it_gets_nothing(base: Base, run: Run, form: list[str]) -> None:
    late = run("show", "kb-ma110001", "--trusted", *form, "--as-of", "2027-01-01", cwd=base.root)
    assert (late.code, late.out) == (1, "") and "verified too long ago" in late.err
    base.write(PATH, (base.root / PATH).read_text("utf-8").replace("Restart it.", "Restart it twice."))
    changed = run("show", "kb-ma110001", "--trusted", *form, *TODAY, cwd=base.root)
    assert (changed.code, changed.out) == (1, "") and "kcs verify kb-ma110001" in changed.err
    found = run("search", "mail stops gate", "trusted:yes", "--format", "json", *TODAY, cwd=base.root)
    assert json.loads(found.out)["answered"] is False


def test_what_changes_between_the_verdict_and_the_reading_is_refused(
    base: Base, kcs_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in kcs_env.items():
        monkeypatch.setenv(name, value)
    kb = KnowledgeBase.open(base.root, as_of=date(2026, 6, 1))
    article = kb.by_path[PATH]
    assert kb.verdicts[PATH].trusted
    base.write(PATH, (base.root / PATH).read_text("utf-8").replace("Restart it.", "Restart it twice."))
    kb.raw(article)
    with pytest.raises(Refused, match="changed while it was read"):
        _demand_trust(kb, article)
