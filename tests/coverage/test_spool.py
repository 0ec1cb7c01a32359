"""What is kept of judged tickets: private, of the last few exports alone, and mended where a run was cut off."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Base, Run

HEAD = "id,created_at,subject,description\n"


def export(folder: Path, word: str, number: int = 6) -> Path:
    file = folder / f"{word}.csv"
    rows = (
        f"{word}-{n},2026-05-0{n + 1},{word} does not print {n},Why does {word} {n} not print?\n"
        for n in range(number)
    )
    file.write_text(HEAD + "".join(rows), "utf-8")
    return file


@pytest.fixture
def kept(kcs_env: Mapping[str, str]) -> Any:
    return lambda: sorted(Path(kcs_env["XDG_CACHE_HOME"]).rglob("coverage/*.jsonl"))


def gaps(quick: Run, base: Base, file: Path) -> Any:
    told = quick("gaps", "--tickets", file, "--format", "json", "--as-of", "2026-06-01", cwd=base.root)
    assert told.code == 0, told.err
    return told.json


def test_the_words_of_the_last_few_exports_alone_are_kept(
    quick: Run, native: Base, tmp_path: Path, kept: Any
) -> None:
    words = ("alpha", "bravo", "charlie", "delta", "echo")
    for word in words:
        gaps(quick, native, export(tmp_path, word))
    texts = [file.read_text("ascii") for file in kept()]
    assert {word for word in words for text in texts if word in text} == set(words[-3:])
    if sys.platform != "win32":
        assert all(file.stat().st_mode & 0o077 == 0 for file in kept()), "for nobody else to read"


def test_a_run_that_was_cut_off_in_a_line_goes_on_before_it(
    quick: Run, native: Base, tmp_path: Path, kept: Any
) -> None:
    file = export(tmp_path, "alpha")
    whole = gaps(quick, native, file)
    (spool,) = kept()
    raw = spool.read_bytes()
    for length in (len(raw) - 1, len(raw) - 20, len(raw) // 2, 5, 0):
        spool.write_bytes(raw[:length])
        assert gaps(quick, native, file) == whole and spool.read_bytes() == raw, length
    spool.write_bytes(raw + b'["uncovered", "T')
    assert gaps(quick, native, file) == whole and spool.read_bytes() == raw


def test_without_a_place_to_keep_them_tickets_are_judged_all_the_same(
    quick: Run, native: Base, tmp_path: Path, kept: Any
) -> None:
    file = export(tmp_path, "alpha")
    whole = gaps(quick, native, file)
    (spool,) = kept()
    spool.unlink()
    spool.parent.rmdir()
    spool.parent.write_text("in the way", "utf-8")
    assert gaps(quick, native, file) == whole and not kept()
