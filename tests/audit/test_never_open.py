"""Whatever a file holds: the audit neither crashes nor passes over it, and keeps nothing that is not so any more."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kcs.audit.finding import Hit
from kcs.audit.perform import perform
from kcs.audit.rules import PROBLEM, RULES
from kcs.audit.wanted import Wanted
from kcs.kb.base import KnowledgeBase
from tests.conftest import KCS_TOML, TEAM_TOML, Base, Run

AS_OF = date(2026, 12, 1)
_KEYS = st.sampled_from(
    [
        "type",
        "id",
        "title",
        "confidence",
        "status",
        "audience",
        "governance",
        "owner",
        "verifiers",
        "tags",
        "language",
        "created",
        "verify_every",
        "verified",
        "stale_after",
        "flags",
        "sources",
        "superseded_by",
        "translation_of",
        "launch",
        "approved",
        "draft",
        "audit_date",
        "verfiers",
        "nonsense",
    ]
)
_WORDS = st.sampled_from([
    "validated", "archived", "work-in-progress", "2026-01-01", "2026-02-30", "03/04/2026", "9999-12-31", "jd", "gone", "email-team",
    "kb-7f3q9xk2", "never", "90d", "true", "~", "[a, b]", "{a: 1}", "[{by: 'human:jd', at: 2026-05-01, content: 'kcs1:0'}]", "compliance",
    "{id: kb-7f3q9xk2, content: x}", "[[1]]", "{}", "[]", "&a [*a]", "!!python/object:os.system x", "'\\x00'", "|", ">", "? x", "external",
])  # fmt: skip
_LINE = st.one_of(
    st.builds("{}: {}".format, _KEYS, st.one_of(_WORDS, st.text(max_size=20))),
    st.text(max_size=30),
    st.sampled_from([
        "confidence: validated", "audit_date: 2020-01-01", "verifiers: [kp]", "stale_after: 2026-01-01", "flags: [{reason: wrong}]",
        "verified: [{by: 'human:jd', at: 2026-05-01, content: 'kcs1:00000000000000000000000000000000'}]", "verified: [{by: 'process:ci', at: 2026-05-01}]",
    ]),
)  # fmt: skip
_PIECES = st.sampled_from([
    "# A\n", "#### B\n", "## Resolution\n\n", "```\n", "    code\n", "<!-- internal -->\n", "<!-- /internal -->", "<!-- kcs: ignore KCS405 why -->\n",
    "<!-- kcs: ignore -->", "[a](b.md#c)", "![](x.png)", "[a]: <b\n", "<script>x</script>\n", "<a href='javascript:1' onclick=x>", "| a | b |\n| - | - |\n",
    "<<<<<<< a\n=======\n>>>>>>> b\n", "{% include x %}", "4111 1111 1111 1111", "a@b.example", "kb-7f3q9xk2", "ก็ ไม่", "\u202e", "\r", "---\n", "{{ x }}",
])  # fmt: skip
_BODY = st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=12).map("".join)
_FILE = st.one_of(
    st.builds(
        lambda lines, body: ("---\n" + "\n".join(lines) + "\n---\n" + body).encode("utf-8", "surrogatepass"),
        st.lists(_LINE, max_size=8), _BODY,
    ),
    st.binary(max_size=200),
    _BODY.map(lambda text: text.encode("utf-8", "surrogatepass")),
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("KCS_DEBUG", "1")  # a rule that fails fails the test, with its place
        adopted = '[fields]\nverified_at = "audit_date"\n[adopt]\non = 2026-06-01\nover = "90d"\n'
        policy = '[[policy]]\nmatch = {governance = "compliance"}\npublishers = ["kp"]\nquorum = 2\nsecond_eyes = true\n'
        (folder / "kcs.toml").write_text(KCS_TOML + adopted + policy)
        (folder / "team.toml").write_text(TEAM_TOML)
        (folder / "articles").mkdir()
        (folder / "articles" / "other.md").write_text(
            "---\nid: kb-7f3q9xk2\ntitle: Other\ntype: x\n---\nText.\n"
        )
        yield folder


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=_FILE)
@example(raw=b"---\ntitle: T\nconfidence: validated\n---\nText.\n")
@example(raw=b"---\ntitle: T\nconfidence: validated\naudit_date: 2020-01-01\n---\nText.\n")
@example(
    raw=b"---\ntitle: T\nconfidence: validated\nverified: {by: 'human:jd', at: 2026-05-01, content: x}\n---\nText.\n"
)
def test_no_file_makes_it_crash_or_is_passed_over(root: Path, raw: bytes) -> None:
    path = root / "articles" / "drawn.md"
    path.write_bytes(raw)
    kb = KnowledgeBase.open(root, as_of=AS_OF)
    report = perform(kb, Wanted())
    assert report.audited == report.total == 2
    article = kb.by_path["articles/drawn.md"]
    found = [one for one in report.findings if one.path == article.path]
    if article.unreadable:
        assert any(one.severity == "error" and one.rule.startswith("KCS0") for one in found)
    verdict = kb.verdicts[article.path]
    if article.confidence == "validated" and not verdict.trusted and not article.unreadable:
        told = {one.rule for one in found}
        assert told & {"KCS101", "KCS102", "KCS103", "KCS107", "KCS108", "KCS116"} or {
            "adopted",
            "flagged",
        } & {*verdict.reasons}
    lines = raw.count(b"\n") + raw.count(b"\r") + 2
    assert all(one.line is None or 1 <= one.line <= lines for one in found)
    again = perform(KnowledgeBase.open(root, as_of=AS_OF), Wanted())
    assert again.findings == report.findings, "what was kept is what would be found"


def state_of(root: Path) -> Mapping[str, bytes]:
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def test_auditing_writes_nothing_among_the_articles(native: Base, quick: Run) -> None:
    before = state_of(native.root)
    quick("audit", cwd=native.root)
    assert state_of(native.root) == before


def test_what_is_kept_is_only_what_is_still_so(native: Base, quick: Run) -> None:
    """Each of these changes nothing of the article, and the answer of the next run."""

    def rules_found(*words: str) -> set[str]:
        told = quick("audit", "--format", "json", *words, cwd=native.root)
        return {one["rule"] for one in told.json["findings"]}

    for name in ("kb-7f3q9xk2", "kb-vpn00001"):
        quick("verify", name, "--as-of", "2026-05-02", cwd=native.root)
    day = ("--as-of", "2026-06-01")
    assert "KCS101" not in rules_found(*day) and "KCS101" not in rules_found(*day)
    assert "KCS101" in rules_found("--as-of", "2026-09-01"), "the day"
    native.write(
        "team.toml", native.read("team.toml").replace("[people.jd]", "[people.jd]\nleft = 2026-01-01")
    )
    assert "KCS107" in rules_found(*day), "who is who"
    native.write("kcs.toml", native.read("kcs.toml").replace("90d", "20d"))
    assert "KCS101" in rules_found(*day), "the policy"
    native.write("articles/vpn.md", native.read("articles/vpn.md") + "\n![a picture](p.png)\n")
    assert "KCS503" in rules_found(*day)
    native.write("articles/p.png", b"x")
    assert "KCS503" not in rules_found(*day), "a file beside the articles"
    (native.root / "articles/p.png").unlink()
    assert "KCS503" in rules_found(*day)
    native.write("articles/vpn.md", native.read("articles/vpn.md") + "\nSee [all](pictures/).\n")
    assert "KCS501" in rules_found(*day)
    (native.root / "articles/pictures").mkdir()
    assert "KCS501" not in rules_found(*day), "a folder beside the articles"
    (native.root / "articles/pictures").rmdir()
    assert "KCS501" in rules_found(*day)


def test_a_damaged_cache_costs_time_alone(native: Base, quick: Run, kcs_env: dict[str, str]) -> None:
    first = quick("audit", "--format", "json", cwd=native.root).json
    for file in Path(kcs_env["XDG_CACHE_HOME"]).rglob("audit-*"):
        file.write_bytes(os.urandom(60))
    assert quick("audit", "--format", "json", cwd=native.root).json == first


def test_a_rule_that_fails_is_a_finding_and_the_others_go_on(
    native: Base, quick: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kcs.audit.rules.file import misspelt_key

    def broken(*_: object) -> Iterator[Hit]:
        raise ZeroDivisionError("of mine")
        yield

    monkeypatch.setattr(misspelt_key, "RULE", misspelt_key.RULE._replace(check=broken))
    monkeypatch.delenv("KCS_DEBUG", raising=False)
    kb = KnowledgeBase.open(native.root, as_of=AS_OF)
    found = perform(kb, Wanted()).findings
    assert {one.rule for one in found if "of mine" in one.message} == {"KCS000"}
    assert {"KCS103", "KCS008"} <= {one.rule for one in found}


def test_that_a_rule_failed_once_is_not_kept(native: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """For want of memory, or of a Git that answers."""
    from kcs.audit.rules.file import missing_key
    from kcs.audit.rules.verification import stale

    def audited() -> set[str]:
        return {one.rule for one in perform(KnowledgeBase.open(native.root, as_of=AS_OF), Wanted()).findings}

    def broken(*_: object) -> Iterator[Hit]:
        raise MemoryError
        yield

    monkeypatch.setenv("XDG_CACHE_HOME", native.env["XDG_CACHE_HOME"])
    monkeypatch.delenv("KCS_DEBUG", raising=False)
    for module in (missing_key, stale):
        native.write("articles/other.md", f"---\ntitle: {module.__name__}\n---\nText.\n")
        with monkeypatch.context() as patch:
            patch.setattr(module, "RULE", module.RULE._replace(check=broken))
            assert "KCS000" in audited()
        assert "KCS000" not in audited()


def test_every_rule_is_asked_of_every_readable_article(native: Base) -> None:
    """Nothing is left out on the way from the list to the article; what
    speaks of reading alone is asked where reading found something.
    """
    from kcs.audit.page import Page
    from kcs.audit.perform import rules_of
    from kcs.audit.rule import Values
    from kcs.audit.runner import audit
    from kcs.audit.settings import Chosen

    asked: set[tuple[str, str]] = set()

    def noting(chosen: Chosen) -> Chosen:
        def check(page: Page, values: Values) -> Iterator[Hit]:
            asked.add((chosen.entry.code, page.article.path))
            return chosen.rule.check(page, values)

        return chosen._replace(rule=chosen.rule._replace(check=check))

    native.write("articles/twice.md", "---\ntitle: Once\ntitle: Twice\n---\nText.\n")
    kb = KnowledgeBase.open(native.root, as_of=AS_OF)
    audit(kb, kb.articles, [noting(one) for one in rules_of(kb, Wanted())])
    on = [one for one in RULES if one.load().severity != "off"]
    assert asked == {
        (one.code, article.path)
        for one in on
        for article in kb.articles
        if one.only != PROBLEM or article.path == "articles/twice.md"
    }


def test_an_empty_team_toml_is_another_than_none(make_base: Callable[..., Base], quick: Run) -> None:
    """With one, nobody may verify who is not in it; without, anybody may."""
    base = make_base({"articles/a.md": "---\nid: kb-7f3q9xk2\ntitle: A\n---\nText.\n"}, team=None)
    assert quick("audit", "--select", "KCS201", cwd=base.root).out == ""
    quick("verify", "kb-7f3q9xk2", "--validate", cwd=base.root)
    assert quick("trust", cwd=base.root).out.startswith("Trust score   100.0%")
    base.write("team.toml", "")
    assert "nobody owns it" in quick("audit", "--select", "KCS201", cwd=base.root).out
    assert quick("trust", cwd=base.root).out.startswith("Trust score     0.0%")
    (base.root / "team.toml").unlink()
    assert quick("audit", "--select", "KCS201", cwd=base.root).out == ""
    assert quick("trust", cwd=base.root).out.startswith("Trust score   100.0%")
