"""What the tests of the audit share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.quick import in_process


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, kcs_env: Mapping[str, str], tmp_path: Path) -> Run:
    """The real program in this process."""
    return in_process(monkeypatch, kcs_env, tmp_path)
