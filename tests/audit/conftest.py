"""What several tests of the audit begin with."""

from __future__ import annotations

import pytest

from tests.conftest import Base, Run


@pytest.fixture
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]) -> None:
    """For tests that call the audit in this process: nobody's home, cache and settings, and defects of rules are raised."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, kcs_env[name])
    monkeypatch.setenv("KCS_DEBUG", "1")


@pytest.fixture
def verified(native: Base, quick: Run) -> Base:
    """Both articles verified on 2026-05-02, and committed."""
    vpn = "articles/vpn.md"
    native.write(vpn, native.read(vpn).replace("title:", "type: Solution\ntitle:"))
    for name in ("kb-7f3q9xk2", "kb-vpn00001"):
        quick("verify", name, "--as-of", "2026-05-02", cwd=native.root)
    native.commit(day="2026-05-02")
    return native
