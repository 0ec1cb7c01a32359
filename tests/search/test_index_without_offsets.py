"""An index where the system cannot read at an offset of a file, as on Windows."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import Base

# kcs as it is where os has neither call: they are taken away before anything of kcs is imported.
WITHOUT = (
    "import os, sys; del os.pread, os.pwrite; from kcs.__main__ import main; sys.argv[0] = 'kcs'; main()"
)


@pytest.mark.skipif(not hasattr(os, "pread"), reason="here every test is such a one")
@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_an_index_is_made_changed_and_read_without_these_calls(
    base: Base, kcs_env: dict[str, str], engine: str
) -> None:
    def kcs(*arguments: str) -> str:
        call = [sys.executable, "-c", WITHOUT, *arguments]
        env = {**kcs_env, "KCS_ENGINE": engine}
        done = subprocess.run(call, cwd=base.root, env=env, capture_output=True, text=True, check=True)
        return done.stdout

    kcs("index")
    path = base.root / "articles/refund.md"
    path.write_text(path.read_text("utf-8") + "\nZanzibar.\n", "utf-8")
    assert "1 article" in kcs("index")
    assert kcs("search", "--format", "ids", "zanzibar").split() == ["kb-refund01"]
    assert "kb-7f3q9xk2" in kcs("search", "--format", "ids", "outlook password")
