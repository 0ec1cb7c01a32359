"""The example bases: one is in order, the other shows every rule that a folder alone can show."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kcs.audit.rules import RULES
from tests.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "kb-defects.txt"
# What needs a history, or lies outside an article.
NOT_IN_A_FOLDER = {"KCS013", "KCS105", "KCS110", "KCS111", "KCS115", "KCS117"}
# A file of these is not in the example: it would hurt other tools that read the repository.
NOT_AS_A_FILE = {"KCS001", "KCS023", "KCS116"}


def test_the_example_base_passes(quick: Run) -> None:
    told = quick("audit", "--as-of", "2026-12-01", "--fail-on", "warning", cwd=ROOT / "examples" / "kb")
    assert told.code == 0, told.out
    assert "45 of 45 articles audited" in told.err


def test_the_defects_are_found_as_they_are_written_down(quick: Run, tmp_path: Path) -> None:
    """In a copy outside Git: what this repository's own history says of the files has no part in it."""
    shutil.copytree(ROOT / "examples" / "kb-defects", tmp_path / "kb")
    told = quick("audit", "--as-of", "2026-12-01", cwd=tmp_path / "kb")
    assert told.code == 1
    if "KCS_WRITE_GOLDEN" in os.environ:
        GOLDEN.write_text(told.out + told.err, "utf-8")
    assert told.out + told.err == GOLDEN.read_text("utf-8")


def test_every_rule_shows_itself(quick: Run) -> None:
    shown = GOLDEN.read_text("utf-8")
    missing = {one.code for one in RULES if f" {one.code} " not in shown and one.load().severity != "off"}
    assert missing <= NOT_IN_A_FOLDER | NOT_AS_A_FILE, missing
