"""What several tests of the audit begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import KCS_TOML, Base, Run


@pytest.fixture
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]) -> None:
    """For tests that call the audit in this process: nobody's
    home, cache and settings, and defects of rules are raised.
    """
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


@pytest.fixture
def translated(make_base: Callable[..., Base], quick: Run) -> Base:
    """An article in two languages with one permalink, and so
    one key; the English one alone was verified, on 2026-05-02.
    """
    text = "---\ntype: Solution\npermalink: vpn/\ntitle: VPN drops\nconfidence: validated\nlanguage: {0}\n---\nReconnect ({0}), or open [the tunnel](../tunnel.md).\n"
    tunnel = "---\ntype: Solution\npermalink: tunnel/\ntitle: The tunnel\n---\nOpen it.\n"
    files = {f"articles/{one}/vpn.md": text.format(one) for one in ("en", "vi")}
    base = make_base({**files, "articles/tunnel.md": tunnel}, config=KCS_TOML + '[links]\nby = "permalink"\n')
    quick("verify", "articles/en/vpn.md", "--as-of", "2026-05-02", cwd=base.root)
    base.commit(day="2026-05-02")
    return base
