"""Reading and writing at an offset of a file where the system has no call for it, as on Windows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kcs.kb.offsets import seek_and_read, seek_and_write


def test_any_offset_is_read_and_written_and_no_other_changes(tmp_path: Path) -> None:
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
