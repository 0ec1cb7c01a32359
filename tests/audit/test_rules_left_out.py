"""A rule that a check leaves out, because no file has what it speaks of, would have found nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kcs.audit.checking import absent
from kcs.audit.rules import FILE, RULES, Entry
from kcs.audit.runner import audit
from kcs.audit.settings import choose
from kcs.kb.base import KnowledgeBase
from tests.audit.test_fixtures import FIXTURES, files_of
from tests.conftest import KCS_TOML, Base

CONFIG = KCS_TOML + '[rules.KCS305]\naudiences = ["external"]\n'
ONLY = [entry for entry in RULES if entry.only]
PIECES = (
    b"---\n", b"title: One\n", b"title: Two\n", b"audience: external\n", b"a: [\n", b"- x\n", b"\xef\xbb\xbf", b"\xff", b"caf\xe9\n", b"<<<<<<< a\n",
    b"=======\n", b">>>>>>> b\n", b"\n", b"Words.\n", b"<!-- internal -->\n", b"<!-- /internal -->\n", b"<!--\tinternal\n-->", b"<!", b"--", b"internal",
    b"<!-- kcs: ignore KCS006 why -->\n", b"<!-- kcs: ignore KCS405 -->\n", b"<!-- kcs: ignore why -->\n", b"kcs: ignore KCS006 why\n", b"1: x\n", b"\0", b"\r",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nobodys_cache(monkeypatch: pytest.MonkeyPatch, kcs_env: dict[str, str]) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, kcs_env[name])


def found_alike(root: Path, raws: dict[str, bytes]) -> set[str]:
    """The rules that find something, by file; with all of them
    and with those that such files need it must be the same.
    """
    kb = KnowledgeBase.open(root)
    found = set()
    for article in kb.articles:
        needed = choose(kb.config.rules, scopes=(FILE,), absent=absent(kb, [article], [raws[article.path]]))
        everything = audit(kb, [article], choose(kb.config.rules, scopes=(FILE,)))
        assert audit(kb, [article], needed) == everything
        found |= {one.rule for one in everything}
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(b"".join), st.booleans())
@example(b"title: One\n---\n<!-- internal -->\n", True)
def test_whatever_a_file_holds(tmp_path_factory: pytest.TempPathFactory, raw: bytes, opened: bool) -> None:
    root = tmp_path_factory.mktemp("kb")
    (root / "kcs.toml").write_text(CONFIG)
    (root / "articles").mkdir()
    raw = b"---\n" * opened + raw
    (root / "articles" / "a.md").write_bytes(raw)
    found_alike(root, {"articles/a.md": raw})


@pytest.mark.parametrize("entry", ONLY, ids=lambda one: one.code)
def test_what_each_of_them_finds(entry: Entry, make_base: Callable[..., Base]) -> None:
    code = entry.code
    files, _ = files_of(FIXTURES / code, code)
    base = make_base({"kcs.toml": KCS_TOML, **files}, git=False)
    raws = {path: (base.root / path).read_bytes() for path in files if path.endswith(".md")}
    assert code in found_alike(base.root, raws), "its fixtures show nothing"
