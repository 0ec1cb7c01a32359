"""A short walk of bench/differential.py: whatever somebody does, the answers are those of an empty cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a process forked from one")
def test_a_random_walk(tmp_path: Path) -> None:
    words = ["bench/differential.py", "--steps", "10", "--asked", "2", "--seed", "7", "--folder"]
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "KCS_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, *words, str(tmp_path)],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 steps, 20 questions, 0 differences" in done.stdout
