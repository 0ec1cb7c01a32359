"""--fix on mixes of defects: what is vouched for stays so, a second run finds nothing to do, no other byte moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs.article import splice
from kcs.article.front_matter import read
from kcs.audit.fixing import mend
from kcs.audit.wanted import Wanted
from kcs.kb.base import KnowledgeBase
from tests.conftest import KCS_TOML, TEAM_TOML

AS_OF = date(2026, 12, 1)
BOM = b"\xef\xbb\xbf"
PATH = "articles/a.md"
ALLOWED = "jane@acme-company.net"
CONFIG = f'{KCS_TOML}[rules.KCS301]\nallowed = ["*@acme-company.net"]\n'
# What a fix may take out, and what looks much the same and must stay.
PERSONAL = {
    "jo.kelly@another-mail.net": "email",
    "+44 20 7946 0123": "phone",
    "AKIAIOSFODNN7REALKEY": "secret",
}
_STATES = st.sampled_from(["validated", "not-validated", "archived", "work-in-progress"])
_STATUS = st.sampled_from(
    ["stable", "draft", "deprecated", "'stable'", '"draft"  # why', "&s stable", "none"]
)
_EXTRA = st.sampled_from([
    "# a comment", "owner: jd", "tags: [a,   b]", "description: >-\n  folded\n  text", "x: {a: 1, b: [2]}", "product: 'Mail'  # ours", "", "nonsense: ~",
    "ключ: значение", "verfiers: [jd]",
])  # fmt: skip
_PIECES = st.sampled_from([
    "# A\n", "## Resolution\n\n", "```\ncode  \n```\n", "    indented\n", "<!-- internal -->\n", "[a](b.md)", "a  \nb\\\nc", "ก็ไม่ \U0001f600 ", "| a |\n| - |\n",
    "<b>x</b>\n", "{% x %}", "\t", "  ", "\n\n\n", "words ", f"{ALLOWED} ", *(f"Reach {one}, now. " for one in PERSONAL),
])  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> bytes:
    lines = [
        "id: kb-7f3q9xk2\ntitle: " + draw(st.sampled_from(["A mark", "  A   mark  # said so", "'A mark'"]))
    ]
    lines += [f"confidence: {draw(_STATES)}"] * draw(st.booleans())
    lines += [f"status: {draw(_STATUS)}"] * draw(st.booleans())
    lines += draw(st.lists(_EXTRA, max_size=3, unique=True))
    text = (
        "---\n"
        + "\n".join(draw(st.permutations(lines)))
        + "\n---\n"
        + "".join(draw(st.lists(_PIECES, max_size=8)))
    )
    text += "" if draw(st.booleans()) else "\n"
    return BOM * draw(st.booleans()) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("base")
    (folder / "articles").mkdir()
    (folder / "kcs.toml").write_text(CONFIG)
    (folder / "team.toml").write_text(TEAM_TOML)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield folder


def opened(root: Path) -> KnowledgeBase:
    return KnowledgeBase.open(root, as_of=AS_OF)


def put(root: Path, raw: bytes, vouched: bool) -> bytes:
    """The article, with somebody's stamp for what it says where it is vouched for."""
    (root / PATH).write_bytes(raw)
    if vouched:
        kb = opened(root)
        stamp = splice.flow_mapping(
            [("by", "human:jd"), ("at", "2026-11-30"), ("content", kb.fingerprints.of(kb.by_path[PATH]))]
        )
        raw = splice.set_entry(raw, "verified", None, stamp)
        (root / PATH).write_bytes(raw)
    return raw


def mended(root: Path, *, unsafe: bool) -> bytes:
    """The file's bytes after a run, and after a second one, which must find nothing to do."""
    shown = mend(opened(root), Wanted(), unsafe=unsafe, write=False)
    before = (root / PATH).read_bytes()
    mend(opened(root), Wanted(), unsafe=unsafe, write=True)
    after = (root / PATH).read_bytes()
    assert after == (shown[0].new if shown else before), "what --diff shows is what --fix writes"
    assert all(one.new == one.old for one in mend(opened(root), Wanted(), unsafe=unsafe, write=True))
    assert (root / PATH).read_bytes() == after
    return after


def leveled(text: str) -> str:
    """With one sign for what may be taken out and for what stands there then."""
    for value, kind in PERSONAL.items():
        text = text.replace(value, "\0").replace(f"[{kind}]", "\0")
    return text


@given(raw=articles(), vouched=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_safe_fix_moves_no_byte_but_the_mark_and_the_status(root: Path, raw: bytes, vouched: bool) -> None:
    old = put(root, raw, vouched)
    before = opened(root)
    new = mended(root, unsafe=False)
    after = opened(root)
    assert after.fingerprints.of(after.by_path[PATH]) == before.fingerprints.of(before.by_path[PATH])
    assert after.verdicts[PATH] == before.verdicts[PATH]
    if vouched and before.by_path[PATH].confidence == "validated":
        assert after.verdicts[PATH].trusted
    was, now = old.removeprefix(BOM).splitlines(keepends=True), new.splitlines(keepends=True)
    assert len(was) == len(now) and not new.startswith(BOM)
    other = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    assert len(other) <= 1 and all(a.startswith(b"status:") and b.startswith(b"status:") for a, b in other)
    for a, b in other:
        assert a.partition(b"#")[2] == b.partition(b"#")[2] or b"#" not in a
        assert a.endswith(b"\r\n") == b.endswith(b"\r\n")


@given(raw=articles(), vouched=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_unsafe_fix_takes_out_personal_data_and_nothing_that_is_allowed(
    root: Path, raw: bytes, vouched: bool
) -> None:
    old = put(root, raw, vouched)
    new = mended(root, unsafe=True)
    was, now = read(old), read(new)
    assert leveled(was.body) == leveled(now.body)
    assert now.body.count(ALLOWED) == was.body.count(ALLOWED)
    assert {**now.meta, "status": ""} == {**was.meta, "status": ""} or now.meta == was.meta
