"""A wrong option: the nearest right one is named only if it is near."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("--fromat", "--format"), ("--lmit", "--limit"), ("--expl", "--explain"), ("--no-cache", "")],
)
def test_a_wrong_option_names_only_what_looks_like_it(
    quick: Run, tmp_path: Path, typed: str, meant: str
) -> None:
    told = quick("search", typed, "x", cwd=tmp_path, env={"COLUMNS": "100"})
    assert told.code == 2 and f"No such option: {typed}" in told.err
    assert ("Possible" in told.err) == bool(meant) and meant in told.err
    assert (f"kcs search -- {typed}" in told.err) == (not meant)
