"""What several tests of the audit begin with."""

from __future__ import annotations

import pytest

from tests.conftest import Base, Run


@pytest.fixture
def verified(native: Base, quick: Run) -> Base:
    """Both articles verified on 2026-05-02, and committed."""
    vpn = "articles/vpn.md"
    native.write(vpn, native.read(vpn).replace("title:", "type: Solution\ntitle:"))
    for name in ("kb-7f3q9xk2", "kb-vpn00001"):
        quick("verify", name, "--as-of", "2026-05-02", cwd=native.root)
    native.commit(day="2026-05-02")
    return native
