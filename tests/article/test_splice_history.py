"""A sample of a real base's history through the long run of bench/lossless.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("KCS_CORPORA", ROOT.parent / "shared" / "corpora"))


def test_versions_of_real_articles_are_edited_without_loss(tmp_path: Path) -> None:
    bundle = CORPORA / "rackspace-how-to.bundle"
    if not bundle.exists():
        pytest.skip(f"no {bundle}")
    clone = tmp_path / "kb.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(bundle), str(clone)], check=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "lossless.py"), str(clone), "--sample", "40"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong: 0" in done.stdout
    counts = [line.split()[-2:] for line in done.stdout.splitlines()[1:10]]
    assert all(int(edited) > 35 and int(refused) < 6 for edited, refused in counts), done.stdout
