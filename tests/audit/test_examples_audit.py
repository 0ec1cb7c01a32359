"""The example bases: one is in order, the other shows every rule, a few of them only with the history that it makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kcs.audit.rules import RULES
from tests.conftest import Result, Run

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "kb-defects.txt"
HISTORY = GOLDEN.with_name("kb-defects-history.txt")


def test_the_example_base_passes(quick: Run) -> None:
    told = quick("audit", "--as-of", "2026-12-01", "--fail-on", "warning", cwd=ROOT / "examples" / "kb")
    assert told.code == 0, told.out
    assert "49 of 49 articles audited" in told.err


def test_the_defects_are_found_as_they_are_written_down(quick: Run, tmp_path: Path) -> None:
    """In a copy outside Git: what this repository's own history says of the files has no part in it."""
    shutil.copytree(ROOT / "examples" / "kb-defects", tmp_path / "kb")
    told = quick("audit", "--as-of", "2026-12-01", cwd=tmp_path / "kb")
    assert told.code == 1
    _as_written_down(told, GOLDEN)


def test_what_takes_a_history_is_found_in_the_one_that_it_makes(quick: Run, tmp_path: Path) -> None:
    script = ROOT / "examples" / "kb-defects" / "history.sh"
    subprocess.run(["sh", str(script), "kb"], cwd=tmp_path, check=True)
    told = quick("audit", "--changed-since", "HEAD~2", "--as-of", "2026-12-01", cwd=tmp_path / "kb")
    assert told.code == 1
    _as_written_down(told, HISTORY)


def _as_written_down(told: Result, golden: Path) -> None:
    if "KCS_WRITE_GOLDEN" in os.environ:
        golden.write_text(told.out + told.err, "utf-8")
    assert told.out + told.err == golden.read_text("utf-8")


def test_every_rule_shows_itself() -> None:
    shown = GOLDEN.read_text("utf-8") + HISTORY.read_text("utf-8")
    assert [one.code for one in RULES if f" {one.code} " not in shown] == []
