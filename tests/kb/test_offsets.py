"""Reading and writing at a place of a file where the system has no call for it, as on Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kcs.kb.offsets import seek_and_read, seek_and_write
from tests.conftest import Base

# kcs as it is where os has neither call: they are taken away before anything of kcs is imported.
WITHOUT = (
    "import os, sys; del os.pread, os.pwrite; from kcs.__main__ import main; sys.argv[0] = 'kcs'; main()"
)


def test_any_place_is_read_and_written_and_no_other_changes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        assert seek_and_read(descriptor, 3, 4) == b"456"
        assert seek_and_write(descriptor, memoryview(b"xyz"), 8) == 3
        assert seek_and_read(descriptor, 4, 0) == b"0123"
        assert seek_and_read(descriptor, 9, 7) == b"7xyz"
        assert seek_and_read(descriptor, 1, 99) == b""
        with pytest.raises(OSError, match="Invalid"):
            seek_and_read(descriptor, 1, -1)
    finally:
        os.close(descriptor)
    assert path.read_bytes() == b"01234567xyz"


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
